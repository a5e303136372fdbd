"""The documentation says what is so: its code runs, its links lead somewhere, its made parts are current.

What a page may hold: ``python`` blocks (one namespace a page; with ``>>>`` they are doctests), ``console``
blocks (lines after ``$ `` are typed in a copy of the folder ``examples``, and what follows is compared,
``...`` standing for anything), ``yaml study`` (evaluates), ``yaml part`` (laid over the lunch club,
evaluates; ``into=NAME`` saves the whole), ``yaml pack``; ``file=NAME`` saves a block. ``<!-- edit: A > B: X
=> Y -->`` does to a file what the text tells its reader to do.
"""

import contextlib
import difflib
import doctest
import io
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import sroi
from docs import generate
from docs.generate.compare import says_the_same
from docs.generate.forest import FOREST
from docs.generate.method import READINGS, ratio_of
from docs.generate.pictures import IMAGES, PICTURES
from sroi import cli

pytestmark = pytest.mark.docs

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
STEP = re.compile(
    r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$"
    r"|^<!-- edit: (?P<old_file>\S+) > (?P<new_file>\S+): (?P<old>.+?) => (?P<new>.+?) -->$",
    re.MULTILINE | re.DOTALL,
)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def name_of(page):
    return page.relative_to(ROOT).as_posix()


@pytest.fixture(autouse=True)
def _in_a_copy_of_the_examples(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path / "examples")
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.delenv("SROI_PACKS", raising=False)


# ── The pages run
# ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_runs_from_top_to_bottom(page, monkeypatch):
    namespace = {"__name__": "page"}
    for step in STEP.finditer(page.read_text(encoding="utf-8")):
        where = f"{name_of(page)}:{page.read_text(encoding='utf-8')[: step.start()].count(chr(10)) + 1}"
        if step["info"] is None:
            edit(step, where)
            continue
        language, *words = step["info"].split() or [""]
        settings = dict(word.split("=", 1) for word in words if "=" in word)
        assert language in {"python", "console", "yaml", "sh", "text"}, (
            f"{where}: a block of language {language!r} is not tested"
        )
        if "file" in settings:
            Path(settings["file"]).parent.mkdir(parents=True, exist_ok=True)
            Path(settings["file"]).write_text(step["body"], encoding="utf-8")
        if language == "python":
            run_python(step["body"], namespace, where)
        elif language == "console":
            run_console(step["body"], monkeypatch, where)
        elif "study" in words:
            sroi.evaluate(
                sroi.load(settings["file"], packs=[settings["packs"]] if "packs" in settings else [])
            )
        elif "part" in words:
            laid = merged(
                yaml.safe_load(Path("lunch-club.yaml").read_text(encoding="utf-8")),
                yaml.safe_load(step["body"]),
            )
            sroi.evaluate(sroi.loads(yaml.safe_dump(laid, sort_keys=False)))
            if "into" in settings:
                Path(settings["into"]).write_text(yaml.safe_dump(laid, sort_keys=False), encoding="utf-8")
        elif "pack" in words:
            folder, name = Path(settings["file"]).parents[1], Path(settings["file"]).stem
            assert sroi.Library([folder]).place(name).name == name


def edit(step, where):
    text = Path(step["old_file"]).read_text(encoding="utf-8")
    assert step["old"] in text, f"{where}: {step['old_file']} does not hold {step['old']!r}"
    Path(step["new_file"]).write_text(text.replace(step["old"], step["new"], 1), encoding="utf-8")


def merged(base, over):
    """A study with a part laid over it: fields of an entry one by one, an assumption whole."""
    result = {
        section: dict(entries) if isinstance(entries, dict) else entries for section, entries in base.items()
    }
    for section, entries in over.items():
        if section not in result or not isinstance(entries, dict):
            result[section] = entries
            continue
        for name, entry in entries.items():
            old = result[section].get(name, {})
            result[section][name] = {**old, **entry} if section != "assumptions" else entry
    return result


def run_python(body, namespace, where):
    if ">>>" not in body:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(body, where, "exec"), namespace)
        return
    said = io.StringIO()
    runner = doctest.DocTestRunner(optionflags=FLAGS, verbose=False)
    example = doctest.DocTestParser().get_doctest(body, namespace, where, where, 0)
    runner.run(example, out=said.write, clear_globs=False)
    namespace.update(example.globs)
    assert runner.failures == 0, said.getvalue()


def run_console(body, monkeypatch, where):
    status = 0
    for typed, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", body, re.MULTILINE):
        if typed == "echo $?":
            said, status = f"{status}\n", 0
        else:
            assert status == 0, (
                f"{where}: a command before {typed!r} ended in status {status}, and the page does not say so"
            )
            said, status = run_command(typed, monkeypatch)
        compare(expected, said, f"{where}: $ {typed}")
    assert status == 0, f"{where}: the last command ended in status {status}, and the page does not say so"


def run_command(typed, monkeypatch):
    """What a command prints, standard error included, and its exit status; only ``sroi`` is run."""
    words = shlex.split(typed)
    into = words[words.index(">") + 1] if ">" in words else None
    words = words[: words.index(">")] if into else words
    said, status = io.StringIO(), 0
    with monkeypatch.context() as patched, contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        while "=" in words[0]:
            patched.setenv(*words.pop(0).split("=", 1))
        assert words[0] == "sroi", f"{typed!r}: only sroi is run"
        patched.setattr("sys.argv", words)
        try:
            cli.main()
        except SystemExit as ended:
            status = ended.code or 0
    if into is None:
        return said.getvalue(), status
    Path(into).write_text(said.getvalue(), encoding="utf-8")
    return "", status


def compare(expected, said, where):
    """The two agree but for white space, with ``...`` standing for anything."""
    first, *later = (" ".join(piece.split()) for piece in expected.split("..."))
    left = " ".join(said.split())
    same = left.startswith(first) if later else left == first
    left = left[len(first) :]
    for position, piece in enumerate(later, 1):
        found = left.rfind(piece) if position == len(later) else left.find(piece)
        same = same and found >= 0 and (position < len(later) or left.endswith(piece))
        left = left[found + len(piece) :]
    difference = difflib.unified_diff(
        expected.splitlines(), said.splitlines(), "the page", "the command", lineterm=""
    )
    assert same, where + "\n" + "\n".join(difference)


@pytest.mark.parametrize("example", sorted((ROOT / "examples").glob("*.py")), ids=name_of)
def test_an_example_runs(example, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", [example.name, "lunch-club.yaml"])
    runpy.run_path(example.name, run_name="__main__")
    assert capsys.readouterr().out
    assert len(example.read_text(encoding="utf-8").splitlines()) < 60


@pytest.mark.parametrize("example", sorted((ROOT / "examples").rglob("*.yaml")), ids=name_of)
def test_an_example_study_evaluates(example):
    study = sroi.load(example)
    if not study.inputs:
        with pytest.raises(sroi.UndefinedResultError, match="no result without inputs"):
            sroi.evaluate(study)
        return
    assert sroi.evaluate(study).social_return_ratio > 0


def test_the_lunch_club_is_the_one_whose_figures_are_checked():
    texts = [
        (ROOT / folder / "lunch-club.yaml").read_text(encoding="utf-8")
        for folder in ("examples", "tests/golden")
    ]
    assert yaml.safe_load(texts[0]) == yaml.safe_load(texts[1])


# ── The words lead somewhere
# ─────────────────────────────────────────────────────────────────────────────────────────────


def anchors(page):
    """The anchors of a page's headings, as GitHub makes them."""
    prose = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", prose, re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).lower()).replace(" ", "-")
        for heading in headings
    }


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_a_file_and_a_heading(page):
    prose = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if re.match(r"https?:", target):
            continue
        file, _, anchor = target.partition("#")
        to = (page.parent / file).resolve() if file else page
        if not to.exists() or (anchor and anchor not in anchors(to)):
            broken.append(target)
    assert broken == []


def linked_from(page):
    return {
        (page.parent / target.partition("#")[0]).resolve()
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    }


def test_every_page_is_reached_from_the_index_and_that_of_a_rule_from_the_checks():
    index = ROOT / "docs" / "index.md"
    reached = linked_from(index) | linked_from(ROOT / "docs" / "reference" / "checks.md")
    assert [name_of(page) for page in PAGES if page not in reached and page != index] == []


# ── What is made from the code is current
# ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", generate.KINDS)
def test_what_is_made_from_the_code_is_as_it_would_be_made_now(kind):
    made = generate.KINDS[kind]()
    stale = [name_of(file) for file, content in made.items() if not says_the_same(file, content)]
    assert made
    assert stale == [], f"run: python -m docs.generate {kind}"


@pytest.mark.parametrize("name", ["page.md", "page.html", "page.svg", "page.docx", "page.xlsx"])
def test_a_file_that_says_something_else_is_told_apart(name):
    derby, haringey = (ROOT / "examples" / "reports" / place for place in ("derby", "haringey"))
    ending = ".html" if name == "page.svg" else Path(name).suffix
    one, other = (report.with_suffix(ending).read_bytes() for report in (derby, haringey))
    Path(name).write_bytes(one)
    assert says_the_same(Path(name), one)
    assert not says_the_same(Path(name), other)
    assert not says_the_same(Path("missing.md"), one)


def test_every_public_name_is_in_the_reference_and_no_other():
    names = re.findall(
        r"^### (\w+)$", (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(names) == sorted(sroi.__all__)


def test_every_shipped_pack_and_intervention_is_listed():
    listed = re.findall(
        r"^\| `([\w-]+)` \|",
        (ROOT / "docs" / "reference" / "packs.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    library = sroi.Library()
    assert sorted(listed) == sorted([*(place.name for place in library.places()), *library.interventions()])


def test_every_field_and_every_choice_of_a_method_is_described():
    page = (ROOT / "docs" / "reference" / "format.md").read_text(encoding="utf-8")
    for model in (
        sroi.Study,
        sroi.Stakeholder,
        sroi.Input,
        sroi.Outcome,
        sroi.Estimate,
        sroi.Source,
        sroi.Claim,
        sroi.AssumptionPack,
        sroi.MethodProfile,
    ):
        for name, field in model.model_fields.items():
            assert f"| `{field.alias or name}` |" in page
            assert field.description


def test_every_picture_is_made_here():
    assert sorted(file.stem for file in IMAGES.iterdir() if file.is_file()) == sorted(
        [*PICTURES, FOREST.stem]
    )


def test_the_picture_of_a_claim_is_what_the_command_prints(monkeypatch):
    command, drawn = PICTURES["claim"]
    monkeypatch.setenv("COLUMNS", "80")
    printed, status = run_command(command, monkeypatch)
    words = {word for word in printed.split() if word.isalnum()}
    shown = {word for word in drawn().export_text().split() if word.isalnum()}
    assert (status, shown - words) == (0, set())


RATIOS = (
    2.26,
    2.34,
    2.30,
    2.23,
    1.67,
    1.81,
    2.15,
    3.03,
    2.83,
    2.51,
    3.23,
    4.78,
    1.26,
    2.28,
    2.41,
    1.69,
    2.93,
    1.32,
)
"""Worked out apart from the engine: 120 people × £1,800, four years from year 1, deductions 25%, 10%, 30%."""


def test_one_evidence_set_gives_the_ratios_that_the_method_page_prints():
    assert [round(ratio_of(reading), 2) for reading in READINGS] == list(RATIOS)
    page = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    assert [
        float(figure)
        for figure in re.findall(r"^\| .*? \| (\d\.\d\d) \| (?:[+−][\d.]+%)? \|$", page, re.MULTILINE)
    ] == list(RATIOS)


def plain_ratio(deductions, drop_off, years, *, rate=0.035):
    """The base figure of the table by hand, year by year."""
    kept = (1 - deductions[0]) * (1 - deductions[1]) * (1 - deductions[2])
    gained = sum(120 * 1800 * kept * (1 - drop_off) ** k / (1 + rate) ** (k + 1) for k in range(years))
    return gained / (60_000 + 40_000 / (1 + rate) + 25_000)


def test_the_first_of_them_by_hand():
    assert round(plain_ratio((0.25, 0.10, 0.30), 0.20, 4), 2) == RATIOS[0]
    assert round(plain_ratio((0.25, 0.10, 0.30), 0.00, 4), 2) == RATIOS[7]
    assert round(plain_ratio((0, 0, 0), 0.20, 4), 2) == RATIOS[11]


def test_pandas_is_not_loaded_before_a_table_is_asked_for():
    code = """import sys, sroi
sroi.evaluate(sroi.load('lunch-club.yaml')).to_json()
assert 'pandas' not in sys.modules"""
    subprocess.run([sys.executable, "-c", code], check=True)


# ── The two commands
# ─────────────────────────────────────────────────────────────────────────────────────────────────────


def command(name):
    """A command of the README, by the mark above it."""
    found = re.search(
        rf"<!-- command: {name} -->\n```sh\n(.+)\n```", (ROOT / "README.md").read_text(encoding="utf-8")
    )
    assert found, f"the README marks no command {name}"
    return found[1]


def test_the_readme_has_one_line_that_runs_and_one_that_tests():
    assert command("run").startswith("python3 -m venv .venv && ")
    assert command("run").endswith(".venv/bin/sroi evaluate local-area-coordination --place derby")
    assert command("test").startswith("python3 -m venv .venv && ")
    assert command("test").endswith(".venv/bin/python -m pytest -n auto")


def test_the_checks_that_guard_main_run_the_test_command_of_the_readme():
    script = ROOT / ".ci" / "run"
    if not script.exists():
        pytest.skip("a source distribution carries no .ci")
    said = script.read_text(encoding="utf-8")
    assert said.startswith("#!")
    for step in command("test").split(" && "):
        assert step in said
        said = said.partition(step)[2]


def test_contributing_names_every_group_of_tests_and_has_the_set_up_of_the_readme():
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]
    groups = {mark.partition(":")[0] for mark in settings["ini_options"]["markers"]}
    assert groups == set(re.findall(r"`-m (\w+)`", page))
    assert command("test").rpartition(" && ")[0] in page


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 120


def test_no_page_names_a_path_of_somebody_s_machine():
    for page in PAGES:
        assert not re.search(
            rf"/(?:work|home|root|Users|tmp)/|{re.escape(os.sep)}{re.escape('.venv')}{os.sep}lib",
            page.read_text(encoding="utf-8"),
        )

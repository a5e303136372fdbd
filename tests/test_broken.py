"""One broken file for each mistake: it is refused with its line and with what to write instead."""

import json
from pathlib import Path

import pytest
import yaml

import sroi

FOLDER = Path(__file__).parent / "broken"


def expectations(text):
    """(line, fragments) of each leading comment ``# line N | fragment | fragment``."""
    for line in text.splitlines():
        if not line.startswith("# line "):
            return
        number, *fragments = line.removeprefix("# line ").split(" | ")
        yield int(number), [fragment.strip() for fragment in fragments]


def attempt(file):
    if file.name.startswith("pack-"):
        sroi.evaluate(
            sroi.load(FOLDER.parent / "golden" / "lunch-club.yaml", borough=file.stem, packs=[FOLDER])
        )
    else:
        sroi.evaluate(sroi.load(file, packs=[FOLDER]))


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_mistake_is_refused_with_its_line_and_what_to_write(file):
    wanted = list(expectations(file.read_text(encoding="utf-8")))
    assert wanted, f"{file.name} says nothing of what is expected"
    with pytest.raises(sroi.DocumentError) as caught:
        attempt(file)
    problems = caught.value.problems
    for line, fragments in wanted:
        there = [problem for problem in problems if problem.line == line]
        assert there, f"no problem in line {line}: {[str(problem) for problem in problems]}"
        texts = [f"{problem.path}: {problem.message}; {problem.hint}".casefold() for problem in there]
        assert any(all(fragment.casefold() in text for fragment in fragments) for text in texts), (
            fragments,
            texts,
        )
    assert len({problem.line for problem in problems}) == len({line for line, _ in wanted}), [
        str(problem) for problem in problems
    ]
    for problem in problems:
        assert problem.hint, f"{problem} does not say what to write instead"
        assert "\n" not in str(problem)


BASE = (FOLDER.parent / "golden" / "lunch-club.yaml").read_text(encoding="utf-8")


def refused(tmp_path, data, name="study.yaml"):
    file = tmp_path / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    with pytest.raises(sroi.DocumentError) as caught:
        sroi.load(file)
    (problem,) = caught.value.problems
    assert problem.file == str(file)
    return problem


def test_an_empty_file_is_refused(tmp_path):
    for text in ("", "   \n\n", "# only a comment\n"):
        assert "empty" in refused(tmp_path, text).message


def test_bytes_that_are_not_utf8_are_refused_where_they_stand(tmp_path):
    problem = refused(
        tmp_path, BASE.replace("Community lunch club", "Community lunch cl\u00fcb").encode("latin-1")
    )
    assert (problem.line, "0xfc" in problem.message, "UTF-8" in problem.hint) == (3, True, True)


def test_utf16_is_refused(tmp_path):
    assert "UTF-8" in refused(tmp_path, BASE.encode("utf-16")).hint


def test_a_byte_order_mark_is_read(tmp_path):
    file = tmp_path / "study.yaml"
    file.write_text(BASE, encoding="utf-8-sig")
    assert sroi.load(file).id == "lunch-club"


def test_a_control_character_is_refused(tmp_path):
    problem = refused(tmp_path, BASE.replace("Community", "Comm\x00unity"))
    assert (problem.line, "U+0000" in problem.message) == (3, True)


def test_a_file_over_five_megabytes_is_refused(tmp_path):
    assert "5,000,000" in refused(tmp_path, BASE + "# " + "x" * 5_000_000).hint


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_any_depth_of_nesting_is_refused_and_crashes_nothing(tmp_path, opening):
    refused(tmp_path, opening * 100_000)


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_nesting_is_told_by_its_limit(tmp_path, opening):
    assert "50" in refused(tmp_path, "a: " + opening * 100_000).message


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(sroi.DocumentError, match="there is no such file"):
        sroi.load(tmp_path / "nothing.yaml")


def test_a_folder_is_not_a_file(tmp_path):
    with pytest.raises(sroi.DocumentError, match="cannot be read"):
        sroi.load(tmp_path)


def test_json_is_read_as_well(tmp_path):
    file = tmp_path / "study.json"
    plain = yaml.safe_load(BASE) | {"title": "Caf\u00e9 \U0001f600"}
    file.write_text(json.dumps(plain), encoding="utf-8")
    assert sroi.load(file).title == "Caf\u00e9 \U0001f600"
    assert sroi.evaluate(sroi.load(file)).present_value == sroi.evaluate(sroi.loads(BASE)).present_value


NOT_READ = [
    "a: *nothing",
    "<<: {a: 1}",
    "a: !!python/object:os.system x",
    "[1, 2]: 3",
    "a: 1\n---\nb: 2",
    "just words",
    "a: b: c",
]


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_not_read_is_refused(tmp_path, text):
    problem = refused(tmp_path, text)
    assert problem.line
    assert problem.hint

"""Packs that other Python packages bring by entry points: found, told apart, left out, and broken."""

import json
import os
import subprocess
import sys

import pytest

import sroi
from sroi.documents import Library
from sroi.documents.installed import GROUP, SWITCH

PACK = "sroi: 1\npack: {name}\ntitle: {title}\nextends: england\nassumptions: {{one: 1}}\n"


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Puts a package of packs on the path of modules, as an installer does, without one."""

    def installed(value="tiny_packs", module="", name="tiny", pack="tinytown"):
        site = tmp_path / f"site-{name}"
        packs = site / "tiny_packs" / "packs" / "boroughs"
        packs.mkdir(parents=True)
        (packs / f"{pack}.yaml").write_text(PACK.format(name=pack, title="Tiny Town"))
        text = module.replace("FOLDER", repr(str(packs.parent)))
        (site / "tiny_packs" / "__init__.py").write_text(text)
        info = site / f"{name}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
        (info / "entry_points.txt").write_text(f"[{GROUP}]\nof-{name} = {value}\n")
        monkeypatch.syspath_prepend(str(site))
        monkeypatch.delitem(sys.modules, "tiny_packs", raising=False)
        return site

    yield installed
    sys.modules.pop("tiny_packs", None)


@pytest.mark.parametrize(
    ("value", "module"),
    [
        ("tiny_packs", ""),
        ("tiny_packs:where", "where = FOLDER"),
        ("tiny_packs:where", "import pathlib\nwhere = pathlib.Path(FOLDER)"),
    ],
)
def test_a_folder_and_a_module_both_bring_packs(run, install, value, module):
    install(value, module)
    assert Library().place("tinytown").pack.title == "Tiny Town"
    assert Library().place("Tiny Town").text.whole.file == "tiny/boroughs/tinytown.yaml"
    entries = json.loads(run("places", "--format", "json").stdout)
    (ours,) = [each for each in entries if each["borough"] == "tinytown"]
    assert ours["from"] == "tiny 1.2"
    assert {each["from"] for each in entries} == {"tiny 1.2", "sroi"}
    lines = run("places").stdout.splitlines()
    assert any("tinytown" in line and "tiny 1.2" in line for line in lines)


def test_an_intervention_of_another_package_says_so(run, install):
    folder = install() / "tiny_packs" / "packs" / "interventions"
    folder.mkdir()
    shipped = Library().intervention("debt-advice")
    text = (sroi.reference.assumptions_folder() / "interventions" / "debt-advice.yaml").read_text()
    (folder / "tiny-advice.yaml").write_text(text.replace("id: debt-advice", "id: tiny-advice"))
    assert shipped.root["id"] == "debt-advice"
    entries = json.loads(run("interventions", "--format", "json").stdout)
    assert {each["intervention"]: each["from"] for each in entries}["tiny-advice"] == "tiny 1.2"
    assert "tiny 1.2" in run("interventions").stdout


def test_what_is_shipped_and_what_is_ones_own_come_before_what_is_brought(install, tmp_path):
    install(pack="derby")
    assert Library().place("derby").pack.title != "Tiny Town"
    own = tmp_path / "own"
    own.mkdir()
    install(pack="anytown", name="other")
    (own / "anytown.yaml").write_text(PACK.format(name="anytown", title="Own"))
    assert Library([own]).place("anytown").pack.title == "Own"


def test_the_environment_leaves_them_out(run, install, monkeypatch):
    install()
    monkeypatch.setenv(SWITCH, "off")
    assert "tinytown" not in run("places", "--format", "json").stdout
    monkeypatch.setenv(SWITCH, "perhaps")
    done = run("places")
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"write {SWITCH}=off" in done.stderr


@pytest.mark.parametrize(
    ("value", "module", "why"),
    [
        ("nothing_here", "", "ModuleNotFoundError: No module named 'nothing_here'"),
        ("tiny_packs:absent", "", "AttributeError"),
        ("tiny_packs", "1 / 0", "ZeroDivisionError: division by zero"),
        ("tiny_packs", "raise SystemExit(3)", "SystemExit: 3"),
        ("tiny_packs", "def broken(", "SyntaxError"),
        ("tiny_packs:where", "where = 7", "a value of type int"),
        ("tiny_packs:where", "where = '/no/such/folder'", "there is no folder /no/such/folder"),
        ("json", "", "there is no folder"),
        ("sys", "", "sys has no file and no folder"),
        ("not a reference", "", "not a reference"),
    ],
)
def test_a_broken_entry_point_is_a_warning_and_no_more(run, install, value, module, why):
    install(value, module)
    done = run("places")
    assert done.exit_code == 0
    assert "Places with a pack" in done.stdout
    (warning,) = done.stderr.splitlines()
    assert warning.startswith("warning: the packs of-tiny of tiny 1.2 cannot be used (")
    assert why in warning
    assert SWITCH in warning
    assert "cannot be used" in run("show", "tinytown").stderr


def test_a_process_of_its_own_finds_them(install):
    path = os.pathsep.join([str(install()), *sys.path])
    done = subprocess.run(
        [sys.executable, "-m", "sroi", "places"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "tinytown" in done.stdout
    assert done.stderr == ""

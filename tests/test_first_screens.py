"""The command that makes the pictures of first screens: what it makes, and what it says where it cannot."""

import pytest

from docs.generate import screens
from docs.generate.studies import STUDIES


@pytest.fixture
def page(tmp_path, monkeypatch):
    """A page of pictures in a folder of its own."""
    images = tmp_path / "images"
    images.mkdir()
    monkeypatch.setattr(screens, "IMAGES", images)
    monkeypatch.setattr(screens, "FOLDER", images / "first-screens")
    monkeypatch.setattr(screens, "PAGE", tmp_path / "first-screens.md")
    screens.PAGE.write_text("# First\n\n<!-- made: gallery -->\n<!-- end -->\n", encoding="utf-8")
    return screens.PAGE


def test_what_cannot_be_made_is_named_and_the_rest_is_shown(page, monkeypatch, capsys):
    monkeypatch.setattr(screens.shutil, "which", lambda name: None)
    assert screens.main(["one-outcome"]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == ["images/first-screens/one-outcome-terminal.svg"]
    for words in (
        "one-outcome-page-360: chromium is not installed",
        "one-outcome-word: soffice is not installed",
    ):
        assert f"NOT MADE: {words}" in said.err
    text = page.read_text(encoding="utf-8")
    assert "![One outcome: Terminal of 80 columns](images/first-screens/one-outcome-terminal.svg)" in text
    assert "page-360" not in text
    picture = (screens.FOLDER / "one-outcome-terminal.svg").read_text(encoding="utf-8")
    assert "sroi&#160;evaluate&#160;one-outcome" in picture or "sroi evaluate one-outcome" in picture


@pytest.mark.usefixtures("page")
def test_an_unknown_study_is_refused(capsys):
    assert screens.main(["lunch"]) == 2
    assert "write derby, haringey, lunch-club, one-outcome, forty-outcomes" in capsys.readouterr().err


def test_the_studies_are_of_very_different_sizes():
    sizes = {name: len(make().outcomes) for name, (_, make) in STUDIES.items()}
    assert (sizes["one-outcome"], sizes["forty-outcomes"]) == (1, 40)
    assert len(sizes) == 5

"""Licences of what is depended on: each is known, and what asks for more than a notice is said plainly."""

from importlib import metadata
from pathlib import Path

import pytest

from docs.generate.licences import COPYLEFT, everything, family, licence_of, requirements

ROOT = Path(__file__).resolve().parent.parent
SAID = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def installed():
    return list(everything([each for wanted in requirements().values() for each in wanted], set()))


def test_every_library_that_is_needed_has_a_known_licence():
    found = {each.name: licence_of(each) for each in installed()}
    assert len(found) > 20
    assert not [name for name, licence in found.items() if not family(licence)]


def test_one_library_asks_for_more_than_a_notice_and_the_documentation_says_so():
    asking = {each.name: licence_of(each) for each in installed() if family(licence_of(each)) in COPYLEFT}
    assert asking == {"docxtpl": "LGPL-2.1-only"}
    assert "docxtpl is under LGPL-2.1-only" in SAID


def test_nothing_that_every_installation_needs_asks_for_more():
    always = everything(requirements()[""], set())
    assert not [each.name for each in always if family(licence_of(each)) in COPYLEFT]


@pytest.mark.parametrize("extra", requirements())
def test_every_library_that_is_asked_for_is_listed(extra):
    for each in requirements()[extra]:
        assert f"| {each.name} |" in SAID
        assert metadata.distribution(each.name)


@pytest.mark.parametrize(
    ("licence", "wanted"),
    [
        ("MIT License", "MIT"),
        ("LGPL-2.1-only", "LGPL"),
        ("GPL-3.0-or-later", "GPL"),
        ("GNU Affero General Public License AGPLv3", "AGPL"),
        ("BSD-3-Clause AND MIT", "BSD"),
        ("a licence of our own", ""),
    ],
)
def test_a_licence_is_told_by_its_name(licence, wanted):
    assert family(licence) == wanted

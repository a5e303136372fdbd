"""Arguments of a wrong kind are told as errors of this package, with the argument's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import sroi

if TYPE_CHECKING:
    from collections.abc import Callable

STUDY: Any = sroi.load("examples/lunch-club.yaml")
RESULT: Any = sroi.evaluate(STUDY)
BOOKS: Any = sroi.ledger(STUDY)
ANY: Any = sroi

WRONG: dict[str, tuple[str, Callable[[], object]]] = {
    "load None": ("name", lambda: ANY.load(None)),
    "load bytes": ("name", lambda: ANY.load(b"study.yaml")),
    "load values": ("values", lambda: ANY.load("examples/lunch-club.yaml", values=3)),
    "load place": ("place", lambda: ANY.load("examples/lunch-club.yaml", place=3)),
    "load packs": ("packs", lambda: ANY.load("examples/lunch-club.yaml", packs=[3])),
    "loads": ("text", lambda: ANY.loads(["sroi: 1"])),
    "change values": ("values", lambda: ANY.change(STUDY, 3)),
    "change key": ("values", lambda: ANY.change(STUDY, {None: 1})),
    "change place": ("place", lambda: ANY.change(STUDY, place=3)),
    "dump": ("path", lambda: ANY.dump(STUDY, 3)),
    "json_schema": ("document", lambda: ANY.json_schema("studies")),
    "evaluate today": ("today", lambda: ANY.evaluate(STUDY, today=3)),
    "evaluate today as text": ("today", lambda: ANY.evaluate(STUDY, today="2026-01-01")),
    "ledger shares": ("shares", lambda: ANY.ledger(STUDY, shares=[3])),
    "tables_by": ("by", lambda: BOOKS.tables_by(3)),
    "tables_by another": ("by", lambda: BOOKS.tables_by("region")),
    "row": ("outcome", lambda: RESULT.row(None)),
    "explain": ("outcome", lambda: RESULT.explain([])),
    "ratio": ("name", lambda: BOOKS.ratio(None)),
    "what_it_takes": ("claim", lambda: ANY.what_it_takes(STUDY, [])),
    "switching_values": ("only", lambda: ANY.switching_values(STUDY, only=3)),
    "switching_values of numbers": ("only", lambda: ANY.switching_values(STUDY, only=[3])),
    "value_of_information": ("groups", lambda: ANY.value_of_information(STUDY, groups={"survey": 3})),
    "report date": ("date", lambda: ANY.report(STUDY, "x.html", date=3)),
    "report template": ("template", lambda: ANY.report(STUDY, "x.docx", template=3)),
    "report paths": ("paths", lambda: ANY.report(STUDY, None)),
    "simulate keep": ("keep", lambda: ANY.simulate(STUDY, keep=3)),
    "import_value_map": ("file", lambda: ANY.import_value_map(None)),
    "import_value_map price_year": ("price_year", lambda: ANY.import_value_map("m.xlsx", price_year=b"x")),
    "import_value_map sheet": ("sheet", lambda: ANY.import_value_map("m.xlsx", sheet=3)),
    "import_value_map mapping": ("mapping", lambda: ANY.import_value_map("m.xlsx", mapping=3)),
    "Library": ("folders", lambda: ANY.Library(3)),
}


@pytest.mark.parametrize("call", WRONG)
def test_an_argument_of_a_wrong_kind_is_named(call: str) -> None:
    name, wrong = WRONG[call]
    with pytest.raises(sroi.DocumentError) as caught:
        wrong()
    (problem,) = caught.value.problems
    assert problem.file == name
    assert problem.hint


def test_every_wrong_argument_is_named_at_once() -> None:
    with pytest.raises(sroi.DocumentError) as caught:
        ANY.grid(STUDY, 3, None)
    assert [problem.file for problem in caught.value.problems] == ["one", "other"]


def test_a_missing_argument_stays_pythons_own_error() -> None:
    with pytest.raises(TypeError, match="claim"):
        ANY.what_it_takes(STUDY)


@pytest.mark.parametrize("read", [ANY.load, ANY.import_value_map])
def test_a_name_that_no_file_can_have_is_told_in_short(read: Callable[[str], object]) -> None:
    with pytest.raises(sroi.SroiError) as caught:
        read("x" * 5000 + (".yaml" if read is ANY.load else ".xlsx"))
    assert len(str(caught.value)) < 400


def test_a_grid_of_a_number_with_itself_is_refused() -> None:
    with pytest.raises(sroi.DocumentError, match="members is both of the two numbers"):
        sroi.grid(STUDY, "members", "assumptions.members")

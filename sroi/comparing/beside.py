"""Setting studies side by side: brought to one set of terms, refused where they are not alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sroi.arguments import checked_arguments
from sroi.comparing.comparison import Comparison
from sroi.comparing.findings import findings
from sroi.comparing.likeness import differences
from sroi.comparing.line import Line, line, why, without_result
from sroi.comparing.terms import Counted, Terms, counted
from sroi.comparing.together import together, why_not
from sroi.documents import change, loads
from sroi.errors import DocumentError, Problem, UndefinedResultError
from sroi.model import as_study
from sroi.reference import PriceYearError
from sroi.uncertainty import simulate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sroi.comparing.likeness import Difference
    from sroi.documents.loading import MethodChoice
    from sroi.model import Studied, Study

    OnLine = Callable[[int, int], None]

DRAWS = 10_000
_FILE = "compare"
"""Where what is refused of a comparison stands."""


class Operand(NamedTuple):
    """What stands on a line: a study under a name, or why there is none."""

    name: str
    study: Study | None
    reason: str = ""
    place: str | None = None
    notes: tuple[str, ...] = ()


@checked_arguments
def compare(
    *studies: Study | Studied,
    method: MethodChoice | None = None,
    price_year: int | str | None = None,
    over: str | None = None,
    anyway: bool = False,
    draws: int = DRAWS,
    seed: int | None = 0,
) -> Comparison:
    """Set studies side by side, on the same terms.

    Studies that are not alike in method, price year, horizon, kind, perspective, denominator or currency are
    refused, with what each has and what would make them alike. They are never ranked: which option of one
    decision is best is no question of ratios.

    Parameters
    ----------
    *studies : Study or result
        Two or more, as :func:`sroi.load` gives them, or results, whose studies are compared.
    method : str, mapping or MethodProfile, optional
        One method for all of them, in place of their own.
    price_year : int or str, optional
        Year to whose prices all money is brought, such as 2024 or ``"2024-25"``. It moves no ratio.
    over : {"all", "public", "council", "cash", "funder:NAME"}, optional
        Whose money all returns are over.
    anyway : bool
        Whether studies that are not alike are set side by side all the same, each line with what it has.
    draws : int
        Draws of the range of each ratio; 0 for no ranges.
    seed : int or None
        The same seed gives the same numbers.

    Returns
    -------
    Comparison
        Frozen; a study that has no result is a line with the reason.

    Raises
    ------
    DocumentError
        If fewer than two studies are given, or if they are not alike: a problem for each difference.

    Examples
    --------
    >>> import sroi
    >>> club = sroi.load("examples/lunch-club.yaml")
    >>> found = sroi.compare(club, sroi.change(club, {"members": 60}), draws=0)
    >>> [round(line.social_return_ratio, 2) for line in found.lines]
    [1.93, 0.98]
    >>> found.no_total
    'lunch-club stands there more than once, and its people and money would be counted twice'
    """
    read = [as_study(each, "sroi.compare") for each in studies]
    if len(read) < 2:
        raise DocumentError("a comparison wants two studies or more", "name another", file="sroi.compare")
    if method is not None:
        read = [change(each, method=method) for each in read]
    operands = [Operand(each.id, each) for each in read]
    return side_by_side(
        operands, {"price_year": price_year, "over": over}, anyway=anyway, draws=draws, seed=seed
    )


def side_by_side(
    operands: Sequence[Operand],
    terms: Mapping[str, Any],
    *,
    anyway: bool,
    draws: int = DRAWS,
    seed: int | None = 0,
    on_line: OnLine | None = None,
) -> Comparison:
    """The comparison of operands, some of which may be without a study."""
    asked = _terms(terms)
    named = _told_apart(operands)
    found: dict[str, Counted | str] = {}
    for name, each in named.items():
        found[name] = _counted(each, asked)
    have = {name: each for name, each in found.items() if isinstance(each, Counted)}
    apart = differences(have)
    if not anyway:
        _refuse_unlike([each for each in apart if each.refused])
    lines: list[Line] = []
    for done, (name, each) in enumerate(named.items()):
        if on_line is not None:
            on_line(done, len(named))
        got = found[name]
        if isinstance(got, str):
            lines.append(without_result(name, each.study, got, each.place))
            continue
        drawn = simulate(got.evaluation, draws=draws, seed=seed) if draws else None
        has = {one.aspect: one.values[name] for one in apart if one.refused}
        lines.append(line(name, got, drawn, has, each.notes))
    no_total = why_not(lines, apart)
    return Comparison(
        tuple(lines),
        apart,
        None if no_total else together(lines),
        no_total,
        findings(lines, apart),
        asked.price_year,
        asked.over,
        draws,
        seed,
        tuple(named.values()),
    )


def _terms(given: Mapping[str, Any]) -> Terms:
    try:
        return Terms(**given)
    except DocumentError as error:
        raise DocumentError([replace(each, file=_FILE) for each in error.problems]) from None


def _refuse_unlike(apart: Sequence[Difference]) -> None:
    """Refuse studies that are not alike, with all that would make them so."""
    problems = [
        Problem(f"{each.title} differs: {each.said}", each.align, each.aspect, _FILE) for each in apart
    ]
    if problems:
        last = problems[-1]
        hint = f"{last.hint}; --anyway sets them side by side as they are, each line marked"
        raise DocumentError([*problems[:-1], replace(last, hint=hint)])


def _counted(operand: Operand, terms: Terms) -> Counted | str:
    """An operand on some terms, or why it has no result on them."""
    if operand.study is None:
        return operand.reason
    try:
        return counted(operand.study, terms)
    except (UndefinedResultError, PriceYearError) as error:
        return why(error, operand.study)


def _told_apart(operands: Sequence[Operand]) -> dict[str, Operand]:
    """The operands by names that differ: with the place where that parts them, or with a number."""
    names = [each.name for each in operands]
    if len(set(names)) < len(names):
        places = [each.place or (each.study and each.study.place) for each in operands]
        names = [
            f"{name} in {place}" if names.count(name) > 1 and place else name
            for name, place in zip(names, places, strict=True)
        ]
    times, seen, found = Counter(names), Counter[str](), {}
    for name, each in zip(names, operands, strict=True):
        seen[name] += 1
        found[f"{name} ({seen[name]})" if times[name] > 1 else name] = each
    return found


def compared_again(
    study: Study,
    operands: Iterable[Mapping[str, Any]],
    *,
    price_year: int | str | None = None,
    over: str | None = None,
    draws: int = DRAWS,
    seed: int | None = 0,
) -> Comparison:
    """A comparison as a record holds it: its first study, and the text of the others."""
    again = []
    for each in operands:
        name, text, place = each["name"], each.get("text"), each.get("place")
        notes = tuple(each.get("notes", ()))
        reason = each.get("reason", "")
        read = None if reason else study if text is None else loads(text)
        again.append(Operand(name, read, reason, place, notes))
    terms = {"price_year": price_year, "over": over}
    return side_by_side(again, terms, anyway=True, draws=draws, seed=seed)

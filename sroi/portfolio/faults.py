"""What can be wrong with a row of a table, each as one expression that the engine runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import narwhals.stable.v2 as nw

from sroi.method import DropOffFrom
from sroi.model import DEDUCTIONS
from sroi.model.entries import Kind
from sroi.model.references import PARTIES
from sroi.portfolio.layout import COLUMNS, KEYS, MOST_YEARS, keyed, names_of, typed
from sroi.portfolio.reading import PERCENTAGE, PLAIN, distinct, is_text, one_row, text_of
from sroi.quantities import LARGEST, SHARE
from sroi.reference import discount_schedules
from sroi.tolerance import TOLERANCE
from sroi.years import calendar_or_financial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.method import MethodProfile
    from sroi.portfolio.layout import Column, Frame, Side

PERCENT = 100
ISO_4217 = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which a row can be wrong.

    Attributes
    ----------
    rule : str
        Its name.
    column : str
        The column that it is looked for in.
    wrong : Expr
        Whether a row is wrong.
    reason : str
        What is wrong.
    instead : str
        What to write; ``{found}`` stands for what was found.
    """

    rule: str
    column: str
    wrong: Any
    reason: str
    instead: str

    @property
    def holds(self) -> Any:
        """Whether a row is wrong; false where that cannot be told."""
        return self.wrong.fill_null(value=False)


def faults_of(frame: Frame, side: Side, method: MethodProfile) -> tuple[Fault, ...]:
    """Everything that can be wrong with the rows of a table by themselves."""
    names = names_of(frame)
    found = [
        fault
        for column in COLUMNS[side]
        if column.name in names
        for fault in (_of_words(frame, column) if column.bounds is None else numeric_faults(frame, column))
    ]
    if side == "outcomes":
        found.extend(_beside_percentages(frame))
        found.extend(_of_outcomes(names, method))
    return (*found, *_of_keys(frame, side))


def _beside_percentages(frame: Frame) -> Iterator[Fault]:
    """Shares of which nobody can say what they are, since their column holds whole-number percentages too.

    A 1 is then 1% or 100%; and where most of a column are percentages, so is anything up to 1.
    """
    written = {
        column.name: text_of(frame, column.name).str.contains("%", literal=True).fill_null(value=False)
        if is_text(frame, column.name)
        else nw.lit(value=False)
        for column in COLUMNS["outcomes"]
        if column.bounds is SHARE
    }
    counts: dict[str, Any] = {}
    for name, signed in written.items():
        number = nw.col(typed(name))
        counts[f"{name} percent"] = (
            ((number > 1 + TOLERANCE) & (number <= PERCENT) & ~signed).cast(nw.Int64).sum()
        )
        counts[f"{name} share"] = ((number > 0) & (number <= 1) & ~signed).cast(nw.Int64).sum()
    found = one_row(frame, counts)
    for name, signed in written.items():
        percentages, shares = (int(found[f"{name} {kind}"] or 0) for kind in ("percent", "share"))
        if percentages and shares:
            least = 0 if percentages > shares else 1 - TOLERANCE
            number = nw.col(typed(name))
            yield Fault(
                "share_beside_percentages",
                name,
                (number > least) & (number <= 1) & ~signed,
                "it stands in a column with whole-number percentages, and may be one itself",
                "write {found}%, or the share with a % sign",
            )


def numeric_faults(frame: Frame, column: Column) -> Iterator[Fault]:
    """What can be wrong with a number that stands in a column."""
    bounds, number = column.bounds, nw.col(typed(column.name))
    assert bounds is not None
    name, text = column.name, is_text(frame, column.name)
    raw = text_of(frame, name) if text else nw.col(name)
    if column.required:
        reason = f"{name} is not assessed"
        yield Fault("missing", name, raw.is_null(), reason, "write the number; 0 is a claim, and is written")
    if text:
        readable = raw.str.contains(PLAIN) | raw.str.contains(PERCENTAGE)
        for word, _ in column.words:
            readable = readable | (raw == word)
        yield Fault(
            "text_in_number",
            name,
            ~raw.is_null() & ~readable,
            "it is text, not a number",
            "write the number alone: no words, currency signs or thousands separators",
        )
    if bounds is SHARE:
        as_percent = raw.str.contains("%", literal=True) if text else nw.lit(value=False)
        beyond = number > 1 + TOLERANCE
        yield Fault(
            "percent_as_whole_number",
            name,
            beyond & (number <= PERCENT) & ~as_percent,
            "it is not a share from 0 to 1",
            "for {found} per cent write {found}%, or the share that it is",
        )
        yield Fault(
            "impossible_share",
            name,
            beyond & ((number > PERCENT) | as_percent),
            "it is a share of more than 100%",
            "write a share of at most 100%",
        )
        yield Fault(
            "share_below_zero",
            name,
            number < -TOLERANCE,
            "it is a share below 0",
            "write a share such as 30% or 0.3",
        )
        return
    low = number <= bounds.low if bounds.above_low else number < bounds.low
    outside = low | (number > bounds.high)
    if bounds.whole:
        outside = outside | (number > number.floor())
    yield Fault("out_of_bounds", name, outside, f"it is not {bounds.what}", f"write {bounds.what}")
    if not text and frame.collect_schema()[name].is_float():
        yield Fault(
            "not_finite",
            name,
            ~number.is_null() & ~number.is_finite(),
            "it is not a finite number",
            f"write {bounds.what}",
        )


_CHOICES = {
    "kind": get_args(Kind),
    "party": PARTIES,
    "drop_off_from": get_args(DropOffFrom),
    "prices": ("real", "nominal"),
    "status": ("actual", "forecast"),
}
"""What a column of words may hold, where that is a list."""


def _of_words(frame: Frame, column: Column) -> Iterator[Fault]:
    name = column.name
    raw = text_of(frame, name)
    if column.required:
        yield Fault("missing", name, raw.is_null(), f"{name} is missing", f"write the {column.meaning}")
    choices = _choices(column, COLUMNS["inputs"])
    if choices:
        listed = ", ".join(choices)
        wrong = ~raw.is_null() & ~raw.is_in(list(choices))
        yield Fault("unknown_word", name, wrong, f"it is no {name} that is known", f"write one of {listed}")
    if name == "price_year":
        unread = [each for each in distinct(frame, raw) if year_of(each) is None]
        hint = 'write a calendar year such as 2024, or a financial year such as "2024-25"'
        if unread:
            yield Fault("price_year", name, raw.is_in(unread), "it is not a price year", hint)
    if name == "currency":
        words = [each for each in distinct(frame, raw) if not ISO_4217.fullmatch(each)]
        hint = "write the ISO 4217 code of the currency, such as GBP"
        if words:
            yield Fault("currency_in_words", name, raw.is_in(words), "it is no code of a currency", hint)


def _choices(column: Column, inputs: tuple[Column, ...]) -> tuple[str, ...]:
    if column.name == "discount_schedule":
        return tuple(discount_schedules())
    if column.name == "kind" and any(column is each for each in inputs):
        return ()
    return tuple(_CHOICES.get(column.name, ()))


def year_of(written: Any) -> int | None:
    """The price year that a cell says, whether it holds text or a number."""
    if isinstance(written, float) and written.is_integer():
        written = int(written)
    if isinstance(written, str) and re.fullmatch(r"\d{4}\.0+", written):
        written = written[:4]
    return calendar_or_financial(written)


def _of_outcomes(names: tuple[str, ...], method: MethodProfile) -> Iterator[Fault]:
    money = nw.col(typed("quantity")) * nw.col(typed("value"))
    yield Fault(
        "too_large",
        "value",
        (money > LARGEST) | (money < -LARGEST),
        "quantity times value is too large to be added up",
        "write numbers whose products can be added up",
    )
    if method.deductions == "added":
        first, *others = (nw.col(typed(name)) for name in DEDUCTIONS)
        summed = first
        for each in others:
            summed = summed + each
        hint = "lower one, or use method deductions: multiplied"
        over = summed > 1 + TOLERANCE
        yield Fault("deductions_over_all", DEDUCTIONS[0], over, "the deductions add up to over 100%", hint)
    if {"first_benefit_year", "last_benefit_year"} & set(names):
        backwards = nw.col(typed("first_benefit_year")) > nw.col(typed("last_benefit_year"))
        hint = f"write a first year that is not after the last, from 0 to {MOST_YEARS}"
        column = next(each for each in names if each in ("first_benefit_year", "last_benefit_year"))
        yield Fault("benefit_years", column, backwards, "the last benefit year is before the first", hint)


def _of_keys(frame: Frame, side: Side) -> Iterator[Fault]:
    keys = keys_of(frame, side)
    if typed("alike") in names_of(frame):
        yield Fault(
            "duplicate_key",
            "outcome" if side == "outcomes" else "programme",
            nw.col(typed("alike")) > 1,
            f"more than one row has the same {', '.join(keys)}",
            "keep one row, or tell them apart by a column that names them",
        )


def keys_of(frame: Frame, side: Side) -> tuple[str, ...]:
    """The columns that together name one row of a table; of inputs without names their amounts as well."""
    names = names_of(frame)
    unnamed = side == "inputs" and "input" not in names
    wanted = (*KEYS[side], "amount") if unnamed else KEYS[side]
    return tuple(name for name in wanted if name in names)


def with_alike(frame: Frame, side: Side) -> Frame:
    """A table with how many rows have the same key, where any have, and rows can be told apart at all."""
    names = names_of(frame)
    if side == "outcomes" and "outcome" not in names:
        return frame
    keys = list(keys_of(frame, side))
    most = frame.group_by(keys).agg(nw.len().alias(typed("alike")))
    if (one_row(most, {"most": nw.col(typed("alike")).max()})["most"] or 0) <= 1:
        return frame
    frame, labels = keyed(frame, keys)
    return frame.with_columns(nw.len().over(labels).alias(typed("alike")))

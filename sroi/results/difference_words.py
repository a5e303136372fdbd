"""The difference between two studies in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.labels import path_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from sroi.results.difference import Difference, Explained

KINDS = {
    "quantity": "quantity",
    "value": "value",
    "deadweight": "deadweight",
    "displacement": "displacement",
    "attribution": "attribution",
    "duration": "duration and start",
    "drop_off": "drop-off",
    "inputs": "inputs",
    "structure": "structure",
    "method": "method",
    "price_year": "price year and first year",
    "packs": "packs",
}
"""The kinds of change that can move a figure, in the order in which they are told, each in words."""

_PLURALS = {"structure": "structure", "method": "method", "other": "other"}
_MOST_NAMED = 3
_LEAST_SHOWN = 0.0005


def part_label(found: Difference, change: str) -> str:
    """What a part is called: a kind in words, or what stands at its path."""
    return " and ".join(one_label(found, each) for each in change.split(" and "))


def one_label(found: Difference, change: str) -> str:
    """What one change is called: a kind in words, or what stands at its path."""
    if change in KINDS:
        return KINDS[change]
    section, name, *field = change.split(".")
    of_old = name in getattr(found.old, section)
    label = path_label(found.old if of_old else found.new, change)
    return label if field else f"{label} ({'removed' if of_old else 'added'})"


def signed_ratio(amount: float) -> str:
    """A part of a ratio, with its sign, to three decimals.

    Examples
    --------
    >>> [signed_ratio(amount) for amount in (0.1234, -0.44, 0.0001, 0.0)]
    ['+0.123', '−0.440', 'under 0.001', '0']
    """
    if abs(amount) < _LEAST_SHOWN:
        return "0" if abs(amount) < 1e-12 else "under 0.001"
    return f"{'+' if amount > 0 else '−'}{abs(amount):,.3f}"


def signed_money(amount: float, currency: str) -> str:
    """A part of a sum of money, with its sign.

    Examples
    --------
    >>> signed_money(1234.5, "GBP"), signed_money(-1234.5, "GBP"), signed_money(0, "GBP")
    ('+£1,234', '−£1,234', '£0')
    """
    written = formatting.money(amount, currency, whole=True)
    return f"+{written}" if amount > 0 and not written.startswith("less") else written


@dataclass(frozen=True, slots=True)
class Words:
    """How a figure and a part of it are written."""

    whole: Callable[[float], str]
    part: Callable[[float], str]


def in_words(found: Difference, *, of_ratio: bool) -> Words:
    """How the ratio, or net present value, and parts of it are written."""
    currency = found.new.currency
    if of_ratio:
        return Words(lambda each: formatting.returned(each, currency), signed_ratio)
    return Words(
        lambda each: formatting.money(each, currency, whole=True), lambda each: signed_money(each, currency)
    )


def answer(found: Difference) -> str:
    """Both figures, how far they are apart and what moved them most, in a sentence or two."""
    ratio, value, currency = found.ratio, found.net_present_value, found.new.currency
    title = _titles(found)
    if value.difference is None:
        return f"{title}: no part of a difference can be given. {capital(value.no_result)}."
    money = [formatting.money(each or 0.0, currency, whole=True) for each in (value.old, value.new)]
    of_value = f"net present value {money[0]} to {money[1]} ({signed_money(value.difference, currency)})"
    if ratio.difference is None:
        said = f"{title}: {of_value}. There is no difference in ratio: {ratio.no_result}."
        return f"{said}{_most(found, value, lambda amount: signed_money(amount, currency))}"
    one = formatting.unit(currency)
    both = [formatting.returned(each or 0.0, currency) for each in (ratio.old, ratio.new)]
    said = f"{title}: {both[0]} for {one} became {both[1]} ({signed_ratio(ratio.difference)}); {of_value}."
    return f"{said}{_most(found, ratio, signed_ratio)}"


def _titles(found: Difference) -> str:
    if found.old.title == found.new.title:
        return found.new.title
    return f"{found.old.title}, and {found.new.title}"


def capital(text: str | None) -> str:
    """A text with a capital at its head."""
    return (text or "")[:1].upper() + (text or "")[1:]


def _most(found: Difference, figure: Explained, signed: Any) -> str:
    """What moved a figure most, as a further sentence."""
    parts = sorted(figure.parts, key=lambda part: -abs(part.amount))
    named = [f"{part_label(found, part.change)} ({signed(part.amount)})" for part in parts if part.amount]
    if not named:
        return " Nothing that moves either figure changed."
    return f" What moved it most: {formatting.listed(named[:_MOST_NAMED])}."


def counted(found: Difference) -> str:
    """How many things changed, by what they are."""
    counts = Counter(each.what for each in found.changes)
    said = [count_of(count, what) for what, count in counts.items()]
    if found.texts:
        said.append(count_of(found.texts, "text"))
    return formatting.listed(said) or "nothing changed"


def count_of(count: int, what: str) -> str:
    """How many of what, in words."""
    if what in _PLURALS:
        return f"{count} of {what}" if what != "other" else f"{count} other"
    return f"{count} {what}{'' if count == 1 else 's'}"

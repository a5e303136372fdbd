"""A live return in words: the rule of :func:`sroi.formatting.returned` as a formula of a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi import formatting
from sroi.digits import RESIDUE

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_MARKS = 12
"""A spreadsheet nests 64 functions at most: of more claims, those nearest to the figure as written count."""

_NEAR = f"{RESIDUE:.9f}"


def returned(value: str, currency: str, against: Iterable[float] = (), *, written: float = 1.0) -> str:
    """The formula that writes what one unit of money returns.

    Parameters
    ----------
    value : str
        Reference to the cell of the return.
    currency : str
        Code of the currency.
    against : iterable of float
        Ratios, such as claims, onto which the return is never rounded.
    written : float
        The return as it is when the formula is written.
    """
    nearest = sorted({1.0, *against}, key=lambda mark: (mark != 1.0, abs(mark - written)))
    marks = sorted(nearest[:_MOST_MARKS])
    rounded = f"ROUND({value},2)"
    below_ten = _beside(value, rounded, marks, currency, _small(value, currency))
    pounds = f"ROUND({value},IF(ABS({value})<1000,0,2-INT(LOG10(ABS({value})))))"
    above = _signed(value, f"FIXED(ABS({pounds}),0)", currency)
    high = [mark for mark in marks if abs(mark) > 9]
    if high:
        hidden = ",".join(_hides(value, pounds, mark) for mark in high)
        pence = _beside(value, rounded, high, currency, _signed(value, f"FIXED(ABS({value}),2)", currency))
        above = f"IF(OR({hidden}),{pence},{above})"
    return f"IF(ABS({value})<9.995,{below_ten},{above})"


def _hides(value: str, rounded: str, mark: float) -> str:
    """Whether a rounded figure hides on which side of a mark the value lies."""
    return f"AND(ABS({value}-{mark:.12g})>{_NEAR},({rounded}-{mark:.12g})*({value}-{mark:.12g})<=0)"


def _beside(value: str, rounded: str, marks: list[float], currency: str, otherwise: str) -> str:
    formula = otherwise
    for mark in reversed(marks):
        word = formatting.claimed(mark, currency)
        side = f'IF({value}<{mark:.12g},"just under ","just over ")&{_quoted(word)}'
        formula = f"IF({_hides(value, rounded, mark)},{side},{formula})"
    return formula


def _small(value: str, currency: str) -> str:
    """A return below ten: with pence, or in pence alone."""
    prefix, minor = formatting.prefix(currency), formatting.MINOR.get(currency)
    one = f"1{minor}" if minor else f"{prefix}0.01"
    nothing, least, under = (
        _quoted(each) for each in (f"{prefix}0", f"less than {one}", f"just under {prefix}0")
    )
    tiny = f"IF(ABS({value})<={_NEAR},{nothing},IF({value}>0,{least},{under}))"
    formula = _signed(value, f"FIXED(ABS({value}),2)", currency)
    if minor:
        pence = f'IF({value}<0,"−","")&ROUND(100*ABS({value}),0)&"{minor}"'
        formula = f"IF(ROUND(ABS({value}),2)<1,{pence},{formula})"
    return f"IF(ABS({value})<0.005,{tiny},{formula})"


def _signed(value: str, digits: str, currency: str) -> str:
    return f'IF({value}<0,"−","")&{_quoted(formatting.prefix(currency))}&{digits}'


def _quoted(text: str) -> str:
    """A text in a formula."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'

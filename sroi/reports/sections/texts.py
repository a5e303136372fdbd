"""Words that are the same in every report, and the formulas of a method in its own arithmetic."""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.backends.symbols import Excel, Symbol, written
from sroi.conventions import Conventions
from sroi.model import DEDUCTIONS
from sroi.tolerance import TOLERANCE
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.method import MethodProfile


def _pairs(name: str) -> tuple[tuple[str, str], ...]:
    """The lines of a text file of the templates, each a term and what it means."""
    text = resources.files("sroi.reports").joinpath("templates", f"{name}.txt").read_text(encoding="utf-8")
    return tuple((term, meaning) for term, _, meaning in (line.partition(": ") for line in text.splitlines()))


LIMITATIONS = _pairs("limitations")
GLOSSARY = _pairs("glossary")


class _Words(Excel):
    """Formulas as a reader knows them."""

    def power(self, base: Any, exponent: Any) -> Symbol:
        """A power, with a sum as its exponent in brackets."""
        inner = written(exponent)
        return Symbol(f"({written(base)})^{f'({inner})' if '+' in inner else inner}")

    def counts(self, start: int) -> Iterator[Symbol]:
        """The benefit year, counted from ``start``."""
        yield Symbol("k") + start

    def ceil(self, x: Any) -> Symbol:
        """A number rounded up; what allows for rounding is no part of the formula."""
        return Symbol(f"⌈{written(x).removesuffix(f'-{written(TOLERANCE)}')}⌉")


_HYPHEN = "\N{HYPHEN}"
"""Stands for the hyphen of a name, which is no minus."""


def _words(formula: Any) -> str:
    text = written(formula).lower()
    for sign, shown in (("*", " × "), ("/", " ÷ "), ("+", " + "), ("-", " − "), (",", ", "), (_HYPHEN, "-")):
        text = text.replace(sign, shown)
    return text


def method_formulas(method: MethodProfile) -> tuple[tuple[str, str], ...]:
    """The formulas under one method, in the order in which they are worked, as they write themselves."""
    deductions = map(Symbol, DEDUCTIONS)
    quantity, value, kept = map(Symbol, ("quantity", "financial proxy", "share kept"))
    drop_off, duration, k = map(Symbol, (f"drop{_HYPHEN}off", "duration", "k"))
    flow, factor = map(Symbol, ("value", "discount factor"))
    present, investment = map(Symbol, ("present value of the outcomes", "investment"))
    conventions = Conventions(method)
    words = _Words()
    left = next(conventions.dropping(formulas.impact(1.0, value, kept), drop_off, words))
    benefit = conventions.counted(left, duration, k, words)  # type: ignore[arg-type]  # a symbol stands for a number of years
    periods = {"start": "t", "mid": "t + ½", "end": "t + 1"}
    product = f"1 ÷ the product of (1 + rate) over {periods[method.timing]} periods"
    added = f"sum of {_words(formulas.discounted(flow, factor))}"
    spent = f"discounted {periods[method.input_timing]} periods"
    return (
        ("Share kept in benefit year k", _words(conventions.kept(*deductions))),
        ("Impact", _words(formulas.impact(quantity, value, kept))),
        ("Benefit year k of one unit, counted from 0", _words(benefit)),
        ("Value of year t", "sum over the cohorts of quantity × the benefit year that falls in year t"),
        ("Discount factor of year t", f"{product}, the rate of a year being that of the step into it"),
        ("Present value of the outcomes", f"{added}, over the outcomes in the total and all years"),
        ("Investment", f"sum of all inputs, {spent if method.discount_inputs else 'not discounted'}"),
        ("Social return ratio", _words(formulas.social_return_ratio(present, investment))),
        ("Net present value", _words(formulas.net_present_value(present, investment))),
    )


def method_choices(method: MethodProfile) -> tuple[tuple[str, str, str], ...]:
    """Every choice of a method: its name, what it is here, and what it decides."""

    def choice(value: Any) -> str:
        if value is None or isinstance(value, bool):
            return {None: "none", True: "yes", False: "no"}[value]
        return readable(str(value), capital=False)

    fields = type(method).model_fields

    def meaning(text: str) -> str:
        return re.sub(r"[a-z]+(?:_[a-z]+)+", lambda name: readable(name[0], capital=False), text)

    return tuple(
        (readable(name), choice(getattr(method, name)), meaning(field.description or ""))
        for name, field in fields.items()
    )

"""One method, one currency and one price year for a portfolio, or a refusal that says how to convert."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from sroi import formulas
from sroi.errors import DocumentError, Problem
from sroi.method import PROFILES, MethodProfile
from sroi.portfolio.faults import year_of
from sroi.portfolio.layout import names_of, typed
from sroi.portfolio.reading import distinct, text_of
from sroi.prices import INDEXED_CURRENCY, Prices
from sroi.quantities import shown
from sroi.reference import PriceYearError
from sroi.years import year_written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.portfolio.layout import Frame, Side

MONEY: dict[Side, str] = {"outcomes": "value", "inputs": "amount"}


def _said(frames: Mapping[Side, Frame], name: str) -> dict[str, list[str]]:
    """What a column says in both tables, with the tables that say it."""
    found: dict[str, list[str]] = {}
    for side, frame in frames.items():
        if name in names_of(frame):
            for each in distinct(frame, text_of(frame, name)):
                found.setdefault(each, []).append(side)
    return found


def _mixed(name: str, found: Mapping[str, list[str]], hint: str) -> DocumentError:
    listed = ", ".join(sorted(found)[:12])
    return DocumentError(
        [Problem(f"rows of {len(found)} {name} stand beside each other: {listed}", hint, file=name)]
    )


def settled_method(
    frames: Mapping[Side, Frame], method: str | Mapping[str, Any] | MethodProfile | None
) -> MethodProfile:
    """The method of a portfolio: the one that is given, or the one that all its rows name."""
    chosen: Any = method
    if chosen is None:
        found = _said(frames, "method")
        if len(found) > 1:
            raise _mixed("methods", found, "choose one for all: method=NAME (--method NAME)")
        chosen = next(iter(found), "default")
        if chosen not in PROFILES:
            what, hint = (
                f"rows were made for the method “{chosen}”",
                "say what it is: method=… (--method NAME)",
            )
            raise DocumentError([Problem(f"{what}, which is no profile by name", hint, file="method")])
    return MethodProfile.model_validate(chosen)


def of_one_status(frames: Mapping[Side, Frame], status: str | None) -> dict[Side, Frame]:
    """The rows that are actual, or forecast; both are never added up."""
    found = _said(frames, "status")
    if status is None and len(found) > 1:
        raise _mixed("statuses", found, "they are not added up: choose status=actual or status=forecast")
    if status is None or not found:
        return dict(frames)
    return {
        side: frame.filter(text_of(frame, "status").fill_null(status) == status)
        if "status" in names_of(frame)
        else frame
        for side, frame in frames.items()
    }


def in_one_currency(
    frames: Mapping[Side, Frame], currency: str | None, rates: Mapping[str, float]
) -> tuple[dict[Side, Frame], str]:
    """Both tables with their money in one currency, and which."""
    found = _said(frames, "currency")
    wanted = currency or (next(iter(found)) if len(found) == 1 else None)
    if wanted is None and found:
        hint = 'choose one and give the rates: currency="GBP", exchange_rates={"EUR": 0.86} (--rate EUR=0.86)'
        raise _mixed("currencies", found, hint)
    wanted = wanted or INDEXED_CURRENCY
    foreign = sorted({*found} - {wanted})
    lacking = [each for each in foreign if each not in rates]
    if lacking:
        problems = [
            Problem(
                f"money in {each} stands beside {wanted}",
                f"give its rate: {each}, in {wanted} for one",
                file="currency",
            )
            for each in lacking
        ]
        raise DocumentError(problems)
    if not foreign:
        return dict(frames), wanted
    factor_of = {each: rates[each] for each in foreign}
    return {side: _times(frame, side, "currency", factor_of) for side, frame in frames.items()}, wanted


def in_one_price_year(
    frames: Mapping[Side, Frame],
    price_year: int | str | None,
    currency: str,
    method: MethodProfile,
    first_year: int | None,
) -> dict[Side, Frame]:
    """Both tables with their money in the prices of one year."""
    found = {each: year_of(each) for each in _said(frames, "price_year")}
    years = set(found.values())
    if price_year is None and len(years) > 1:
        hint = "choose one, and the others are converted: price_year=2024 (--price-year 2024)"
        raise _mixed("price years", {each: [] for each in found}, hint)
    wanted = year_of(price_year) if price_year is not None else next(iter(years), None)
    if price_year is not None and wanted is None:
        hint = 'write a calendar year such as 2024, or a financial year such as "2024-25"'
        raise DocumentError([Problem(f"{shown(price_year)} is not a price year", hint, file="price_year")])
    made = dict(frames)
    if wanted is not None:
        prices = Prices(currency, year_written(wanted), method.deflator)
        factor_of = {
            each: _factor(prices, year_written(year)) for each, year in found.items() if year is not None
        }
        if any(factor != 1.0 for factor in factor_of.values()):
            made = {side: _times(frame, side, "price_year", factor_of) for side, frame in frames.items()}
    if "prices" in names_of(frames["inputs"]):
        made["inputs"] = _nominal_in_real(made["inputs"], wanted, currency, method, first_year)
    return made


def _factor(prices: Prices, year: int | str) -> float:
    try:
        return prices.conversion(year)[0]
    except PriceYearError as error:
        raise DocumentError([Problem(str(error), error.hint, file="price_year")]) from None


def _times(frame: Frame, side: Side, name: str, factor_of: Mapping[str, float]) -> Frame:
    """A table with its money multiplied by a factor for what a column says."""
    if name not in names_of(frame):
        return frame
    said, factor = text_of(frame, name), nw.lit(1.0)
    for each, found in factor_of.items():
        if found != 1.0:
            factor = nw.when(said == each).then(nw.lit(found)).otherwise(factor)
    money = typed(MONEY[side])
    return frame.with_columns(formulas.converted(nw.col(money), factor).alias(money))


def _nominal_in_real(
    frame: Frame, price_year: int | None, currency: str, method: MethodProfile, first_year: int | None
) -> Frame:
    nominal = text_of(frame, "prices").fill_null("real") == "nominal"
    years = [int(each) for each in distinct(frame.filter(nominal), nw.col(typed("year")))]
    if not years:
        return frame
    if first_year is None or price_year is None:
        lacking = "first_year" if first_year is None else "price_year"
        what = f"inputs in nominal prices need the years of year 0 and of the prices: {lacking} is not known"
        raise DocumentError([Problem(what, f"give {lacking}=2024", file="inputs")])
    prices, money, factor = (
        Prices(currency, year_written(price_year), method.deflator),
        typed("amount"),
        nw.lit(1.0),
    )
    for t in years:
        found = _factor(prices, year_written(first_year + t))
        factor = nw.when(nominal & (nw.col(typed("year")) == t)).then(nw.lit(found)).otherwise(factor)
    return frame.with_columns(formulas.converted(nw.col(money), factor).alias(money))

"""The social return of many programmes at once, from two tables on any dataframe engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, get_args

import narwhals.stable.v2 as nw

from sroi.arguments import checked_arguments
from sroi.conventions import Conventions
from sroi.discounting import period_base
from sroi.errors import DocumentError, Problem
from sroi.method import DropOffFrom, MethodProfile
from sroi.model import Outcome, Study
from sroi.model.entries import Kind
from sroi.model.kinds import Duration
from sroi.portfolio import agreeing
from sroi.portfolio.checking import both, checked_tables, programme_keys, refusal
from sroi.portfolio.grouping import by_group, check_groups
from sroi.portfolio.layout import names_of, typed
from sroi.portfolio.reading import distinct, one_row, text_of, with_numbers
from sroi.portfolio.rows import Discount, Reach, input_values, outcome_values

if TYPE_CHECKING:
    from sroi.portfolio.layout import Frame, Side

_GENERAL = "general"
_SOME_YEAR = 2000
"""Calendar year of year 0 where none is given, on which no figure then depends."""


@checked_arguments
def evaluate(
    outcomes: Any,
    inputs: Any,
    by: Sequence[str] = ("programme",),
    *,
    method: str | Mapping[str, Any] | MethodProfile | None = None,
    appraisal_period: int | None = None,
    first_year: int | None = None,
    price_year: int | str | None = None,
    currency: str | None = None,
    exchange_rates: Mapping[str, float] | None = None,
    status: str | None = None,
    strict: bool = True,
    checked: bool = False,
) -> Any:
    """The social return of many programmes at once, in groups of them.

    Parameters
    ----------
    outcomes, inputs : dataframe
        Two tables in the long layout: an outcome and cohort a row, and an input and year a row. Tables of
        pandas, Polars (also lazy), PyArrow, DuckDB and of the other engines that narwhals reads.
    by : sequence of str
        Columns of ``outcomes`` to group by; empty for one row of everything. By ``payer`` or ``stakeholder``
        the inputs are those that it gives; by anything else a programme must lie in one group, or ``inputs``
        have the column.
    method : str, mapping or MethodProfile, optional
        As a study takes it; what the rows say, else ``default``, where it is left out.
    appraisal_period : int, optional
        Years beyond year 0 that are counted, in place of the horizon of a method that has one.
    first_year : int, optional
        Calendar year of year 0, where discounting starts at a calendar year or money is nominal.
    price_year : int or str, optional
        Year whose prices the result is in; the rows' own where they agree.
    currency : str, optional
        Currency of the result; the rows' own where they agree.
    exchange_rates : mapping of str to float, optional
        What one unit of each other currency is worth in it, in the price year of the money.
    status : {"actual", "forecast"}, optional
        Which rows count, where there are both.
    strict : bool
        Whether a row that cannot be counted stops the calculation. If not, such rows are left out, and
        :func:`sroi.portfolio.check` lists them.
    checked : bool
        Whether the tables are what :func:`sroi.portfolio.check` gave back, so that no row is looked at again.

    Returns
    -------
    dataframe
        Of the kind that was given, lazy where it was lazy: a row for each group, with the columns of ``by``,
        ``present_value``, ``investment``, ``net_present_value``, ``social_return_ratio`` and
        ``savings_ratio``. The ratios are of the sums, and missing where nothing was put in.

    Raises
    ------
    DocumentError
        If a column is missing, rows cannot be counted, methods, currencies, price years or actual and
        forecast rows are mixed and nothing says how to convert them, or inputs cannot be grouped so.

    Notes
    -----
    Where the frames are lazy, what has to be known before the calculation can be planned is looked up at
    once: the longest duration, the years in which rows begin, the price years, and how many rows have each
    fault. The result itself is calculated when it is asked for.

    Examples
    --------
    >>> import pandas as pd, sroi.portfolio
    >>> outcomes = pd.DataFrame({
    ...     "programme": ["club", "shed"], "outcome": ["less_lonely", "less_lonely"], "quantity": [40, 10],
    ...     "value": [1000.0, 900.0], "deadweight": [0.3, 0.25], "displacement": [0.0, 0.0],
    ...     "attribution": [0.2, 0.2], "drop_off": [0.5, 0.0], "duration": [2, 1], "starts": [0, 0],
    ... })
    >>> inputs = pd.DataFrame({"programme": ["club", "shed"], "year": [0, 0], "amount": [20_000, 4_000]})
    >>> found = sroi.portfolio.evaluate(outcomes, inputs).sort_values("programme")
    >>> [round(each, 2) for each in found["social_return_ratio"]]
    [1.66, 1.35]
    >>> round(float(sroi.portfolio.evaluate(outcomes, inputs, by=[])["social_return_ratio"].iloc[0]), 2)
    1.61
    """
    of_outcomes, of_inputs = both(outcomes, inputs)
    check_groups(of_outcomes, by)
    frames: dict[Side, Frame] = agreeing.of_one_status({"outcomes": of_outcomes, "inputs": of_inputs}, status)
    profile = agreeing.settled_method(frames, method)
    keys = programme_keys(of_outcomes, of_inputs)
    if checked:
        frames = {side: with_numbers(frame, side) for side, frame in frames.items()}
    else:
        looked = checked_tables(frames["outcomes"], frames["inputs"], profile)
        if strict and looked.counts:
            raise refusal(looked)
        frames = dict(looked.frames)
    frames, settled = agreeing.in_one_currency(frames, currency, exchange_rates or {})
    frames = agreeing.in_one_price_year(frames, price_year, settled, profile, first_year)
    study = _template(profile, appraisal_period, first_year)
    valued = _valued_outcomes(frames["outcomes"], study)
    spent = _valued_inputs(frames["inputs"], study)
    return by_group(valued, spent, by, keys).to_native()


def _template(
    method: MethodProfile, period: int | None, first_year: int | None, duration: float = 1.0
) -> Study:
    """A study of one row, whose numbers are columns: an input, and an outcome for each start of drop-off."""
    if first_year is None and not isinstance(method.discount_from, str):
        what = (
            f"the method discounts from {method.discount_from}, and the calendar year of year 0 is not known"
        )
        raise DocumentError([Problem(what, f"give first_year={method.discount_from}", file="first_year")])
    outcome = {
        **dict.fromkeys(("quantity", "value", "deadweight", "displacement", "attribution", "drop_off"), 0),
        "duration": duration,
        "starts": "during",
        "stakeholder": "anybody",
    }
    own = {each: {**outcome, "drop_off_from": each} for each in get_args(DropOffFrom)}
    return Study.model_validate(
        {
            "sroi": 1,
            "id": "row",
            "title": "A row of a table",
            "kind": "forecast",
            "currency": "GBP",
            "price_year": _SOME_YEAR,
            "first_year": first_year or _SOME_YEAR,
            "appraisal_period": period,
            "method": method.model_copy(update={"optimism_bias": "none"}),  # rows are after it
            "stakeholders": {"anybody": {"title": "Anybody"}},
            "inputs": {"row": {"stakeholder": "anybody", "kind": "cash", "value": 0}},
            "outcomes": {_GENERAL: outcome, **own},
        }
    )


def _valued_outcomes(frame: Frame, study: Study) -> Frame:
    """Outcomes with the present value of each row, and with that of services the state needs less."""
    names, method = names_of(frame), study.method
    begins = nw.col(typed("cohort")) + nw.col(typed("starts"))
    frame = frame.with_columns(begins.alias(typed("begins")))
    begins = nw.col(typed("begins"))
    reach = _reach(frame, begins, nw.col(typed("duration")))
    own = _own_drop_off(frame, method) if "drop_off_from" in names else {}
    outcomes = {
        name: outcome.model_copy(update={"duration": Duration(value=reach.longest)})
        for name, outcome in study.outcomes.items()
        if name in (_GENERAL, *own)
    }
    schedules = _schedules(frame) if "discount_schedule" in names else {}
    discount = Discount(method, period_base(study), reach, begins, _within(names), schedules)
    valued = outcome_values(frame, study.model_copy(update={"outcomes": outcomes}), discount, own)
    value = typed("present_value")
    if "kind" in names:
        counted = nw.when(_in_total(frame, method)).then(nw.col(value)).otherwise(0.0)
        valued = valued.with_columns(counted.alias(value))
    saved = nw.when(_saves(frame)).then(nw.col(value)).otherwise(0.0)
    return valued.with_columns(saved.alias(typed("saved")))


def _in_total(frame: Frame, method: MethodProfile) -> Any:
    """Whether a row is of a kind that is in the total."""
    some: dict[str, Any] = {"stakeholder": "anybody", "quantity": 0, "value": 0}
    kinds = [each for each in get_args(Kind) if Conventions(method).in_total(Outcome(**some, kind=each))]
    return text_of(frame, "kind").fill_null("not_stated").is_in(kinds)


def _saves(frame: Frame) -> Any:
    """Whether a row is of services that a body of the state needs less."""
    names = names_of(frame)
    owner = "party" if "party" in names else "payer"
    if "kind" not in names or owner not in names:
        return nw.lit(value=False)
    said = text_of(frame, owner)
    of_the_state = said == "state" if owner == "party" else ~said.is_null()
    return (text_of(frame, "kind") == "resource") & of_the_state.fill_null(value=False)


def _reach(frame: Frame, begins: Any, longest: Any) -> Reach:
    found = one_row(frame, {"first": begins.min(), "last": begins.max(), "longest": longest.max()})
    if found["first"] is None or found["first"] != found["first"]:
        return Reach(0, 0, 1.0)
    return Reach(int(found["first"]), int(found["last"]), float(found["longest"]))


def _own_drop_off(frame: Frame, method: MethodProfile) -> dict[str, Any]:
    said = text_of(frame, "drop_off_from")
    return {
        each: (said == each).fill_null(value=False)
        for each in distinct(frame, said)
        if each != method.drop_off_from
    }


def _schedules(frame: Frame) -> dict[str, Any]:
    said = text_of(frame, "discount_schedule")
    return {each: (said == each).fill_null(value=False) for each in distinct(frame, said)}


def _within(names: Sequence[str]) -> Any:
    """Whether a row counts in a benefit year; None where every row counts in all."""
    if not {"first_benefit_year", "last_benefit_year"} & set(names):
        return None
    first, last = nw.col(typed("first_benefit_year")), nw.col(typed("last_benefit_year"))
    return lambda k: (first <= k) & (last >= k)


def _valued_inputs(frame: Frame, study: Study) -> Frame:
    """Inputs with the present value of each row."""
    year = nw.col(typed("year"))
    reach = _reach(frame, year, year)
    return input_values(frame, study, Discount(study.method, period_base(study), reach, year))

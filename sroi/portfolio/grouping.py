"""Sums and ratios of sums by any grouping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from sroi import formulas
from sroi.errors import DocumentError, Problem, instead
from sroi.portfolio.layout import keyed, names_of, typed
from sroi.portfolio.reading import one_row
from sroi.quantities import LEAST_INVESTMENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sroi.portfolio.layout import Frame

GIVERS = {"payer": ("payer", "funder"), "stakeholder": ("funder",)}
"""Columns of inputs that say the same of who gives as a column of outcomes of who gains."""

NOT_OF_INPUTS = ("kind", "outcome", "cohort", "price_year", "currency", "status", "method")
"""Columns that inputs may have as well, or not, and that say nothing of whose money a row is."""

NOT_STATED = "not_stated"


def check_groups(outcomes: Frame, by: Sequence[str]) -> None:
    """Refuse to group by what is no column."""
    names = names_of(outcomes)
    unknown = [name for name in by if name not in names]
    if unknown:
        raise DocumentError(
            [Problem(f"outcomes has no column {name}", instead(name, names), file="by") for name in unknown]
        )


def by_group(outcomes: Frame, inputs: Frame, by: Sequence[str], keys: Sequence[str]) -> Frame:
    """A row for each group: present value, investment, net present value and ratios, of the sums.

    Parameters
    ----------
    outcomes, inputs : Frame
        With the present value of each row.
    by : sequence of str
        Columns of outcomes; none for one row of everything.
    keys : sequence of str
        What names a programme in both tables.
    """
    value, saved = typed("present_value"), typed("saved")
    wanted = [typed(f"group {at}") for at in range(max(len(by), 1))]
    everything = [] if by else [nw.lit(0).alias(wanted[0])]
    gained_by = outcomes.with_columns(
        *everything, *(_group(outcomes, name).alias(key) for name, key in zip(by, wanted, strict=False))
    )
    inputs = _with_groups(outcomes, inputs, by, keys) if by else inputs.with_columns(*everything)
    gains = _summed(gained_by, wanted, {"present_value": value, "saved": saved})
    costs = _summed(inputs, wanted, {"investment": value})
    joined = gains.join(costs, on=wanted, how="full", suffix="_of_inputs")
    named = {
        name: nw.coalesce(nw.col(key), nw.col(f"{key}_of_inputs"))
        for name, key in zip(by, wanted, strict=False)
    }
    sums = [nw.col(each).fill_null(0.0).alias(each) for each in ("present_value", "saved", "investment")]
    found = joined.with_columns(*sums).select(
        *(each.alias(name) for name, each in named.items()), "present_value", "investment", "saved"
    )
    over, gained, saved_sum = nw.col("investment"), nw.col("present_value"), nw.col("saved")
    return found.select(
        *by,
        "present_value",
        "investment",
        formulas.net_present_value(gained, over).alias("net_present_value"),
        _over(gained, over).alias("social_return_ratio"),
        _over(saved_sum, over).alias("savings_ratio"),
    )


def _over(above: Any, below: Any) -> Any:
    """A ratio; nothing where nothing was put in."""
    return nw.when(below >= LEAST_INVESTMENT).then(formulas.social_return_ratio(above, below))


def _summed(frame: Frame, labels: Sequence[str], sums: dict[str, str]) -> Frame:
    return frame.group_by(list(labels)).agg(*(nw.col(each).sum().alias(name) for name, each in sums.items()))


def _group(frame: Frame, name: str) -> Any:
    dtype = frame.collect_schema()[name]
    column = nw.col(name)
    if dtype.is_numeric():
        return column
    return (column if dtype == nw.String else column.cast(nw.String)).fill_null(NOT_STATED)


def _with_groups(outcomes: Frame, inputs: Frame, by: Sequence[str], keys: Sequence[str]) -> Frame:
    """Inputs with the group that each belongs to: its own, its giver's, or its programme's."""
    of_inputs = names_of(inputs)
    through: dict[str, int] = {}
    for at, name in enumerate(by):
        givers = [
            each for each in GIVERS.get(name, (name,)) if each in of_inputs and name not in NOT_OF_INPUTS
        ]
        if givers:
            inputs = inputs.with_columns(_group(inputs, givers[0]).alias(typed(f"group {at}")))
        elif name in GIVERS:
            what = f"inputs has no column {' or '.join(GIVERS[name])}, by which they belong to a {name}"
            raise DocumentError([Problem(what, "add the column funder to inputs", file="by")])
        else:
            through[name] = at
    if not through:
        return inputs
    _refuse_divided(outcomes, list(through), keys)
    labels = {name: typed(f"group {at}") for name, at in through.items()}
    groups = [_group(outcomes, name).alias(label) for name, label in labels.items()]
    outcomes, named = keyed(outcomes, keys)
    of_programmes = outcomes.select(*named, *groups).unique()
    return keyed(inputs, keys)[0].join(of_programmes, on=named, how="left")


def _refuse_divided(outcomes: Frame, names: Sequence[str], keys: Sequence[str]) -> None:
    """Refuse a grouping within programmes, whose inputs cannot be told apart by it."""
    groups = {name: _group(outcomes, name).alias(typed(f"of {at}")) for at, name in enumerate(names)}
    outcomes, named = keyed(outcomes, keys)
    counted = outcomes.select(*named, *groups.values()).group_by(named)
    several = counted.agg(
        *(nw.col(typed(f"of {at}")).n_unique().alias(typed(f"of {at}")) for at in range(len(names)))
    )
    found = one_row(several, {name: nw.col(typed(f"of {at}")).max() for at, name in enumerate(names)})
    divided = [name for name in names if (found[name] or 0) > 1]
    if divided:
        hint = "group by what a programme has one of, or add the column to inputs"
        raise DocumentError(
            [
                Problem(
                    f"programmes have outcomes of several {name}s, and inputs does not say whose each is",
                    hint,
                    file="by",
                )
                for name in divided
            ]
        )

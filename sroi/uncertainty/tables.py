"""What a person reads of uncertainty: the same rows for the terminal, Markdown and notebooks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.tables import Table

if TYPE_CHECKING:
    from sroi.uncertainty.belief import Belief, Frontier
    from sroi.uncertainty.indices import Indices
    from sroi.uncertainty.information import Information
    from sroi.uncertainty.sensitivity import Sensitivity
    from sroi.uncertainty.simulation import Simulation
    from sroi.uncertainty.spread import Spread
    from sroi.uncertainty.switching import SwitchingValue, SwitchingValues

_NAMES = {
    "social_return_ratio": "Social return ratio",
    "net_present_value": "Net present value",
    "present_value": "Present value of outcomes",
    "investment": "Present value of inputs",
    "payback_years": "Payback, years",
    "savings_ratio": "Savings of the state for each unit put in",
}


def chance(share: float) -> str:
    """A probability in words that a committee can read."""
    if share <= 0:
        return "in none of the draws"
    return (
        "in less than 1% of the draws"
        if share < 0.01
        else "in more than 99% of the draws"
        if share > 0.99
        else f"in {share:.0%} of the draws"
    )


def of_a_simulation(simulation: Simulation) -> tuple[Table, ...]:
    """Spreads of the figures, of the outcomes, and the chances of the claims."""
    currency = simulation.study.currency
    central = simulation.evaluation
    rows = []
    for name, spread in simulation.spreads.items():
        money = name not in ("social_return_ratio", "payback_years", "savings_ratio")
        rows.append(
            (
                _NAMES[name],
                _written(getattr(central, name), currency, money=money),
                *_spread(spread, currency, money=money),
            )
        )
    columns = ("Figure", ">Central", ">P5", ">P10", ">P50", ">P90", ">P95", ">Mean", ">Standard error")
    note = f"{simulation.draws:,} draws of {len(simulation.uncertain.numbers)} uncertain numbers, seed {simulation.seed}. "
    note += f"The ratio is above 1 {chance(simulation.probability_above_one)}. Mean of ratios {formatting.ratio(simulation.ratio.mean)}, ratio of means "
    note += f"{formatting.ratio(simulation.ratio_of_means)}: quote the ratio of means where programmes are compared or added up."
    tables = [Table("Range", columns, tuple(rows), note)]
    by_size = sorted(simulation.outcomes.items(), key=lambda pair: -abs(pair[1].mean))
    titles = {row.outcome: row for row in central.outcomes}
    cells = [
        (
            titles[name].title,
            formatting.money(titles[name].present_value or 0.0, currency),
            *_spread(spread, currency, money=True)[:-1],
        )
        for name, spread in by_size
    ]
    tables.append(Table("Present value of each outcome", ("Outcome", *columns[1:-1]), tuple(cells)))
    claims = simulation.study.claims
    told = []
    for name, share in simulation.claims.items():
        claim = claims[name]
        told.append((claim.says, f"{claim.ratio:g}", claim.meaning.replace("_", " "), chance(share)))
    tables.append(
        Table(
            "Claims: how often the draws reach them", ("Claim", ">Ratio", "Meaning", "Reached"), tuple(told)
        )
    )
    return tuple(table for table in tables if table.rows)


def _spread(spread: Spread, currency: str, *, money: bool) -> tuple[str, ...]:
    percentiles = [_written(value, currency, money=money) for value in spread.percentiles.values()]
    mean = "not in every draw" if spread.never else _written(spread.mean, currency, money=money)
    return (
        *percentiles,
        mean,
        "" if spread.never else _written(spread.standard_error, currency, money=money),
    )


def _written(value: float | None, currency: str, *, money: bool) -> str:
    if value is None or math.isinf(value):
        return "never"
    return formatting.money(value, currency) if money else formatting.significant(value, 2)


def statement(simulation: Simulation) -> str:
    """One sentence that is safe to quote, with the range."""
    study = simulation.study
    one = formatting.unit(study.currency)
    low, high = (
        formatting.returned(simulation.ratio.percentiles[percent], study.currency) for percent in (10, 90)
    )
    central = formatting.returned(simulation.evaluation.social_return_ratio, study.currency)
    reached = [
        (claim, simulation.claims[name]) for name, claim in study.claims.items() if name in simulation.claims
    ]
    told = "; ".join(
        f"“{claim.says}” is reached {chance(share)}"
        for claim, share in reached[:2]
        if claim.meaning != "savings"
    )
    return (
        f"By a {study.kind} of {study.title}, each {one} put in gives {low} to {high} of social value in eight draws out of ten (central {central}, "
        f"{study.price_year} prices, method {study.method.called}, {simulation.draws:,} draws over the ranges of "
        f"{len(simulation.uncertain.numbers)} numbers); it is above {one} {chance(simulation.probability_above_one)}{f'; {told}' if told else ''}."
    )


def of_a_belief(belief: Belief) -> str:
    """The answer to a claim in a few sentences."""
    return " ".join(
        f"{said} {'; '.join(listed)}." if listed else said for said, listed in parts_of_a_belief(belief)
    )


def lines_of_a_belief(belief: Belief) -> tuple[str, ...]:
    """The same, a line a sentence, and a line each for what one lists."""
    return tuple(
        line
        for said, listed in parts_of_a_belief(belief)
        for line in (said, *(f"  • {each}" for each in listed))
    )


def parts_of_a_belief(belief: Belief) -> list[tuple[str, list[str]]]:
    """The answer to a claim, for reading in a minute: sentences, each with what it lists."""
    study = belief.switching.study
    one = formatting.unit(study.currency)
    kind = "savings of the state" if belief.figure == "savings_ratio" else "social value"
    claimed = formatting.claimed(belief.target, study.currency)
    central = formatting.returned(belief.central, study.currency)
    reaches = (
        "more than"
        if belief.central > belief.target
        else "less than"
        if belief.central < belief.target
        else "exactly"
    )
    parts: list[tuple[str, list[str]]] = [
        (
            f"The claim is {claimed} of {kind} for {one}; this model gives {central} on central values, {reaches} the claim.",
            [],
        )
    ]
    alone = belief.within_range
    if alone:
        parts.append(
            (
                "To believe the claim one would have to believe, all else being as it is, any one of these:",
                _told(alone),
            )
        )
    else:
        parts.append(("No single number can carry it within its own range, all else being as it is.", []))
        outside = _told(
            tuple(
                value
                for value in belief.switching.numbers
                if value.verdict == "outside its range" and value.low is not None
            )
        )
        if outside:
            parts.append(("Nearest to it:", outside))
    numbers = len(belief.simulation.uncertain.numbers)
    parts.append(
        (
            f"With all {numbers} uncertain numbers varying at once it is reached {chance(belief.probability)}.",
            [],
        )
    )
    return parts


def _told(values: tuple[SwitchingValue, ...]) -> list[str]:
    """The three nearest to their central values."""
    return [f"{_called(value.number)} {_needed(value)}" for value in _nearest(values)[:3]]


def _nearest(values: tuple[SwitchingValue, ...]) -> list[SwitchingValue]:
    """Switching values by how far they lie from the central value, in widths of the range."""

    def distance(value: SwitchingValue) -> float:
        if value.value is None or value.low is None or value.high is None:
            return math.inf
        return abs(value.value - value.central) / ((value.high - value.low) or 1.0)

    return sorted(values, key=distance)


def _called(name: str) -> str:
    return name.removeprefix("outcomes.").replace("_", " ").replace(".", ", ")


def _needed(value: SwitchingValue) -> str:
    unit = f" {value.unit}" if value.unit else ""
    spread = (
        ""
        if value.low is None or value.high is None
        else f", range {formatting.brief(value.low)} to {formatting.brief(value.high)}"
    )
    return (
        f"of {formatting.brief(value.value or 0.0)}{unit} (central {formatting.brief(value.central)}{spread})"
    )


def tables_of_a_belief(belief: Belief, most: int = 10) -> tuple[Table, ...]:
    """What the strongest numbers would have to be, each alone, and the two strongest together."""
    order = {swing.number.name: place for place, swing in enumerate(belief.swings)}
    ranked = sorted(
        (value for value in belief.switching.numbers if value.low is not None),
        key=lambda value: order.get(value.number, len(order)),
    )
    able = [value for value in ranked if value.value is not None]
    rows = []
    for value in able[:most]:
        spread = (
            ""
            if value.low is None or value.high is None
            else f"{formatting.brief(value.low)} to {formatting.brief(value.high)}"
        )
        within = "yes" if value.verdict == "within its range" else "no"
        rows.append(
            (
                _called(value.number),
                formatting.brief(value.central),
                formatting.brief(value.value or 0.0),
                spread,
                within,
            )
        )
    columns = ("Number", ">Central", ">Would have to be", ">Range", "Within it")
    note = ["Each number alone, all else at central values; the one that moves the result most comes first."]
    if len(able) > most:
        note.append(
            f"{len(able) - most} weaker {'number is' if len(able) == most + 1 else 'numbers are'} left out."
        )
    if len(ranked) > len(able):
        unable = len(ranked) - len(able)
        what = (
            "number with a range would not meet the claim whatever it was"
            if unable == 1
            else "numbers with a range would not meet the claim whatever they were"
        )
        note.append(f"{unable} {what}.")
    frontier = belief.frontier
    hopeless = (
        frontier is not None
        and not any(frontier.passed)
        and not any(other is not None for _, other in frontier.points)
    )
    if frontier is not None and hopeless:
        note.append(
            f"Nor would the two strongest together, {_called(frontier.one)} within its range and {_called(frontier.other)} at any value."
        )
    found = [Table(f"What would have to be true for {belief.target:g}", columns, tuple(rows), " ".join(note))]
    if frontier is not None and not hopeless:
        found.append(_of_a_frontier(frontier))
    return tuple(found)


def _of_a_frontier(frontier: Frontier) -> Table:
    pairs = []
    for (one, other), passed in zip(frontier.points, frontier.passed, strict=True):
        if other is None:
            pairs.append(
                (formatting.brief(one), "anything: passed already" if passed else "nothing would do", "")
            )
        else:
            within = frontier.other_low <= other <= frontier.other_high
            pairs.append(
                (
                    formatting.brief(one),
                    formatting.brief(other),
                    "within its range" if within else "outside its range",
                )
            )
    columns = (
        f">If {_called(frontier.one)} were",
        f">{_called(frontier.other)} would have to be",
        "Which is",
    )
    return Table("The two strongest together", columns, tuple(pairs))


def where(value: SwitchingValue) -> str:
    """Where a switching value lies, in words: a number without a range is not said to lie outside it."""
    return "without a range" if value.value is not None and value.low is None else value.verdict


def _switching_row(value: SwitchingValue) -> tuple[str, ...]:
    spread = (
        ""
        if value.low is None or value.high is None
        else f"{formatting.plain(value.low)} to {formatting.plain(value.high)}"
    )
    return (
        value.number,
        formatting.plain(value.central),
        spread,
        "–" if value.value is None else formatting.significant(value.value, 3),
        where(value),
    )


def of_switching_values(values: SwitchingValues) -> tuple[Table, ...]:
    """Switching values of numbers and of outcomes."""
    columns = ("Number", ">Central", ">Range", ">Switching value", "Which is")
    rows = tuple(_switching_row(value) for value in values.numbers)
    note = (
        f"All else at central values; the result is {formatting.significant(values.central, 3)} as it stands."
    )
    by_outcome = tuple(
        (
            value.number,
            formatting.money(value.central, str(value.unit)),
            formatting.money(value.value or 0.0, str(value.unit)),
        )
        for value in values.outcomes
    )
    return (
        Table(
            f"Switching values for {values.figure.replace('_', ' ')} {values.target:g}", columns, rows, note
        ),
        Table(
            "What each outcome would have to be worth in all",
            ("Outcome", ">Present value", ">Switching value"),
            by_outcome,
        ),
    )


def of_a_sensitivity(found: Sensitivity, most: int = 20) -> tuple[Table, ...]:
    """Swings of the result, the widest first."""
    rows = []
    for swing in found.swings[:most]:
        number = swing.number
        ends = (
            ""
            if number.low is None or number.high is None
            else f"{formatting.plain(number.low)} to {formatting.plain(number.high)}"
        )
        at = [formatting.significant(value, 3) for value in (swing.at_low, swing.at_high, swing.width)]
        rows.append((number.name, formatting.plain(number.value), ends, *at))
    left = len(found.swings) - len(rows)
    note = f"The result is {formatting.significant(found.central, 3)} on central values; each number alone between its own ends, recomputed."
    note += f" {left} smaller swings are left out." if left > 0 else ""
    columns = ("Number", ">Central", ">Range", ">At low", ">At high", ">Swing")
    return (Table(f"What moves the {found.figure.replace('_', ' ')}", columns, tuple(rows), note),)


def of_information(found: Information, most: int = 15) -> tuple[Table, ...]:
    """What it would be worth to know more, the largest first."""
    currency = found.study.currency
    worths = (found.perfect, *found.groups, *found.numbers[:most])
    rows = tuple(
        (
            worth.number,
            formatting.money(worth.value, currency),
            formatting.money(worth.standard_error, currency),
        )
        for worth in worths
    )
    note = f"On what is known the better choice is to {'go ahead' if found.go_ahead else 'not go ahead'}. "
    note += "A survey is worth at most what its number is worth here, for a decision of this size."
    title = f"Worth of knowing before deciding whether the ratio is above {found.threshold:g}"
    return (Table(title, ("Number", ">Worth", ">Standard error"), rows, note),)


def _share(row: dict[str, Any], name: str) -> str:
    return f"{row[name]:.1%} ({row[f'{name}_low']:.1%} to {row[f'{name}_high']:.1%})"


def of_indices(found: Indices, most: int = 20) -> tuple[Table, ...]:
    """Shares of the variance, the largest first."""
    rows = []
    for row in found.to_dict()["indices"][:most]:
        alone, whole = (
            "no variance" if row[name] is None else _share(row, name) for name in ("first", "total")
        )
        rows.append((row["number"], alone, whole))
    note = "Alone: the share that knowing the number would remove. In all: with its interactions. In brackets 95% bootstrap intervals."
    return (Table("Shares of the variance", ("Number", ">Alone", ">In all"), tuple(rows), note),)

"""Charts of how sure the answer is: what drives it, how it is spread, and what would turn it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.charts import theme
from sroi.charts.axes import (
    bar,
    channel,
    flags,
    layer,
    legend,
    money_axis,
    room,
    row_axis,
    rows_height,
    sentence,
    signed_labels,
    text,
)
from sroi.charts.figure import Figure
from sroi.labels import Figures, path_label
from sroi.results.quotes import in_words, own_claims
from sroi.results.spread import chance

if TYPE_CHECKING:
    from sroi.results import Sensitivity, Simulation, Swing, SwitchingValue, SwitchingValues

MOST_ROWS = 12
"""Numbers that a chart holds; the tables hold them all."""

_FIGURES = {
    "social_return_ratio": "Social value for each {one} put in",
    "savings_ratio": "Savings of the state for each {one} put in",
    "net_present_value": "Net present value",
}


def tornado(found: Sensitivity) -> Figure:
    """The result with each number at its low and at its high, the widest swing first."""
    swings = [swing for swing in found.swings if math.isfinite(swing.width) and swing.width > 0]
    shown = swings[:MOST_ROWS]
    takeaway = "No number with a range moves the result."
    if shown:
        at = " to ".join(_result(value, found) for value in sorted((shown[0].at_low, shown[0].at_high)))
        central = f"all else at its central value ({_result(found.central, found)})"
        takeaway = f"“{path_label(found.study, shown[0].number.path)}” moves it most: {at}, {central}."
        if len(swings) > len(shown):
            takeaway += f" {len(swings) - len(shown)} smaller swings are not drawn."
    said, write = [], Figures(found.study)
    for swing in shown:
        low, high = _result(swing.at_low, found), _result(swing.at_high, found)
        ends = write.three_span(swing.number.path, swing.number.low, swing.number.high)
        said.append((write.called(swing.number.path), f"{ends}, {low} at the low end, {high} at the high"))
    what = "Tornado chart: the result as each number moves between its own low and high."
    alt_text = f"{what} {takeaway} {sentence(said)}"
    return Figure("tornado", "What drives the result", takeaway, alt_text, lambda _: _tornado(found, shown))


def _tornado(found: Sensitivity, shown: list[Swing]) -> tuple[list[dict[str, Any]], float]:
    study, one = found.study, formatting.unit(found.study.currency)
    axis_title, divisor = _FIGURES[found.figure].format(one=one), 1.0
    if found.figure == "net_present_value":
        axis = money_axis((value for swing in shown for value in (swing.at_low, swing.at_high)), study)
        axis_title, divisor = f"{axis_title}, {axis.words}", axis.divisor
    centre = found.central / divisor
    low_end, high_end = "with the number at its low end", "at its high end"
    data = []
    for swing in shown:
        low, high = swing.at_low / divisor, swing.at_high / divisor
        for kind, end, value in ((low_end, low, swing.at_low), (high_end, high, swing.at_high)):
            right = end == max(low, high) and low != high
            beside = (end > centre and not right) or (end < centre and right)
            label = "" if beside else _result(value, found)
            data.append(bar(swing.number.path, end, kind, label, start=centre, right=right))
    numbers, write = [swing.number for swing in shown], Figures(found.study)
    names = {number.path: _two_lines(write, number.path, number.low, number.high) for number in numbers}
    ends = [row["end"] for row in data] + [centre]
    span = (max(ends) - min(ends)) or abs(centre) or 1.0
    domain = [min(ends) - 0.14 * span, max(ends) + 0.14 * span]
    y = {"y": row_axis(names)}
    colours = {"domain": [low_end, high_end], "range": [theme.LOW_END, theme.HIGH_END]}
    above = {"offset": 36, "orient": "top", "title": None}
    encoding = {
        "x": channel("end:Q", title=axis_title, scale={"domain": domain, "nice": False, "zero": False}),
        "x2": {"field": "start"},
        "color": channel("kind:N", scale=colours, legend=above),
    }
    layers = [layer(data, "bar", {**y, **encoding}, height={"band": 0.62})]
    layers += _mark(centre, f"central {_result(found.central, found)}")
    if found.figure != "net_present_value" and domain[0] < 1 < domain[1] and abs(1 - centre) > 0.02 * span:
        layers += _mark(1.0, "breaks even", dash=True)
    return [*layers, *signed_labels(data, y)], rows_height(len(shown), 40)


def distribution(simulation: Simulation) -> Figure:
    """How the ratio is spread over the draws, with what has been claimed."""
    study, currency = simulation.study, simulation.study.currency
    low, high = (in_words(study, end) for end in simulation.interval)
    above = f"above {formatting.unit(currency)} {chance(simulation.probability_above_one)}"
    takeaway = f"Eight draws out of ten lie between {low} and {high}; the ratio is {above}."
    claims = {
        claim.ratio: simulation.claims[name]
        for name, claim in own_claims(study).items()
        if claim.meaning != "savings" and claim.ratio is not None
    }
    reached = sorted(claims.items())
    said = [f"{formatting.claimed(ratio, currency)} is reached {chance(share)}" for ratio, share in reached]
    takeaway += f" Claimed: {formatting.listed(said)}." if said else ""
    alt_text = (
        f"Histogram of the social return ratio over {simulation.draws:,} draws, the outer half per cent at "
        f"either end left out. {takeaway}"
    )
    title, claimed = "How sure the ratio is", [ratio for ratio, _ in reached]
    return Figure(
        "distribution", title, takeaway, alt_text, lambda width: _distribution(simulation, claimed, width)
    )


def _distribution(
    simulation: Simulation, claimed: list[float], width: float
) -> tuple[list[dict[str, Any]], float]:
    study, currency = simulation.study, simulation.study.currency
    counts, edges = simulation.histogram
    below, above = "draws below breaking even", "draws at or above it"
    most = max(counts) or 1.0
    data = []
    for count, start, end in zip(counts, edges, edges[1:], strict=False):
        kind = below if 0.5 * (start + end) < 1 else above
        data.append({"start": start, "end": end, "share": count / most, "kind": kind})
    central = simulation.evaluation.social_return_ratio
    marks = [
        (1.0, "breaks even", True),
        (central, f"central {in_words(study, central)}", False),
        *((ratio, f"claimed {formatting.claimed(ratio, currency)}", True) for ratio in claimed),
    ]
    left, right = edges[0], edges[-1]
    reach = 1.6 * (right - left)
    marks = [mark for mark in marks if left - reach <= mark[0] <= right + reach]
    ends = [left, right, *(at for at, *_ in marks)]
    room = 0.03 * (max(ends) - min(ends))
    domain = [min(ends) - room, max(ends) + room]
    title = f"Social value for each {formatting.unit(currency)} put in"
    hidden = dict.fromkeys(("labels", "ticks", "grid", "domain"), False)
    encoding = {
        "x": channel("start:Q", title=title, scale={"domain": domain, "nice": False, "zero": False}),
        "x2": {"field": "end"},
        "y": channel("share:Q", title="How many draws", axis=hidden, scale={"domain": [-0.2, 1.45]}),
        "y2": {"datum": 0},
        "color": legend({below: theme.VERMILLION, above: theme.BLUE}, [row for row in data if row["share"]]),
    }
    bars = layer(data, "bar", encoding, stroke=theme.PAPER, strokeWidth=0.5)
    return [bars, *_interval(simulation, domain, width), *flags(marks, domain, width)], 280


def _interval(simulation: Simulation, domain: list[float], width: float) -> list[dict[str, Any]]:
    """The middle of the draws, as a band beneath the bars."""
    low, high = simulation.interval
    said = (in_words(simulation.study, end) for end in (low, high))
    label = f"eight draws out of ten: {' to '.join(said)}"
    half = 0.5 * room(label) / width * (domain[1] - domain[0])
    middle = max(min(0.5 * (low + high), domain[1] - half), domain[0] + half)
    rows = [{"low": low, "high": high, "middle": middle, "at": -0.07, "beneath": -0.15, "label": label}]
    ends = {"x": channel("low:Q"), "x2": {"field": "high"}, "y": channel("at:Q")}
    band = layer(rows, "bar", ends, height=7, color=theme.MUTED)
    return [band, *text(rows, {"y": channel("beneath:Q")}, "middle:Q")]


def switching(values: SwitchingValues) -> Figure:
    """Where, in or beyond its own range, each number would turn the verdict."""
    ranged = [
        value
        for value in values.numbers
        if value.low is not None and value.high is not None and value.high > value.low
    ]
    there = sorted((value for value in ranged if value.value is not None), key=_distance)
    within = [value for value in there if value.verdict == "within its range"]
    goal, write = formatting.brief(values.target), Figures(values.study)
    takeaway = "No number has a range."
    if ranged:
        takeaway = f"None of the {len(ranged)} numbers with a range could do it alone within that range."
    if within:
        nearest = formatting.listed(
            f"“{write.called(value.number)}” at {write.three(value.number, value.value)}"
            for value in within[:3]
        )
        count = f"{len(within)} of {len(ranged)} numbers could do it"
        takeaway = f"Alone and within its own range, {count}. Nearest: {nearest}."
    shown = there[:MOST_ROWS]
    said = []
    for value in shown:
        at, central = (write.three(value.number, each) for each in (value.value, value.central))
        ends = write.three_span(value.number, value.low, value.high)
        said.append((write.called(value.number), f"{at}, central {central}, range {ends}"))
    what = f"For each number its own range, its central value, and the value at which the result is {goal}."
    alt_text = f"{what} {takeaway} {sentence(said)}"
    title = f"What would bring the {values.figure.replace('_', ' ')} to {goal}"
    return Figure("switching-values", title, takeaway, alt_text, lambda _: _switching(shown, write))


def _switching(shown: list[SwitchingValue], write: Figures) -> tuple[list[dict[str, Any]], float]:
    central, turns, beyond = "central value", "turns the result", "beyond the chart"
    points: list[dict[str, Any]] = []
    for value in shown:
        place, key = _place(value, value.value or 0.0), value.number
        held = min(max(place, -0.6), 1.6)
        form = "diamond" if held == place else "triangle-right" if held > 0 else "triangle-left"
        kind, label = turns if held == place else beyond, write.three(value.number, value.value)
        centre = _place(value, value.central)
        points.append({"key": key, "at": centre, "kind": central, "form": "circle", "label": ""})
        points.append({"key": key, "at": held, "kind": kind, "form": form, "label": label})
    names = {value.number: _two_lines(write, value.number, value.low, value.high) for value in shown}
    ends = "{'0': 'low end', '0.5': 'middle', '1': 'high end'}[datum.value]"
    axis = {"values": [0, 0.5, 1], "labelExpr": ends, "grid": True}
    scale, y = {"domain": [-0.75, 1.75], "nice": False}, {"y": row_axis(names)}
    x = channel("at:Q", title="Where it lies in the number's own range", scale=scale, axis=axis)
    colours = {central: theme.INK, turns: theme.VERMILLION, beyond: theme.ORANGE}
    always = [{"kind": central}, {"kind": turns}]
    ranges = [{"key": value.number, "from": 0, "to": 1} for value in shown]
    whole = {**y, "x": channel("from:Q"), "x2": {"field": "to"}}
    shape = channel("form:N", scale=None, legend=None)
    encoding = {**y, "x": x, "color": legend(colours, [*always, *points]), "shape": shape}
    layers = [
        layer(ranges, "bar", whole, height=8, color=theme.SKY),
        *text(points, y, "at:Q", "datum.label != ''", dy=-12),
        layer(points, "point", encoding, filled=True, size=90, opacity=1, stroke=theme.PAPER, strokeWidth=1),
    ]
    return layers, rows_height(len(shown), 40)


def _place(value: SwitchingValue, at: float) -> float:
    assert value.low is not None
    assert value.high is not None
    return (at - value.low) / (value.high - value.low)


def _distance(value: SwitchingValue) -> float:
    return abs(_place(value, value.value or 0.0) - _place(value, value.central))


def _two_lines(write: Figures, path: str, low: float | None, high: float | None) -> list[str]:
    """A number's label, and its range beneath it."""
    return [write.called(path, 36), write.three_span(path, low, high)]


def _result(value: float, found: Sensitivity) -> str:
    currency = found.study.currency
    if found.figure == "net_present_value":
        return formatting.short_money(value, currency)
    return in_words(found.study, value)


def _mark(at: float, label: str, *, dash: bool = False) -> list[dict[str, Any]]:
    """A line across the bars with its label above them; that of a dashed line stands higher."""
    rows, dashes = [{"at": at, "label": label}], [4, 3] if dash else [1, 0]
    rule = layer(rows, "rule", {"x": channel("at:Q")}, color=theme.INK, strokeDash=dashes)
    return [rule, *text(rows, {"y": {"value": 0}}, "at:Q", baseline="bottom", dy=-19 if dash else -4)]

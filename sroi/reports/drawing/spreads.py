"""Charts of how sure the answer is: what drives it, how it is spread, and what would turn it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.extras import altair
from sroi.reports import labels, theme
from sroi.reports.drawing.axes import MoneyAxis, row_axis, rows_height, signed_labels, text, told
from sroi.reports.parts import Figure
from sroi.uncertainty.tables import chance

if TYPE_CHECKING:
    from sroi.model import Claim, Study
    from sroi.uncertainty import Sensitivity, Simulation, SwitchingValues
    from sroi.uncertainty.sensitivity import Swing
    from sroi.uncertainty.switching import SwitchingValue

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
    title, takeaway = "What drives the result", "No number with a range moves the result."
    if shown:
        first = shown[0]
        at = " to ".join(_result(value, found) for value in sorted((first.at_low, first.at_high)))
        takeaway = f"“{labels.path_label(first.number.path)}” moves it most: {at}, all else at its central value ({_result(found.central, found)})."
        takeaway += (
            f" {len(swings) - len(shown)} smaller swings are not drawn." if len(swings) > len(shown) else ""
        )
    words = told(
        (
            labels.path_label(swing.number.path),
            f"{_ends(swing)}, {_result(swing.at_low, found)} at the low end, {_result(swing.at_high, found)} at the high",
        )
        for swing in shown
    )
    alt_text = (
        f"Tornado chart: the result as each number moves between its own low and high. {takeaway} {words}"
    )
    return Figure(
        "tornado", title, takeaway, alt_text, lambda: _tornado(found, shown, title, takeaway, alt_text)
    )


def _tornado(found: Sensitivity, shown: list[Swing], title: str, takeaway: str, alt_text: str) -> Any:
    alt = altair()
    axis_title, divisor = _axis(
        found.study, found.figure, [value for swing in shown for value in (swing.at_low, swing.at_high)]
    )
    centre = found.central / divisor
    low_end, high_end = "with the number at its low end", "at its high end"
    data: list[dict[str, Any]] = []
    for swing in shown:
        least, most = min(swing.at_low, swing.at_high) / divisor, max(swing.at_low, swing.at_high) / divisor
        for kind, value in ((low_end, swing.at_low), (high_end, swing.at_high)):
            right = value / divisor == most and value / divisor != least
            beside = (value / divisor > centre and not right) or (value / divisor < centre and right)
            label = "" if beside else _result(value, found)
            data.append(
                {
                    "key": swing.number.path,
                    "kind": kind,
                    "start": centre,
                    "end": value / divisor,
                    "right": right,
                    "label": label,
                }
            )
    names = {
        swing.number.path: [theme.lines(labels.path_label(swing.number.path), 36, 1)[0], _ends(swing)]
        for swing in shown
    }
    ends = [row["end"] for row in data] + [centre]
    span = (max(ends) - min(ends)) or abs(centre) or 1.0
    domain = [min(ends) - 0.14 * span, max(ends) + 0.14 * span]
    base = alt.Chart(alt.Data(values=data)).encode(y=row_axis(names))
    bars = base.mark_bar(height={"band": 0.62}).encode(
        x=alt.X("end:Q", title=axis_title, scale=alt.Scale(domain=domain, nice=False, zero=False)),
        x2=alt.X2("start:Q"),
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=[low_end, high_end], range=[theme.LOW_END, theme.HIGH_END]),
            legend=alt.Legend(offset=24, orient="top", title=None),
        ),
    )
    layers = [bars, _mark(centre, f"central {_result(found.central, found)}", 0)]
    if found.figure != "net_present_value" and domain[0] < 1 < domain[1] and abs(1 - centre) > 0.12 * span:
        layers.append(_mark(1.0, "breaks even", 0, dash=True))
    layers += signed_labels(base)
    return theme.finished(
        alt.layer(*layers), title=title, takeaway=takeaway, alt=alt_text, height=rows_height(len(shown), 40)
    )


def distribution(simulation: Simulation) -> Figure:
    """How the ratio is spread over the draws, with what has been claimed."""
    study, currency = simulation.study, simulation.study.currency
    spread = simulation.ratio
    low, high = spread.percentiles[10], spread.percentiles[90]
    title = "How sure the ratio is"
    one = formatting.unit(currency)
    takeaway = f"Eight draws out of ten lie between {formatting.returned(low, currency)} and {formatting.returned(high, currency)}; "
    takeaway += f"the ratio is above {one} {chance(simulation.probability_above_one)}."
    claims = claimed_of_social_value(study)
    reached = {
        claim.ratio: simulation.claims[name] for name, claim in claims.items() if claim.ratio is not None
    }
    told_of = [
        f"{formatting.claimed(ratio, currency)} is reached {chance(share)}"
        for ratio, share in sorted(reached.items())
    ]
    takeaway += f" Claimed: {formatting.listed(told_of)}." if told_of else ""
    alt_text = f"Histogram of the social return ratio over {simulation.draws:,} draws, the outer half per cent at either end left out. {takeaway}"
    return Figure(
        "distribution",
        title,
        takeaway,
        alt_text,
        lambda: _distribution(simulation, sorted(reached), title, takeaway, alt_text),
    )


def _distribution(
    simulation: Simulation, claimed: list[float], title: str, takeaway: str, alt_text: str
) -> Any:
    alt = altair()
    currency = simulation.study.currency
    counts, edges = simulation.histogram
    low, high = simulation.ratio.percentiles[10], simulation.ratio.percentiles[90]
    below, above = "draws below breaking even", "draws at or above it"
    most = max(float(count) for count in counts) or 1.0
    data = []
    for count, start, end in zip(counts, edges, edges[1:], strict=False):
        kind = below if 0.5 * (float(start) + float(end)) < 1 else above
        data.append({"start": float(start), "end": float(end), "share": float(count) / most, "kind": kind})
    central = simulation.evaluation.social_return_ratio
    left, right = float(edges[0]), float(edges[-1])
    marks = [
        (1.0, "breaks even", True),
        (central, f"central {formatting.returned(central, currency)}", False),
    ]
    marks += [(ratio, f"claimed {formatting.claimed(ratio, currency)}", True) for ratio in claimed]
    reach = 1.6 * (right - left)
    marks = [mark for mark in marks if left - reach <= mark[0] <= right + reach]
    domain = [min(left, *(at for at, *_ in marks)), max(right, *(at for at, *_ in marks))]
    room = 0.03 * (domain[1] - domain[0])
    domain = [domain[0] - room, domain[1] + room]
    colours = {below: theme.VERMILLION, above: theme.BLUE}
    present = [kind for kind in colours if any(row["kind"] == kind and row["share"] for row in data)]
    hidden = alt.Axis(labels=False, ticks=False, grid=False, domain=False)
    bars = (
        alt.Chart(alt.Data(values=data))
        .mark_bar(stroke=theme.PAPER, strokeWidth=0.5)
        .encode(
            x=alt.X(
                "start:Q", title=f"Social value for each {formatting.unit(currency)} put in", scale=alt.Scale(domain=domain, nice=False, zero=False)
            ),
            x2=alt.X2("end:Q"),
            y=alt.Y("share:Q", title="How many draws", axis=hidden, scale=alt.Scale(domain=[-0.2, 1.45])),
            y2=alt.Y2(datum=0),
            color=alt.Color("kind:N", scale=alt.Scale(domain=present, range=[colours[kind] for kind in present])),
        )
    )  # fmt: skip
    inner = f"eight draws out of ten: {formatting.returned(low, currency)} to {formatting.returned(high, currency)}"
    layers = [bars, *_inner(low, high, inner), *_flags(marks, domain)]
    return theme.finished(alt.layer(*layers), title=title, takeaway=takeaway, alt=alt_text, height=280)


def _inner(low: float, high: float, label: str) -> list[Any]:
    """The middle of the draws, as a band beneath the bars."""
    alt = altair()
    base = alt.Chart(
        alt.Data(
            values=[
                {
                    "low": low,
                    "high": high,
                    "middle": 0.5 * (low + high),
                    "at": -0.07,
                    "beneath": -0.15,
                    "label": label,
                }
            ]
        )
    )
    band = base.mark_bar(height=7, color=theme.MUTED).encode(x=alt.X("low:Q"), x2="high:Q", y="at:Q")
    return [band, *text(base.encode(y="beneath:Q"), x="middle:Q")]


def _flags(marks: list[tuple[float, str, bool]], domain: list[float]) -> list[Any]:
    """Lines with a label at their top, on as many levels as the labels need."""
    alt = altair()
    width = domain[1] - domain[0]
    ends = [-math.inf] * 4
    rows = []
    for at, label, dashed in sorted(marks):
        place = (at - domain[0]) / width
        needs = 0.0125 * len(label) + 0.02
        leftwards = place > 0.8
        start = place - needs if leftwards else place
        level = next((level for level, end in enumerate(ends) if start > end), len(ends) - 1)
        ends[level] = place if leftwards else place + needs
        rows.append(
            {"at": at, "label": label, "top": 1.42 - 0.09 * level, "dashed": dashed, "left": leftwards}
        )
    base = alt.Chart(alt.Data(values=rows))
    found = [
        base.transform_filter(side)
        .mark_rule(color=theme.INK, strokeWidth=1.3, strokeDash=dash)
        .encode(x="at:Q", y="top:Q", y2=alt.Y2(datum=0))
        for side, dash in (("datum.dashed", [4, 3]), ("!datum.dashed", [1, 0]))
    ]
    for side, align, shift in (("!datum.left", "left", 4), ("datum.left", "right", -4)):
        found += text(
            base.transform_filter(side).encode(y="top:Q"), x="at:Q", align=align, dx=shift, baseline="top"
        )
    return found


def claimed_of_social_value(study: Study) -> dict[str, Claim]:
    """The claims that may be set beside the ratio: of social value, or of what is not clear; those of savings are about something else."""
    return {
        name: claim
        for name, claim in study.claims.items()
        if claim.meaning != "savings" and claim.ratio is not None
    }


def switching(values: SwitchingValues) -> Figure:
    """Where, in or beyond its own range, each number would turn the verdict."""
    ranged = [
        value
        for value in values.numbers
        if value.low is not None and value.high is not None and value.high > value.low
    ]
    there = sorted((value for value in ranged if value.value is not None), key=_distance)
    within = [value for value in there if value.verdict == "within its range"]
    goal = formatting.brief(values.target)
    title = f"What would bring the {values.figure.replace('_', ' ')} to {goal}"
    takeaway = f"None of the {len(ranged)} numbers with a range could do it alone within that range."
    if within:
        named = formatting.listed(
            f"“{labels.path_label(value.number)}” at {formatting.brief(value.value or 0.0)}"
            for value in within[:3]
        )
        takeaway = f"Alone and within its own range, {len(within)} of {len(ranged)} numbers could do it. Nearest: {named}."
    if not ranged:
        takeaway = "No number has a range."
    shown = there[:MOST_ROWS]
    words = told((labels.path_label(value.number), _needs(value)) for value in shown)
    alt_text = f"For each number its own range, its central value, and the value at which the result is {goal}. {takeaway} {words}"
    return Figure(
        "switching-values", title, takeaway, alt_text, lambda: _switching(shown, title, takeaway, alt_text)
    )


def _switching(shown: list[SwitchingValue], title: str, takeaway: str, alt_text: str) -> Any:
    alt = altair()
    central, turns, beyond = "central value", "turns the result", "beyond the chart"
    points, ranges = [], []
    for value in shown:
        place, centre = _place(value, value.value or 0.0), _place(value, value.central)
        held = min(max(place, -0.6), 1.6)
        kind = turns if held == place else beyond
        form = "diamond" if kind == turns else "triangle-right" if held > 0 else "triangle-left"
        points.append({"key": value.number, "at": centre, "kind": central, "form": "circle", "label": ""})
        points.append(
            {
                "key": value.number,
                "at": held,
                "kind": kind,
                "form": form,
                "label": formatting.brief(value.value or 0.0),
            }
        )
        ranges.append({"key": value.number, "from": 0, "to": 1})
    names = {
        value.number: [theme.lines(labels.path_label(value.number), 36, 1)[0], _range(value)]
        for value in shown
    }
    y = row_axis(names)
    x = alt.X(
        "at:Q",
        title="Where it lies in the number's own range",
        scale=alt.Scale(domain=[-0.75, 1.75], nice=False),
        axis=alt.Axis(
            values=[0, 0.5, 1],
            labelExpr="{'0': 'low end', '0.5': 'middle', '1': 'high end'}[datum.value]",
            grid=True,
        ),
    )
    kinds = [central, turns, *([beyond] if any(point["kind"] == beyond for point in points) else [])]
    colour = {central: theme.INK, turns: theme.VERMILLION, beyond: theme.ORANGE}
    band = (
        alt.Chart(alt.Data(values=ranges))
        .mark_bar(height=8, color=theme.SKY, opacity=0.6)
        .encode(y=y, x=alt.X("from:Q"), x2="to:Q")
    )
    base = alt.Chart(alt.Data(values=points)).encode(y=y, x=x)
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(
        color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[colour[kind] for kind in kinds])),
        shape=alt.Shape("form:N", scale=None, legend=None),
    )
    told_by = text(base.transform_filter("datum.label != ''"), x="at:Q", dy=-12)
    return theme.finished(
        alt.layer(band, *told_by, dots),
        title=title,
        takeaway=takeaway,
        alt=alt_text,
        height=rows_height(len(shown), 40),
    )


def _place(value: SwitchingValue, at: float) -> float:
    assert value.low is not None
    assert value.high is not None
    return (at - value.low) / (value.high - value.low)


def _distance(value: SwitchingValue) -> float:
    return abs(_place(value, value.value or 0.0) - _place(value, value.central))


def _needs(value: SwitchingValue) -> str:
    return f"{formatting.brief(value.value or 0.0)}, central {formatting.brief(value.central)}, range {_range(value)}"


def _range(value: SwitchingValue) -> str:
    return f"{formatting.brief(value.low or 0.0)} to {formatting.brief(value.high or 0.0)}"


def _ends(swing: Swing) -> str:
    return f"{formatting.brief(swing.number.low or 0.0)} to {formatting.brief(swing.number.high or 0.0)}"


def _result(value: float, found: Sensitivity) -> str:
    currency = found.study.currency
    return (
        formatting.short_money(value, currency)
        if found.figure == "net_present_value"
        else formatting.returned_closely(value, currency)
    )


def _axis(study: Study, figure: str, values: list[float]) -> tuple[str, float]:
    """The title of the axis, and what the figure is divided by on it."""
    title = _FIGURES[figure].format(one=formatting.unit(study.currency))
    if figure != "net_present_value":
        return title, 1.0
    axis = MoneyAxis.of(values, study)
    return f"{title}, {axis.words}", axis.divisor


def _mark(at: float, label: str, y: float, *, dash: bool = False) -> Any:
    """A line across the bars with its label above them."""
    alt = altair()
    base = alt.Chart(alt.Data(values=[{"at": at, "label": label}])).encode(x="at:Q")
    rule = base.mark_rule(color=theme.INK, strokeDash=[4, 3] if dash else [1, 0])
    return alt.layer(rule, *text(base.encode(y=alt.value(y)), x="at:Q", baseline="bottom", dy=-4))

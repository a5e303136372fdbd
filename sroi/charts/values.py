"""Charts of where the value comes from, who has it, and when."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.charts import theme
from sroi.charts.axes import bar, bars, channel, layer, money_axis, padded, row_axis, rows_height, sentence
from sroi.charts.figure import Figure
from sroi.evaluation.bridge import bridge
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Callable

    from sroi.evaluation.bridge import Bridge
    from sroi.results import Evaluation

MOST_ROWS = 14
"""Bars that a page can hold; what is smaller is drawn together."""

_WORSE, _MIXED = "for the worse", "several kinds"


def value_by_outcome(evaluation: Evaluation) -> Figure:
    """Present value of each outcome in the total, the largest first."""
    study, money = evaluation.study, _short_money(evaluation)
    counted = [
        (row.outcome, row.title, row.present_value, readable(row.kind, capital=False))
        for row in evaluation.outcomes
        if row.in_total and row.present_value
    ]
    ordered = sorted(counted, key=lambda row: -abs(row[2]))
    shown = ordered if len(ordered) <= MOST_ROWS else ordered[: MOST_ROWS - 1]
    rest = ordered[len(shown) :]
    if rest:
        shown.append(("*", f"{len(rest)} smaller outcomes together", sum(row[2] for row in rest), _MIXED))
    takeaway = "No outcome in the total has a value other than zero."
    if ordered:
        _, name, value, _ = ordered[0]
        part, whole = formatting.percent, evaluation.present_value
        share = f", {part(value / whole)} of the total" if 0 < value <= whole else ""
        lost = sum(row[2] for row in ordered if row[2] < 0)
        worse = f" What gets worse takes {money(-lost)} away." if lost else ""
        takeaway = f"The largest is “{name}”: {money(value)}{share}.{worse}"
    listed = sentence((name, money(value)) for _, name, value, _ in shown)
    alt_text = f"Bar chart of the present value of each outcome, the largest first. {takeaway} {listed}"

    def draw(_: float) -> tuple[list[dict[str, Any]], float]:
        axis = money_axis((row[2] for row in shown), study)
        rows = [
            bar(key, axis.scaled(value), kind if value >= 0 else _WORSE, money(value))
            for key, _, value, kind in shown
        ]
        colours = {**theme.KINDS, _MIXED: theme.MUTED, _WORSE: theme.LOSS}
        encoding = {"y": _row_axis({key: name for key, name, *_ in shown})}
        x = _money_scale("end:Q", f"Present value, {axis.words}", padded([row["end"] for row in rows]))
        return bars(rows, encoding, colours, x, height={"band": 0.7}), rows_height(len(rows))

    return Figure("value-by-outcome", "What the value is made of", takeaway, alt_text, draw)


def gains(evaluation: Evaluation) -> Figure:
    """What each stakeholder puts in and gains."""
    study, money = evaluation.study, _short_money(evaluation)
    held = [
        (name, study.stakeholders[name].title, each["present_value"], each["investment"])
        for name, each in evaluation.by_stakeholder.items()
        if any(each.values())
    ]
    held.sort(key=lambda row: -row[2])
    shown, rest = (held, []) if len(held) <= MOST_ROWS else (held[: MOST_ROWS - 1], held[MOST_ROWS - 1 :])
    if rest:
        others = f"{len(rest)} others together"
        shown = [*shown, ("*", others, sum(row[2] for row in rest), sum(row[3] for row in rest))]
    takeaway = "Nobody gains, pays or loses."
    if held:
        _, payer, _, paid = max(held, key=lambda row: row[3])
        part = formatting.percent(paid / evaluation.investment)
        takeaway = f"Put in: mostly by “{payer}”, {money(paid)} ({part})."
        _, gainer, most, _ = held[0]
        takeaway += f" Gained: mostly by “{gainer}”, {money(most)}." if most > 0 else ""
        losers = [title for _, title, gained, _ in held if gained < 0]
        takeaway += f" Worse off through the outcomes: {formatting.listed(losers)}." if losers else ""
    flows = [
        (key, kind, amount)
        for key, _, gained, given in shown
        for kind, amount in (("gains", gained), ("puts in", -given))
        if amount
    ]
    listed = sentence(
        (title, f"gains {money(gained)}, puts in {money(given)}") for _, title, gained, given in shown
    )
    alt_text = (
        "Bars of present value for each stakeholder: what it gains to the right, what it loses or puts in to "
        f"the left. {takeaway} {listed}"
    )

    def draw(_: float) -> tuple[list[dict[str, Any]], float]:
        axis = money_axis((amount for _, _, amount in flows), study)
        rows = []
        for key, part, amount in flows:
            kind = part if part == "puts in" or amount >= 0 else "loses"
            rows.append(bar(key, axis.scaled(amount), kind, money(abs(amount)), part=part))
        colours = {"gains": theme.GAIN, "puts in": theme.GIVEN, "loses": theme.LOSS}
        encoding = {
            "y": _row_axis({key: title for key, title, *_ in shown}),
            "yOffset": channel("part:N", sort=["gains", "puts in"]),
        }
        unsigned = {"labelExpr": "replace(format(abs(datum.value), ',~g'), '-', '')"}
        domain = padded([row["end"] for row in rows])
        x = _money_scale("end:Q", f"Present value, {axis.words}", domain, axis=unsigned)
        return bars(rows, encoding, colours, x), rows_height(len(shown), 46)

    return Figure("who-gains-and-who-pays", "Who gains and who pays", takeaway, alt_text, draw)


def gross_to_net(evaluation: Evaluation, whole: Bridge | None = None) -> Figure:
    """The bridge from gross value over each deduction to present value."""
    study, money = evaluation.study, _short_money(evaluation)
    steps = (whole or bridge(evaluation)).steps
    gross, present = steps[0][1], sum(amount for _, amount in steps)
    takeaway = "Nothing has a value."
    if gross > 0 and present >= 0:
        name, taken = min(steps[1:], key=lambda step: step[1])
        most = f"{name} takes the most, {money(-taken)}" if taken < 0 else "nothing is taken off"
        takeaway = f"Of {money(gross)} gross {formatting.percent(present / gross)} is left; {most}."
    elif gross:
        takeaway = f"{money(gross)} gross comes to {money(present)}."
    every = [*steps, ("present value", present)]
    listed = sentence((name, money(amount)) for name, amount in every)
    alt_text = (
        f"Waterfall from gross value to present value, over all outcomes in the total. {takeaway} {listed}"
    )

    def draw(_: float) -> tuple[list[dict[str, Any]], float]:
        axis = money_axis([gross, present], study)
        rows, reached = [], 0.0
        for place, (name, amount) in enumerate(every):
            whole = place in (0, len(steps))
            start, end = (0.0, amount) if whole else (reached, reached + amount)
            reached = end
            edge = axis.scaled(end if whole else max(start, end))
            kind = "value" if whole else "taken off" if amount <= 0 else "added"
            ends = {"start": axis.scaled(start), "stop": axis.scaled(end)}
            rows.append(bar(name, edge, kind, money(amount), **ends))
        colours = {"value": theme.BLUE, "taken off": theme.VERMILLION, "added": theme.GREEN}
        encoding = {"y": _row_axis({name: name.capitalize() for name, _ in every})}
        domain = padded([row[field] for row in rows for field in ("start", "stop")], 0.13)
        x = _money_scale("stop:Q", f"Value, {axis.words}", domain)
        return bars(rows, encoding, colours, x, height={"band": 0.7}), rows_height(len(rows))

    return Figure("gross-to-net", "From gross value to present value", takeaway, alt_text, draw)


def by_year(evaluation: Evaluation) -> Figure:
    """Present value of what is gained and put in each year, and the balance so far."""
    study, money = evaluation.study, _short_money(evaluation)
    years = [str(study.first_year + t) for t in range(len(evaluation.discount_factors))]
    flows = list(zip(years, evaluation.gained_by_year, evaluation.spent_by_year, strict=True))
    balance = list(accumulate(gain - given for _, gain, given in flows))
    payback = evaluation.payback_years
    takeaway = "What is gained does not make up for what is put in within the years counted."
    if payback is not None:
        takeaway = (
            f"What is gained overtakes what is put in {formatting.overtakes(payback)} (value, not cash)."
        )
    takeaway += f" The balance at the end is {money(balance[-1])}."
    listed = sentence((year, f"gained {money(gain)}, put in {money(given)}") for year, gain, given in flows)
    what = "Columns of present value gained and put in by year, and a line of the balance so far."
    alt_text = f"{what} {takeaway} {listed}"

    def draw(_: float) -> tuple[list[dict[str, Any]], float]:
        axis = money_axis((*evaluation.gained_by_year, *evaluation.spent_by_year, *balance), study)
        columns = [
            {"year": year, "kind": kind, "value": axis.scaled(amount)}
            for year, gain, given in flows
            for kind, amount in (("gained", gain), ("put in", -given))
        ]
        line = [
            {"year": year, "value": axis.scaled(amount), "kind": "balance so far"}
            for year, amount in zip(years, balance, strict=True)
        ]
        kinds, colours = ["gained", "put in", "balance so far"], [theme.GAIN, theme.GIVEN, theme.INK]
        ticks = {"labelAngle": 0, "values": years[:: -(-len(years) // 16)]}
        encoding = {
            "x": channel("year:O", title="Year", axis=ticks, scale={"padding": 0.3}),
            "y": channel("value:Q", title=f"Present value, {axis.words}"),
            "color": channel("kind:N", scale={"domain": kinds, "range": colours}),
        }
        layers = [
            layer(columns, "bar", encoding),
            layer([{"at": 0}], "rule", {"y": channel("at:Q")}, color=theme.MUTED),
            layer(line, "line", encoding, point={"size": 40, "filled": True}, strokeWidth=2),
        ]
        return layers, 300

    return Figure("value-by-year", "Value by year", takeaway, alt_text, draw)


def _short_money(evaluation: Evaluation) -> Callable[[float], str]:
    return lambda amount: formatting.short_money(amount, evaluation.study.currency)


def _row_axis(labels: dict[str, str]) -> dict[str, Any]:
    """The axis of outcomes or stakeholders, each in up to two lines."""
    return row_axis({key: theme.lines(label, 34, 2) for key, label in labels.items()})


def _money_scale(field: str, title: str, domain: list[float], **more: Any) -> dict[str, Any]:
    return channel(field, title=title, scale={"domain": domain, "nice": False}, **more)

"""Charts of where the value comes from, who has it, and when."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.evaluation.bridge import bridge
from sroi.extras import altair
from sroi.reports import theme
from sroi.reports.drawing.axes import MoneyAxis, padded, row_axis, rows_height, rule_at, signed_labels, told
from sroi.reports.parts import Figure

if TYPE_CHECKING:
    from sroi.evaluation import Evaluation

MOST_ROWS = 14
"""Bars that a page can hold; what is smaller is drawn together."""

_WORSE, _MIXED = "for the worse", "several kinds"


def value_by_outcome(evaluation: Evaluation) -> Figure:
    """Present value of each outcome in the total, the largest first."""
    study, currency = evaluation.study, evaluation.study.currency
    counted = [
        (row.outcome, row.title, row.present_value, row.kind)
        for row in evaluation.outcomes
        if row.in_total and row.present_value
    ]
    ordered = sorted(counted, key=lambda row: -abs(row[2]))
    bars = ordered if len(ordered) <= MOST_ROWS else ordered[: MOST_ROWS - 1]
    rest = ordered[len(bars) :]
    if rest:
        bars.append(("*", f"{len(rest)} smaller outcomes together", sum(row[2] for row in rest), _MIXED))
    title, takeaway = "What the value is made of", "No outcome in the total has a value other than nought."
    if ordered:
        _, name, value, _ = ordered[0]
        share = (
            f", {formatting.percent(value / evaluation.present_value)} of the total"
            if 0 < value <= evaluation.present_value
            else ""
        )
        takeaway = f"The largest is “{name}”: {formatting.short_money(value, currency)}{share}."
        lost = sum(row[2] for row in ordered if row[2] < 0)
        takeaway += f" What gets worse takes {formatting.short_money(-lost, currency)} away." if lost else ""
    listed = told((name, formatting.short_money(value, currency)) for _, name, value, _ in bars)
    alt_text = f"Bar chart of the present value of each outcome, the largest first. {takeaway} {listed}"

    def chart() -> Any:
        alt = altair()
        axis = MoneyAxis.of((row[2] for row in bars), study)
        data: list[dict[str, Any]] = [
            {
                "key": key,
                "start": 0,
                "end": axis.scaled(value),
                "right": value >= 0,
                "kind": kind if value >= 0 else _WORSE,
                "label": formatting.short_money(value, currency),
            }
            for key, _, value, kind in bars
        ]
        colours = {**theme.KINDS, _MIXED: theme.MUTED, _WORSE: theme.LOSS}
        present = [kind for kind in colours if any(row["kind"] == kind for row in data)]
        base = alt.Chart(alt.Data(values=data)).encode(y=_rows({key: name for key, name, *_ in bars}))
        scale = alt.Scale(domain=padded([row["end"] for row in data]), nice=False)
        drawn = base.mark_bar(height={"band": 0.7}).encode(
            x=alt.X("end:Q", title=f"Present value, {axis.words}", scale=scale),
            x2=alt.X2("start:Q"),
            color=alt.Color(
                "kind:N", scale=alt.Scale(domain=present, range=[colours[kind] for kind in present])
            ),
        )
        layers = alt.layer(drawn, rule_at(0, color=theme.MUTED), *signed_labels(base))
        return theme.finished(
            layers, title=title, takeaway=takeaway, alt=alt_text, height=rows_height(len(data))
        )

    return Figure("value-by-outcome", title, takeaway, alt_text, chart)


def gains(evaluation: Evaluation) -> Figure:
    """What each stakeholder puts in and gains."""
    study, currency = evaluation.study, evaluation.study.currency
    rows = [
        (name, study.stakeholders[name].title, each)
        for name, each in evaluation.by_stakeholder.items()
        if any(each.values())
    ]
    rows.sort(key=lambda row: -row[2]["present_value"])
    shown, rest = (rows, []) if len(rows) <= MOST_ROWS else (rows[: MOST_ROWS - 1], rows[MOST_ROWS - 1 :])
    if rest:
        together = {field: sum(row[2][field] for row in rest) for field in ("present_value", "investment")}
        shown = [*shown, ("*", f"{len(rest)} others together", together)]
    title, takeaway = "Who gains and who pays", "Nobody gains, pays or loses."
    if rows:
        payer = max(rows, key=lambda row: row[2]["investment"])
        paid = formatting.percent(payer[2]["investment"] / evaluation.investment)
        takeaway = f"Put in: mostly by “{payer[1]}”, {formatting.short_money(payer[2]['investment'], currency)} ({paid})."
        if rows[0][2]["present_value"] > 0:
            takeaway += f" Gained: mostly by “{rows[0][1]}”, {formatting.short_money(rows[0][2]['present_value'], currency)}."
        losers = [row[1] for row in rows if row[2]["present_value"] < 0]
        takeaway += f" Worse off through the outcomes: {formatting.listed(losers)}." if losers else ""
    bars = [
        (key, kind, amount if kind == "gains" else -amount)
        for key, _, each in shown
        for kind, amount in (("gains", each["present_value"]), ("puts in", each["investment"]))
        if amount
    ]
    listed = told(
        (
            name,
            f"gains {formatting.short_money(each['present_value'], currency)}, puts in {formatting.short_money(each['investment'], currency)}",
        )
        for _, name, each in shown
    )
    alt_text = f"Bars of present value for each stakeholder: what it gains to the right, what it loses or puts in to the left. {takeaway} {listed}"

    def chart() -> Any:
        alt = altair()
        axis = MoneyAxis.of((amount for _, _, amount in bars), study)
        data: list[dict[str, Any]] = [
            {
                "key": key,
                "part": kind,
                "kind": kind if kind == "puts in" or amount >= 0 else "loses",
                "start": 0,
                "end": axis.scaled(amount),
                "right": amount >= 0,
                "label": formatting.short_money(abs(amount), currency),
            }
            for key, kind, amount in bars
        ]
        colours = {"gains": theme.GAIN, "puts in": theme.GIVEN, "loses": theme.LOSS}
        present = [kind for kind in colours if any(row["kind"] == kind for row in data)]
        offset = alt.YOffset("part:N", sort=["gains", "puts in"])
        base = alt.Chart(alt.Data(values=data)).encode(
            y=_rows({key: name for key, name, _ in shown}), yOffset=offset
        )
        drawn = base.mark_bar().encode(
            x=alt.X(
                "end:Q", title=f"Present value, {axis.words}", scale=alt.Scale(domain=padded([row["end"] for row in data]), nice=False),
                axis=alt.Axis(labelExpr="replace(format(abs(datum.value), ',~g'), '-', '')"),
            ),
            x2=alt.X2("start:Q"),
            color=alt.Color("kind:N", scale=alt.Scale(domain=present, range=[colours[kind] for kind in present])),
        )  # fmt: skip
        layers = alt.layer(drawn, rule_at(0, color=theme.MUTED), *signed_labels(base))
        return theme.finished(
            layers, title=title, takeaway=takeaway, alt=alt_text, height=rows_height(len(shown), 46)
        )

    return Figure("who-gains-and-who-pays", title, takeaway, alt_text, chart)


def gross_to_net(evaluation: Evaluation) -> Figure:
    """The bridge from gross value over each deduction to present value."""
    study, currency = evaluation.study, evaluation.study.currency
    steps = bridge(evaluation).steps
    gross, present = steps[0][1], sum(amount for _, amount in steps)
    title, takeaway = "From gross value to present value", "Nothing has a value."
    if gross > 0 and present >= 0:
        name, taken = min(steps[1:], key=lambda step: step[1])
        kept = f"Of {formatting.short_money(gross, currency)} gross {formatting.percent(present / gross)} is left"
        takeaway = (
            f"{kept}; {name} takes the most, {formatting.short_money(-taken, currency)}."
            if taken < 0
            else f"{kept}; nothing is taken off."
        )
    elif gross:
        takeaway = f"{formatting.short_money(gross, currency)} gross comes to {formatting.short_money(present, currency)}."
    listed = told(
        [
            *((name, formatting.short_money(amount, currency)) for name, amount in steps),
            ("present value", formatting.short_money(present, currency)),
        ]
    )
    alt_text = (
        f"Waterfall from gross value to present value, over all outcomes in the total. {takeaway} {listed}"
    )

    def chart() -> Any:
        alt = altair()
        axis = MoneyAxis.of([gross, present], study)
        data: list[dict[str, Any]] = []
        reached = 0.0
        for place, (name, amount) in enumerate([*steps, ("present value", present)]):
            whole = place in (0, len(steps))
            start, end = (0.0, amount) if whole else (reached, reached + amount)
            reached = end
            edge = end if whole else max(start, end)
            data.append(
                {
                    "key": name,
                    "start": axis.scaled(start),
                    "stop": axis.scaled(end),
                    "end": axis.scaled(edge),
                    "right": edge >= 0,
                    "kind": "value" if whole else "taken off" if amount <= 0 else "added",
                    "label": formatting.short_money(amount, currency),
                }
            )
        colours = {"value": theme.BLUE, "taken off": theme.VERMILLION, "added": theme.GREEN}
        present_kinds = [kind for kind in colours if any(row["kind"] == kind for row in data)]
        domain = padded([row[field] for row in data for field in ("start", "stop")], 0.13)
        base = alt.Chart(alt.Data(values=data)).encode(
            y=_rows({str(row["key"]): str(row["key"]).capitalize() for row in data})
        )
        drawn = base.mark_bar(height={"band": 0.7}).encode(
            x=alt.X("stop:Q", title=f"Value, {axis.words}", scale=alt.Scale(domain=domain, nice=False)),
            x2=alt.X2("start:Q"),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=present_kinds, range=[colours[kind] for kind in present_kinds]),
            ),
        )
        layers = alt.layer(drawn, rule_at(0, color=theme.MUTED), *signed_labels(base))
        return theme.finished(
            layers, title=title, takeaway=takeaway, alt=alt_text, height=rows_height(len(data))
        )

    return Figure("gross-to-net", title, takeaway, alt_text, chart)


def by_year(evaluation: Evaluation) -> Figure:
    """Present value of what is gained and put in each year, and the balance so far."""
    study, currency = evaluation.study, evaluation.study.currency
    years = len(evaluation.discount_factors)
    gained = [
        sum(row.by_year_pv[t] or 0.0 for row in evaluation.outcomes if row.in_total) for t in range(years)
    ]
    spent = [sum(row.by_year_pv[t] for row in evaluation.inputs) for t in range(years)]
    balance = list(accumulate(gain - given for gain, given in zip(gained, spent, strict=True)))
    title = "Value by year"
    payback = evaluation.payback_years
    takeaway = (
        "What is gained does not make up for what is put in within the years counted."
        if payback is None
        else "The balance is never below nought."
        if payback == 0
        else f"What is gained makes up for what is put in after {formatting.years(payback)}."
    )
    takeaway += f" The balance at the end is {formatting.short_money(balance[-1], currency)}."
    listed = told(
        (
            str(study.first_year + t),
            f"gained {formatting.short_money(gained[t], currency)}, put in {formatting.short_money(spent[t], currency)}",
        )
        for t in range(years)
    )
    alt_text = f"Columns of present value gained and put in by year, and a line of the balance so far. {takeaway} {listed}"

    def chart() -> Any:
        alt = altair()
        axis = MoneyAxis.of((*gained, *spent, *balance), study)
        bars = [
            {"year": str(study.first_year + t), "kind": kind, "value": axis.scaled(amount)}
            for t in range(years)
            for kind, amount in (("gained", gained[t]), ("put in", -spent[t]))
        ]
        line = [
            {"year": str(study.first_year + t), "value": axis.scaled(amount), "kind": "balance so far"}
            for t, amount in enumerate(balance)
        ]
        colours = alt.Scale(
            domain=["gained", "put in", "balance so far"], range=[theme.GAIN, theme.GIVEN, theme.INK]
        )
        every = -(-years // 16)
        ticks = [str(study.first_year + t) for t in range(0, years, every)]
        x = alt.X(
            "year:O", title="Year", axis=alt.Axis(labelAngle=0, values=ticks), scale=alt.Scale(padding=0.3)
        )
        y = alt.Y("value:Q", title=f"Present value, {axis.words}")
        color = alt.Color("kind:N", scale=colours)
        columns = alt.Chart(alt.Data(values=bars)).mark_bar().encode(x=x, y=y, color=color)
        ends = [{"at": 0}]
        nought = alt.Chart(alt.Data(values=ends)).mark_rule(color=theme.MUTED).encode(y="at:Q")
        walked = (
            alt.Chart(alt.Data(values=line))
            .mark_line(point={"size": 40, "filled": True}, strokeWidth=2)
            .encode(x=x, y=y, color=color)
        )
        return theme.finished(
            alt.layer(columns, nought, walked), title=title, takeaway=takeaway, alt=alt_text, height=300
        )

    return Figure("value-by-year", title, takeaway, alt_text, chart)


def _rows(labels: dict[str, str]) -> Any:
    """The axis of outcomes or stakeholders, each in up to two lines."""
    return row_axis({key: theme.lines(label, 34, 2) for key, label in labels.items()})

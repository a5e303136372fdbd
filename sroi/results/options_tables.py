"""What people read of the options of one decision: sentences and tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sroi import formatting
from sroi.labels import Figures
from sroi.results.spread import chance
from sroi.tables import Brief, Table

if TYPE_CHECKING:
    from sroi.results.options import Options
    from sroi.results.spread import Spread

_MOST_SHOWN = 2
_SHORT = ("Option", "Net present value", "Highest in", "8 draws in 10", "Costs", "Benefits")


def answer(found: Options) -> str:
    """Which option is worth the most, by how much and how surely."""
    best = found.option(found.best)
    worth = _money(found, best.net_present_value)
    said = f"“{found.title(best.name)}” has the highest net present value, {worth}"
    if best.baseline:
        others = [each for each in found.options if not each.baseline]
        second = max(others, key=lambda each: each.net_present_value)
        gap = _money(found, -second.more_net_present_value)
        said += f": {gap} more than “{found.title(second.name)}”, the next"
    else:
        said += f": {_money(found, best.more_net_present_value)} more than “{found.title(found.baseline)}”"
    sure = "" if best.highest is None else f", and {chance(best.highest)}"
    return f"{said}{sure}."


def tables(found: Options) -> tuple[Table, ...]:
    """The options, what each is more than the baseline, what would turn the choice, what has no price."""
    every = (_options(found), _against(found), _switching(found), _unpriced(found))
    return tuple(each for each in every if each.rows)


def brief(found: Options) -> Brief:
    """The options on one screen, with what would turn the choice."""
    whole = _options(found)
    table = replace(whole.with_columns([each for each in _SHORT if each in whole.headings]), note="")
    lines = [answer(found), *(f"Compared anyway: {each}." for each in found.unlike)]
    lines += [_turning(found), *_priceless(found)]
    also = "switching values, the options against the baseline"
    return Brief(tuple(lines), (table,), rows="options", also=also, one_line=True)


def _turning(found: Options) -> str:
    """The numbers that would make the two options equal, the nearest first."""
    one, other = (f"“{found.title(name)}”" for name in found.pair)
    said = []
    for each in [each for each in found.switching if each.at.distance[0] < 3][:_MOST_SHOWN]:
        write, at = Figures(found.study_of(each.options[0])), each.at
        of = "" if len(each.options) > 1 else f" in “{found.title(each.options[0])}”"
        value = "–" if at.value is None else write.three(at.number, at.value)
        said.append(f"{write.called(at.number)}{of} {value} (now {write.one(at.number, at.central)})")
    if not said:
        return f"No number alone would make {one} and {other} worth the same."
    alone = "one of these alone" if len(said) > 1 else "this alone"
    return f"{one} and {other} would be worth the same with {alone}: {formatting.listed(said)}."


def _priceless(found: Options) -> list[str]:
    """The outcomes without a price, and what would make an option the best that is not."""
    if not found.unpriced:
        return []
    titles = dict.fromkeys(f"“{each.title}”" for each in found.unpriced)
    said = [f"Not in any sum, having no money value: {formatting.listed(titles)}."]
    for each in found.unpriced:
        if each.at_least is not None and each.option != found.best:
            unit = f"“{each.title}” ({each.unit})" if each.unit else f"“{each.title}”"
            worth = f"{unit} at {_price(found, each.at_least)} a unit and benefit year or more"
            said.append(f"“{found.title(each.option)}” would be the best with {worth}.")
    return said


def _options(found: Options) -> Table:
    rows = []
    for each in found.options:
        money = (each.investment, each.present_value, each.net_present_value)
        drawn = (_span(found, each.spread), formatting.percent(each.highest or 0.0)) if found.draws else ()
        by = formatting.listed(map(found.title, each.dominated_by))
        rows.append((found.title(each.name), *(_money(found, amount) for amount in money), *drawn, by))
    drawn = (">8 draws in 10", ">Highest in") if found.draws else ()
    columns = ("Option", ">Costs", ">Benefits", ">Net present value", *drawn, "Dominated by")
    return Table("Options of one decision", columns, tuple(rows), _note(found))


def _note(found: Options) -> str:
    study = found.study
    note = f"The baseline is “{found.title(found.baseline)}”. "
    note += f"Present values in {study.price_year} prices; {study.method.in_words}. "
    note += "Options are chosen by net present value and what has no price, never by a ratio of each. "
    note += "Dominated: another costs no more and gives no less, and is better in one of them."
    if found.draws:
        common = f"; {len(found.shared)} assumptions in common are one number for all" if found.shared else ""
        note += f" {found.draws:,} draws, each of all options at once{common}."
    if found.apart:
        note += f" Of one name and yet different numbers: {formatting.listed(found.apart)}."
    return " ".join([note, *(f"Compared anyway: {each}." for each in found.unlike)])


def _against(found: Options) -> Table:
    rows = []
    for each in found.options:
        if each.baseline:
            continue
        money = (each.more_investment, each.more_present_value, each.more_net_present_value)
        drawn = (
            (_span(found, each.more_spread), formatting.percent(each.better or 0.0)) if found.draws else ()
        )
        ratio = "–" if each.incremental_ratio is None else formatting.ratio(each.incremental_ratio)
        rows.append((found.title(each.name), *(_money(found, amount) for amount in money), *drawn, ratio))
    drawn = (">8 draws in 10", ">Better in") if found.draws else ()
    amounts = (">More costs", ">More benefits", ">More net present value")
    note = "Benefits per cost: more benefits over more costs, and none where no more is put in."
    title = f"Against “{found.title(found.baseline)}”"
    return Table(title, ("Option", *amounts, *drawn, ">Benefits per cost"), tuple(rows), note)


def _switching(found: Options) -> Table:
    rows = []
    for each in found.switching:
        write, at = Figures(found.study_of(each.options[0])), each.at
        of = "both" if len(each.options) > 1 else found.title(each.options[0])
        value = "–" if at.value is None else write.three(at.number, at.value)
        ends = write.span(at.number, at.low, at.high)
        rows.append((write.called(at.number), of, write.one(at.number, at.central), ends, value, at.where))
    one, other = (f"“{found.title(name)}”" for name in found.pair)
    columns = ("Number", "Of", ">Central", ">Range", ">Equal at", "Which is")
    note = "All else at central values. A number of both moves both."
    return Table(f"Where {one} and {other} are worth the same", columns, tuple(rows), note)


def _unpriced(found: Options) -> Table:
    rows = []
    for each in found.unpriced:
        what = each.title if each.unit is None else f"{each.title} ({each.unit})"
        ends = (_price(found, each.at_least), _price(found, each.at_most), _money(found, each.in_all))
        rows.append((found.title(each.option), what, *ends, each.reason or ""))
    columns = ("Option", "Outcome", ">At least", ">At most", ">At least in all", "Note")
    note = "What a unit would have to be worth in a benefit year for the option to have the highest net "
    note += "present value, all options that have the outcome gaining by it alike."
    return Table("What has no price, and what would make each option the best", columns, tuple(rows), note)


def _money(found: Options, amount: float | None) -> str:
    return "–" if amount is None else formatting.money(amount, found.study.currency, whole=True)


def _price(found: Options, amount: float | None) -> str:
    return "–" if amount is None else formatting.money(amount, found.study.currency)


def _span(found: Options, spread: Spread | None) -> str:
    if spread is None:
        return ""
    return f"{_money(found, spread.percentiles[10])} to {_money(found, spread.percentiles[90])}"

"""Charts say what the results say: what is drawn is read back from the chart and set beside the engine."""

import re
import subprocess
import sys
from functools import partial
from itertools import pairwise

import altair as alt
import pytest
from helpers import outcome, small

import sroi
from sroi import charts, formatting
from sroi.charts import spreads, theme, values
from sroi.labels import Figures
from sroi.reports.pictures import draw, png

HOSTILE = "<script>alert(1)</script> | `x` {{ 7*7 }} ' \" \\ \u2028 ]"


def pert(value):
    return {"value": value, "low": 0.5 * value, "high": 1.8 * value}


def study_with(**outcomes):
    return sroi.Study.model_validate(small(outcomes=outcomes))


@pytest.fixture(scope="module")
def derby():
    return sroi.evaluate(sroi.load("local-area-coordination", borough="derby"))


def layers(chart):
    """Every layer of a chart: the kind of its mark, and the rows that it is drawn from."""

    def within(each, data):
        data = each.get("data", data)
        for layer in each.get("layer", []):
            yield from within(layer, data)
        if "mark" in each:
            yield each["mark"]["type"], data["values"]

    return list(within(chart.to_dict(), {}))


def rows(chart, mark="bar"):
    return next(values for kind, values in layers(chart) if kind == mark)


def test_bars_of_outcomes_add_up_to_the_present_value(derby):
    drawn = rows(charts.value_by_outcome(derby))
    unit, _ = formatting.scale(max(row.present_value or 0 for row in derby.outcomes))
    assert sum(row["end"] for row in drawn) * unit == pytest.approx(derby.present_value, rel=1e-9)
    assert [abs(row["end"]) for row in drawn] == sorted((abs(row["end"]) for row in drawn), reverse=True)
    for row in drawn:
        assert row["label"] == formatting.short_money(derby.row(row["key"]).present_value, "GBP")


def test_what_gets_worse_is_told_by_colour_and_side(derby):
    drawn = {row["key"]: row for row in rows(charts.value_by_outcome(derby))}
    assert drawn["needs_found"]["kind"] == "for the worse"
    assert not drawn["needs_found"]["right"]
    assert drawn["less_alone_more_in_control"]["kind"] == "wellbeing"


def test_many_outcomes_are_drawn_together_and_none_is_lost():
    result = sroi.evaluate(study_with(**{f"o{i}": outcome(value=100 + i) for i in range(500)}))
    drawn = rows(charts.value_by_outcome(result))
    assert len(drawn) == values.MOST_ROWS
    unit, _ = formatting.scale(max(abs(row["end"]) for row in drawn) * 1e3)
    assert sum(row["end"] for row in drawn) * unit == pytest.approx(result.present_value, rel=1e-9)


def test_the_waterfall_goes_from_gross_to_present_value_without_a_gap(derby):
    drawn = rows(charts.gross_to_net(derby))
    for before, after in pairwise(drawn[:-1]):
        assert after["start"] == pytest.approx(before["stop"], rel=1e-12)
    assert drawn[-1]["start"] == 0
    assert drawn[-1]["stop"] == pytest.approx(drawn[-2]["stop"], rel=1e-12)
    assert drawn[-1]["stop"] * 1e3 == pytest.approx(derby.present_value, rel=1e-9)


def test_the_balance_by_year_ends_at_the_net_present_value(derby):
    chart = charts.value_by_year(derby)
    bars, line = rows(chart), rows(chart, "line")
    assert sum(row["value"] for row in bars) * 1e3 == pytest.approx(derby.net_present_value, rel=1e-9)
    assert line[-1]["value"] * 1e3 == pytest.approx(derby.net_present_value, rel=1e-9)
    assert [row["year"] for row in line] == [
        str(derby.study.first_year + t) for t in range(len(derby.discount_factors))
    ]


def test_who_gains_is_the_result_by_stakeholder(derby):
    for row in rows(charts.gains(derby)):
        each = derby.by_stakeholder[row["key"]]
        amount = each["present_value"] if row["part"] == "gains" else -each["investment"]
        assert row["end"] * 1e3 == pytest.approx(amount, rel=1e-9)


def test_the_tornado_is_the_engine_at_each_end():
    study = sroi.load("examples/lunch-club.yaml")
    drawn = rows(charts.tornado(sroi.sensitivity(study)))
    estimates = dict(study.estimates())
    assert {row["key"] for row in drawn} == {
        "assumptions.points_gained",
        "assumptions.share_less_lonely",
        "assumptions.wellby",
    }
    for row in drawn:
        if row["key"] == "assumptions.wellby":
            continue  # of another price year: what is set would have to be converted by hand
        ends = estimates[row["key"]]
        end = ends.low if "low" in row["kind"] else ends.high
        again = sroi.evaluate(sroi.change(study, {row["key"]: end}))
        assert row["end"] == pytest.approx(again.social_return_ratio, rel=1e-9)
        assert row["label"] == formatting.returned(again.social_return_ratio, "GBP")


def test_every_bar_of_the_tornado_has_its_value_written_at_its_end(derby):
    drawn = rows(charts.tornado(sroi.sensitivity(derby.study)))
    assert len(drawn) == 2 * spreads.MOST_ROWS
    assert all(re.search(r"£\d|\dp$", row["label"]) for row in drawn)


def test_two_ends_on_one_side_are_labelled_once():
    # the middle gives most: both ends of the share give less
    document = small({"assumptions": {"share": {"value": 0.5, "low": 0.1, "high": 1}}})
    document["outcomes"]["change"] = outcome(quantity="10 * share * (1 - share)")
    drawn = rows(charts.tornado(sroi.sensitivity(sroi.Study.model_validate(document))))
    assert [row["end"] for row in drawn] == pytest.approx([2000 * 0.1 * 0.9 / 1000, 0])
    assert len([row for row in drawn if row["label"]]) == 1


def test_a_tornado_of_net_present_value_is_in_money():
    lunch = sroi.load("examples/lunch-club.yaml")
    chart = charts.tornado(sroi.sensitivity(lunch, figure="net_present_value"))
    assert "£ thousand, 2024 prices" in str(chart.to_dict())


def test_the_histogram_holds_the_draws_it_says(derby):
    simulation = sroi.simulate(derby.study, draws=2000)
    drawn = rows(charts.distribution(simulation))
    counts, edges = simulation.histogram
    assert [row["share"] * max(counts) for row in drawn] == pytest.approx(list(counts))
    assert [row["start"] for row in drawn] == pytest.approx(list(edges[:-1]))
    assert {row["kind"] for row in drawn if row["end"] < 1} == {"draws below breaking even"}


def test_claims_of_social_value_are_marked_and_claims_of_savings_are_not():
    document = small(
        outcomes={"change": outcome(value=pert(200))},
        claims={
            "a": {"says": "a lot", "ratio": 3, "meaning": "social_value"},
            "b": {"says": "savings", "ratio": 2.5, "meaning": "savings"},
            "c": {"says": "far off", "ratio": 400, "meaning": "social_value"},
        },
    )
    chart = charts.distribution(sroi.simulate(sroi.Study.model_validate(document), draws=500))
    text = str(chart.to_dict())
    assert "claimed £3" in text
    assert "claimed £2.5" not in text
    assert "claimed £400" not in text  # far beyond the chart: told in the words above it
    assert "£400 is reached in none of the draws" in chart.to_dict()["description"]


def test_the_switching_chart_places_each_number_in_its_own_range(derby):
    found = sroi.switching_values(derby.study)
    drawn = rows(charts.switching_values(found), "point")
    placed = {row["key"]: row for row in drawn if row["kind"] == "turns the result"}
    by_name, write = {value.number: value for value in found.numbers}, Figures(derby.study)
    assert placed
    for name, row in placed.items():
        value = by_name[name]
        assert row["at"] == pytest.approx((value.value - value.low) / (value.high - value.low))
        assert row["label"] == write.three(name, value.value)


def cheaper(study):
    """The study with another first input."""
    return sroi.change(study, {f"inputs.{next(iter(study.inputs))}.value": 123})


RESULT_OF = {
    "value_by_outcome": sroi.evaluate,
    "gross_to_net": sroi.evaluate,
    "value_by_year": sroi.evaluate,
    "gains": sroi.evaluate,
    "tornado": sroi.sensitivity,
    "distribution": partial(sroi.simulate, draws=500),
    "switching_values": sroi.switching_values,
    "difference": lambda study: sroi.diff(study, cheaper(study)),
}


def test_every_chart_is_tried_here():
    assert sorted(RESULT_OF) == sorted(charts.__all__)


@pytest.mark.parametrize("name", RESULT_OF)
@pytest.mark.parametrize(
    "study",
    [
        study_with(change=outcome()),
        study_with(change=outcome(value=-200)),
        study_with(change=outcome(value=pert(200), duration=125)),
        study_with(change=outcome(value=0)),
        study_with(change=outcome(title=HOSTILE, value=pert(200))),
        study_with(**{f"o{i}": outcome(value=pert(i + 1)) for i in range(40)}),
    ],
    ids=["certain", "worse", "long", "nothing", "hostile", "many"],
)
def test_every_chart_says_what_it_shows_and_can_be_drawn(study, name):
    chart = getattr(charts, name)(RESULT_OF[name](study))
    drawn = chart.to_dict()  # altair checks it against the grammar
    assert drawn["title"]["text"]
    assert drawn["title"]["subtitle"]
    assert len(drawn["description"]) > 30
    picture = png_of(chart)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"


def png_of(chart):
    import vl_convert

    return vl_convert.vegalite_to_png(chart.to_dict(), scale=0.5)


@pytest.mark.parametrize("name", RESULT_OF)
def test_the_takeaway_stands_in_the_chart_and_nothing_is_coloured_out_of_the_palette(derby, name):
    drawn = getattr(charts, name)(RESULT_OF[name](derby.study)).to_dict()
    palette = {
        theme.BLUE,
        theme.SKY,
        theme.ORANGE,
        theme.VERMILLION,
        theme.GREEN,
        theme.PURPLE,
        theme.YELLOW,
        theme.MUTED,
        theme.INK,
    }
    scales = [
        layer["encoding"]["color"]["scale"]
        for layer in drawn["layer"]
        if "color" in layer.get("encoding", {})
    ]
    assert {colour for scale in scales for colour in scale["range"]} <= palette
    assert "".join(drawn["title"]["subtitle"]).replace(" ", "")[:40] in drawn["description"].replace(" ", "")


def test_the_same_result_gives_the_same_picture(derby):
    assert png(draw(values.gross_to_net(derby)), 6) == png(draw(values.gross_to_net(derby)), 6)


def test_a_picture_is_as_wide_as_it_is_printed(derby):
    width = int.from_bytes(png(draw(values.gains(derby)), 6.5)[16:20], "big")
    assert width == pytest.approx(6.5 * 200, abs=2)


def test_a_chart_shows_what_it_is_given(derby):
    chart = charts.distribution(sroi.simulate(derby.study, draws=100))
    assert isinstance(chart, alt.LayerChart)
    assert "100 draws" in chart.to_dict()["description"]


@pytest.mark.parametrize("name", RESULT_OF)
def test_a_chart_of_something_else_says_which_result_it_wants(derby, name):
    with pytest.raises(
        sroi.DocumentError, match=r"Study stands where \w+ is wanted; give what sroi\.\w+ returns"
    ):
        getattr(charts, name)(derby.study)


def test_without_altair_a_chart_says_what_to_install():
    code = "import sys; sys.modules['altair'] = None; import sroi, sroi.charts; "
    code += "sroi.charts.gains(sroi.evaluate(sroi.load('examples/lunch-club.yaml')))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "pip install 'sroi[report]'" in ended.stderr


def test_charts_are_imported_without_the_library_that_draws_them():
    code = "import sys, sroi.charts; assert not {'altair', 'vl_convert', 'pandas'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_report_draws_its_charts_without_altair():
    code = "import sys; sys.modules['altair'] = None; import sroi; from sroi.reports.content import content; "
    code += (
        "found = content(sroi.load('examples/lunch-club.yaml'), draws=50); assert len(found.drawings) == 8"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

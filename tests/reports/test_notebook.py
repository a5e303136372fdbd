"""What a notebook shows: every result as a table of its own, every text of it escaped."""

import html
import re
from html.parser import HTMLParser

import altair as alt
import pytest
from helpers import outcome, small

import sroi
from sroi import charts

HOSTILE = "<script>alert(1)</script> & \"quoted\" <img src=x onerror='alert(2)'>"
KNOWN = {
    "section", "h3", "dl", "dt", "dd", "ul", "li", "blockquote", "table", "caption", "thead", "tbody", "tr",
    "th", "td", "p", "pre",
}  # fmt: skip


class Tags(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.seen, self.text, self.attributes = [], set(), [], set()

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def hostile_study():
    return sroi.Study.model_validate(
        small(
            {"title": HOSTILE},
            assumptions={
                "each": {"value": 200, "low": 100, "high": 400, "unit": HOSTILE, "rationale": HOSTILE}
            },
            outcomes={
                "change": outcome(
                    title=HOSTILE, value="each", quantity={"value": 10, "low": 5, "high": 12}, unit=HOSTILE
                )
            },
            claims={"c": {"says": HOSTILE, "ratio": 3, "meaning": "social_value"}},
        )
    )


STUDY = hostile_study()
RESULTS = {
    "Evaluation": lambda: sroi.evaluate(STUDY),
    "Simulation": lambda: sroi.simulate(STUDY, draws=100),
    "Sensitivity": lambda: sroi.sensitivity(STUDY),
    "Indices": lambda: sroi.sobol(STUDY, points=64),
    "SwitchingValues": lambda: sroi.switching_values(STUDY),
    "Information": lambda: sroi.value_of_information(STUDY, draws=200),
    "Belief": lambda: sroi.what_it_takes(STUDY, "c", draws=100),
    "Explanation": lambda: sroi.evaluate(STUDY).explain("change"),
    "Ledger": lambda: sroi.ledger(sroi.evaluate(STUDY)),
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_notebook_shows_each_result_and_no_text_of_it_is_markup(name):
    result = RESULTS[name]()
    assert type(result).__name__ == name
    shown = result._repr_html_()
    tags = Tags()
    tags.feed(shown)
    tags.close()
    assert not tags.open
    assert tags.seen
    assert tags.seen <= KNOWN
    assert tags.attributes <= {"style"}
    assert "<script" not in shown


@pytest.mark.parametrize("name", ["Evaluation", "Simulation", "Explanation", "Ledger"])
def test_the_text_itself_is_there(name):
    tags = Tags()
    tags.feed(RESULTS[name]()._repr_html_())
    assert HOSTILE in "".join(tags.text)


@pytest.mark.parametrize("name", ["Evaluation", "Simulation", "Belief", "Ledger"])
def test_the_sentence_that_is_safe_to_quote_is_there(name):
    result = RESULTS[name]()
    tags = Tags()
    tags.feed(result._repr_html_())
    assert result.statement in tags.text


def test_what_a_notebook_shows_is_short():
    many = {f"change{i}": outcome(title=f"Change {i}") for i in range(100)}
    for study in (
        sroi.load("local-area-coordination", borough="derby"),
        sroi.Study.model_validate(small(outcomes=many)),
    ):
        result = sroi.evaluate(study)
        for each in (result, sroi.ledger(result), sroi.sensitivity(study), sroi.simulate(study, draws=50)):
            assert len(each._repr_html_().splitlines()) < 60
    assert "84 more rows omitted." in result._repr_html_()


def test_a_notebook_names_the_tables_that_it_omits():
    ledger = sroi.ledger(sroi.evaluate(sroi.load("local-area-coordination", borough="derby")))
    shown = ledger._repr_html_()
    omitted = [table for table in ledger.tables if f">{html.escape(table.title)}</caption>" not in shown]
    assert omitted
    assert f"More in tables: {html.escape('; '.join(table.title for table in omitted))}." in shown


def test_a_notebook_and_markdown_are_made_of_the_same_cells():
    simulation = sroi.simulate(sroi.load("examples/lunch-club.yaml"), draws=200)
    shown, written = simulation._repr_html_(), simulation.to_markdown()
    for table in simulation.tables:
        for row in table.rows:
            for cell in row:
                assert html.escape(cell) in shown
                assert cell.replace("_", "\\_") in written


def test_a_result_begins_with_its_answer_and_shows_no_full_register():
    study = sroi.load("local-area-coordination", borough="derby")
    result = sroi.evaluate(study)
    answers = {
        result: "gives about 79p of social value",
        sroi.ledger(result): "79p of social value; 3p of services",
        sroi.sensitivity(study): "moves it most",
        sroi.switching_values(study): "numbers could alone, within their range",
        sroi.value_of_information(study, draws=100): "On what is known",
    }
    for each, words in answers.items():
        shown = each._repr_html_()
        assert words in shown.split("<table", 1)[0]
        assert shown.count("<td") < 160
        assert "_" not in "".join(part.split("<")[0] for part in shown.split(">"))


def test_what_a_notebook_shows_takes_its_colours_from_the_theme():
    shown = sroi.ledger(sroi.evaluate(STUDY))._repr_html_()
    colours = {part.split(";")[0].split('"')[0] for part in shown.split("color:")[1:]}
    assert colours <= {"inherit"}
    assert "background:none" in shown


NAMESPACES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
"""Names in the form of addresses, which nobody fetches."""


def addresses(shown):
    """Every address of the web in what is shown, whatever may come of it."""
    return set(re.findall(r"(?:https?:)?//[\w.-]+[^\"'<>\s)]*", shown)) - NAMESPACES


def cheaper(study):
    """The study with another first input."""
    return sroi.change(study, {f"inputs.{next(iter(study.inputs))}.value": 123})


CHARTS = {
    "value_by_outcome": lambda: charts.value_by_outcome(sroi.evaluate(STUDY)),
    "gross_to_net": lambda: charts.gross_to_net(sroi.evaluate(STUDY)),
    "value_by_year": lambda: charts.value_by_year(sroi.evaluate(STUDY)),
    "gains": lambda: charts.gains(sroi.evaluate(STUDY)),
    "tornado": lambda: charts.tornado(sroi.sensitivity(STUDY)),
    "distribution": lambda: charts.distribution(sroi.simulate(STUDY, draws=100)),
    "switching_values": lambda: charts.switching_values(sroi.switching_values(STUDY)),
    "difference": lambda: charts.difference(sroi.diff(STUDY, cheaper(STUDY))),
}


def test_every_chart_is_tried():
    assert CHARTS.keys() == set(charts.__all__)


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_in_a_notebook_is_a_picture_that_loads_nothing(name):
    shown = CHARTS[name]()._repr_mimebundle_()
    assert shown.keys() == {"image/svg+xml"}
    picture = shown["image/svg+xml"]
    assert picture.startswith("<svg")
    assert "<script" not in picture
    assert "<image" not in picture
    assert not addresses(picture)


def test_a_chart_that_is_changed_is_still_a_picture():
    changed = CHARTS["tornado"]().properties(width=300)
    assert changed._repr_mimebundle_().keys() == {"image/svg+xml"}


def test_a_renderer_that_was_chosen_is_used():
    chart = CHARTS["tornado"]()
    with alt.renderers.enable("mimetype"):
        assert "image/svg+xml" not in str(chart._repr_mimebundle_())[:100]
    assert alt.renderers.active == "default"


def test_what_would_be_fetched_is_seen():
    """Altair's own page of a chart loads Vega from the web: the search above finds that."""
    chart = alt.LayerChart.from_dict(CHARTS["tornado"]().to_dict())
    assert addresses(str(chart._repr_mimebundle_()))


@pytest.mark.parametrize("name", RESULTS)
def test_no_result_loads_anything_into_a_notebook(name):
    assert not addresses(RESULTS[name]()._repr_html_())

"""What a notebook shows: every result as a table of its own, every text of it escaped."""

import html
from html.parser import HTMLParser

import pytest
from helpers import outcome, small

import sroi

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
        result: "gives about £2.03 of social value",
        sroi.ledger(result): "£2.03 of social value; 2p of services",
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

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


def test_a_notebook_and_markdown_are_made_of_the_same_cells():
    simulation = sroi.simulate(sroi.load("examples/lunch-club.yaml"), draws=200)
    shown, written = simulation._repr_html_(), simulation.to_markdown()
    for table in simulation.tables:
        for row in table.rows:
            for cell in row:
                assert html.escape(cell) in shown
                assert cell.replace("_", "\\_") in written

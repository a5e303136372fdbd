"""The page as text: whole, alone, and with everything that a file says shown as words."""

import html
import importlib.resources
import itertools
import json
import re
from html.parser import HTMLParser

import pytest
from helpers import small
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

import sroi
from sroi.reports.content import content
from sroi.reports.page import linked, page, script_data

NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "</title></style><svg/onload=alert(1)>",
    "<!--",
    "]]>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "'\"`=&lt;&#x3c;",
    "\u2028\u2029\ufeff",
    "a\u202eb",
    "a\x00b\x1b\x7f\uffff",
    "https://example.org/?a=1&b=\"'><script>",
    "data:text/html,<script>alert(1)</script>",
)
TEXTS = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40)
).filter(lambda text: text.strip())

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ELEMENTS = (
    "a b blockquote body button caption code dd details div dl dt figcaption figure footer h1 h2 h3 head "
    "header html i input label li link main meta nav"
    " ol output p pre script section small span strong style summary table tbody td th thead title tr ul"
)
DRAWN = "svg g path rect text tspan line defs clippath lineargradient stop circle title desc"


class Page(HTMLParser):
    """What a browser would make of a page: its elements, its text, and whether they close in order."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.elements, self.words = [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not self.open or self.open[-1] not in ("script", "style"):
            self.words.append(data)

    def of(self, *tags):
        return [attributes for tag, attributes in self.elements if tag in tags]


def page_of(document, **arguments):
    return page(content(sroi.loads(json.dumps(document)), draws=200, **arguments))


def lively(words="plain", title="Small study", url="https://example.org/"):
    """A small study with a range, and with texts in turn wherever a study may hold text."""
    turn = itertools.cycle([words] if isinstance(words, str) else words)

    def text():
        return next(turn)

    return small(
        title=title,
        purpose=text(),
        audience=text(),
        scope=text(),
        author=text(),
        limitations=[text()],
        decisions=[text()],
        assumptions={
            "gain": {
                "value": 200,
                "low": 100,
                "high": 400,
                "unit": text(),
                "rationale": text(),
                "source": "book",
            }
        },
        stakeholders={
            "people": {"title": text(), "party": "participant"},
            "council": {"title": text(), "party": "state", "payer": text()},
            "others": {"title": text(), "included": False, "reason": text()},
        },
        inputs={
            "grant": {
                "title": text(),
                "stakeholder": "council",
                "kind": "cash",
                "value": 1000,
                "rationale": text(),
            }
        },
        outcomes={
            "change": {
                "title": text(),
                "stakeholder": "people",
                "indicator": text(),
                "quantity": 10,
                "unit": text(),
                "value": "gain",
                "starts": "during",
                "duration": 2,
                "deadweight": {"value": 0, "rationale": text()},
                "displacement": 0,
                "attribution": 0,
                "drop_off": 0,
                "activity": text(),
                "output": text(),
                "horizon_evidence": text(),
                "materiality": text(),
            }
        },
        sources={
            "book": {
                "title": text(),
                "publisher": text(),
                "author": text(),
                "page": text(),
                "licence": text(),
                "url": url,
            }
        },
        claims={
            "boast": {
                "says": text(),
                "ratio": 4.0,
                "meaning": "social_value",
                "source": "book",
                "note": text(),
            }
        },
    )


def is_only_a_report(text, plain):
    """Whether a page has no element, handler or address beyond those of its template."""
    found = Page(text)
    assert {tag for tag, _ in found.elements} <= {*ELEMENTS.split(), *DRAWN.split()}
    assert all(not name.startswith("on") for _, attributes in found.elements for name in attributes)
    own = ("script", "style", "link", "meta", "input", "button")
    assert len(found.of(*own)) == len(plain.of(*own))
    assert all(re.match("#|https?:|mailto:", attributes["href"]) for attributes in found.of("a"))
    assert all(attributes["href"] == "data:," for attributes in found.of("link"))
    assert not [
        attributes
        for _, attributes in found.elements
        if {"src", "srcset", "action", "formaction", "data", "ping"} & attributes.keys()
    ]


@pytest.fixture(scope="module")
def plain():
    return Page(page_of(lively()))


def test_no_text_that_means_harm_becomes_a_part_of_the_page(plain):
    is_only_a_report(page_of(lively(NASTY, title=NASTY[0])), plain)
    is_only_a_report(page_of(lively(NASTY[::-1], title=NASTY[2])), plain)


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(st.lists(TEXTS, min_size=8, max_size=8), TEXTS)
def test_no_text_of_a_study_becomes_a_part_of_the_page(plain, texts, title):
    document = lively(texts, title=title)
    try:
        sroi.loads(json.dumps(document))
    except sroi.DocumentError:  # a unit such as K or $ is asked about
        reject()
    is_only_a_report(page_of(document), plain)


@given(TEXTS)
def test_text_is_shown_as_it_was_written(text):
    shown = html.unescape(re.sub("<a [^>]*>|</a>", "", str(linked(text))))
    steering = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]"
    assert shown == re.sub(steering, lambda found: ascii(found[0])[1:-1].replace("\\r", "\\x0d"), text)


@pytest.mark.parametrize(
    "address", ["https://www.gov.uk/guidance", "http://example.org/a?b=c&d=e", "mailto:someone@example.org"]
)
def test_an_address_becomes_a_link_and_what_follows_it_does_not(address):
    (link,) = Page(str(linked(f"See {address}, page 4."))).of("a")
    assert link["href"] == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "JaVaScRiPt:alert(1)",
        "//example.org/",
        "ftp://x/",
    ],
)
def test_other_addresses_stay_words(address):
    assert Page(str(linked(address))).of("a") == []


@given(st.recursive(TEXTS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner)))
def test_data_in_a_script_cannot_end_it_and_comes_out_as_it_went_in(value):
    text = str(script_data(value))
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == value


@pytest.fixture(scope="module")
def lunch_club():
    return page(content(sroi.load("examples/lunch-club.yaml"), draws=1000))


def test_the_same_study_gives_the_same_page(lunch_club):
    assert page(content(sroi.load("examples/lunch-club.yaml"), draws=1000)) == lunch_club


def test_headings_go_down_one_step_at_a_time_under_one_title(lunch_club):
    levels = [int(tag[1]) for tag, _ in Page(lunch_club).elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_tables_have_captions_and_heading_cells_with_scopes(lunch_club):
    found = Page(lunch_club)
    assert len(found.of("caption")) == len(found.of("table")) > 0
    assert all(attributes.get("scope") in ("col", "row") for attributes in found.of("th"))


def test_every_identifier_is_the_only_one_and_every_reference_leads_to_one(lunch_club):
    found = Page(lunch_club)
    names = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    assert len(names) == len(set(names))
    wanted = [
        attributes[key]
        for _, attributes in found.elements
        for key in ("for", "aria-labelledby", "aria-describedby")
        if key in attributes
    ]
    wanted += [attributes["href"][1:] for attributes in found.of("a") if attributes["href"].startswith("#")]
    assert set(wanted) <= set(names)


def test_the_language_is_british_english_and_pictures_have_words(lunch_club):
    found = Page(lunch_club)
    assert found.of("html") == [{"lang": "en-GB"}]
    spoken = [each for each in found.of("svg", "div") if each.get("role") == "img"]
    assert all(each.get("aria-label") for each in spoken)
    silent = [each for each in found.of("svg") if each not in spoken]
    assert len(silent) == 1
    assert silent[0]["aria-hidden"] == "true"


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("words", ["ink", "soft", "accent", "warm"])
def test_words_stand_out_from_what_they_stand_on(lunch_club, words):
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", lunch_club))
    on = [colours[name] for name in ("paper", "card", "accent-soft", "warm-soft")] + re.findall(
        r"background: (#[0-9a-f]{6})", lunch_club
    )
    assert min(_contrast(colours[words], ground) for ground in on) >= 4.5
    assert _contrast(colours["accent"], "#ffffff") >= 4.5


def test_the_shipped_library_is_whole_and_under_its_licences():
    folder = importlib.resources.files("sroi.reports") / "templates"
    library = (folder / "vega.js").read_text(encoding="utf-8")
    licences = (folder / "licences.txt").read_text(encoding="utf-8")
    assert library.startswith(f"/*!\n{licences}*/\n")
    assert re.search(r"window\.vegaEmbed=\S+;$", library)
    assert "</script" not in library.lower()
    assert "\r" not in library


def test_a_figure_of_the_headline_stands_large_whatever_its_currency():
    shown = page_of(small({"currency": "CHF"}))
    assert "<dd>CHF 1,000<small>in 2024 prices</small></dd>" in shown
    assert "<dd>CHF 2,000<small>all of it resource</small></dd>" in shown


def test_a_study_without_outcomes_has_a_page():
    assert "Small study" in page_of(small(outcomes={}))

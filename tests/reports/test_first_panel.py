"""The first panel of the page: the whole answer on one screen, and what the sliders do in it."""

import itertools
import random
import re

import pytest
from browsing import chromium, opened, pictured, until  # noqa: F401 - a fixture
from helpers import forty_long_outcomes, small, study_of
from sliding import at, model_of

import sroi
from sroi.charts import theme
from sroi.charts.narrow import WIDTH as NARROW
from sroi.reports.content import content
from sroi.reports.page import DETAIL, page
from sroi.reports.strip import page_strip
from sroi.results.quotes import in_words

DRAWS = 400
MOST_WORDS = 6000


STUDIES = {
    "derby": lambda: sroi.load("local-area-coordination", borough="derby"),
    "haringey": lambda: sroi.load("local-area-coordination", borough="haringey"),
    "lunch-club": lambda: sroi.load("examples/lunch-club.yaml"),
    "one-outcome": lambda: study_of(small(method={"discount_rate": 0})),
    "forty-long-outcomes": forty_long_outcomes,
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Each study with what its report says, and its page as a file."""
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for name, load in STUDIES.items():
        said = content(load(), draws=DRAWS)
        path = folder / f"{name}.html"
        path.write_text(page(said), encoding="utf-8")
        found[name] = (said, path)
    return found


def to_their_ends(tab, count):
    """Move the first sliders to their high ends."""
    tab.evaluate(
        """(count) => {
            const sliders = [...document.querySelectorAll('input[type=range]')];
            sliders.slice(0, count).forEach((slider) => { slider.value = slider.max; });
            sliders[0].dispatchEvent(new Event('input', {bubbles: true}));
        }""",
        count,
    )
    until(tab, "document.documentElement.classList.contains('moved')")


@pytest.mark.parametrize("name", STUDIES)
def test_the_whole_answer_stands_in_the_first_screen(chromium, pages, name):  # noqa: F811
    said, path = pages[name]
    answer = said.answer
    with opened(chromium, path, width=1280, height=800) as tab:
        text = " ".join(tab.inner_text("#answer").split())
        words = [answer.opening, answer.statement, *(each.text for each in answer.facts)]
        words += [each.label for each in (*answer.facts, *answer.returns)]
        words += [mark.label for mark in answer.strip.marks]
        assert [each for each in words if " ".join(each.split()) not in text] == []
        pieces = ("h1", "#answer > h2", ".behind", ".strip", ".returns", ".said-of", ".quote")
        pieces += (".now", ".sliders .slider:last-of-type") if model_of(said.study) is not None else ()
        for piece in pieces:
            box = tab.locator(piece).first.bounding_box()
            assert box["y"] >= 0, piece
            assert box["y"] + box["height"] <= 800, piece
            assert box["x"] + box["width"] <= 1280, piece
        pictured(tab, f"{name}-first-1280")


@pytest.mark.parametrize("name", STUDIES)
@pytest.mark.parametrize("width", [360, 1280])
def test_no_label_of_the_strip_lies_on_another_or_outside(chromium, pages, name, width):  # noqa: F811
    with opened(chromium, pages[name][1], width=width, height=800) as tab:
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        strip = tab.locator(".strip").bounding_box()
        boxes = [each.bounding_box() for each in tab.locator(".mark span").all()]
        for box in boxes:
            assert box["x"] >= strip["x"] - 1
            assert box["x"] + box["width"] <= strip["x"] + strip["width"] + 1
            assert box["y"] + box["height"] <= strip["y"] + strip["height"] + 12
        for one, other in itertools.combinations(boxes, 2):
            apart = max(one["x"], other["x"]) - min(one["x"] + one["width"], other["x"] + other["width"])
            above = max(one["y"], other["y"]) - min(one["y"] + one["height"], other["y"] + other["height"])
            assert max(apart, above) >= -2
        pictured(tab, f"{name}-{width}")


@pytest.mark.parametrize("name", ["derby", "haringey"])
def test_the_page_is_not_long_and_its_detail_is_folded(chromium, pages, name):  # noqa: F811
    with opened(chromium, pages[name][1], width=1280, height=800) as tab:
        assert len(tab.inner_text("body").split()) <= MOST_WORDS
        assert "Detail for analysts" in tab.inner_text("#detail > summary")
        assert not tab.evaluate("document.getElementById('detail').open")
        there = [section for section in DETAIL if tab.locator(f"#{section}").count()]
        assert set(DETAIL) - set(there) <= {"scenarios"}
        for section in there:
            assert tab.evaluate(f"document.getElementById('{section}').closest('#detail') !== null")
            assert not tab.locator(f"#{section} h2").is_visible()
        captions = tab.locator("caption").all_text_contents()
        assert len(set(captions)) == len(captions)


def test_a_link_to_what_is_folded_unfolds_it(chromium, pages):  # noqa: F811
    with opened(chromium, pages["derby"][1], width=1280, height=800) as tab:
        tab.locator("nav a[href='#method']").click()
        until(tab, "document.getElementById('detail').open")
        assert tab.locator("#method h2").is_visible()


def test_three_sliders_at_their_ends_warn_that_they_are_beyond_the_draws(chromium, pages):  # noqa: F811
    said, path = pages["derby"]
    model = model_of(said.study)
    with opened(chromium, path, width=1280, height=800) as tab:
        assert not tab.locator("#marker").is_visible()
        assert not tab.evaluate("document.documentElement.classList.contains('beyond')")
        to_their_ends(tab, 3)
        positions = [
            len(slider.positions) - 1 if place < 3 else slider.base
            for place, slider in enumerate(model.sliders)
        ]
        ratio = at(said.study, model.sliders, positions).social_return_ratio
        until(tab, f"document.querySelector('.ratio strong').textContent === {in_words(said.study, ratio)!r}")
        assert ratio > max(said.answer.strip.centiles)
        assert "beyond 99 of 100 draws" in tab.inner_text("#among").lower()
        assert tab.evaluate("document.documentElement.classList.contains('beyond')")
        assert in_words(said.study, ratio) in tab.inner_text("#marker")
        assert float(tab.evaluate("document.getElementById('marker').style.getPropertyValue('--at')")) == 100
        for piece in (".strip", "#marker span", "#among"):
            box = tab.locator(piece).bounding_box()
            assert box["y"] + box["height"] <= 800
        pictured(tab, "derby-beyond")


def test_sliders_of_long_titles_can_be_told_apart(chromium, pages):  # noqa: F811
    said, path = pages["forty-long-outcomes"]
    titles = [slider.title for slider in model_of(said.study).sliders]
    for width in (360, 1280):
        with opened(chromium, path, width=width, height=800) as tab:
            labels = tab.locator(".slider label")
            assert len(set(labels.all_inner_texts())) == len(titles) == labels.count()
            assert not tab.evaluate(
                """[...document.querySelectorAll('.slider label')]
                    .some((each) => each.scrollWidth > each.clientWidth + 1)"""
            )
            assert [
                each.get_attribute("aria-label") for each in tab.locator("input[type=range]").all()
            ] == titles


def test_the_marker_stands_where_the_result_lies_on_the_strip(chromium, pages):  # noqa: F811
    said, path = pages["lunch-club"]
    model = model_of(said.study)
    positions = [slider.base for slider in model.sliders]
    positions[0] -= 2
    strip = page_strip(said.answer).strip
    with opened(chromium, path) as tab:
        tab.locator("#slider-0").press("ArrowLeft")
        tab.locator("#slider-0").press("ArrowLeft")
        ratio = at(said.study, model.sliders, positions).social_return_ratio
        until(tab, f"document.querySelector('.ratio strong').textContent === {in_words(said.study, ratio)!r}")
        place = float(tab.evaluate("document.getElementById('marker').style.getPropertyValue('--at')"))
        assert place == pytest.approx(100 * strip.place(ratio), abs=0.006)
        box, marker = tab.locator(".strip").bounding_box(), tab.locator("#marker span").bounding_box()
        assert marker["x"] <= box["x"] + place / 100 * box["width"] <= marker["x"] + marker["width"]


def test_how_many_draws_a_result_is_beyond_is_counted_on_the_stored_centiles(chromium, pages):  # noqa: F811
    said, path = pages["derby"]
    centiles, (low, high) = said.answer.strip.centiles, said.answer.strip.interval
    drawn = random.Random(5)
    ratios = [drawn.uniform(-1, 9) for _ in range(200)] + [*centiles[::7], low, high]
    with opened(chromium, path) as tab:
        found = tab.evaluate("(ratios) => ratios.map((each) => window.sroi.among(each))", ratios)
    for ratio, each in zip(ratios, found, strict=True):
        below = sum(centile < ratio for centile in centiles)
        above = sum(centile > ratio for centile in centiles)
        assert each["beyond"] == (ratio < low or ratio > high)
        assert re.search(rf"\b{max(below, above)} of 100 draws", each["text"])
        side = ("so much", "so little") if each["beyond"] else ("Higher", "Lower")
        assert side[0 if below >= above else 1] in each["text"]


def test_a_study_without_draws_has_a_line_with_marks_and_no_word_of_draws(chromium, pages):  # noqa: F811
    said, path = pages["one-outcome"]
    assert page_strip(said.answer).path == ""
    with opened(chromium, path) as tab:
        assert tab.locator(".strip svg").count() == 0
        assert "No range: no number has one." in tab.inner_text(".behind")


@pytest.mark.parametrize("name", ["derby", "forty-long-outcomes"])
def test_charts_are_drawn_anew_for_a_narrow_screen(chromium, pages, name):  # noqa: F811
    with opened(chromium, pages[name][1], width=360, height=800) as tab:
        tab.evaluate("document.getElementById('detail').open = true")
        figures = tab.locator(".picture svg[role=img]:visible")
        assert figures.count() > 3
        for each in figures.all():
            box = each.bounding_box()
            assert NARROW * 0.85 <= box["width"] <= 328
        cut = tab.evaluate(
            """() => [...document.querySelectorAll('.on-narrow svg')].flatMap((svg) => {
                const whole = svg.getBoundingClientRect();
                return [...svg.querySelectorAll('text')].filter((text) => {
                    const box = text.getBoundingClientRect();
                    return box.width && (box.right > whole.right + 2 || box.left < whole.left - 2);
                }).map((text) => text.textContent);
            })"""
        )
        assert cut == []


def test_every_colour_of_a_chart_stands_out_from_its_paper():
    def luminance(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    names = ("BLUE", "SKY", "ORANGE", "VERMILLION", "GREEN", "PURPLE", "YELLOW", "MUTED", "INK")
    for name in names:
        colour = getattr(theme, name)
        assert (luminance(theme.PAPER) + 0.05) / (luminance(colour) + 0.05) >= 3, name


def test_a_page_in_print_keeps_each_heading_with_what_it_heads(chromium, pages):  # noqa: F811
    with opened(chromium, pages["derby"][1]) as tab:
        tab.emulate_media(media="print")
        for rule in ("h2", "h3", "caption", "figcaption"):
            kept = f"getComputedStyle(document.querySelector('main {rule}')).breakAfter"
            assert tab.evaluate(kept) == "avoid"
        assert tab.locator("#detail > summary").is_visible()
        assert not tab.locator("#method h2").is_visible()
        assert not tab.locator("nav").is_visible()

"""The page in a real browser: alone, moved by its sliders, and on a small screen."""

import json
import math
import random
import re

import pytest
from browsing import chromium, opened, pictured, until  # noqa: F401 - a fixture
from helpers import outcome, small, study_of
from sliding import at, model_of

import sroi
from sroi import formatting
from sroi.reports.content import content
from sroi.reports.page import page
from sroi.results.quotes import in_words

DRAWS = 400


def made(study, folder, name="page"):
    """A study's page as a file."""
    path = folder / f"{name}.html"
    path.write_text(page(content(study, draws=DRAWS)), encoding="utf-8")
    return path


STUDIES = {
    "derby": lambda: sroi.load("local-area-coordination", borough="derby"),
    "haringey": lambda: sroi.load("local-area-coordination", borough="haringey"),
    "lunch-club": lambda: sroi.load("examples/lunch-club.yaml"),
    "many-ratios": lambda: sroi.load("examples/many-ratios.yaml"),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The studies and their pages, made once."""
    folder = tmp_path_factory.mktemp("pages")
    studies = {name: load() for name, load in STUDIES.items()}
    return {name: (study, made(study, folder, name)) for name, study in studies.items()}


def sliders_of(study):
    model = model_of(study)
    return () if model is None else model.sliders


def move(tab, positions):
    """Put the sliders at some positions, as a hand would, and wait for the page to follow."""
    tab.evaluate(
        """async (positions) => {
            document.querySelectorAll('input[type=range]')
                .forEach((slider, at) => { slider.value = positions[at]; });
            document.querySelector('input[type=range]').dispatchEvent(new Event('input', {bubbles: true}));
            await new Promise((done) => setTimeout(done, 60));
        }""",
        list(positions),
    )


def shown(tab):
    """The figures that the page shows, by signal."""
    return tab.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('[data-signal]:not([data-distance])')].map(
            (place) => [
                place.dataset.signal + (place.dataset.at === undefined ? '' : `[${place.dataset.at}]`),
                place.textContent]))"""
    )


def expected(study, result, titles, years):
    """What the page ought to show for the engine's answer."""
    currency = study.currency
    money = {"npv": result.net_present_value, "pv": result.present_value, "investment": result.investment}
    found = {name: formatting.money(value, currency) for name, value in money.items()}
    counted = {row.title: row.present_value for row in result.outcomes if row.in_total}
    alone = [title for title in titles if title in counted]
    rest = sum(value for title, value in counted.items() if title not in alone)
    found |= {
        f"by_outcome[{place}]": formatting.money(counted.get(title, rest), currency)
        for place, title in enumerate(titles)
    }
    for t in range(years):
        gained = sum(row.by_year_pv[t] for row in result.outcomes if row.in_total and t < len(row.by_year_pv))
        spent = sum(row.by_year_pv[t] for row in result.inputs if t < len(row.by_year_pv))
        found |= {
            f"gained[{t}]": formatting.money(gained, currency),
            f"spent[{t}]": formatting.money(spent, currency),
        }
    return found | {"ratio": in_words(study, result.social_return_ratio)}


@pytest.mark.parametrize("name", STUDIES)
def test_the_page_opens_without_a_network_and_complains_of_nothing(chromium, pages, name):  # noqa: F811
    study, path = pages[name]
    with opened(chromium, path) as tab:
        assert study.title in tab.inner_text("h1")
        assert tab.locator(".live-chart svg").count() == (2 if sliders_of(study) else 0)
        pictured(tab, f"{name}-desktop")


@pytest.mark.parametrize("name", STUDIES)
def test_sliders_show_the_engines_own_answer_to_the_printed_digits(chromium, pages, name):  # noqa: F811
    study, path = pages[name]
    sliders = sliders_of(study)
    model = model_of(study)
    titles = [title for title, _ in model.outcomes]
    drawn = random.Random(7)
    base = tuple(slider.base for slider in sliders)
    alone = [
        tuple(len(slider.positions) - 1 if at == moved else slider.base for at, slider in enumerate(sliders))
        for moved in range(len(sliders))
    ]
    lows = [
        tuple(0 if at == moved else slider.base for at, slider in enumerate(sliders))
        for moved in range(len(sliders))
    ]
    anywhere = [tuple(drawn.randrange(len(slider.positions)) for slider in sliders) for _ in range(12)]
    with opened(chromium, path) as tab:
        for positions in (base, *alone, *lows, *anywhere, base):
            move(tab, positions)
            assert shown(tab) == expected(study, at(study, sliders, positions), titles, len(model.gained)), (
                positions
            )


def test_the_distance_to_the_base_case_is_shown_and_the_button_goes_back(chromium, pages):  # noqa: F811
    study, path = pages["lunch-club"]
    sliders = sliders_of(study)
    with opened(chromium, path) as tab:
        distances = tab.locator("[data-distance]")
        before = shown(tab)
        assert set(distances.all_text_contents()) == {"as in the base case"}
        assert not tab.is_visible(".base-note:not(.always)")
        positions = (0, *(slider.base for slider in sliders[1:]))
        move(tab, positions)
        base, now = sroi.evaluate(study), at(study, sliders, positions)
        less = base.social_return_ratio - now.social_return_ratio
        assert (
            distances.first.inner_text() == f"{formatting.returned(less, 'GBP')} less than in the base case"
        )
        assert (
            f"{formatting.money(base.present_value - now.present_value, 'GBP')} less than in the base case"
            in distances.all_inner_texts()
        )
        assert sliders[0].title in tab.inner_text("#setting")
        assert sliders[0].positions[0][1] in tab.inner_text("#setting")
        tab.evaluate("document.getElementById('detail').open = true")
        assert tab.locator(".base-note:visible").count() == tab.locator(".base-note").count() > 0
        pictured(tab, "lunch-club-moved")
        tab.click("#reset")
        until(tab, "!document.documentElement.classList.contains('moved')")
        assert shown(tab) == before
        assert set(distances.all_text_contents()) == {"as in the base case"}


def test_what_does_not_move_says_that_it_is_the_base_case(chromium, pages):  # noqa: F811
    with opened(chromium, pages["derby"][1]) as tab:
        tab.evaluate("document.getElementById('detail').open = true")
        for section in ("tornado", "distribution", "switching-values"):
            assert tab.inner_text(f"#{section} .base-note").startswith("Base case")


def test_a_slider_is_moved_by_the_arrows_and_says_its_value(chromium, pages):  # noqa: F811
    study, path = pages["derby"]
    sliders = sliders_of(study)
    first = sliders[0]
    with opened(chromium, path) as tab:
        tab.get_by_label(first.title, exact=True).focus()
        tab.keyboard.press("ArrowRight")
        tab.keyboard.press("ArrowRight")
        moved = first.positions[first.base + 2][1]
        until(tab, f"document.getElementById('slider-0-value').textContent === {moved!r}")
        assert tab.get_attribute("#slider-0", "aria-valuetext") == moved
        result = at(study, sliders, (first.base + 2, *(slider.base for slider in sliders[1:])))
        until(
            tab,
            "document.querySelector('.ratio').textContent"
            f".includes({in_words(study, result.social_return_ratio)!r})",
        )
        tab.keyboard.press("Home")
        until(tab, f"document.getElementById('slider-0-value').textContent === {first.positions[0][1]!r}")


def test_everything_is_reached_by_the_keyboard_from_a_link_that_skips_to_the_report(chromium, pages):  # noqa: F811
    with opened(chromium, pages["lunch-club"][1]) as tab:
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.className") == "skip"
        reached = set()
        tab.locator("#slider-0").press("ArrowRight")
        until(tab, "document.documentElement.classList.contains('moved')")
        tab.locator("#slider-0").blur()
        for _ in range(120):
            tab.keyboard.press("Tab")
            reached.add(tab.evaluate("document.activeElement.id || document.activeElement.className"))
        assert {"slider-0", "reset"} <= reached
        assert any(each.startswith("scroll") for each in reached)


@pytest.mark.parametrize("name", STUDIES)
@pytest.mark.parametrize("width", [400, 320, 800])
def test_the_page_is_no_wider_than_a_small_screen(chromium, pages, name, width):  # noqa: F811
    with opened(chromium, pages[name][1], width=width, height=800) as tab:
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        if width == 400:
            pictured(tab, f"{name}-400")


@pytest.mark.parametrize("name", ["derby", "haringey"])
def test_the_value_map_is_read_down_to_its_present_values_without_scrolling_aside(chromium, pages, name):  # noqa: F811
    with opened(chromium, pages[name][1], width=1280) as tab:
        cut = """() => [...document.querySelectorAll(
                '#value-map .scroll, #gross-to-net .scroll, #distribution .scroll')]
            .filter((each) => each.scrollWidth > each.clientWidth)
            .map((each) => each.getAttribute('aria-label'))"""
        assert tab.evaluate(cut) == []


def test_a_bar_is_as_long_as_its_figure_says(chromium, pages):  # noqa: F811
    study, path = pages["lunch-club"]
    sliders = sliders_of(study)
    with opened(chromium, path) as tab:
        move(tab, (0, *(slider.base for slider in sliders[1:])))
        result = at(study, sliders, (0, *(slider.base for slider in sliders[1:])))
        lengths = tab.evaluate(
            """() => [...document.querySelectorAll('#live-by-outcome .mark-rect')][0]
                .querySelectorAll('path').values().map(
                (bar) => bar.getBBox().width).toArray()"""
        )
        values = sorted((abs(row.present_value) for row in result.outcomes if row.in_total), reverse=True)
        assert lengths[0] / lengths[1] == pytest.approx(values[0] / values[1], rel=1e-3)


def test_a_setting_without_a_result_says_so(chromium, tmp_path):  # noqa: F811
    study = study_of(
        small(
            assumptions={
                "one": {"value": 0.4, "low": 0.1, "high": 0.55},
                "other": {"value": 0.4, "low": 0.1, "high": 0.55},
            },
            outcomes={"change": outcome(deadweight="one + other")},
        )
    )
    with opened(chromium, made(study, tmp_path)) as tab:
        sliders = sliders_of(study)
        assert not tab.is_visible("#no-result")
        move(
            tab,
            [len(slider.positions) - 1 for slider in sliders[:2]] + [slider.base for slider in sliders[2:]],
        )
        assert tab.is_visible("#no-result")
        assert "–" in tab.inner_text(".ratio")
        with pytest.raises(sroi.DocumentError):
            at(
                study,
                sliders,
                [len(slider.positions) - 1 for slider in sliders[:2]]
                + [slider.base for slider in sliders[2:]],
            )
        tab.click("#reset")
        until(tab, "document.getElementById('no-result').hidden")


def test_a_study_of_five_hundred_outcomes_is_a_small_page_that_still_moves(chromium, tmp_path):  # noqa: F811
    others = {"value": 0.3, "low": 0.1, "high": 0.5}
    outcomes = {
        f"outcome_{each}": outcome(
            title=f"What changes for the people of place {each}",
            quantity=10 + each,
            value="price",
            attribution="others",
            duration=5,
        )
        for each in range(500)
    }
    document = small(
        assumptions={"price": {"value": 20, "low": 10, "high": 40}, "others": others}, outcomes=outcomes
    )
    document["inputs"]["grant"]["value"] = 1_000_000
    study = study_of(document)
    path = made(study, tmp_path)
    assert path.stat().st_size < 5_000_000
    sliders = sliders_of(study)
    with opened(chromium, path) as tab:
        positions = [3, len(sliders[1].positions) - 2, 5]
        move(tab, positions)
        result = in_words(study, at(study, sliders, positions).social_return_ratio)
        until(tab, f"document.querySelector('.ratio strong').textContent === {result!r}")


def test_a_study_of_which_nothing_can_be_moved_has_no_sliders(chromium, tmp_path):  # noqa: F811
    study = study_of(small(method={"discount_rate": 0}))
    with opened(chromium, made(study, tmp_path)) as tab:
        assert tab.locator("input[type=range]").count() == 0
        assert tab.locator("script").count() == 0
        assert "£1 gives about £2.00 of social value" in tab.inner_text("#answer h2")
        pictured(tab, "nothing-uncertain")


NUMBERS = [
    0.0,
    -0.0,
    0.999,
    0.9999,
    0.5,
    0.51,
    1e-7,
    0.0514,
    0.25,
    0.35,
    1.0,
    2.25,
    2.35,
    9.95,
    9.999,
    12.5,
    99.5,
    112_500.0,
    113_500.0,
    1e6 - 0.5,
]
CLAIMED = (0.5, 3.68, 4.0, 12.5, 40.0)
NUMBERS += [1234.5, 1235.0, 999_499.9, 999_500.0, 999_999.0, 1e9, 1.5e12, 123_456_789.0]


@pytest.mark.parametrize("currency", ["GBP", "CHF"])
def test_the_page_writes_numbers_as_every_other_output_does(chromium, tmp_path, currency):  # noqa: F811
    path = made(
        study_of(small(currency=currency, assumptions={}, outcomes={"change": outcome(duration=2)})), tmp_path
    )
    drawn = random.Random(3)
    halves = [
        whole * 10.0**power + 0.5 * 10.0**power
        for whole in range(10, 1000, 7)
        for power in (-2, -1, 0, 1, 2, 3)
    ]
    wide = [drawn.uniform(1, 10) * 10 ** drawn.randint(-6, 12) for _ in range(3000)]
    near = [mark + step for mark in (1, *CLAIMED) for step in (-0.02, -0.005, -0.004, 1e-10, 0.004, 0.006)]
    ties = [whole / 8 for whole in range(1, 160)]
    numbers = [sign * number for number in (*NUMBERS, *halves, *wide, *near, *ties) for sign in (1, -1)]
    with opened(chromium, path) as tab:
        given = json.loads(tab.evaluate("document.getElementById('live-model').textContent"))["currency"]
        marks = [{"at": at, "text": formatting.claimed(at, currency)} for at in CLAIMED]
        written = tab.evaluate(
            """([numbers, currency, marks]) => { const words = window.sroi.formatting(currency, marks);
                return numbers.map((number) =>
                    [words.money(number), words.returned(number), words.significant(number, 2)]); }""",
            [numbers, given, marks],
        )
    for number, (money, returned, significant) in zip(numbers, written, strict=True):
        assert money == formatting.money(number, currency), number
        assert significant == formatting.significant(number, 2), number
        assert (
            returned == formatting.returned(number, currency, CLAIMED)
            or math.copysign(1, number) < 0 == number
        ), number


def test_the_page_prints_with_the_settings_in_words(chromium, pages, tmp_path):  # noqa: F811
    with opened(chromium, pages["lunch-club"][1]) as tab:
        tab.emulate_media(media="print")
        assert not tab.is_visible("#slider-0")
        assert tab.is_visible("#slider-0-value")
        assert tab.is_visible("#setting")
        assert not tab.is_visible("nav")
        tab.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True)
        assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


def test_nothing_moves_by_itself_for_those_who_asked_for_stillness(chromium, pages):  # noqa: F811
    with opened(chromium, pages["lunch-club"][1], reduced_motion="reduce") as tab:
        assert tab.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        assert not re.search(
            "@keyframes|animation-name", tab.evaluate("document.querySelector('head style').textContent")
        )

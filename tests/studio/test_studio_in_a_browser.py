"""The page in a real browser: by keyboard, on a small screen, cut off, with what is wrong at its field."""

import contextlib
import threading

import pytest
from browsing import chromium, pictured, until  # noqa: F401 - a fixture
from fetching import in_browser  # noqa: F401 - a fixture
from helpers import outcome, small, text_of

import sroi
from sroi.studio.serving import server
from sroi.studio.site import site, write_site

COORDINATORS = "assumptions.coordinators"


@pytest.fixture(scope="module")
def address(in_browser, tmp_path_factory):  # noqa: F811
    """Where the page is served."""
    folder = tmp_path_factory.mktemp("studio") / "page"
    in_browser.folder.joinpath(in_browser.wheel.name).write_bytes(in_browser.wheel.read_bytes())
    write_site(folder, site(in_browser.folder))
    with server(folder, 0) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_address[1]}/"
        serving.shutdown()


@contextlib.contextmanager
def started(chromium, address, *, width=1280, height=900):  # noqa: F811
    """The page with its engine running; it has to complain of nothing and to ask for nothing elsewhere."""
    context = chromium.new_context(viewport={"width": width, "height": height})
    tab = context.new_page()
    tab.complaints = []
    tab.on(
        "console",
        lambda said: tab.complaints.append(said.text) if said.type in ("error", "warning") else None,
    )
    tab.on("pageerror", lambda error: tab.complaints.append(f"uncaught: {error}"))
    tab.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith((address, "data:", "blob:"))
            else tab.complaints.append(f"asks for {asked.url[:200]}")
        ),
    )
    try:
        tab.goto(address)
        tab.wait_for_selector("#open:not([hidden])", timeout=180_000)
        yield tab
        assert tab.complaints == []
    finally:
        context.close()


@pytest.fixture(scope="module")
def tab(chromium, address):  # noqa: F811
    """One tab for the tests that leave it in order."""
    with started(chromium, address) as tab:
        yield tab


def choose(tab, intervention="local-area-coordination", place="derby"):
    tab.evaluate("document.getElementById('open').open = true")
    tab.select_option("#intervention", intervention)
    tab.fill("#place", place)
    tab.click("#choose")
    until(tab, "!document.getElementById('choose').disabled")


def read(tab, text):
    tab.evaluate("document.getElementById('open').open = true")
    tab.fill("#text", text)
    tab.click("#read")
    until(tab, "!document.getElementById('read').disabled")


def box(tab, path):
    """The input of a field, its group opened."""
    words = path.rsplit(".", 1)[-1]
    handle = tab.locator(f".field[data-words$='{path.lower()}']")
    assert handle.count() == 1, words
    handle.evaluate("(row) => { row.closest('details').open = true; }")
    return handle.locator("input, select")


def put(tab, path, value):
    box(tab, path).fill(value)
    box(tab, path).blur()


def headline(tab):
    return tab.inner_text("#headline").strip()


def central(study):
    from sroi.results import summary

    return summary.returned(sroi.evaluate(study))


def derby():
    return sroi.load("local-area-coordination", place="derby")


def test_derby_opens_and_a_changed_number_is_answered_without_loading_the_page_anew(tab):
    choose(tab)
    assert headline(tab) == f"For £1 put in: {central(derby())}"
    tab.evaluate("window.stays = true")
    for value in ("12", "7", "20"):
        put(tab, COORDINATORS, value)
        wanted = central(sroi.change(derby(), {f"{COORDINATORS}.value": value}))
        assert headline(tab) == f"For £1 put in: {wanted}, and {central(derby())} when it was opened"
        assert 0 < float(tab.evaluate("document.documentElement.dataset.milliseconds")) < 10_000
    assert tab.evaluate("window.stays")
    pictured(tab, "studio-derby-changed")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (COORDINATORS, "abc", "not an assumption"),
        ("outcomes.less_alone_more_in_control.deadweight", "140%", "write a share of at most 100%"),
        ("inputs.coordination.value[0]", "1 +", ""),
    ],
)
def test_what_is_wrong_stands_beneath_its_field_and_is_reached_from_the_list(tab, path, value, said):
    choose(tab)
    put(tab, path, value)
    field = box(tab, path)
    assert field.get_attribute("aria-invalid") == "true"
    error = tab.locator(f"#{field.get_attribute('id')}-error")
    assert error.is_visible()
    assert said in error.inner_text()
    assert error.get_attribute("id") in field.get_attribute("aria-describedby").split()
    assert headline(tab) == "No answer with these numbers"
    assert tab.locator("#report").is_disabled()
    tab.locator("#problems a").first.click()
    assert field.evaluate("(each) => each === document.activeElement")
    tab.click("#undo")
    assert headline(tab) == f"For £1 put in: {central(derby())}"
    assert field.get_attribute("aria-invalid") == "false"
    assert tab.locator("[aria-invalid=true]").count() == 0


def test_a_value_that_breaks_another_is_marked_too(tab):
    choose(tab)
    put(tab, COORDINATORS, "0")
    assert box(tab, COORDINATORS).get_attribute("aria-invalid") == "true"
    assert "With this there is no answer" in tab.locator(".field.wrong .error").first.inner_text()
    assert box(tab, "assumptions.cost_per_coordinator_year").get_attribute("aria-invalid") == "true"
    put(tab, COORDINATORS, "10")
    assert headline(tab) == f"For £1 put in: {central(derby())}"


def test_what_is_kept_is_the_study_as_it_stands(tab):
    choose(tab)
    put(tab, COORDINATORS, "12")
    with tab.expect_download() as kept:
        tab.click("#yaml")
    assert kept.value.suggested_filename == "local-area-coordination.yaml"
    changed = sroi.change(derby(), {f"{COORDINATORS}.value": "12"})
    assert sroi.load(kept.value.path().rename(f"{kept.value.path()}.yaml")) == changed
    with tab.expect_download() as kept:
        tab.click("#report")
    assert f"gives about {central(changed)}" in kept.value.path().read_text(encoding="utf-8")


def test_a_study_of_ones_own_opens_and_its_texts_are_texts(tab):
    nasty = "<img src=x onerror=alert(1)>"
    entry = {**outcome(), "title": nasty}
    read(tab, text_of(small(title=f"Lunch {nasty}", outcomes={"change": entry})))
    assert tab.inner_text("#title") == f"Lunch {nasty}"
    assert tab.locator("img").count() == 0
    assert headline(tab) == "For £1 put in: £2.00"
    put(tab, "outcomes.change.deadweight", "25%")
    assert headline(tab).startswith("For £1 put in: £1.50")


def test_a_text_that_is_no_study_is_refused_beneath_it(tab):
    read(tab, "sroi: 1\nid: lunch\nkind: forecst\n")
    said = tab.inner_text("#read-problems")
    assert "Line 3: forecst" in said
    assert "title is missing" in said
    choose(tab, place="atlantis")
    assert "there is no place" in tab.inner_text("#choose-problems")


def test_numbers_are_found_by_their_words(tab):
    choose(tab)
    tab.fill("#find", "share RISK")
    shown = tab.locator(".field:visible label").all_inner_texts()
    assert "Share home at risk" in shown
    words = tab.locator(".field:visible").evaluate_all("(rows) => rows.map((row) => row.dataset.words)")
    assert all("share" in each and "risk" in each for each in words)
    tab.fill("#find", "")
    assert tab.locator(".field:visible").count() > len(shown)


def test_it_works_without_a_network_once_it_is_loaded(chromium, address):  # noqa: F811
    with started(chromium, address) as tab:
        tab.context.set_offline(True)
        choose(tab, "befriending", "york")
        assert headline(tab) == f"For £1 put in: {central(sroi.load('befriending', place='york'))}"


def test_nothing_can_be_sent_elsewhere(chromium, address):  # noqa: F811
    with started(chromium, address) as tab:
        found = tab.evaluate(
            "fetch('http://127.0.0.1:9/').then(() => 'sent', (error) => error.constructor.name)"
        )
        assert found == "TypeError"
        assert any("Content Security Policy" in said for said in tab.complaints)
        tab.complaints.clear()


def test_the_keyboard_alone_opens_changes_and_undoes(chromium, address):  # noqa: F811
    with started(chromium, address) as tab:

        def tab_to(condition):
            for _ in range(60):
                tab.keyboard.press("Tab")
                if tab.evaluate(f"((each) => {condition})(document.activeElement)"):
                    return
            raise AssertionError(f"never reached: {condition}")

        tab_to("each.id === 'intervention'")
        tab.keyboard.type("Local")
        tab_to("each.id === 'place'")
        tab.keyboard.type("derby")
        tab.keyboard.press("Enter")
        until(tab, "document.activeElement.id === 'title'")
        assert headline(tab) == f"For £1 put in: {central(derby())}"
        tab_to(f"each.closest('.field') && each.closest('.field').dataset.words.endsWith('{COORDINATORS}')")
        tab.keyboard.press("Control+A")
        tab.keyboard.type("12")
        tab.keyboard.press("Enter")
        changed = central(sroi.change(derby(), {f"{COORDINATORS}.value": "12"}))
        assert headline(tab).startswith(f"For £1 put in: {changed},")
        tab.keyboard.press("Shift+Tab")
        tab.keyboard.press("Shift+Tab")
        tab.keyboard.press("Shift+Tab")
        assert tab.evaluate("document.activeElement.id") == "undo"
        tab.keyboard.press("Enter")
        assert headline(tab) == f"For £1 put in: {central(derby())}"


def test_a_small_screen_shows_the_answer_beside_every_field(chromium, address):  # noqa: F811
    with started(chromium, address, width=360, height=740) as tab:
        choose(tab)
        for path in (
            COORDINATORS,
            "assumptions.people_a_year",
            "outcomes.less_alone_more_in_control.deadweight",
        ):
            put(tab, path, "0.4")
            field = box(tab, path)
            field.scroll_into_view_if_needed()
            assert tab.evaluate("document.documentElement.scrollWidth") == 360
            answer, at = tab.locator(".now").bounding_box(), field.bounding_box()
            assert answer["y"] >= -1
            assert at["y"] >= answer["y"] + answer["height"] - 1
        pictured(tab, "studio-derby-narrow")


def test_every_field_has_a_name_and_what_it_is_about(tab):
    choose(tab)
    unnamed = tab.evaluate(
        """() => [...document.querySelectorAll('input, select, textarea, button')]
            .filter((each) => !each.labels?.length && !each.textContent.trim()).map((each) => each.id)"""
    )
    assert unnamed == []
    ids = tab.evaluate("[...document.querySelectorAll('[id]')].map((each) => each.id)")
    assert len(ids) == len(set(ids))
    described = tab.evaluate(
        """() => [...document.querySelectorAll('[aria-describedby]')].flatMap(
            (each) => each.getAttribute('aria-describedby').split(' '))"""
    )
    assert described
    assert set(described) <= set(ids)

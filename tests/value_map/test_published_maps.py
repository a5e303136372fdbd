"""Published maps as workbooks: exactly the misprinted cells are found, and the conventions are named."""

from itertools import zip_longest

import pytest
import yaml
from helpers import changed
from maps import HEADINGS, ROOT, figures_of, write_map

import sroi


def case_of(name):
    return yaml.safe_load((ROOT / "tests" / "published" / f"{name}.yaml").read_text(encoding="utf-8"))


def imported(tmp_path, document, printed, method, **arguments):
    """A published map read back, with where each of its figures stands."""
    file, mapping = tmp_path / "map.xlsx", tmp_path / "mapping.yaml"
    places = write_map(file, document, printed, **arguments)
    about = {key: document[key] for key in ("id", "title", "kind", "currency", "price_year", "first_year")}
    mapping.write_text(yaml.safe_dump({"study": {**about, "method": method}}), encoding="utf-8")
    return sroi.import_value_map(file, mapping=mapping), places


def with_columns(*more, without=()):
    """The headings of a map with others beside them."""
    return (
        [each for each in HEADINGS if each[3] not in without][:-1]
        + [("Stage 4", title, "", key) for title, key in more]
        + HEADINGS[-1:]
    )


DROP_OFF_FROM = ("Drop-off from", "drop_off_from")
OUR_SHARE = ("Our share", "contribution")


@pytest.fixture(scope="module")
def dreams(tmp_path_factory):
    """The 22 outcomes with their own durations and deductions, and the figures that were printed."""
    case = case_of("ctbc_arts_dreams_full_map")
    corrected = case["variants"][-1]
    document = changed(case["study"], corrected["set"])
    at = {path: each["value"] for path, each in case["printed"].items()}
    printed = {
        "outcomes": {name: {"by_year": at[f"outcomes.{name}.by_year"]} for name in document["outcomes"]}
    }
    printed |= {
        key: at[key]
        for key in ("by_year", "by_year_pv", "present_value", "net_present_value", "social_return_ratio")
    }
    method = document["method"]
    found, places = imported(
        tmp_path_factory.mktemp("dreams"), document, printed, method, headings=with_columns(DROP_OFF_FROM)
    )
    return corrected["misprints"], found, places


def test_every_misprinted_cell_of_a_whole_map_is_found_and_no_other(dreams):
    misprints, found, places = dreams
    wrong = set()
    for misprint in misprints[:2]:
        name = misprint["path"].split(".")[1]
        for year, (printed, right) in enumerate(
            zip_longest(misprint["printed"], misprint["right"], fillvalue=0.0)
        ):
            if abs(printed - right) > misprint["tolerance"]:
                wrong |= {
                    places["by_year", name, year],
                    places["by_year", None, year],
                    places["by_year_pv", None, year],
                }
    wrong |= {
        places[key, None, None] for key in ("present_value", "net_present_value", "social_return_ratio")
    }
    assert len(wrong) == 3 + 2 + 2 + 3
    assert {each.cell for each in found.disagreements} == {f"SROI Value Map!{place}" for place in wrong}
    assert found.compared == len([place for (of, _, _), place in places.items() if of != "impact"])


def test_totals_that_only_follow_from_misprints_say_so(dreams):
    _, found, places = dreams
    by_cell = {each.cell.removeprefix("SROI Value Map!"): each for each in found.disagreements}
    for key, year in (
        ("by_year", 1),
        ("by_year", 2),
        ("by_year_pv", 1),
        ("by_year_pv", 2),
        ("present_value", None),
        ("social_return_ratio", None),
    ):
        assert by_cell[places[key, None, year]].cause.startswith("follows from"), key
    assert places["by_year", "career", 1] in by_cell[places["by_year", None, 1]].cause


def test_our_figures_for_the_misprinted_cells_are_the_right_ones(dreams):
    misprints, found, places = dreams
    by_cell = {each.cell.removeprefix("SROI Value Map!"): each for each in found.disagreements}
    assert by_cell[places["by_year", "positive_values", 2]].ours == pytest.approx(
        misprints[0]["right"][2], rel=1e-9, abs=1e-9
    )
    assert [by_cell[places["by_year", "career", year]].ours for year in (1, 2)] == pytest.approx(
        misprints[1]["right"][1:], rel=1e-9
    )
    assert by_cell[places["social_return_ratio", None, None]].ours == pytest.approx(
        misprints[2]["right"], rel=1e-9
    )


def test_a_third_year_beyond_a_duration_of_two_is_told(dreams):
    _, found, places = dreams
    (third,) = (
        each
        for each in found.disagreements
        if each.cell.endswith(f"!{places['by_year', 'positive_values', 2]}")
    )
    assert third.cause == "the map counts one benefit year more"


def test_a_clock_that_discounts_the_first_year_is_told(tmp_path):
    case = case_of("nonprofit_two_outcomes_year1_discounted")
    document = case["study"]
    printed = figures_of(document) | {
        key: case["printed"][key]["value"] for key in ("present_value", "social_return_ratio")
    }
    del printed["net_present_value"]
    found, _places = imported(tmp_path, document, printed, {"profile": "svi-guide", "discount_rate": 0.035})
    total = next(each for each in found.disagreements if each.what.startswith("Total present value"))
    assert (total.printed, total.ours) == (1653369, pytest.approx(1711236.71, abs=0.005))
    years = [each for each in found.disagreements if each.what.startswith("Present value of year")]
    assert [each.cause for each in years] == [
        "the map discounts one period more, from the end of each year"
    ] * 3
    assert len(found.disagreements) == 5, (
        "the three years, their sum and the ratio; nothing before discounting"
    )


def test_added_deductions_are_told_and_a_ratio_that_follows_from_nothing_is_not_explained(tmp_path):
    case = case_of("shelter_multiplicative_vs_subtractive")
    added = case["variants"][-1]
    printed = figures_of(added["study"]) | {"social_return_ratio": added["misprints"][0]["printed"]}
    assert printed["present_value"] == added["printed"]["present_value"]["value"]
    found, places = imported(tmp_path, case["study"], printed, {"profile": "svi-guide"})
    by_cell = {each.cell.removeprefix("SROI Value Map!"): each for each in found.disagreements}
    for name in case["study"]["outcomes"]:
        assert by_cell[places["impact", name, None]].cause == "the map adds the deductions up"
    ratio = by_cell[places["social_return_ratio", None, None]]
    assert (ratio.printed, ratio.ours, ratio.cause) == (1.11, pytest.approx(1.2594, abs=0.0001), "")


def test_attribution_printed_as_the_share_kept_is_told(tmp_path):
    case = case_of("silon_korea_two_factor")
    unit = case["study"]["assumptions"].pop("unit")
    document = case["study"]
    for entry in (*document["inputs"].values(), *document["outcomes"].values()):
        entry["value"] = float(entry["value"].removesuffix(" * unit").replace("_", "")) * unit
    printed = figures_of(document)
    assert (
        abs(printed["present_value"] - case["printed"]["present_value"]["value"])
        <= case["printed"]["present_value"]["tolerance"]
    )
    for entry in document["outcomes"].values():
        entry["attribution"] = entry.pop("contribution")
    found, _places = imported(tmp_path, document, printed, {"profile": "svi-guide"})
    impacts = [each for each in found.disagreements if each.what.startswith("Impact of")]
    assert len(impacts) == 4
    assert {each.cause for each in impacts} == {"the map takes attribution for our own share"}


def test_two_deductions_added_and_the_third_multiplied_are_told(tmp_path):
    case = case_of("banco2_mixed_adjustments")
    document = changed(case["study"], case["variants"][0]["set"])
    values = {
        name: case["printed"][f"outcomes.{name}.present_value"]["value"] for name in document["outcomes"]
    }
    printed = {
        "outcomes": {name: {"by_year": [value]} for name, value in values.items()},
        "by_year": [],
        "by_year_pv": [],
    }
    printed |= {key: case["printed"][key]["value"] for key in ("present_value", "social_return_ratio")}
    headings = with_columns(DROP_OFF_FROM, OUR_SHARE, without=("attribution",))
    found, places = imported(tmp_path, document, printed, {"profile": "svi-guide"}, headings=headings)
    by_cell = {each.cell.removeprefix("SROI Value Map!"): each for each in found.disagreements}
    assert set(by_cell) == {
        places["by_year", "forest", 0],
        places["present_value", None, None],
        places["social_return_ratio", None, None],
    }
    assert (
        by_cell[places["by_year", "forest", 0]].cause
        == "the map adds deadweight and displacement, then multiplies"
    )
    assert by_cell[places["by_year", "forest", 0]].ours == pytest.approx(1133730000, abs=0.5)

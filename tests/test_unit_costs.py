"""Tables of unit costs: every sheet, each cost with its own year, and nothing left out without a word."""

import csv
import io
import shutil
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
import yaml
from costbooks import BELOW, COSTS, TOP, costs_of_the_workbook, published

import sroi
from sroi.price_years import price_year
from sroi.unit_costs import unit_costs
from sroi.unit_costs.money import Money, read_money

DATA = Path(__file__).parent / "data"


@pytest.fixture
def read(tmp_path):
    """What becomes of a table: the costs by name, as value, unit and price year; and the whole result."""

    def written(text, name="costs.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return taken(path)

    return written


def taken(path):
    result = unit_costs(path, pack="own")
    found = yaml.safe_load(result.text)["assumptions"]
    return {name: (each["value"], each["unit"], each["price_year"]) for name, each in found.items()}, result


def problems(work):
    with pytest.raises(sroi.DocumentError) as refused:
        work()
    return str(refused.value)


def rows(*costs, titles="Description,Cost,Unit,Price year"):
    return "\n".join([titles, *costs]) + "\n"


def the_workbook(tmp_path, ending):
    path = tmp_path / f"unit-costs.{ending}"
    if ending == "xlsx":
        published(path)
    else:
        shutil.copy(DATA / path.name, path)
    return path


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_every_sheet_of_the_published_workbook_is_read_with_the_years_of_its_costs(tmp_path, ending):
    path = the_workbook(tmp_path, ending)
    found, result = taken(path)
    assert {name: (value, year) for name, (value, _, year) in found.items()} == costs_of_the_workbook()
    assert result.costs == 6
    assert found["he1_0_a_e_attendance"][1] == "GBP per incident"
    account = "\n".join(result.account)
    for name, costs in COSTS.items():
        assert f"{name}: {len(costs)} unit costs; 3 rows left out" in account
    assert 'in prices of "Fiscal Cost: Year"; not "Fiscal Cost: Updated cost/saving"' in account
    assert "Summary: not read (it is hidden" in account
    assert "Lookups: not read (no row holds the titles" in account
    assert "Crime row 6 to row 9: 3 rows (no description)" in account
    assert result.rows_left == 9


def test_where_a_cost_stands_in_the_workbook_and_its_acronyms_are_kept(tmp_path):
    path = the_workbook(tmp_path, "xlsx")
    cost = yaml.safe_load(unit_costs(path, pack="own").text)["assumptions"]
    entrant = cost["cr8_0_first_time_entrant_to_the_yjs"]["rationale"]
    assert entrant == ("First-time entrant to the YJS; borne by Criminal Justice; from A report; in Crime!H5")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_sheet_saved_as_text_has_its_heading_in_two_rows_too(tmp_path, delimiter):
    path = tmp_path / "crime.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file, delimiter=delimiter)
        lines.writerows([TOP, BELOW])
        for code, what, agency, unit, *figures in COSTS["Crime"]:
            lines.writerow(["CRIME", "-", code, what, agency, None, unit, *figures, "A report", "G", "Note"])
    found, result = taken(path)
    assert [(value, year) for value, _, year in found.values()] == [
        (500, "2002-03"), (35, "2002-03"), (9219, "2005-06"),
    ]  # fmt: skip
    assert result.rows_left == 0


def test_a_pack_of_every_sheet_loads(tmp_path):
    path = the_workbook(tmp_path, "ods")
    (tmp_path / "own.yaml").write_text(unit_costs(path, pack="own").text, encoding="utf-8")
    pack = sroi.Library([tmp_path]).place("own").pack
    assert len(pack.assumptions) == 6


ORIGINAL = "Original cost,Original year,Updated cost,Price year"


@pytest.mark.parametrize(
    ("titles", "row"),
    [
        (f"Description,{ORIGINAL}", "Entrant,9219,2005-06,11343,2013-14"),
        (
            "Description,Price year,Updated cost,Original year,Original cost",
            "Entrant,2013-14,11343,2005-06,9219",
        ),
        ("Description,Cost,Year,Updated cost", "Entrant,9219,2005/06,11343"),
        ("Description,Cost,Year,Updated cost,Year", "Entrant,9219,2005/06,11343,2013/14"),
        ("Description,Year,Cost,Year,Updated cost", "Entrant,2005/06,9219,2013/14,11343"),
        ("Description,Updated cost (2013/14 prices),Cost,Year", "Entrant,11343,9219,2005/06"),
        ("description,cost_gbp_original,price_year,cost_gbp_2013_14", "Entrant,9219,2005/06,11343"),
        (",Updated,,Original,\nDescription,Cost,Year,Cost,Year", "Entrant,11343,2013/14,9219,2005/06"),
        ("Unit costs in 2014,,\nDescription,Cost,Year", "Entrant,9219,2005/06"),
        ("Unit costs,Version of 2014,\nDescription,Cost,Year", "Entrant,9219,2005/06"),
    ],
)
def test_an_original_cost_is_read_with_its_own_year(read, titles, row):
    found, result = read(f"{titles}\n{row}\n")
    assert [(value, year) for value, _, year in found.values()] == [(9219, "2005-06")]
    assert "pdated" not in titles or any("read:" in line for line in result.account)


def test_where_there_is_no_original_cost_the_updated_one_is_read_with_its_year_and_that_is_told(read):
    found, result = read(f"Description,{ORIGINAL}\nEntrant,n/a,2005-06,11343,2013-14\n")
    assert [(value, year) for value, _, year in found.values()] == [(11343, "2013-14")]
    assert any(
        "row 2: Original cost was not read (no cost); Updated cost was" in line for line in result.account
    )


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        ("Description,Original cost,Updated cost,Price year", "which year belongs to which cost"),
        ("Description,Updated cost,Year,Original cost", "which year belongs to which cost"),
        ("Description,Cost,Fee,Price year,Price year", "which cost is meant"),
        ("Description,Cost,Unit", "no price year for B 'Cost'"),
        ("Description,Fiscal value,Publication year", "no price year for B"),
    ],
)
def test_columns_that_do_not_say_which_year_is_whose_are_refused(read, titles, said):
    assert said in problems(lambda: read(f"{titles}\nEntrant,9219,11343,2013-14,2013-14\n"))


def test_a_file_without_a_heading_is_refused_with_what_is_wanted(read):
    said = problems(lambda: read("Nurse,62,per hour,2024-25\nBed,41.50,per night,2023-24\n"))
    assert "no row holds the titles" in said
    assert "Description, Cost, Unit and Price year" in said


def test_a_heading_and_a_year_that_contradict_each_other_leave_the_row_out(read):
    found, result = read("Description,Cost (2013/14),Year\nNurse,9219,2005/06\nBed,5,2013/14\n")
    assert list(found) == ["bed"]
    assert "its heading says 2013-14 and its year 2005-06" in result.skipped[0]


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("2005/06", "2005-06"),
        ("2005–06", "2005-06"),
        ("2005-2006", "2005-06"),
        ("1999/00", "1999-00"),
        ("FY 2005/06", "2005-06"),
        ("2013/14 prices", "2013-14"),
        (2013.0, 2013),
        ("2013", 2013),
        ("2010-12", None),
        ("2010-2012", None),
        ("12/13", "2012-13"),
        ("2024/5", "2024-25"),
        ("99/00", "1999-00"),
        ("12/14", None),
        ("2024 5", None),
        ("April 2019", None),
        ("9219", None),
        ("2013?", None),
        (True, None),
        ("", None),
    ],
)
def test_a_price_year_is_one_year(written, year):
    assert price_year(written)[0] == year


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("41,50", 41.5),
        ("41.50", 41.5),
        ("1.234,50", 1234.5),
        ("1,234.50", 1234.5),
        ("1 234,50", 1234.5),
        ("1'234.50", 1234.5),
        ("1\u00a0234", 1234),
        ("£1,234,567", 1234567),
        ("1.234.567", 1234567),
        ("1234.567", 1234.567),
        ("£1.2m", 1_200_000),
        ("£1.2 million", 1_200_000),
        ("£60k", 60_000),
        ("GBP 60", 60),
        ("60 pounds", 60),
        ("3bn", 3_000_000_000),
        ("50p", 0.5),
        ("50 pence", 0.5),
        ("1.2E+06", 1_200_000),
        ("(500)", -500),
        ("−£5", -5),
    ],
)
def test_sums_are_read_with_their_magnitude(written, value):
    read = read_money(written, "")
    assert (read.value, read.told) == (value, "")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("£100-£200", "range"),
        ("100 to 200", "range"),
        ("€50", "in €"),
        ("50 EUR", "in EUR"),
        ("US$50", "in US$"),
        ("¥50", "in ¥"),
        ("₹50", "in ₹"),
        ("50 dollars", "in dollars"),
        ("£1.50p", "in pounds and in pence"),
        ("c. £500", "'c' is not read"),
        ("£500 approx", "'approx' is not read"),
        ("£500+", "is not read"),
        ("£50 per week, £200 per month", "is not read"),
        ("£50 per week (range £40 to £60)", "range"),
        ("£50 per week or 200 per month", "more than one figure"),
        ("£50 per week plus VAT", "more than one figure"),
        ("£,500", "not a figure"),
        ("500²", "is not read"),
        ("5%", "share"),
        ("five per cent", "share"),
        ("1,23,456", "grouped in no known way"),
        ("1.234", "point could be either"),
        ("see note", "not a figure"),
        ("n/a", "no cost"),
        ("TBC", "no cost"),
        (True, "no sum"),
        (float("nan"), "no sum"),
    ],
)
def test_what_is_no_one_sum_of_pounds_is_said_not_guessed(written, said):
    found = read_money(written, "")
    assert isinstance(found, str)
    assert said in found


def test_a_point_or_comma_that_could_be_either_follows_the_other_cells_and_is_told(read):
    english, _ = read(rows('Nurse,"1,234",per hour,2013', "Bed,41.50,per night,2013"))
    assert english["nurse"][0] == 1234
    alone, result = read(rows('Nurse,"1,234",per hour,2013'))
    assert alone["nurse"][0] == 1234
    assert any("row 2: '1,234' has a comma that could be a decimal one" in line for line in result.account)
    continental, result = read(rows("Nurse,1.234,per hour,2013", 'Bed,"41,50",per night,2013'))
    assert continental["nurse"][0] == 1234
    assert any("'1.234' has a point that could be either" in line for line in result.account)
    mixed, result = read(rows('Nurse,"1,234",h,2013', 'Bed,"41,50",n,2013', "Bus,41.50,n,2013"))
    assert sorted(mixed) == ["bed", "bus"]
    assert "row 2: Nurse ('1,234': the comma could be either; write 1234 or 1.2340)" in result.skipped


def test_a_file_of_semicolons_has_decimal_commas(read):
    titles = "Description;Cost;Unit;Price year"
    found, result = read(rows("Nurse;41,50;per hour;2023-24", "Bed;1.234;per night;2013", titles=titles))
    assert found == {"nurse": (41.5, "GBP per hour", "2023-24"), "bed": (1234, "GBP per night", 2013)}
    assert any("'1.234' has a point that could be either" in line for line in result.account)
    said = problems(lambda: read(rows("Bed;1,234;per night;2013", titles=titles)))
    assert "the comma could be either" in said


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("beside", ["2,5", "2,50", "1.234,5"])
def test_three_digits_behind_a_comma_are_asked_about_beside_decimal_commas(read, delimiter, beside):
    """Nobody writes tenths and thousandths of a pound in one column: the comma may group the thousands."""
    lines = [["Description", "Cost", "Price year"], ["Boiler", "48,500", "2013"], ["Bus", beside, "2013"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    found, result = read(text)
    assert list(found) == ["bus"]
    (line,) = result.skipped
    assert line.startswith("row 2: Boiler ('48,500': the comma could be either, though it parts decimals in")
    assert "  column B: a comma parts the decimals" in result.account
    fine, _ = read(text + "\n" + delimiter.join(f'"{cell}"' for cell in ("Call", "0,0125", "2013")))
    assert fine["boiler"][0] == 48.5


def test_a_mark_of_a_footnote_is_told(read):
    found, result = read(rows("Nurse,48.50*,per hour,2013", "Bed,£1.2m [1],per night,2013"))
    assert [value for value, _, _ in found.values()] == [48.5, 1_200_000]
    assert "  row 2: '48.50*' is read without its mark *" in result.account


def test_each_column_shows_its_own_decimal_mark(read):
    titles = "Description;Fiscal cost;Economic cost;Year"
    found, _ = read(f"{titles}\nNurse;41,50;1,234.00;2013\nBed;1.234,00;2,500;2013\n")
    assert [value for value, _, _ in found.values()] == [41.5, 1234, 1234, 2500]


# ── Rows that are sums
# ────────────────────────────────────────────────────────────────────────────────────────────────────

COSTED = ("Nurse,10,per hour,2013", "Doctor,20.5,per hour,2013", "Bus,7,per trip,2013")


@pytest.mark.parametrize(
    "total",
    ["Total,37.5,,2013", "Total costs:,37.50,per hour,2013", "Everything,37.5,,2013",
     "TOTAL (a b c),£38,,2013", "Total of staff and bus,37.5,each,2013", "Subtotal,27.5,,2013",
     "All,37.5,,2013"],
)  # fmt: skip
def test_a_row_that_is_the_sum_of_those_above_is_no_cost_whatever_it_is_called(read, total):
    found, result = read(rows(*COSTED, total))
    assert list(found) == ["nurse", "doctor", "bus"]
    assert "it is the sum of rows" in result.skipped[0]
    assert result.rows_left == 1


def test_subtotals_and_their_total_are_no_costs(read):
    parts = ("Total,30.5,,2013", "Van,5,each,2013", "Bike,2,each,2013", "Subtotal,7,,2013")
    found, result = read(rows(*COSTED[:2], *parts, "Grand total,37.5,,2013"))
    assert list(found) == ["nurse", "doctor", "van", "bike"]
    assert result.rows_left == 3


def test_a_total_of_one_row_or_above_the_rows_is_no_cost(read):
    assert list(read(rows(COSTED[0], "Total,10,,2013"))[0]) == ["nurse"]
    found, result = read(rows("Total,37.5,,2013", *COSTED))
    assert list(found) == ["nurse", "doctor", "bus"]
    assert result.skipped == ("row 2: Total (it is the sum of rows 3 to 5)",)


def test_a_cost_that_sounds_like_a_total_and_is_none_is_a_cost(read):
    found, result = read(rows(*COSTED, "Total knee replacement,5000,each,2013", "Total,99,each,2013"))
    assert (len(found), result.rows_left) == (5, 0)
    assert "  row 6: 'Total' is not the sum of the other rows; read as a cost of its own" in result.account


def test_a_cost_that_is_a_sum_by_chance_is_a_cost_and_told(read):
    found, result = read(rows(*COSTED[:2], "Surgeon,30.5,per hour,2013"))
    assert list(found) == ["nurse", "doctor", "surgeon"]
    assert "  row 4: 30.5 is also the sum of rows 2 to 3; read as a cost of its own" in result.account


def test_a_total_of_costs_of_several_sorts_adds_up_in_each(read):
    titles = "Description,Fiscal cost,Economic cost,Year"
    found, _ = read(f"{titles}\nNurse,5,6,2013\nBed,1,2,2013\nTotal,6,8,2013\n")
    assert len(found) == 4
    found, result = read(f"{titles}\nNurse,5,6,2013\nBed,1,2,2013\nTotal,6,9,2013\n")
    assert len(found) == 6
    assert any("'Total' is not the sum" in line for line in result.account)


@pytest.mark.parametrize("titles", ["Cost (2013/14),Cost (2023/24)", "Price 2013,Price 2023"])
def test_of_costs_in_several_prices_the_newest_is_read_and_told(read, titles):
    found, result = read(f"Description,{titles}\nNurse,10,13\nDoctor,20,\n")
    assert [(value, str(year)[:4]) for value, _, year in found.values()] == [(13, "2023"), (20, "2013")]
    older, newer = titles.split(",")
    assert any(
        line.startswith(f'  read: "{newer}" in prices of 2023') and older in line for line in result.account
    )
    assert f"  row 3: {newer} was not read (no cost); {older} was" in "\n".join(result.account)


def test_a_cost_that_is_there_twice_is_told(read):
    found, result = read(rows(*COSTED[:2], COSTED[0], "nurse,10,per hour,2013", "Nurse,11,per hour,2013"))
    assert len(found) == 5
    assert [line for line in result.account if "the same cost" in line] == [
        "  row 2: the same cost is there 3 times, the last in row 5; each has a name of its own"
    ]


@pytest.mark.parametrize("words", ["All costs in £000", "£m", "Figures are in thousands", "(pence)"])
def test_a_magnitude_above_the_heading_is_not_taken_in_silence(read, words):
    found, result = read(f"{words}\n{rows(COSTED[0])}")
    assert found["nurse"][0] == 10
    assert any(line.startswith(f"  row 1: {words!r}: no figure is changed for it") for line in result.account)
    assert "  row 1: " not in "".join(read("Costs of the year 2013\n" + rows(COSTED[0]))[1].account)


# ── Encodings
# ────────────────────────────────────────────────────────────────────────────────────────────────────

POUNDS = "Description,Cost,Price year\nCafé – lunch,£48.50,2013\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_text_is_read_in_the_encoding_that_it_shows(tmp_path, encoding):
    path = tmp_path / "costs.csv"
    path.write_bytes(POUNDS.encode(encoding))
    found, result = taken(path)
    assert found == {"cafe_lunch": (48.5, "GBP per unit", 2013)}
    told = ["  the text is not UTF-8; it was read as Windows-1252 (é – £)"] if encoding == "cp1252" else []
    assert list(result.account) == told


@pytest.mark.parametrize(
    "data",
    [POUNDS.replace("é – ", "").encode("cp850"), "Cost €5".encode("mac-roman"), b"Cost \x81", b"\xff\xfe\x00",
     "Café".encode("cp437")],
)  # fmt: skip
def test_a_text_in_an_encoding_that_is_in_doubt_is_refused(tmp_path, data):
    path = tmp_path / "costs.csv"
    path.write_bytes(data)
    assert "an encoding that cannot be told; save the table as CSV in UTF-8" in problems(lambda: taken(path))


@pytest.mark.parametrize(
    ("title", "cell", "value", "unit"),
    [
        ("Cost (£000)", "85", 85_000, "GBP per unit"),
        ("Cost (£'000s)", "85.5", 85_500, "GBP per unit"),
        ("Cost £m", "1.2", 1_200_000, "GBP per unit"),
        ("Cost (pence)", "50", 0.5, "GBP per unit"),
        ("Cost per week (£)", "50", 50, "GBP per week"),
        ("Weekly cost", "50", 50, "GBP per week"),
        ("Annual cost", "50", 50, "GBP per year"),
        ("Cost", "£50 per week", 50, "GBP per week"),
        ("Cost", "£50 pw", 50, "GBP per week"),
        ("Cost", "£50 pcm", 50, "GBP per month"),
        ("Cost", "£50/month", 50, "GBP per month"),
        ("Cost", "50 p.a.", 50, "GBP per year"),
    ],
)
def test_a_unit_in_a_heading_or_a_cell_is_read(read, title, cell, value, unit):
    found, _ = read(f'Description,"{title}",Year\nNurse,"{cell}",2013\n')
    assert found == {"nurse": (value, unit, 2013)}


@pytest.mark.parametrize(
    ("title", "cell", "unit", "said"),
    [
        ("Cost", "£500 per week", "Per year", "its cell says 'per week' and its unit 'Per year'"),
        ("Cost per week", "500", "Per year", "its heading says 'per week' and its unit 'Per year'"),
        ("Cost", "£5 per visit", "Per attendance", "its cell says 'per visit'"),
        ("Cost (£000)", "£1.2m", "Each", "has a unit of its own beside that of its heading"),
        ("Cost ($)", "5", "Each", "its heading says $, not pounds"),
    ],
)
def test_units_that_contradict_each_other_leave_the_row_out(read, title, cell, unit, said):
    assert said in problems(lambda: read(f"Description,{title},Unit,Year\nNurse,{cell},{unit},2013\n"))


def test_nothing_is_left_out_without_a_word(read):
    found, result = read(
        "Above,7,per hour,2013\n"
        "Description,Cost,Unit,Price year,Low cost\n"
        "Nurse,5,per hour,2013,4\n"
        ",9,per hour,2013,\n"
        "CRIME,,,,\n"
        "Nurse,1,234,per hour,2013,1\n"
        "Bed,6,per night,2010-12,\n"
        ",,,,\n"
        "Description,Cost,Unit,Price year,Low cost\n"
        "Bus,8,NHS trip,2013,\n"
    )
    assert found == {"nurse": (5, "GBP per hour", 2013), "bus": (8, "GBP NHS trip", 2013)}
    assert result.skipped == (
        "row 1: Above (it is above the heading)",
        "row 4: (no description)",
        "row 5: CRIME (no cost)",
        "row 6: Nurse (it has more cells than the heading; put what holds ',' in quotes)",
        "row 7: Bed (2010-12 is not one year; write 2010, or 2010-11)",
    )
    assert result.rows_left == 5
    assert '  columns not read: "Low cost"' in result.account
    assert all(f"# {line}\n" in result.text for line in result.account)


def test_costs_of_several_sorts_are_costs_of_their_own(read):
    found, result = read(
        "Code,Description,Fiscal cost,Economic cost,Year\nH1,Nurse,5,6,2013\nH2,Bed,,TBC €,2013\n"
    )
    assert found == {
        "h1_nurse_fiscal": (5, "GBP per unit", 2013),
        "h1_nurse_economic": (6, "GBP per unit", 2013),
    }
    assert result.rows_left == 1


def test_a_year_that_a_spreadsheet_made_a_date_of_is_said(tmp_path):
    import datetime as dt

    book = openpyxl.Workbook()
    for row in (["Description", "Cost", "Year"], ["Nurse", 5, dt.date(2010, 11, 1)], ["Bed", 6, "2010/11"]):
        book.active.append(row)
    book.save(tmp_path / "dates.xlsx")
    found, result = taken(tmp_path / "dates.xlsx")
    assert list(found) == ["bed"]
    assert "Sheet!B2: Nurse (the year is the date 2010-11-01" in result.skipped[0]


def test_names_are_whole_words(read):
    long = "Child taken into care by the local authority for the whole of a year with support"
    found, _ = read(rows(f"{long},5,each,2013", f"{long},6,each,2013"))
    name = "child_taken_into_care_by_the_local_authority_for_the_whole"
    assert list(found) == [name, f"{name}_2"]


def test_files_beyond_the_bounds_are_refused(tmp_path, read):
    big = tmp_path / "big.csv"
    with big.open("wb") as file:
        file.truncate(20_000_001)
    assert "20,000,001 bytes" in problems(lambda: taken(big))
    many = rows(*["Nurse,5,h,2013"] * 100_000)
    assert "more than 25,000" in problems(lambda: read(many))
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = 1
    book.save(tmp_path / "far.xlsx")
    assert "reaches to XFD1048576" in problems(lambda: taken(tmp_path / "far.xlsx"))


def test_rows_that_an_ods_repeats_are_counted_before_they_are_laid_out(tmp_path):
    whole = zipfile.ZipFile(DATA / "unit-costs.ods")
    altered = io.BytesIO()
    with zipfile.ZipFile(altered, "w") as book:
        for part in whole.infolist():
            content = whole.read(part)
            if part.filename == "content.xml":
                before, row, after = content.rpartition(b'office:value-type="string"')
                content = before + b'table:number-columns-repeated="16000" ' + row + after
            book.writestr(part, content)
    (tmp_path / "repeated.ods").write_bytes(altered.getvalue())
    assert "a sheet reaches to" in problems(lambda: taken(tmp_path / "repeated.ods"))


@pytest.mark.parametrize("name", ["costs.xls", "costs.xlsx", "costs.ods"])
def test_what_is_no_workbook_is_refused(read, name):
    assert "not a workbook, or it is damaged" in problems(lambda: read("<table>no</table>", name))


def test_without_the_library_the_extra_is_named(tmp_path, monkeypatch):
    path = the_workbook(tmp_path, "xlsx")
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert "pip install 'sroi[report]'" in problems(lambda: taken(path))


def test_the_command_says_what_was_read_and_left_out(run, tmp_path):
    the_workbook(tmp_path, "xls")
    done = run("import", "unit-costs", "unit-costs.xls", "--pack", "own")
    assert (done.exit_code, done.stdout) == (0, "own.yaml\n")
    assert "Crime: 3 unit costs; 3 rows left out" in done.stderr
    assert done.stderr.endswith("6 unit costs; 9 rows left out\n")


def test_a_number_in_a_cell_is_taken_as_it_is():
    assert read_money(41.5) == Money(41.5)
    assert read_money(0.1, power=3) == Money(100.0)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("NHS helpline", "NHS helpline"),
        ("lunch-club", "Lunch club"),
        ("walks: the NHS way", "Walks: the NHS way"),
        ("2024", "2024"),
        ("null", "Null"),
        ("ADHD_support #1", "ADHD support #1"),
    ],
)
@pytest.mark.parametrize("kind", ["study", "pack"])
def test_titles_of_starting_files_keep_their_capitals_and_load(tmp_path, run, kind, name, title):
    written = run("new", kind, name).stdout.strip()
    assert yaml.safe_load((tmp_path / written).read_text(encoding="utf-8"))["title"] == title
    if kind == "study":
        assert sroi.load(tmp_path / written).title == title


@pytest.mark.parametrize("shown_as", ["[$€-407]#,##0.00", '"$"#,##0.000', '#,##0.0 "USD"', "0%", "0.0%"])
def test_a_number_that_a_workbook_shows_in_another_currency_is_not_pounds(tmp_path, shown_as):
    book = openpyxl.Workbook()
    for row in (["Description", "Cost", "Year"], ["Nurse", 5, 2013], ["Bed", 6, 2013], ["Bus", 7, 2013]):
        book.active.append(row)
    book.active["B2"].number_format = shown_as
    book.active["B3"].number_format = "[$£-809]#,##0.00"
    book.active["B4"].number_format = openpyxl.styles.numbers.BUILTIN_FORMATS[
        44
    ]  # as the reader's locale has it
    book.save(tmp_path / "shown.xlsx")
    found, result = taken(tmp_path / "shown.xlsx")
    assert list(found) == ["bed", "bus"]
    assert "Sheet!B2: Nurse (it is shown with" in result.skipped[0]


@pytest.mark.parametrize(
    ("titles", "row", "cost"),
    [
        ("Description,Value,Unit,Year", "Nurse,5,GBP per week,2013", (5, "GBP per week", 2013)),
        ("Description,Value,Unit,Year", "Nurse,5,£000 per year,2013", (5000, "GBP per year", 2013)),
        ("Description,Value,Unit,Year", "Nurse,5,pence per mile,2013", (0.05, "GBP per mile", 2013)),
        ("Description,Cost (£000),Unit,Year", "Nurse,5,£000,2013", (5000, "GBP per unit", 2013)),
        ("Description,Cost,Unit,Year", "Nurse,5,Hour,2013", (5, "GBP per hour", 2013)),
        ("Description,Cost,Frequency,Year", "Nurse,5,weekly,2013", (5, "GBP per week", 2013)),
        (
            "Description,Cost,Unit,Period,Year",
            "Nurse,5,per person,month,2013",
            (5, "GBP per person per month", 2013),
        ),
        ("Description,Cost,Currency,Year", "Nurse,5,GBP,2013", (5, "GBP per unit", 2013)),
        ("Description,Cost,Year,Unit\n,(£000),,", "Nurse,9,2013,per hour", (9000, "GBP per hour", 2013)),
        ("Description,Value,Unit,Year", "Nurse,5,per year (£000),2013", (5000, "GBP per year", 2013)),
        ("Description,Value,Unit,Year", 'Nurse,5,"per client, £000",2013', (5000, "GBP per client", 2013)),
        ("Description,Value,Unit,Year", "Nurse,5,per shift £k,2013", (5000, "GBP per shift", 2013)),
        ("Description,Value,Unit,Year", "Nurse,50,per visit (pence),2013", (0.5, "GBP per visit", 2013)),
        ("Description,Cost (£100s),Year", "Nurse,5,2013", (500, "GBP per unit", 2013)),
        ("Description,Cost (inc VAT),Year", "Nurse,5,2013", (5, "GBP per unit", 2013)),
        ("Description,Unit cost (incl. VAT),Year", "Nurse,5,2013", (5, "GBP per unit", 2013)),
        ("Description,Cost,Year", "Nurse,5,2024/5", (5, "GBP per unit", "2024-25")),
    ],
)
def test_a_unit_or_magnitude_in_another_column_or_row_is_read(read, titles, row, cost):
    assert read(f"{titles}\n{row}\n")[0] == {"nurse": cost}


@pytest.mark.parametrize(
    ("titles", "row", "said"),
    [
        ("Description,Value,Unit,Year", "Nurse,5,EUR per week,2013", "its unit is 'EUR per week'"),
        ("Description,Value,Unit,Year", "Nurse,0.2,% of income,2013", "its unit is '% of income'"),
        ("Description,Value,Unit,Year", "Nurse,5,234,2013", "its unit is '234'"),
        ("Description,Value,Unit,Year", "Nurse,5,per person (000),2013", "its unit is 'per person (000)'"),
        (
            "Description,Value,Unit,Year",
            "Nurse,5,per year in thousands,2013",
            "its unit is 'per year in thou",
        ),
        (
            "Description,Value,Year",
            "Nurse,5,April 2019",
            "write 2019, or 2019-20 for the financial year",
        ),
        ("Description,Value,Year", "Nurse,5,19/21", "is not one year; write 2019-20"),
        ("Description,Cost,Currency,Year", "Nurse,5,EUR,2013", "its currency is 'EUR', not pounds"),
        ("Description,Cost (£m),Unit,Year", "Nurse,5,£000,2013", "different magnitudes"),
        ("Description,Cost (pence),Year", "Nurse,£5,2013", "in pounds and in pence"),
        (
            "Description,Cost,Frequency,Unit,Year",
            "Nurse,5,weekly,per year,2013",
            "its frequency says 'per week'",
        ),
        (
            "Description,Cost per 4 weeks,Year",
            "Nurse,5,2013",
            "'Cost per 4 weeks' is not read as a cost",
        ),
    ],
)
def test_a_unit_that_is_not_of_pounds_or_contradicts_another_is_said(read, titles, row, said):
    assert said in problems(lambda: read(f"{titles}\n{row}\n"))


def test_pounds_beneath_a_heading_of_thousands_are_told(read):
    found, result = read("Description,Cost (£000),Year\nNurse,£85,2013\n")
    assert found["nurse"][0] == 85_000
    assert any("'£85' has a sign of pounds" in line for line in result.account)


def test_many_rows_of_one_name_are_read_in_time(read):
    found, _ = read(rows(*["Nurse,5,h,2013"] * 1_000))
    assert list(found)[::500] == ["nurse", "nurse_501"]


def test_a_comma_without_quotes_does_not_part_a_figure_in_silence(read):
    notes = ("Bed,2013,5,a note", "Bus,2013,6,another", "Call,2013,7,")
    found, result = read("\n".join(["Description,Year,Cost,Note", "Nurse,2013,1,234", *notes]))
    assert sorted(found) == ["bed", "bus", "call"]
    assert "row 2: Nurse ('1,234' may be one figure" in result.skipped[0]
    figures, _ = read("Description,Year,Cost,Visits\nNurse,2013,1,234\nBed,2013,5,100\n")
    assert sorted(figures) == ["bed", "nurse"]


def test_currencies_that_an_ods_shows_are_told(tmp_path):
    whole = zipfile.ZipFile(DATA / "unit-costs.ods")
    altered = io.BytesIO()
    with zipfile.ZipFile(altered, "w") as book:
        for part in whole.infolist():
            content = whole.read(part)
            if part.filename == "content.xml":
                shown = b'office:value-type="currency" office:currency="EUR"'
                content = content.replace(b'office:value-type="float"', shown, 1)
            book.writestr(part, content)
    (tmp_path / "euros.ods").write_bytes(altered.getvalue())
    _, result = taken(tmp_path / "euros.ods")
    assert "  cells of the workbook are shown in EUR; all were read as pounds" in result.account


SCALED_UNITS = {
    "per year (£000)": ("per year", 1e3), '"per client, £000"': ("per client", 1e3), "£k": ("per unit", 1e3),
    "hundreds": ("per unit", 100), "£100s per year": ("per year", 100), "per bed £00s": ("per bed", 100),
    "per week (pence)": ("per week", 0.01), "per case - £m": ("per case", 1e6),
    "per day in £k": ("per day", 1e3),
    "per client (£)": ("per client", 1), "per child in care": ("per child in care", 1),
    "per thousand litres": ("per thousand litres", 1), "per visit (2 hours)": ("per visit (2 hours)", 1),
}  # fmt: skip


@pytest.mark.parametrize("unit", SCALED_UNITS)
def test_a_scale_behind_a_unit_is_read(read, unit):
    wanted, factor = SCALED_UNITS[unit]
    ((value, read_as, _),) = read(rows(f"Bed,5,{unit},2020"))[0].values()
    assert (value, read_as) == (pytest.approx(5 * factor), f"GBP {wanted}")


@pytest.mark.parametrize(
    "unit",
    [
        "per year (£10,000s)",
        "per visit (£000 over 3 years)",
        "£10,000s",
        "£000s (£m)",
        "per place in thousands",
    ],
)
def test_a_unit_whose_scale_is_not_understood_leaves_its_row_out(read, unit):
    found, result = read(rows(f'Bed,5,"{unit}",2020', "Chair,6,per day,2020"))
    assert list(found) == ["chair"]
    assert any(unit in line for line in result.skipped)


@pytest.mark.parametrize(
    ("title", "factor"),
    [("Cost (£100s)", 100), ("Cost (hundreds)", 100), ("Cost (1000s)", 1e3), ("Cost (x1000)", 1e3),
     ("Cost (£10s)", 10), ("Cost per thousand litres", 1), ("Cost per year in thousands", 1e3)],
)  # fmt: skip
def test_a_scale_in_the_heading_of_a_cost_is_read(read, title, factor):
    found, _ = read(rows("Bed,5,2020", titles=f"Description,{title},Price year"))
    assert found["bed"][0] == pytest.approx(5 * factor)


def test_a_scale_in_the_frequency_is_read(read):
    found, _ = read(rows("Bed,5,per year (£000),2020", titles="Description,Cost,Frequency,Price year"))
    assert found["bed"][:2] == (5_000, "GBP per year")


@pytest.mark.parametrize(
    ("written", "hint"),
    [("April 2019", "write 2019, or 2019-20"), ("March 2019", "write 2019, or 2018-19"),
     ("2018 to 2021", "2018, or 2021"), ("FY20", "2020, 2019-20 or 2020-21"), ("19/21", "write 2019-20"),
     ("mid-2016", "write 2016, or 2016-17")],
)  # fmt: skip
def test_a_hint_names_the_year_that_was_meant(written, hint):
    year, why = price_year(written)
    assert year is None
    assert hint in why


@pytest.mark.parametrize(
    "title", ["Cost (inc VAT)", "Cost (incl. VAT)", "Cost ex VAT", "Net cost", "Cost (gross)"]
)
def test_the_basis_of_a_cost_is_told(read, title):
    found, result = read(rows("Bed,5,2020", titles=f"Description,{title},Price year"))
    assert found["bed"][0] == 5
    assert any(title in line and "as they stand" in line for line in result.account)


def test_a_heading_that_is_not_read_as_a_cost_names_the_word(read):
    said = problems(lambda: read(rows("Bed,5,2020", titles="Description,Cost (lifetime),Price year")))
    assert "'Cost (lifetime)' is not read as a cost: 'lifetime'" in said


GROUPED = ["60'000", "60’000", "60´000", "60`000", "60‘000", "60'000.-", "GBP 60000", "GBP60000", "60000GBP",
           "gbp 60000"]  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("written", GROUPED)
def test_a_cost_as_it_is_written_elsewhere_is_read(read, tmp_path, written, ending):
    if ending == "csv":
        found, _ = read(rows(f"Bed,{written},per day,2020"))
    else:
        book = openpyxl.Workbook()
        for row in (["Description", "Cost", "Unit", "Price year"], ["Bed", written, "per day", 2020]):
            book.active.append(row)
        book.save(tmp_path / "costs.xlsx")
        found, _ = taken(tmp_path / "costs.xlsx")
    assert found["bed"][0] == 60_000

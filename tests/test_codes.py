"""Crosswalks of outcomes to lists that others keep: read, refused, shown, given back."""

import io
import json
import zipfile

import pytest
from helpers import outcome, small, study_of

import sroi

CODES = {"sdg": ["3", "3.4", "16.a"], "iris": ["OI1234"], "toms": ["NT1", "NT4a"]}
WORDS = "SDG 3, 3.4, 16.a; IRIS+ OI1234; TOMs NT1, NT4a"


def coded(codes):
    return study_of(small(outcomes={"change": outcome(codes=codes), "other": outcome()}))


def test_codes_stand_in_the_value_map_in_json_csv_and_frames(run, study):
    found = sroi.evaluate(coded(CODES))
    rows = {row["outcome"]: row for row in json.loads(found.to_json())["value_map"]}
    assert (rows["change"]["codes"], rows["other"]["codes"]) == (CODES, {})
    frame = found.value_map.set_index("outcome")
    assert list(frame.loc["change", ["sdg", "iris", "toms"]]) == ["3, 3.4, 16.a", "OI1234", "NT1, NT4a"]
    assert frame.loc["other", ["sdg", "iris", "toms"]].isna().all()
    file = study({"outcomes.change.codes": CODES})
    head, line = run("evaluate", file, "--no-range", "--format", "csv").stdout.splitlines()
    assert head.endswith("sdg,iris,toms")
    assert line.endswith('"3, 3.4, 16.a",OI1234,"NT1, NT4a"')


def test_a_study_with_codes_is_written_and_read_again():
    study = coded(CODES)
    again = sroi.loads(sroi.dumps(study))
    assert again == study
    assert again.outcomes["change"].codes.sdg == ("3", "3.4", "16.a")
    assert sroi.verify(sroi.record(sroi.evaluate(study))).same


def test_no_figure_depends_on_codes():
    assert sroi.evaluate(coded(CODES)).present_value == sroi.evaluate(coded(None)).present_value


@pytest.mark.parametrize("form", ["md", "html", "docx", "xlsx"])
def test_every_report_shows_the_codes(tmp_path, form):
    (path,) = sroi.report(coded(CODES), tmp_path / f"r.{form}", draws=10)
    said = path.read_bytes()
    if form in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(said)) as held:
            said = b"".join(held.read(name) for name in held.namelist())
    text = said.decode(errors="replace")
    assert WORDS in text.replace("\\+", "+").replace("\N{WORD JOINER}", "").replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("codes", "place", "words"),
    [
        ({"sdg": ["18"]}, "sdg", '"3.4"'),
        ({"sdg": ["0"]}, "sdg", '"3.4"'),
        ({"sdg": ["3.e"]}, "sdg", '"3.4"'),
        ({"sdg": ["3.20"]}, "sdg", '"3.4"'),
        ({"sdg": ["3.4.1"]}, "sdg", '"3.4"'),
        ({"sdg": [3.1]}, "sdg", "a code is text"),
        ({"sdg": [3]}, "sdg", "a code is text"),
        ({"sdg": "3.4"}, "sdg", "list"),
        ({"iris": ["oi1234"]}, "iris", "OI1234"),
        ({"iris": ["OI12345"]}, "iris", "OI1234"),
        ({"toms": ["TOM1"]}, "toms", "NT1"),
        ({"toms": ["NT1\nNT2"]}, "toms", "NT1"),
        ({"sdgs": ["3"]}, "sdgs", "sdg"),
        (["3"], "codes", ""),
    ],
)
def test_what_is_no_code_is_refused_where_it_stands(codes, place, words):
    text = json.dumps(small({"outcomes.change.codes": codes}), indent=1)
    with pytest.raises(sroi.DocumentError) as refused:
        sroi.loads(text)
    (problem,) = refused.value.problems
    assert problem.path.startswith("outcomes.change.codes")
    assert place in problem.path
    assert problem.line > 1
    assert words in f"{problem.message} {problem.hint}"


def test_an_unquoted_target_is_refused_not_read_as_another():
    text = json.dumps(small({"outcomes.change.codes": {"sdg": ["@"]}})).replace('"@"', "3.10")
    with pytest.raises(sroi.DocumentError, match=r"3\.1 and 3\.10 are two codes"):
        sroi.loads(text)

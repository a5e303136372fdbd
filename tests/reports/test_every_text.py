"""Every text that an outcome holds is in every report: a field that is added later too."""

import html
import io
import zipfile
from xml.etree import ElementTree as ET

import pytest
from helpers import outcome, small

import sroi
from sroi.model import Outcome

TEXTS = [name for name, field in Outcome.model_fields.items() if field.json_schema_extra["unit"] == "text"]
FORMATS = ("md", "html", "docx", "xlsx")


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    texts = {name: f"Marked {name.replace('_', ' ')} stands here" for name in TEXTS}
    study = sroi.Study.model_validate(small(outcomes={"change": outcome(**texts)}))
    folder = tmp_path_factory.mktemp("texts")
    paths = {form: folder / f"report.{form}" for form in FORMATS}
    sroi.report(study, list(paths.values()), draws=100)
    return texts, {form: words(path) for form, path in paths.items()}


def words(path):
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as held:
            parts = [held.read(name) for name in held.namelist() if name.endswith(".xml")]
        return "\n".join("".join(ET.fromstring(part).itertext()) for part in parts)
    return html.unescape(path.read_text(encoding="utf-8"))


def test_an_outcome_has_texts():
    assert {"title", "indicator", "activity", "output"} <= set(TEXTS)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", TEXTS)
def test_a_report_says_every_text_of_an_outcome(said, name, form):
    texts, reports = said
    assert texts[name] in reports[form].replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")

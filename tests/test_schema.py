"""The JSON Schema agrees with the loader: what loads is valid, and structural mistakes are not."""

from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

import sroi
from sroi.documents.reader import read_file

ROOT = Path(__file__).parent.parent
STUDY, PACK = (Draft202012Validator(sroi.json_schema(kind)) for kind in ("study", "pack"))
GOOD_STUDIES = [
    *ROOT.glob("examples/**/*.yaml"),
    *ROOT.glob("tests/golden/*.yaml"),
    *ROOT.glob("assumptions/interventions/*.yaml"),
]
GOOD_PACKS = [*ROOT.glob("assumptions/national/*.yaml"), *ROOT.glob("assumptions/boroughs/*.yaml")]
BROKEN = sorted(ROOT.glob("tests/broken/*.yaml"))


def plain(file):
    """The document as the loader reads it, with what it takes for text, dates and years left as text."""
    return read_file(file, "test").root


@pytest.mark.parametrize("kind", ["study", "pack"])
def test_the_schemas_are_schemas_with_a_description_for_every_field(kind):
    schema = sroi.json_schema(kind)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    for name, definition in schema["$defs"].items():
        for field, entry in definition.get("properties", {}).items():
            assert entry.get("description"), f"{name}.{field}"


@pytest.mark.parametrize("file", GOOD_STUDIES, ids=lambda file: file.stem)
def test_every_study_that_is_shipped_is_valid(file):
    assert [error.message for error in STUDY.iter_errors(plain(file))] == []


@pytest.mark.parametrize("file", GOOD_PACKS, ids=lambda file: file.stem)
def test_every_pack_that_is_shipped_is_valid(file):
    assert [error.message for error in PACK.iter_errors(plain(file))] == []


def test_what_the_schema_refuses_the_loader_refuses_too():
    refused = []
    for file in BROKEN:
        try:
            document = plain(file)
        except sroi.DocumentError:
            continue
        validator = PACK if file.name.startswith("pack-") else STUDY
        if not validator.is_valid(document):
            refused.append(file.stem)
            with pytest.raises(sroi.DocumentError):
                sroi.evaluate(sroi.loads(file.read_text(encoding="utf-8"), packs=[file.parent]))
    assert len(refused) > 40, refused


def test_a_misspelt_key_is_a_mistake_for_editors_as_well():
    document = yaml.safe_load((ROOT / "tests/golden/lunch-club.yaml").read_text(encoding="utf-8"))
    document["outcomes"]["less_lonely"]["dropoff"] = 0.4
    assert not STUDY.is_valid(document)


def test_a_study_on_an_intervention_may_write_parts_of_entries():
    document = {
        "sroi": 1,
        "id": "x",
        "title": "X",
        "kind": "forecast",
        "currency": "GBP",
        "price_year": 2024,
        "first_year": 2024,
    }
    assert not STUDY.is_valid(document)
    assert STUDY.is_valid(
        {
            **document,
            "intervention": "local-area-coordination",
            "outcomes": {"tenancies_kept": {"omit": True}},
        }
    )


@pytest.mark.parametrize(
    "file", [*GOOD_PACKS, *ROOT.glob("assumptions/interventions/*.yaml")], ids=lambda file: file.stem
)
def test_a_shipped_file_tells_editors_its_schema(file):
    first = file.read_text(encoding="utf-8").partition("\n")[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (file.parent / first.partition("=")[2]).is_file()

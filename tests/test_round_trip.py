"""A study is the same after it was written and read again, whatever its texts and numbers are."""

from __future__ import annotations

import json

import pytest
import yaml
from helpers import outcome, small
from hypothesis import assume, given, reject
from hypothesis import strategies as st

import sroi
from sroi.validation import problems_with_numbers

LIKE_SOMETHING_ELSE = """
yes No on OFF y n true True null ~ NULL 012 0x1f 0b1 1_000 60_00 1e22 1e5 1E400 .5 5. .inf -.inf .NaN nan
Infinity 12:30 190:20:30 2024-01-01 2024-01-01T10:00:00Z 1.250 60.000 30% £5 5 members*2
- -- --- ... ? : , [ ] { } # & * ! | > ' " % @ ` << = <<: a: b #c {a} [a] !!str &a *a |- >+ \\x1b \\u202e \\
"""
AWKWARD = (
    "\t\n\r\x00\x07\x1b\x7f\x80\x85\x9b\xa0\xad\u061c\u200b\u200e\u2028\u2029\u202e\u2066\u3000"
    "\ud800\udfff\ufeff\ufffe\uffff\U0001f600 :#'\"\\-"
)
WORDS = st.sampled_from(LIKE_SOMETHING_ELSE.split())
TEXTS = st.one_of(
    WORDS,
    st.text(st.sampled_from(AWKWARD + "ab1"), max_size=8),
    st.text(max_size=12),
    st.builds("{}{}{}".format, st.sampled_from(AWKWARD), WORDS, st.text(max_size=3)),
)
NUMBERS = st.one_of(
    st.integers(-(10**25), 10**25),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from((1e22, 1e16, 1.0e-7, -0.0, 5e-324, 1e100, "30%", "1e22", "1_000", "2 * 3", True, None)),
)
VALUES = st.recursive(
    st.one_of(TEXTS, NUMBERS, st.floats()),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(TEXTS, inner, max_size=2)),
    max_leaves=4,
)


@st.composite
def documents(draw):
    estimate = {"value": draw(NUMBERS), "rationale": draw(TEXTS), "unit": draw(TEXTS)}
    document = small(
        title=draw(TEXTS),
        outcomes={"change": outcome(title=draw(TEXTS), value=draw(NUMBERS))},
        assumptions={"members": estimate},
        limitations=draw(st.one_of(TEXTS, st.lists(TEXTS, max_size=2))),
        payers={draw(TEXTS): {"title": draw(TEXTS)}},
        sources={"report": {"title": draw(TEXTS), "year": draw(NUMBERS), "publisher": draw(TEXTS)}},
        scenarios=draw(st.dictionaries(TEXTS, st.dictionaries(TEXTS, VALUES, max_size=2), max_size=2)),
    )
    changed = draw(st.sampled_from(("title", "limitations", "payers", "sources", "scenarios", "assumptions")))
    return {
        **small(),
        changed: document[changed],
        "title": document["title"],
        "outcomes": document["outcomes"],
    }


@given(documents(), st.booleans())
def test_what_is_written_reads_as_the_same_study(document, escaped):
    try:
        study = sroi.loads(json.dumps(document, ensure_ascii=escaped))
    except sroi.DocumentError:
        reject()
    written = sroi.dumps(study)
    assert written.encode().decode() == written
    assert sroi.loads(written) == study
    assert sroi.dumps(sroi.loads(written)) == written
    for text in (written, study.to_yaml(), study.to_yaml().encode()):
        assert sroi.loads(text) == study


@given(documents())
def test_a_study_made_in_python_is_refused_or_written_as_it_is(document):
    try:
        study = sroi.Study.model_validate(document)
    except sroi.DocumentError:
        reject()
    assume(not problems_with_numbers(study))
    for written in (sroi.dumps(study), study.to_yaml(), plain_of(study)):
        assert sroi.loads(written) == study


def plain_of(study):
    """A study as the mapping that its text holds."""
    return study.model_dump(mode="json", exclude_unset=True, by_alias=True)


def test_a_mapping_is_read_as_the_text_that_says_the_same():
    document = small(place="haringey", outcomes={"change": outcome(deadweight="35%", quantity=(1, 2))})
    by_text, by_mapping = sroi.loads(json.dumps(document)), sroi.loads(document)
    assert by_mapping == by_text
    assert by_mapping.provenance.packs.keys() == by_text.provenance.packs.keys() != set()
    result = sroi.evaluate(by_mapping).to_dict()
    assert result["value_map"] == sroi.evaluate(by_text).to_dict()["value_map"]
    assert (
        result["provenance"]["study_sha256"] != sroi.evaluate(sroi.loads(small())).provenance["study_sha256"]
    )


def test_a_mapping_may_hold_models():
    change = sroi.Outcome(**outcome(deadweight=sroi.Estimate(value="35%", low="10%", high="50%")))
    study = sroi.loads(small(outcomes={"change": change}, assumptions={"a": sroi.Estimate(value=3)}))
    assert study.outcomes["change"] == change
    assert study.assumptions["a"] == sroi.Estimate(value=3)


CIRCLE: dict = {}
CIRCLE["a"] = CIRCLE


@pytest.mark.parametrize(
    ("document", "path", "message"),
    [
        (small({"outcomes.change.deadweight": "130%"}), "outcomes.change.deadweight", "not a share"),
        (small({"outcomes.change.deadwait": 0}), "outcomes.change.deadwait", "did you mean deadweight"),
        (small({"outcomes.change.value": object()}), "outcomes.change.value", "is not a number"),
        (small({"outcomes.change.quantity": "membres"}), "outcomes.change.quantity", "membres"),
        (small(outcomes={3: outcome()}), "outcomes", "the key 3 is no text; write the key as text"),
        (CIRCLE, "a.a.a", "nested more than 50 deep"),
        ({}, "", "sroi is missing"),
    ],
)
def test_a_mapping_is_refused_at_its_path(document, path, message):
    with pytest.raises(sroi.DocumentError, match=message) as error:
        sroi.loads(document)
    assert {(problem.path, problem.file) for problem in error.value.problems} >= {(path, "<mapping>")}


def test_a_written_study_says_what_its_fields_mean(tmp_path):
    study = sroi.loads(small({"outcomes.change.drop_off": None}, place="derby"))
    text = study.to_yaml()
    assert "\n# What is spent or given.\ninputs:\n" in text
    assert "duration: 1  # How many benefit years, part years allowed" in text
    assert max(len(line) for line in text.splitlines() if "# " in line) <= 110
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert yaml.safe_load("\n".join(lines)) == yaml.safe_load(study.to_yaml(comments=False))
    sroi.dump(study, tmp_path / "study.yaml")
    assert (tmp_path / "study.yaml").read_text(encoding="utf-8") == text == sroi.dumps(study, comments=True)
    sroi.dump(study, tmp_path / "study.yaml", comments=False)
    assert (tmp_path / "study.yaml").read_text(encoding="utf-8") == sroi.dumps(study)

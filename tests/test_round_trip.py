"""A study is the same after it was written and read again, whatever its texts and numbers are."""

from __future__ import annotations

import json

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


@given(documents())
def test_a_study_made_in_python_is_refused_or_written_as_it_is(document):
    try:
        study = sroi.Study.model_validate(document)
    except sroi.DocumentError:
        reject()
    assume(not problems_with_numbers(study))
    assert sroi.loads(sroi.dumps(study)) == study

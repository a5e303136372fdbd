"""Hundreds of broken inputs of every kind end in a result or in our own words; a night's run has more."""

import multiprocessing
import os
import random
import time

import corpus
import judging
import pytest
import running
import targets
from helpers import small, text_of

import sroi

pytestmark = pytest.mark.faults
INPUTS = int(os.environ.get("SROI_FUZZ", "300"))
"""Inputs of each target."""

SEED = 20_261_128


@pytest.mark.parametrize("target", targets.TARGETS)
def test_whatever_is_read_ends_in_a_result_or_in_our_own_words(target):
    results = [running.run_one(target, SEED, number) for number in range(INPUTS)]
    failed = [each for each in results if isinstance(each, running.Failure)]
    assert not failed, "\n".join(
        f"--only {each.number}: {each.place}\n{each.said[-2_000:]}" for each in failed
    )
    assert results.count("read") > len(results) / 40
    assert results.count("refused") > len(results) / 20


@pytest.mark.parametrize("target", targets.TARGETS)
def test_an_input_is_the_same_whenever_it_is_made(target):
    made = {targets.made(target, 1, number) for number in range(20)}
    assert made == {targets.made(target, 1, number) for number in range(20)}
    assert len(made) > 10


def judged_by(monkeypatch, judge):
    target = targets.Target(lambda rng: b"one line\nand BAD ones\nand more\n", judge)
    monkeypatch.setitem(running.TARGETS, "ours", target)
    return "ours"


def refuses(content, chance):
    raise sroi.DocumentError("it is refused", "write another")


def crashes(content, chance):
    if b"BAD" in content:
        raise KeyError("BAD")


def hangs(content, chance):
    while True:
        pass


def ends(content, chance):
    os._exit(3)


@pytest.mark.parametrize(
    ("judge", "kind"),
    [(refuses, "refused"), (lambda *_: None, "read"), (crashes, "KeyError"), (hangs, "Hang")],
)
def test_what_became_of_an_input_is_told(monkeypatch, judge, kind):
    monkeypatch.setattr(running, "MOST_SECONDS", 0.2)
    found = running.run_one(judged_by(monkeypatch, judge), 1, 1)
    assert getattr(found, "kind", found) == kind


def test_what_fails_is_kept_and_made_smaller(monkeypatch, tmp_path):
    jobs = [(judged_by(monkeypatch, crashes), number) for number in range(5)]
    tally = running.run(jobs, seed=1, processes=2, folder=tmp_path, told=lambda *_, **__: None)
    assert len(tally.failures) == 5
    assert len(list(tmp_path.glob("*.input"))) == running.KEPT
    assert {each.read_bytes() for each in tmp_path.glob("*.smaller")} == {b"BAD"}


@pytest.mark.parametrize("judge", [ends, lambda *_: time.sleep(60)])
def test_a_process_that_ends_or_falls_silent_is_begun_again(monkeypatch, tmp_path, judge):
    monkeypatch.setattr(running, "SILENT", 0.5)
    jobs = [(judged_by(monkeypatch, judge), number) for number in range(3)]
    tally = running.run(jobs, seed=1, processes=1, folder=tmp_path, told=lambda *_, **__: None)
    assert [each.kind for each in tally.failures] == (["Ended"] if judge is ends else ["Hang"]) * 3
    assert not multiprocessing.active_children()


def test_more_memory_than_a_process_may_have_is_told(monkeypatch, tmp_path):
    jobs = [(judged_by(monkeypatch, lambda *_: bytearray(5 << 30)), 0)]
    tally = running.run(jobs, seed=1, processes=1, folder=tmp_path, told=lambda *_, **__: None)
    assert [each.kind for each in tally.failures] == ["MemoryError"]


def test_the_oracle_is_asked_about_the_studies_that_are_drawn():
    asked = []
    for document in corpus.drawn():
        evaluation = sroi.evaluate(sroi.loads(text_of(document)))
        asked.append(judging.contradicted(evaluation.study, evaluation, document))
    assert asked.count(True) > len(asked) / 2


def test_a_result_that_the_oracle_contradicts_fails():
    document = small()
    evaluation = sroi.evaluate(sroi.loads(text_of(document)))
    judging.contradicted(evaluation.study, evaluation, document)
    document["outcomes"]["change"]["quantity"] = 11
    with pytest.raises(judging.WrongError, match="the oracle says otherwise"):
        judging.contradicted(evaluation.study, evaluation, document)


def test_every_calculation_holds_for_every_study_that_is_drawn():
    for document in random.Random(1).sample(corpus.drawn(), 3):
        judging.judged(sroi.loads(text_of(document)), None)

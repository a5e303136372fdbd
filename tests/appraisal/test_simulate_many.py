"""Many studies simulated together: what they share does not average out, on any executor, after a kill."""

import os
import signal
import subprocess
import sys
import textwrap
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from helpers import changed, outcome, small, study_of

import sroi

EFFECT = {"value": 0.3, "low": 0.05, "high": 0.6, "source": "trial"}
OWN = {"value": 40, "low": 20, "high": 70}


def programme(name, people=100, price=150, **changes):
    """A programme that rests on the one trial, with a price and people of its own."""
    document = small(
        id=name,
        title=name,
        sources={"trial": {"title": "A trial"}},
        assumptions={
            "effect": EFFECT,
            f"price_of_{name}": {"value": price, "low": price / 2, "high": price * 2},
        },
        outcomes={f"change_{name}": outcome(quantity=f"{people} * effect", value=f"price_of_{name}")},
    )
    document["inputs"] = {f"grant_{name}": document["inputs"]["grant"]}
    return changed(document, changes)


def merged(*documents):
    """The programmes as one study, which draws what they share once because it is one name there."""
    whole = changed(documents[0], {"id": "merged", "title": "merged"})
    for each in documents[1:]:
        for section in ("assumptions", "inputs", "outcomes"):
            whole[section] = {**whole[section], **each[section]}
    return whole


PROGRAMMES = [programme("north"), programme("south", 300, 60), programme("east", 50, 500)]


def many_of(*documents, **asked):
    return sroi.simulate_many([study_of(each) for each in documents], **{"draws": 2_000, **asked})


def test_what_programmes_share_does_not_average_out():
    draws = 200_000
    found = many_of(*PROGRAMMES, draws=draws)
    joint = sroi.simulate(study_of(merged(*PROGRAMMES)), draws=draws, seed=1)
    for figure in ("social_return_ratio", "net_present_value", "present_value"):
        mine, theirs = found.spreads[figure], joint.spreads[figure]
        assert mine.mean == pytest.approx(theirs.mean, abs=5 * theirs.sd * (2 / draws) ** 0.5)
        assert mine.sd == pytest.approx(theirs.sd, rel=0.02)
        for percent, value in theirs.percentiles.items():
            assert mine.percentiles[percent] == pytest.approx(value, abs=0.02 * theirs.sd)
    assert found.central["social_return_ratio"] == pytest.approx(joint.evaluation.social_return_ratio)
    assert found.shared == {"effect": 3}
    assert found.apart_sd < 0.85 * found.spreads["net_present_value"].sd
    assert found.apart_sd == pytest.approx(
        sum(each.spreads["net_present_value"].sd ** 2 for each in found.studies) ** 0.5
    )


def test_the_same_name_from_another_source_is_another_number_and_averages_out():
    other = changed(
        PROGRAMMES[1], {"sources.cohort": {"title": "A cohort"}, "assumptions.effect.source": "cohort"}
    )
    found = many_of(PROGRAMMES[0], other, draws=50_000)
    assert (found.shared, found.apart) == ({}, ("effect",))
    assert found.spreads["net_present_value"].sd == pytest.approx(found.apart_sd, rel=0.02)


def test_numbers_of_one_text_in_several_places_are_one_number():
    found = sroi.simulate_many(["befriending"], places=["derby", "york", "leeds"], draws=3_000)
    alone = found.studies[0].spreads["net_present_value"].sd
    assert found.spreads["net_present_value"].sd == pytest.approx(3 * alone, rel=0.05)
    assert found.shared["wellby"] == 3
    assert found.apart_sd == pytest.approx(3**0.5 * alone, rel=0.05)


def test_each_study_is_spread_as_when_it_is_simulated_alone():
    draws = 100_000
    found = many_of(*PROGRAMMES, draws=draws)
    for document, mine in zip(PROGRAMMES, found.studies, strict=True):
        alone = sroi.simulate(study_of(document), draws=draws).ratio
        ours = mine.spreads["social_return_ratio"]
        assert ours.sd == pytest.approx(alone.sd, rel=0.02)
        assert ours.percentiles[90] == pytest.approx(alone.percentiles[90], rel=0.02)


class Backwards(Executor):
    """Runs each task when its result is asked for, the last of those that wait first."""

    def __init__(self):
        self.waiting = []

    def submit(self, function, /, *args, **kwargs):
        future = Future()
        self.waiting.append((future, function, args, kwargs))
        future.result = lambda timeout=None: (self.run(), Future.result(future))[1]
        return future

    def run(self):
        while self.waiting:
            future, function, args, kwargs = self.waiting.pop()
            future.set_result(function(*args, **kwargs))


@pytest.mark.parametrize("draws", [1_000, 70_000])
def test_the_numbers_are_the_same_on_any_executor_and_in_any_order(draws):
    whole = many_of(*PROGRAMMES, draws=draws, seed=5)
    with ThreadPoolExecutor(3) as threads, ProcessPoolExecutor(2) as processes:
        for executor in (threads, processes, Backwards()):
            assert many_of(*PROGRAMMES, draws=draws, seed=5, executor=executor) == whole
    other_way = many_of(*reversed(PROGRAMMES), draws=draws, seed=5)
    assert {each.name: each for each in other_way.studies} == {each.name: each for each in whole.studies}
    assert other_way.spreads["net_present_value"].mean == pytest.approx(
        whole.spreads["net_present_value"].mean
    )
    alone = many_of(PROGRAMMES[0], draws=draws, seed=5)
    assert alone.studies[0] == whole.studies[0]  # whatever stands beside it
    assert many_of(*PROGRAMMES, draws=draws, seed=6).ratio.mean != whole.ratio.mean


def test_correlated_numbers_stay_so_with_those_that_studies_share():
    pair = {"correlations": [{"between": ["effect", "price_of_north"], "rank": 0.8}]}
    one = {**PROGRAMMES[0], **pair}
    found = many_of(one, PROGRAMMES[1], draws=100_000)
    joint = sroi.simulate(study_of(merged(one, PROGRAMMES[1])), draws=100_000, seed=3)
    assert found.spreads["net_present_value"].sd == pytest.approx(
        joint.spreads["net_present_value"].sd, rel=0.02
    )
    plain = many_of(*PROGRAMMES[:2], draws=100_000)
    assert found.spreads["net_present_value"].sd > 1.05 * plain.spreads["net_present_value"].sd


def test_correlations_that_differ_between_studies_are_told_of_the_study():
    one = {**PROGRAMMES[0], "correlations": [{"between": ["effect", "price_of_north"], "rank": 0.8}]}
    other = {**one, "id": "again", "correlations": [{"between": ["effect", "price_of_north"], "rank": 0.3}]}
    other = changed(other, {"inputs.grant_north.value": 10})
    found = many_of(one, other)
    assert [each.name for each in found.failed] == ["again"]
    assert "correlated by 0.8" in found.failed[0].reason


def test_a_study_that_fails_is_told_and_the_others_finish():
    empty = changed(PROGRAMMES[1], {"outcomes.change_south.deadweight": None})
    told = []
    found = many_of(PROGRAMMES[0], empty, PROGRAMMES[2], on_study=lambda *said: told.append(said))
    assert [each.name for each in found.studies] == ["north", "east"]
    assert [each.name for each in found.failed] == ["south"]
    assert "deadweight" in found.failed[0].reason
    assert found.shared == {"effect": 2}
    assert sorted(done for _, done, _ in told) == [1, 2, 3]
    assert {of for *_, of in told} == {3}
    assert {name for name, *_ in told} == {"north", "south", "east"}
    assert "1 of 3 studies" in found.warnings[0]
    assert found == many_of(PROGRAMMES[0], empty, PROGRAMMES[2])
    none = many_of(empty)
    assert (none.studies, none.currency, none.answer) == ((), None, "no study could be simulated")
    assert none.to_json()


def test_names_are_loaded_in_every_place_and_what_is_not_there_is_told():
    found = sroi.simulate_many(["befriending", "no-such-thing"], places=["derby", "york"], draws=100)
    assert [each.name for each in found.studies] == ["befriending in derby", "befriending in york"]
    assert [each.name for each in found.failed] == ["no-such-thing in derby", "no-such-thing in york"]


def test_what_cannot_be_added_up_is_refused():
    dollars = changed(PROGRAMMES[1], {"currency": "USD"})
    with pytest.raises(sroi.DocumentError, match="Currency differs"):
        many_of(PROGRAMMES[0], dollars)
    with pytest.raises(sroi.DocumentError, match="no study"):
        sroi.simulate_many([])


def test_prices_are_brought_to_one_year_and_what_is_shared_stays_one_number():
    worth = {"value": 100, "low": 50, "high": 200, "price_year": 2019, "source": "trial"}
    one = changed(PROGRAMMES[0], {"assumptions.price_of_north": worth})
    later = changed(one, {"id": "later", "price_year": 2022, "inputs.grant_north.value": 1_100})
    with pytest.raises(sroi.DocumentError, match="bring all to one: price_year=2024"):
        many_of(one, later)
    found = many_of(one, later, price_year=2022, draws=20_000)
    assert found.price_year == 2022
    assert set(found.shared) == {"effect", "price_of_north"}
    first, second = (each.spreads["present_value"] for each in found.studies)
    assert first.mean == pytest.approx(second.mean, rel=1e-9)
    assert found.spreads["present_value"].sd == pytest.approx(2 * first.sd, rel=1e-9)
    assert found.central["investment"] == pytest.approx(
        sum(each.central["investment"] for each in found.studies)
    )
    with pytest.raises(sroi.DocumentError, match="price year"):
        many_of(one, later, price_year="soon")


def test_other_methods_and_years_are_added_up_where_that_is_asked_for_and_named():
    later = changed(PROGRAMMES[1], {"first_year": 2030})
    with pytest.raises(sroi.DocumentError, match="anyway=True"):
        many_of(PROGRAMMES[0], later)
    found = many_of(PROGRAMMES[0], later, anyway=True)
    assert found.unlike == ("First year differs: 2024 (north); 2030 (south)",)


def test_a_fresh_seed_is_told_and_gives_the_same_again():
    fresh = many_of(*PROGRAMMES, seed=None)
    assert many_of(*PROGRAMMES, seed=fresh.seed) == fresh


RUN = """
import os, signal, sys
sys.path.insert(0, {tests!r})
from test_simulate_many import PROGRAMMES, many_of
def told(name, done, of):
    print(name, flush=True)
    if done == 2:
        os.kill(os.getpid(), signal.SIGKILL)
many_of(*PROGRAMMES, resume=sys.argv[1], on_study=told)
"""


def test_a_run_that_was_killed_goes_on_from_what_is_kept(tmp_path, monkeypatch):
    script = tmp_path / "run.py"
    here = Path(__file__).parent
    script.write_text(textwrap.dedent(RUN.format(tests=str(here))))
    path = os.pathsep.join(map(str, (Path.cwd(), here.parent, here)))
    ran = subprocess.run(
        [sys.executable, script, tmp_path / "kept"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == -signal.SIGKILL, ran.stderr.decode()
    files = sorted((tmp_path / "kept").glob("batch-*.npz"))
    assert len(files) == 2
    before = [each.stat().st_mtime_ns for each in files]
    computed = []
    run = sroi.appraisal.running.run_batch
    monkeypatch.setattr(
        "sroi.appraisal.running.run_batch", lambda batch: (computed.append(batch), run(batch))[1]
    )
    found = many_of(*PROGRAMMES, resume=tmp_path / "kept")
    assert [[each.name for each in batch.members] for batch in computed] == [["east"]]
    assert found == many_of(*PROGRAMMES)
    assert [each.stat().st_mtime_ns for each in files] == before
    many_of(*PROGRAMMES, seed=9, resume=tmp_path / "kept")
    assert len(list((tmp_path / "kept").glob("batch-*.npz"))) == 6  # other draws are other files


@pytest.mark.parametrize("spoiled", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_a_kept_file_that_is_none_is_named(tmp_path, spoiled):
    many_of(*PROGRAMMES, resume=tmp_path)
    file = next(tmp_path.glob("batch-*.npz"))
    file.write_bytes(spoiled)
    with pytest.raises(sroi.DocumentError, match=r"no finished batch.*remove it"):
        many_of(*PROGRAMMES, resume=tmp_path)


def _die(_):
    os.kill(os.getpid(), signal.SIGKILL)


def test_an_executor_that_breaks_is_told_and_what_was_finished_is_kept(tmp_path, monkeypatch):
    run = sroi.appraisal.running.run_batch
    many_of(PROGRAMMES[0], PROGRAMMES[1], PROGRAMMES[2], resume=tmp_path)
    next(iter(sorted(tmp_path.glob("batch-*.npz")))).unlink()
    monkeypatch.setattr("sroi.appraisal.running.run_batch", _die)
    with ProcessPoolExecutor(1) as pool, pytest.raises(sroi.SroiError, match="goes on from what is kept"):
        many_of(*PROGRAMMES, resume=tmp_path, executor=pool)
    monkeypatch.setattr("sroi.appraisal.running.run_batch", run)
    assert many_of(*PROGRAMMES, resume=tmp_path) == many_of(*PROGRAMMES)


class Failing(ThreadPoolExecutor):
    """Fails the second of its tasks, as a worker that is out of memory does."""

    count = 0

    def submit(self, function, /, *args, **kwargs):
        self.count += 1
        return super().submit(_fail if self.count == 2 else function, *args, **kwargs)


def _fail(_):
    raise MemoryError("out of memory")


def test_a_task_that_fails_takes_its_own_studies_alone(tmp_path):
    with Failing(1) as executor:
        found = many_of(*PROGRAMMES, executor=executor, resume=tmp_path)
    assert [each.name for each in found.studies] == ["north", "east"]
    assert found.failed[0].reason == "its task failed: MemoryError: out of memory"
    assert not many_of(*PROGRAMMES, resume=tmp_path).failed  # what failed so is not kept


def test_the_result_is_read_in_every_form():
    found = many_of(*PROGRAMMES)
    assert "in 8 of 10 draws" in found.answer
    assert list(found.to_frame()["name"]) == ["north", "south", "east"]
    assert "Ratio of sums" in found.to_markdown()
    plain = found.to_dict()
    assert plain["schema"]["name"] == "sroi/simulations"
    assert np.isclose(plain["central"]["investment"], 3_000)

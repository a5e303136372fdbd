"""The same from 16 threads at once, and from processes of their own, as alone: every byte."""

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

import sroi

pytestmark = pytest.mark.faults
ROOT = Path(__file__).resolve().parent.parent.parent
THREADS = 16
STUDIES = {
    "lunch club": lambda: sroi.load(ROOT / "examples" / "lunch-club.yaml"),
    "reference": lambda: sroi.load(ROOT / "tests" / "data" / "reference_study.yaml"),
    "a place": lambda: sroi.load("befriending", place="york"),
    "another place": lambda: sroi.load("local-area-coordination", place="derby"),
}
WORK = {
    "load": lambda study, folder: sroi.dumps(study),
    "evaluate": lambda study, folder: sroi.evaluate(study).to_json(),
    "ledger": lambda study, folder: sroi.ledger(sroi.evaluate(study)).to_json(),
    "simulate": lambda study, folder: sroi.simulate(study, draws=2_000).to_json(),
    "simulate in chunks": lambda study, folder: sroi.simulate(study, draws=140_000, threads=2).to_json(),
    "sobol points": lambda study, folder: sroi.simulate(study, draws=1_024, sampler="sobol").to_json(),
    "ledger_spread": lambda study, folder: sroi.ledger_spread(study, draws=500).to_json(),
    "sensitivity": lambda study, folder: sroi.sensitivity(study).to_json(),
    "sobol": lambda study, folder: sroi.sobol(study, points=32).to_json(),
    "switching_values": lambda study, folder: sroi.switching_values(study, 2.0).to_json(),
    "value_of_information": lambda study, folder: sroi.value_of_information(study, draws=500).to_json(),
    "markdown": lambda study, folder: sroi.evaluate(study).to_markdown(),
    "notebook": lambda study, folder: sroi.evaluate(study)._repr_html_(),
    "map": lambda study, folder: sroi.export_value_map(study).content,
    **{
        f"report {ending}": lambda study, folder, ending=ending: reported(study, folder, ending)
        for ending in (".md", ".html", ".xlsx", ".docx")
    },
}
"""Kinds of work, each of which gives text or bytes."""


def reported(study, folder, ending):
    file = folder / f"{study.id}{ending}"
    sroi.report(study, file, draws=200, force=True)
    return file.read_bytes()


def done(job):
    """One piece of work in a folder of its own."""
    work, name, folder = job
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return WORK[work](STUDIES[name](), folder)


def jobs(folder, works, times=1):
    return [
        (work, name, str(folder / f"{work} {name} {again}".replace(".", "")))
        for again in range(times)
        for work in works
        for name in STUDIES
    ]


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """What each piece of work gives by itself, made once."""
    known = {}

    def given(work, name):
        if (work, name) not in known:
            known[work, name] = done((work, name, str(tmp_path_factory.mktemp("alone"))))
        return known[work, name]

    return given


@pytest.mark.parametrize("work", WORK)
def test_sixteen_threads_give_the_same_bytes_as_one(work, alone, tmp_path):
    asked = jobs(tmp_path, [work], times=4)
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(done, asked))
    assert [each == alone(*job[:2]) for job, each in zip(asked, found, strict=True)] == [True] * len(asked)


def test_sixteen_threads_at_different_work_give_the_same_bytes_as_one(alone, tmp_path):
    """Different studies and kinds of work beside each other, with threads changed as often as can be."""
    asked = jobs(tmp_path, [work for work in WORK if not work.startswith("report")])
    often, before = 1e-5, sys.getswitchinterval()
    sys.setswitchinterval(often)
    try:
        with ThreadPoolExecutor(THREADS) as pool:
            found = list(pool.map(done, asked))
    finally:
        sys.setswitchinterval(before)
    assert [job[:2] for job, each in zip(asked, found, strict=True) if each != alone(*job[:2])] == []


def test_one_study_and_one_library_serve_sixteen_threads():
    library = sroi.Library()
    study = sroi.load("befriending", place="york", packs=library)
    wanted = sroi.evaluate(study).to_json()
    places = ["york", "derby", "haringey", "leeds", "manchester", "swansea"]
    by_place = {place: sroi.evaluate(sroi.load("befriending", place=place)).to_json() for place in places}
    fresh = sroi.Library()

    def work(at):
        place = places[at % len(places)]
        again = sroi.evaluate(sroi.load("befriending", place=place, packs=fresh)).to_json()
        return sroi.evaluate(study).to_json() == wanted and again == by_place[place]

    with ThreadPoolExecutor(THREADS) as pool:
        assert all(pool.map(work, range(96)))


@pytest.mark.parametrize(
    "method", [each for each in ("spawn", "forkserver") if each in multiprocessing.get_all_start_methods()]
)
def test_processes_give_the_same_bytes(method, alone, tmp_path):
    asked = [
        (work, name, folder)
        for work, name, folder in jobs(tmp_path, WORK)
        if name in ("lunch club", "a place")
    ]
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
        found = list(pool.map(done, asked))
    assert [job[:2] for job, each in zip(asked, found, strict=True) if each != alone(*job[:2])] == []


def test_studies_and_results_travel_between_processes():
    study = sroi.load("befriending", place="york")
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        found = pool.submit(sroi.evaluate, study).result()
        drawn = pool.submit(sroi.simulate, study, draws=1_000).result()
    assert found == sroi.evaluate(study)
    assert found.to_json() == sroi.evaluate(study).to_json()
    assert drawn.to_json() == sroi.simulate(study, draws=1_000).to_json()

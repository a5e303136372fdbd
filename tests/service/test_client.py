"""The client against a running service: the library's own figures and the library's own errors."""

from __future__ import annotations

from pathlib import Path

import pytest

import sroi
from sroi.client import Client
from tests.service.test_limits import served

LUNCH = (Path(__file__).parents[2] / "examples" / "lunch-club.yaml").read_text(encoding="utf-8")
TOKEN = "another-token-of-some-length"


def test_a_service_is_asked_as_the_library_is():
    with (
        served(environment={"SROI_TOKENS": TOKEN}) as (address, _),
        Client(address, token=TOKEN) as service,
        Client(address) as stranger,
    ):
        result = sroi.evaluate(sroi.loads(LUNCH))
        assert service.evaluate(LUNCH)["result"]["social_return_ratio"] == result.social_return_ratio
        derby = service.evaluate(intervention="befriending", place="derby")["result"]
        assert derby["social_return_ratio"] == pytest.approx(
            sroi.evaluate(sroi.load("befriending", place="derby")).social_return_ratio, rel=1e-12
        )
        assert service.simulate(LUNCH, draws=200)["result"]["draws"] == 200
        assert service.explain("less_lonely", LUNCH)["result"]["explained"] == "less_lonely"
        assert service.check(LUNCH)["result"]["findings"] is not None
        assert service.report(LUNCH, format="markdown", draws=200).startswith(b"# ")
        assert {each["intervention"] for each in service.interventions()} >= {"befriending"}
        assert service.places("derby")
        wrong = LUNCH.replace("deadweight", "deadwait", 1)
        with pytest.raises(sroi.DocumentError) as found:
            service.evaluate(wrong)
        with pytest.raises(sroi.DocumentError) as same:
            sroi.loads(wrong)
        said = [(each.message, each.path, each.line) for each in found.value.problems]
        assert said == [(each.message, each.path, each.line) for each in same.value.problems]
        with pytest.raises(sroi.NotFoundError, match="did you mean derby"):
            service.evaluate(intervention="befriending", place="derbyy")
        with pytest.raises(sroi.UndefinedResultError, match="points_gained"):
            service.evaluate(intervention="mens-shed", place="derby")
        with pytest.raises(sroi.SroiError, match="token"):
            stranger.evaluate(LUNCH)


def test_a_service_that_is_not_there_is_an_error_of_ours():
    with Client("http://127.0.0.1:9") as nobody, pytest.raises(sroi.SroiError, match="does not answer"):
        nobody.places()

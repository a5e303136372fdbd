"""Every question of the service gives what the library gives, and every fault has its place in the body."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

import sroi
from sroi.results.base import plain
from sroi.service.openapi import document
from sroi.service.questions import QUESTIONS
from sroi.service.settings import Settings

LUNCH = (Path(__file__).parents[2] / "examples" / "lunch-club.yaml").read_text(encoding="utf-8")
OPENAPI = json.loads(document(Settings()))
EXAMPLES = {
    path: operations["post"]["requestBody"]["content"]["application/json"]["example"]
    for path, operations in OPENAPI["paths"].items()
    if "post" in operations
}


def study():
    """The lunch club as a mapping that JSON holds."""
    return json.loads(json.dumps(yaml.safe_load(LUNCH), default=str))


@pytest.mark.parametrize("path", sorted(EXAMPLES))
def test_every_example_of_the_description_runs(client, path):
    answered = client.post(path, json=EXAMPLES[path])
    assert answered.status_code == 200, answered.text
    assert answered.headers["etag"].startswith('"')
    if path != "/v1/report":
        schemas = OPENAPI["components"]["schemas"]
        jsonschema.validate(answered.json(), {**schemas["Answer"], "components": OPENAPI["components"]})


def test_an_evaluation_is_the_library_s_own(client):
    answered = client.post("/v1/evaluate", json={"study": LUNCH}).json()
    result = sroi.evaluate(sroi.loads(LUNCH))
    said = json.loads(json.dumps(plain(result.to_dict())).replace("<text>", "study"))
    assert answered["result"] == said
    assert answered["run"]["study"]["sha256"] == sroi.loads(LUNCH).provenance.sha256
    assert answered["record"] is None


def test_a_study_may_be_text_mapping_json_or_yaml(client):
    bodies = [
        (json.dumps({"study": LUNCH}), "application/json"),
        (json.dumps({"study": study()}), "application/json; charset=utf-8"),
        (yaml.safe_dump({"study": study()}), "application/yaml"),
        (yaml.safe_dump({"study": LUNCH}), "text/yaml"),
    ]
    found = {
        client.post("/v1/evaluate", content=body, headers={"Content-Type": kind}).json()["result"][
            "social_return_ratio"
        ]
        for body, kind in bodies
    }
    assert found == {sroi.evaluate(sroi.loads(LUNCH)).social_return_ratio}


def test_the_record_of_an_answer_verifies(client, tmp_path):
    asked = {"study": LUNCH, "draws": 200, "seed": 3, "record": True}
    record = client.post("/v1/simulate", json=asked).json()["record"]
    kept = tmp_path / "run.json"
    kept.write_text(json.dumps(record), encoding="utf-8")
    assert sroi.verify(kept).same


def test_the_same_question_has_the_same_tag_and_another_seed_another(client):
    def tag(seed):
        return client.post("/v1/simulate", json={"study": LUNCH, "draws": 200, "seed": seed}).headers["etag"]

    assert tag(1) == tag(1) != tag(2)


def test_values_place_and_method_are_laid_over_a_study(client):
    asked = {
        "intervention": "befriending",
        "place": "derby",
        "method": "green-book",
        "values": {"linking_works": 1},
    }
    answered = client.post("/v1/evaluate", json=asked).json()["result"]
    same = sroi.load("befriending", place="derby", method="green-book", values={"linking_works": 1})
    assert answered["social_return_ratio"] == sroi.evaluate(same).social_return_ratio


def test_a_fault_has_its_line_in_the_body_and_a_pointer(client):
    wrong = study()
    wrong["outcomes"]["less_lonely"]["attribution"] = "140%"
    body = json.dumps({"study": wrong}, indent=1)
    answered = client.post("/v1/evaluate", content=body)
    assert answered.status_code == 422
    assert answered.headers["content-type"] == "application/problem+json"
    (fault,) = answered.json()["problems"]
    assert fault["pointer"] == "/study/outcomes/less_lonely/attribution"
    assert '"attribution": "140%"' in body.splitlines()[fault["line"] - 1]


@pytest.mark.parametrize(
    ("path", "asked", "status", "pointers"),
    [
        ("evaluate", {}, 422, [""]),
        ("evaluate", {"study": LUNCH, "intervention": "befriending"}, 422, [""]),
        ("evaluate", {"study": []}, 422, ["/study"]),
        ("evaluate", {"study": 1}, 422, ["/study"]),
        ("evaluate", {"study": "a: b"}, 422, None),
        ("evaluate", {"study": LUNCH, "plaice": "derby"}, 422, ["/plaice"]),
        ("evaluate", {"study": LUNCH, "place": 1}, 422, ["/place"]),
        ("evaluate", {"study": LUNCH, "values": {"nothing": 1}}, 422, None),
        ("evaluate", {"study": LUNCH, "method": "mine"}, 422, None),
        ("evaluate", {"intervention": "../../etc/passwd"}, 404, None),
        ("evaluate", {"intervention": "examples/lunch-club.yaml"}, 404, None),
        ("evaluate", {"intervention": "befriending", "place": "../derby.yaml"}, 404, None),
        ("simulate", {"study": LUNCH, "draws": 1, "seed": -1}, 422, ["/draws", "/seed"]),
        ("simulate", {"study": LUNCH, "draws": True}, 422, ["/draws"]),
        ("simulate", {"study": LUNCH, "draws": 1_000_000}, 413, []),
        ("simulate", {"intervention": "local-area-coordination", "place": "derby"}, 413, []),
        ("explain", {"study": LUNCH}, 422, [""]),
        ("explain", {"study": LUNCH, "what": "nothing"}, 404, None),
        ("report", {"study": LUNCH, "format": "exe"}, 422, ["/format"]),
        ("report", {"study": LUNCH, "date": "yesterday"}, 422, None),
        ("evaluate", {"intervention": "mens-shed", "place": "derby"}, 422, None),
    ],
)
def test_every_fault_is_a_problem_with_its_place(client, path, asked, status, pointers):
    answered = client.post(f"/v1/{path}", json=asked)
    assert answered.status_code == status, answered.text
    assert answered.headers["content-type"] == "application/problem+json"
    problem = answered.json()
    assert problem["status"] == status
    assert problem["detail"]
    if pointers is not None:
        assert sorted(each["pointer"] for each in problem["problems"]) == pointers


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 30_000,
        b'{"study": ' * 5_000,
        b"a: &a [*a]",
        b"1e999",
    ],
)
def test_a_body_that_is_no_question_is_refused(client, body):
    answered = client.post("/v1/evaluate", content=body)
    assert answered.status_code == 422, answered.text
    assert answered.json()["problems"]


def test_two_studies_are_compared_and_a_fault_names_which(client):
    asked = {"studies": [{"study": LUNCH}, {"study": LUNCH, "values": {"members": 50}}], "anyway": True}
    assert client.post("/v1/compare", json=asked).status_code == 200
    asked["studies"][1]["values"] = {"membres": 50}
    answered = client.post("/v1/compare", json=asked).json()
    assert answered["problems"][0]["pointer"].startswith("/studies/1/")
    assert client.post("/v1/compare", json={"studies": asked["studies"][:1]}).status_code == 422


def test_no_question_is_left_out_of_the_description():
    assert {f"/v1/{name}" for name in QUESTIONS} < set(OPENAPI["paths"])

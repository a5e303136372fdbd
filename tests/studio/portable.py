"""What the deterministic path answers, as JSON on the standard output; it runs wherever Python does."""

import datetime as dt
import json

import sroi

STUDIES = (("local-area-coordination", "derby"), ("befriending", "york"), ("time-bank", "haringey"))
WRONG = {
    "a word": {"coordinators": "abc"},
    "nothing": {"coordinators": "0"},
    "too much": {"outcomes.less_alone_more_in_control.deadweight": "140%"},
    "no such number": {"coordinatorz": "3"},
}
BROKEN = (
    "sroi: 1\nid: lunch\ntitle: Lunch\nkind: forecst\ncurrency: GBP\nprice_year: 2024\nfirst_year: 2024\n"
)


def problems_of(work):
    try:
        work()
    except sroi.SroiError as error:
        return [type(error).__name__, *(problem.to_dict() for problem in error.problems)]
    return ["nothing is wrong"]


def answers():
    for name, place in STUDIES:
        study = sroi.load(name, place=place)
        result = sroi.evaluate(study, today=dt.date(2026, 1, 1))
        yield f"{name} {place}: evaluate", json.loads(result.to_json())
        yield f"{name} {place}: markdown", result.to_markdown()
        yield f"{name} {place}: ledger", sroi.ledger(result).to_dict()
        yield f"{name} {place}: explain", [str(result.explain(outcome)) for outcome in study.outcomes]
        yield f"{name} {place}: check", sroi.check(study).to_dict()
        yield f"{name} {place}: read again", sroi.loads(sroi.dumps(study)) == study
        record = sroi.record(result)
        yield f"{name} {place}: record", [record.to_dict()["study"]["sha256"], sroi.verify(record).same]
    study = sroi.load("local-area-coordination", place="derby")
    for name, values in WRONG.items():
        yield f"wrong: {name}", problems_of(lambda values=values: sroi.evaluate(sroi.change(study, values)))
    yield "wrong: a document", problems_of(lambda: sroi.loads(BROKEN))
    yield "wrong: a place", problems_of(lambda: sroi.load("befriending", place="atlantis"))
    yield "schema", sroi.json_schema("study")


def answered():
    return json.dumps(dict(answers()))


if __name__ == "__main__":
    print(answered())

"""What holds of whatever can be read: every result is finite, comes back from its text, and is right."""

import json
import math
import re

import oracle
import pandas as pd
import yaml
from helpers import differences
from oracle import read_deflators

import sroi
from sroi.reference import assumptions_folder

DEFLATORS = read_deflators(assumptions_folder() / "reference")
NO_NUMBER = re.compile(r"(?<![\w.’'])[-+−]?(?:nan|inf)(?![\w.])")
NAMED_SO = re.compile(r"(?<![a-z])(?:nan|inf)(?![a-z])", re.IGNORECASE)
KNOWN = {
    "outcome": {
        *(
            "title",
            "stakeholder",
            "quantity",
            "value",
            "starts",
            "duration",
            "drop_off",
            "kind",
            "deadweight",
        ),
        *("displacement", "attribution", "contribution", "drop_off_from", "discount_schedule", "unit"),
        *("accrues_to", "payer", "cashable", "from", "indicator", "optimism_bias", "codes"),
    },
    "input": {"title", "stakeholder", "kind", "prices", "value", "years", "optimism_bias"},
    "estimate": {
        *("value", "low", "high", "sd", "distribution", "price_year", "rationale", "title", "unit", "source"),
        *("grade", "borrowed_from"),
    },
    "study": {
        *("sroi", "id", "title", "kind", "currency", "price_year", "first_year", "stakeholders", "method"),
        *("assumptions", "inputs", "outcomes", "claims", "scenarios", "sources", "correlations"),
    },
}
"""Keys that the oracle reads, or that change none of its figures."""


class WrongError(AssertionError):
    """A result that contradicts another way to the same."""


def judged(study, chance):
    """Take a study through every calculation, or through those that ``chance`` picks of the long ones."""
    evaluation = sroi.evaluate(study)
    check_result(evaluation, chance)
    if _picked(chance, 0.3):
        contradicted(study, evaluation)
    for name, calculation in CALCULATIONS.items():
        if _picked(chance, SHARE[name]):
            try:
                found = calculation(evaluation)
            except sroi.SroiError:
                continue
            for each in found if isinstance(found, tuple) else (found,):
                check_result(each, chance)


def _picked(chance, share):
    return chance is None or chance.random() < share


def check_result(result, chance):
    """No figure of a result that is not finite, in any of its forms."""
    if not hasattr(result, "to_json"):
        return
    json.loads(result.to_json(), parse_constant=no_constant)
    if not _picked(chance, 0.3):
        return
    for form in (result.to_markdown, lambda: str(result.brief), result._repr_html_, lambda: repr(result)):
        text = form()
        found = NO_NUMBER.search(text)
        if found and not NAMED_SO.search(_words_of(result)):
            raise WrongError(
                f"{type(result).__name__}: {text[max(0, found.start() - 60) : found.end() + 20]!r}"
            )
    for frame in result.frames.values():
        for column in frame.select_dtypes("number"):
            values = frame[column].to_numpy(dtype=float)
            if pd.notna(values).any() and math.inf in abs(values):
                raise WrongError(f"{type(result).__name__}: {column} is not finite")


def _words_of(result):
    evaluation = getattr(result, "evaluation", result)
    study = getattr(evaluation, "study", None) or getattr(result, "study", None)
    return "" if study is None else sroi.dumps(study)


def no_constant(text):
    raise WrongError(f"JSON holds {text}")


def _simulated(evaluation):
    found = sroi.simulate(evaluation, draws=64)
    ratio = found.spreads["social_return_ratio"]
    if not 0 <= found.probability_above_one <= 1:
        raise WrongError(f"above 1 in {found.probability_above_one}")
    percentiles = [each for each in ratio.percentiles.values() if not math.isnan(each)]
    if percentiles != sorted(percentiles):
        raise WrongError(f"percentiles out of order: {ratio}")
    return found


def _comes_back(evaluation):
    study = evaluation.study
    again = sroi.loads(sroi.dumps(study))
    if again != study:
        raise WrongError("the study does not come back from its text")
    return sroi.evaluate(again)


def _map(evaluation):
    import tempfile
    from pathlib import Path

    made = sroi.export_value_map(evaluation.study)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.xlsx"
        path.write_bytes(made.content)
        return sroi.import_value_map(path)


def _report(ending):
    def write(evaluation):
        import tempfile
        from pathlib import Path

        with tempfile.TemporaryDirectory() as folder:
            sroi.report(evaluation, Path(folder) / f"a{ending}", draws=20)

    return write


CALCULATIONS = {
    "ledger": sroi.ledger,
    "comes back": _comes_back,
    "simulate": _simulated,
    "ledger_spread": lambda evaluation: sroi.ledger_spread(evaluation, draws=64),
    "sensitivity": sroi.sensitivity,
    "switching_values": lambda evaluation: sroi.switching_values(evaluation, 1.0),
    "scenarios": lambda evaluation: _each(sroi.scenarios(evaluation)),
    "spread": lambda evaluation: _each(sroi.spread(evaluation)),
    "sobol": lambda evaluation: sroi.sobol(evaluation, points=16),
    "value_of_information": lambda evaluation: sroi.value_of_information(evaluation, draws=64),
    "ranges_by_grade": lambda evaluation: sroi.simulate(
        sroi.ranges_by_grade(evaluation.study).study, draws=64
    ),
    "what_it_takes": lambda evaluation: tuple(
        sroi.what_it_takes(evaluation.study, name, draws=64) for name in list(evaluation.study.claims)[:2]
    ),
    "map": _map,
    "report .md": _report(".md"),
    "report .html": _report(".html"),
    "report .xlsx": _report(".xlsx"),
    "report .docx": _report(".docx"),
}
SHARE = dict.fromkeys(CALCULATIONS, 0.04) | {
    "ledger": 0.4,
    "comes back": 0.2,
    "simulate": 0.2,
    "sensitivity": 0.2,
    "sobol": 0.08,
    "ledger_spread": 0.08,
    "map": 0.01,
    "report .md": 0.01,
    "report .html": 0.002,
    "report .xlsx": 0.002,
    "report .docx": 0.001,
}
"""How often each is done."""


def _each(found):
    return tuple(found.values()) if isinstance(found, dict) else found


# ── The oracle
# ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def contradicted(study, evaluation, document=None):
    """Compare a result with the oracle's, where the study says nothing that the oracle does not know."""
    if document is None:
        document = yaml.load(sroi.dumps(study), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if not known_to_the_oracle(document):
        return False
    try:
        expected = oracle.evaluate(document, DEFLATORS)
    except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError, SyntaxError):
        return False
    if any(map(_settled, _numbers((document, expected["value_map"])))):
        return False
    flows = [flow for row in (*expected["value_map"], *expected["inputs"]) for flow in row["by_year"]]
    flows += [flow for row in (*expected["value_map"], *expected["inputs"]) for flow in row["by_year_pv"]]
    if any(isinstance(flow, complex) or not math.isfinite(flow) for flow in flows):
        return False
    gross = math.fsum(map(abs, flows)) or 1.0
    result = evaluation.to_dict()
    ratios = ("social_return_ratio", "net_ratio", "payback_years")
    plain = {key: value for key, value in expected.items() if key not in ratios}
    wrong = differences(result, plain, nothing=1e-12 * gross + 1e-300)
    if wrong:
        raise WrongError(f"the oracle says otherwise: {dict(list(wrong.items())[:4])}")
    investment = expected["investment"]
    for name in ratios[:2]:
        given, wanted = result[name], expected[name]
        if given is not None and wanted is not None:
            nothing = 1e-12 * gross / abs(investment)
            if not math.isclose(given, wanted, rel_tol=1e-9, abs_tol=nothing):
                raise WrongError(f"the oracle says otherwise: {name} {given} and {wanted}")
    return True


def _settled(value):
    """Whether a number is so near a whole one that the engine takes it for that, and the oracle does not."""
    return 0 < abs(value - round(value)) <= 1e-11 * max(1.0, abs(value)) if abs(value) < 1e6 else False


def _numbers(node):
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list | tuple) else ()
    if isinstance(node, int | float) and not isinstance(node, bool) and math.isfinite(node):
        yield node
    for child in children:
        yield from _numbers(child)


def known_to_the_oracle(document):
    """Whether a whole study holds only what the oracle reads."""
    if not isinstance(document, dict) or not KNOWN["study"] >= document.keys():
        return False
    for section, kind in (("outcomes", "outcome"), ("inputs", "input")):
        for entry in document.get(section, {}).values():
            if not KNOWN[kind] >= entry.keys():
                return False
            if not all(_estimate_known(value) for key, value in entry.items() if key != "starts"):
                return False
    return all(map(_estimate_known, (document.get("assumptions") or {}).values()))


def _estimate_known(value):
    if isinstance(value, list):
        return all(map(_estimate_known, value))
    if isinstance(value, dict):
        return KNOWN["estimate"] >= value.keys() and all(
            _estimate_known(value[key]) for key in ("value", "low", "high", "sd") if key in value
        )
    return value is not None

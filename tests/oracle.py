"""An independent oracle: the arithmetic of SROI as one plain year-by-year loop.

Written from the format alone, sharing no code with the engine, so that agreement
between the two means something. It takes a study as YAML parses it (no packs, no
borough, no intervention, every field given) and does not look for mistakes.
"""

import ast
import csv
import math
import operator
import re
from pathlib import Path

SCHEDULES = {  # (rate, last year that it discounts)
    "green-book-2026": [(0.035, 30), (0.03, 75), (0.025, math.inf)],
    "green-book-2022": [(0.035, 30), (0.03, 75), (0.025, 125), (0.02, 200), (0.015, 300), (0.01, math.inf)],
}
DEFAULT = {
    "discount_schedule": "green-book-2026",
    "discount_rate": None,
    "timing": "start",
    "input_timing": None,
    "discount_inputs": True,
    "discount_from": "first_year",
    "deductions": "multiplied",
    "drop_off_from": "second_year",
    "drop_off_shape": "geometric",
    "part_years": "pro_rata",
    "deflator": "gdp",
    "horizon": None,
    "transfers": "excluded",
    "optimism_bias": "none",
}
PROFILES = {
    "default": {},
    "svi-guide": {
        "discount_schedule": None,
        "discount_rate": 0.035,
        "discount_inputs": False,
        "transfers": "included",
    },
    "green-book": {"horizon": 10, "optimism_bias": "stated"},
    "gmca-cba": {"optimism_bias": "by_grade"},
    "added-deductions": {"deductions": "added"},
}
PART_OF_YEAR = {"start": 0.0, "mid": 0.5, "end": 1.0}
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def read_deflators(folder):
    """{series: {"calendar" | "financial": {year, or year in which it begins: index}}}."""
    deflators = {}
    for series, stem in (("gdp", "gdp_deflator"), ("cpi", "cpi")):
        deflators[series] = {}
        for kind, column in (("calendar", "year"), ("financial", "financial_year")):
            with (Path(folder) / f"{stem}_{kind}_year.csv").open(encoding="utf-8") as file:
                rows = csv.DictReader(line for line in file if not line.startswith("#"))
                deflators[series][kind] = {int(row[column][:4]): float(row["index"]) for row in rows}
    return deflators


class Numbers:
    """Reads whatever may stand for a number, in the prices of the study."""

    def __init__(self, study, method, deflators):
        self.assumptions, self.known = study.get("assumptions", {}), {}
        self.price_year = study["price_year"]
        self.indices = None if method["deflator"] == "none" else deflators[method["deflator"]]

    def __call__(self, given):
        if given is None:
            raise ValueError("null: not assessed")
        if isinstance(given, list):
            return [self(item) for item in given]
        if isinstance(given, dict):
            value = self(given["value"]) if "value" in given else self.middle(given)
            return value * (self.rebase(given["price_year"]) if "price_year" in given else 1.0)
        if isinstance(given, str):
            percent_divided = re.sub(r"(\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*%", r"(\1/100)", given)
            return self.tree(ast.parse(percent_divided.strip(), mode="eval").body)
        return float(given)

    def middle(self, estimate):
        low, high = self(estimate["low"]), self(estimate["high"])
        return math.sqrt(low * high) if estimate["distribution"] == "lognormal" else (low + high) / 2

    def tree(self, node):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return float(node.value)
        if isinstance(node, ast.Name):
            if node.id not in self.known:
                self.known[node.id] = self(self.assumptions[node.id])
            return self.known[node.id]
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
            return -self.tree(node.operand) if isinstance(node.op, ast.USub) else self.tree(node.operand)
        if isinstance(node, ast.BinOp):
            return OPERATORS[type(node.op)](self.tree(node.left), self.tree(node.right))
        if isinstance(node, ast.Call) and node.func.id in ("min", "max") and not node.keywords:
            return {"min": min, "max": max}[node.func.id]([self.tree(item) for item in node.args])
        raise ValueError(f"not arithmetic: {ast.dump(node)}")

    def rebase(self, price_year):
        """By what to multiply money of `price_year` to have it in the study's prices."""
        if self.indices is None or str(price_year) == str(self.price_year):
            return 1.0
        calendar, financial = self.indices["calendar"], self.indices["financial"]
        years = [str(self.price_year), str(price_year)]
        if all("-" not in year and int(year) in calendar for year in years):
            now, then = (calendar[int(year)] for year in years)
        else:
            now, then = (
                financial[int(year[:4])]
                if "-" in year
                else financial[int(year) - 1] / 4 + financial[int(year)] * 3 / 4
                for year in years
            )
        return now / then


def method_of(study):
    given = study.get("method", "default")
    overrides = {"profile": given} if isinstance(given, str) else dict(given)
    method = DEFAULT | PROFILES[overrides.pop("profile", "default")]
    if "discount_rate" in overrides:
        method["discount_schedule"] = None
    if "discount_schedule" in overrides:
        method["discount_rate"] = None
    method |= overrides
    method["input_timing"] = method["input_timing"] or method["timing"]
    if "%" in str(method["discount_rate"]):
        method["discount_rate"] = float(method["discount_rate"].rstrip("%")) / 100
    return method


def factor(t, first_year, method, timing, schedule):
    """What one unit of money in year `t` is worth at the start of the first discounted year."""
    start = method["discount_from"]
    undiscounted = 0 if start == "first_year" else int(start) - first_year
    if t < undiscounted:
        return 1.0
    periods, result = t - undiscounted + PART_OF_YEAR[timing], 1.0
    for step in range(1, math.ceil(periods) + 1):
        rate = (
            next(rate for rate, last in SCHEDULES[schedule] if step <= last)
            if schedule
            else method["discount_rate"]
        )
        result /= (1 + rate) ** min(1.0, periods - step + 1)
    return result


def deductions_of(outcome, number):
    shares = {
        name: number(outcome[name])
        for name in ("deadweight", "displacement", "attribution")
        if name in outcome
    }
    if "contribution" in outcome:
        ours = number(outcome["contribution"])
        shares["attribution"] = [1 - share for share in ours] if isinstance(ours, list) else 1 - ours
    return shares


def keep(shares, k, method):
    yearly = [
        share[min(k, len(share) - 1)] if isinstance(share, list) else share for share in shares.values()
    ]
    if method["deductions"] == "added":
        if sum(yearly) > 1 + 1e-12:
            raise ValueError("deductions pass 100%")
        return 1 - sum(yearly)
    return math.prod(1 - share for share in yearly)


def decay(drop_off, k, outcome, method):
    times = k + (outcome.get("drop_off_from", method["drop_off_from"]) == "first_year")
    return {"geometric": (1 - drop_off) ** times, "linear": max(0.0, 1 - drop_off * times)}[
        method["drop_off_shape"]
    ]


CORRECTIONS = {"A": 0.0, "B": 0.05, "C": 0.1, "D": 0.15, "E": 0.25, "F": 0.4, None: 0.4}
"""By the grade of the weakest number, from the strongest to none."""
GRADED = (
    "quantity",
    "value",
    "duration",
    "deadweight",
    "displacement",
    "attribution",
    "contribution",
    "drop_off",
)


def grades_behind(given, assumptions):
    """The grades of all numbers that one is made of."""
    if isinstance(given, list):
        return [grade for each in given for grade in grades_behind(each, assumptions)]
    estimate = given if isinstance(given, dict) else {"value": given}
    names = re.findall(r"[a-z_][a-z0-9_]*", str(estimate.get("value", "")))
    named = [name for name in names if name in assumptions]
    found = [grade for name in named for grade in grades_behind(assumptions[name], assumptions)]
    own = (
        []
        if named or str(estimate.get("rationale", "")).startswith("structural")
        else [estimate.get("grade")]
    )
    return found + own


def optimism_of(outcome, number, method, assumptions):
    """The share by which the gains of an outcome are lowered."""
    if method["optimism_bias"] == "none":
        return 0.0
    if "optimism_bias" in outcome:
        return number(outcome["optimism_bias"])
    if method["optimism_bias"] == "stated":
        return 0.0
    grades = [grade for key in GRADED if key in outcome for grade in grades_behind(outcome[key], assumptions)]
    return max((CORRECTIONS[grade] for grade in grades), default=0.0)


def payback(benefits, costs, method):
    """Benefits and costs are present values by year; years without a flow count as flows of zero."""
    flows = {}
    for sign, timing, values in ((1, "timing", benefits), (-1, "input_timing", costs)):
        for t, value in enumerate(values):
            time = t + PART_OF_YEAR[method[timing]]
            flows[time] = flows.get(time, 0.0) + sign * value
    times, total, totals = sorted(flows), 0.0, []
    for time in times:
        total += flows[time]
        totals.append(total)
    if totals[-1] < 0:
        return None
    last = max((i for i, value in enumerate(totals) if value < 0), default=None)
    if last is None:
        return times[0]
    return times[last] - totals[last] / (totals[last + 1] - totals[last]) * (times[last + 1] - times[last])


def evaluate(study, deflators):
    """The result of a study, keyed as the format's JSON is."""
    method, first_year = method_of(study), study["first_year"]
    number, horizon = Numbers(study, method, deflators), method["horizon"]

    value_map = []
    for name, outcome in study["outcomes"].items():
        starts = outcome["starts"]
        lag = {"during": 0, "after": 1}[starts] if isinstance(starts, str) else int(starts["years_later"])
        quantity, value, duration = (
            number(outcome["quantity"]),
            number(outcome["value"]),
            number(outcome["duration"]),
        )
        drop_off, shares, flows = number(outcome["drop_off"]), deductions_of(outcome, number), {}
        cohorts = quantity if isinstance(quantity, list) else [quantity]
        proxies = value if isinstance(value, list) else [value]
        optimism = optimism_of(outcome, number, method, study.get("assumptions", {}))
        for c, size in enumerate(cohorts):
            for k in range(math.ceil(duration)):
                weight = 1.0 if method["part_years"] == "whole" else min(1.0, duration - k)
                worth = proxies[min(k, len(proxies) - 1)]
                flow = size * worth * keep(shares, k, method) * decay(drop_off, k, outcome, method) * weight
                flow *= 1 - optimism if flow > 0 else 1
                flows[c + lag + k] = flows.get(c + lag + k, 0.0) + flow
        value_map.append(
            {
                "outcome": name,
                "title": outcome.get("title", name),
                "stakeholder": outcome["stakeholder"],
                "quantity": quantity,
                "value": value,
                **shares,
                "drop_off": drop_off,
                "duration": duration,
                "in_total": outcome.get("kind", "resource") not in ("transfer", "tax")
                or method["transfers"] == "included",
                "impact": cohorts[0] * proxies[0] * keep(shares, 0, method),
                "by_year": flows,
            }
        )

    inputs = []
    for name, given in study["inputs"].items():
        value = number(given["value"])
        values = value if isinstance(value, list) else [value] * given.get("years", 1)
        if given.get("prices", "real") == "nominal":
            values = [value * number.rebase(first_year + t) for t, value in enumerate(values)]
        if method["optimism_bias"] != "none" and "optimism_bias" in given:
            values = [value * (1 + number(given["optimism_bias"])) for value in values]
        inputs.append(
            {
                "input": name,
                "stakeholder": given["stakeholder"],
                "kind": given["kind"],
                "by_year": dict(enumerate(values)),
            }
        )

    length = 1 + max((t for row in value_map + inputs for t in row["by_year"]), default=0)
    if horizon is not None:
        length = min(length, int(horizon) + 1)
    for row in value_map + inputs:
        row["by_year"] = [row["by_year"].get(t, 0.0) for t in range(length)]
        schedule = study["outcomes"][row["outcome"]].get("discount_schedule") if "outcome" in row else None
        timing = method["timing"] if "outcome" in row else method["input_timing"]
        factors = [
            factor(t, first_year, method, timing, schedule or method["discount_schedule"])
            for t in range(length)
        ]
        if "input" in row and not method["discount_inputs"]:
            factors = [1.0] * length
        row["by_year_pv"] = [flow * discount for flow, discount in zip(row["by_year"], factors, strict=False)]
        row["present_value"] = sum(row["by_year_pv"])

    counted = [row for row in value_map if row["in_total"]]
    present_value, investment = (sum(row["present_value"] for row in rows) for rows in (counted, inputs))
    ratio = present_value / investment if investment else None
    return {
        "social_return_ratio": ratio,
        "net_ratio": None if ratio is None else ratio - 1,
        "present_value": present_value,
        "investment": investment,
        "net_present_value": present_value - investment,
        "payback_years": payback(
            *(
                [sum(row["by_year_pv"][t] for row in rows) for t in range(length)]
                for rows in (counted, inputs)
            ),
            method,
        ),
        "discount_factors": [
            factor(t, first_year, method, method["timing"], method["discount_schedule"])
            for t in range(length)
        ],
        "value_map": value_map,
        "inputs": inputs,
        "by_stakeholder": {
            name: {
                "present_value": sum(row["present_value"] for row in counted if row["stakeholder"] == name),
                "investment": sum(row["present_value"] for row in inputs if row["stakeholder"] == name),
            }
            for name in study["stakeholders"]
        },
    }

"""What the controlled studies of one mechanism say together: ``python -m docs.generate.evidence``.

A random-effects synthesis of ``assumptions/evidence/being-linked.yaml``, whose rules it follows. It stands
outside the engine: the packs hold its results as numbers like any other, and a test holds that they agree.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy import optimize, stats

Evidence = dict[str, Any]
FILE = Path(__file__).parents[2] / "assumptions" / "evidence" / "being-linked.yaml"
WIDTH = 2 * float(stats.norm.ppf(0.975))
"""Standard errors from one end of a 95% interval to the other."""


@dataclass(frozen=True)
class Study:
    """One study on the common scale: points of a person who has the contact."""

    name: str
    title: str
    points: float
    error: float
    weight: float = 0.0


@dataclass(frozen=True)
class Pooled:
    """What the studies say together."""

    studies: tuple[Study, ...]
    mean: float
    error: float
    tau: float
    tau_here: float
    i_squared: float

    @property
    def works(self) -> float:
        """The chance that a further programme does something for people at all.

        The spread between programmes is read as that of two kinds: some do nothing, the others all the same.
        Mean and variance of the two kinds together are those of the pooling.
        """
        return self.mean**2 / (self.mean**2 + self.tau**2)

    @property
    def gain(self) -> float:
        """The gain of a programme that does something: times its chance, the pooled mean."""
        return self.mean / self.works

    @property
    def gains(self) -> tuple[float, float]:
        """The 5th and the 95th percentile of that gain; times its chance, it has the variance of the mean."""
        half = float(stats.t.ppf(0.95, len(self.studies) - 2)) * self.error / math.sqrt(self.works)
        return self.gain - half, self.gain + half

    def interval(self, level: float, *, prediction: bool = False) -> tuple[float, float]:
        """The interval of the mean; or of the true gain in another study, by Student's t on k - 2 degrees."""
        tail = 0.5 + level / 2
        if not prediction:
            half = float(stats.norm.ppf(tail)) * self.error
        else:
            half = float(stats.t.ppf(tail, len(self.studies) - 2)) * math.hypot(self.tau, self.error)
        return self.mean - half, self.mean + half


def read() -> Evidence:
    """The file of the evidence, shares written as numbers."""
    found: Evidence = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def share(written: object, conversion: dict[str, float]) -> float:
    """A share written as a number, a percentage, a fraction or the name of a conversion."""
    text = str(written)
    if text in conversion:
        return conversion[text]
    if text.endswith("%"):
        return float(text.removesuffix("%")) / 100
    over = [float(part) for part in text.split("/")]
    return over[0] / over[1] if len(over) > 1 else over[0]


def conversions(evidence: Evidence, changed: dict[str, float]) -> dict[str, float]:
    """The numbers by which scales are converted."""
    return {name: share(each["value"], {}) for name, each in evidence["conversion"].items()} | changed


def on_one_scale(name: str, study: Evidence, by: dict[str, float], *, contact: bool = True) -> Study:
    """A study in points of a person who has the contact (rules 3 to 5)."""
    deviation = by["life_satisfaction_sd"]
    apart = math.sqrt(sum(1 / each for each in study["n"])) if "n" in study else 0.0
    if study.get("life_satisfaction"):
        points, error = study["estimate"], (study["high"] - study["low"]) / WIDTH
    else:
        if "estimate" in study:
            standard, spread = study["estimate"] * WIDTH / (study["high"] - study["low"]) * apart, apart
        elif "low_sd" in study:
            standard, spread = study["estimate_sd"], (study["high_sd"] - study["low_sd"]) / WIDTH
        else:
            standard, spread = study["estimate_sd"], apart
        points = standard * by["passes_to_life_satisfaction"] * deviation
        error = spread * deviation
    reached = share(study["share_with_contact"], by) if contact else 1.0
    return Study(name, study["title"], points / reached, error / reached)


def paule_mandel(points: np.ndarray, variances: np.ndarray) -> float:
    """The variance between studies at which their spread about the mean is what is to be expected."""

    def excess(between: float) -> float:
        weights = 1 / (variances + between)
        about = points - np.average(points, weights=weights)
        return float((weights * about**2).sum()) - (len(points) - 1)

    return float(optimize.brentq(excess, 0.0, 100.0)) if excess(0.0) > 0 else 0.0


def pool(evidence: Evidence, case: Evidence | None = None) -> Pooled:
    """The synthesis, as it stands or with what one case of its ``sensitivity`` changes."""
    case = case or {}
    by = conversions(evidence, case.get("conversion", {}))
    chosen = [name for name, each in evidence["studies"].items() if each["pooled"]]
    chosen = [name for name in chosen if name not in case.get("drop", [])] + case.get("add", [])
    studies = [
        on_one_scale(
            name,
            evidence["studies"][name] | case.get("replace", {}).get(name, {}),
            by,
            contact=case.get("contact", True),
        )
        for name in chosen
    ]
    points, variances = (
        np.array([each.points for each in studies]),
        np.array([each.error**2 for each in studies]),
    )
    here = paule_mandel(points, variances)
    between = max(here, (by["heterogeneity_sd"] * by["life_satisfaction_sd"]) ** 2)
    weights = 1 / (variances + between)
    mean, variance = float(np.average(points, weights=weights)), float(1 / weights.sum())
    fixed = 1 / variances
    spread = float((fixed * (points - np.average(points, weights=fixed)) ** 2).sum())
    return Pooled(
        tuple(
            Study(each.name, each.title, each.points, each.error, float(weight))
            for each, weight in zip(studies, weights / weights.sum(), strict=True)
        ),
        mean,
        math.sqrt(variance),
        math.sqrt(between),
        math.sqrt(here),
        max(0.0, 1 - (len(studies) - 1) / spread) if spread else 0.0,
    )


def of_a_sceptic(pooled: Pooled, spread: float = 0.5) -> float:
    """The gain to be expected by who gives even odds, before the studies, to there being none for anybody.

    If there is any, it lies about none with this spread (Bayesian model averaging).
    """
    some = float(stats.norm.pdf(pooled.mean, 0, math.hypot(pooled.error, spread)))
    none = float(stats.norm.pdf(pooled.mean, 0, pooled.error))
    return pooled.mean * some / (some + none)


def main() -> None:
    """Print the synthesis and its sensitivity."""
    evidence = read()
    pooled = pool(evidence)
    for each in pooled.studies:
        print(f"{each.name:20} {each.points:7.3f} {each.error:6.3f} {each.weight:6.1%}")
    print(f"of a sceptic: {of_a_sceptic(pooled):.3f}")
    for name, case in ({"as pooled": {}} | evidence["sensitivity"]).items():
        at = pool(evidence, case)
        low, high = at.interval(0.90, prediction=True)
        print(
            f"{name:14} k={len(at.studies)} mean {at.mean:.3f} se {at.error:.3f} tau {at.tau:.3f} "
            f"(here {at.tau_here:.3f}) I2 {at.i_squared:.0%} 95% {at.interval(0.95)} "
            f"prediction 5-95% {low:.3f} {high:.3f} works {at.works:.3f} gain {at.gain:.3f} "
            f"({at.gains[0]:.3f} to {at.gains[1]:.3f})"
        )


if __name__ == "__main__":
    main()

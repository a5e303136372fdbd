"""The synthesis behind the effect of being linked to company: ``python -m docs.generate.evidence``.

It reads ``assumptions/evidence/being-linked.yaml``, puts every study in points of life satisfaction and pools
them by random effects. The statistics are those of statsmodels; what is done here is conversion.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy import stats

ROOT = Path(__file__).parents[2]
FILE = ROOT / "assumptions" / "evidence" / "being-linked.yaml"
NORMAL = 1.96
"""What a printed 95% interval is taken to be, in standard errors, on either side."""


@dataclass(frozen=True)
class Row:
    """One study in points of life satisfaction."""

    id: str
    title: str
    effect: float
    error: float
    weight: float = math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95% interval."""
        return self.effect - NORMAL * self.error, self.effect + NORMAL * self.error


@dataclass(frozen=True)
class Pooled:
    """What the studies say together."""

    rows: tuple[Row, ...]
    mean: float
    error: float
    carried: float
    """Standard deviation between settings that was carried over."""
    between: float
    """Standard deviation between settings, carried over and seen together."""
    i_squared: float

    def about(self, spread: float, share: float, freedom: int) -> tuple[float, float]:
        """The middle `share` of what lies about the mean."""
        reach = float(stats.t.ppf((1 + share) / 2, freedom)) * spread
        return self.mean - reach, self.mean + reach

    @property
    def interval(self) -> tuple[float, float]:
        """The 95% interval of the mean, by Student's t."""
        return self.about(self.error, 0.95, len(self.rows) - 1)

    @property
    def ninety(self) -> tuple[float, float]:
        """The 5th and 95th percentile of the mean."""
        return self.about(self.error, 0.9, len(self.rows) - 1)

    @property
    def prediction(self) -> tuple[float, float]:
        """The 95% interval of the effect in a new setting."""
        return self.about(self._new, 0.95, len(self.rows) - 2)

    @property
    def _new(self) -> float:
        return math.hypot(self.error, self.between)

    @property
    def above_nothing(self) -> float:
        """The chance that the effect in a new setting is above zero."""
        return float(stats.t.cdf(self.mean / self._new, len(self.rows) - 2))

    @property
    def works(self) -> float:
        """The chance of an effect, where settings either have one or none, all of one size.

        It is the chance that gives such settings the mean and the variance between settings of the synthesis.
        """
        return self.mean**2 / (self.mean**2 + self.between**2)


@cache
def evidence() -> dict[str, Any]:
    """The file."""
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def correlation(odds_ratio: float) -> float:
    """The correlation that an odds ratio amounts to, by way of a standardised difference."""
    difference = math.log(odds_ratio) * math.sqrt(3) / math.pi
    return difference / math.hypot(difference, 2)


def points(outcome: str, *, pass_whole: bool = False) -> float:
    """Life-satisfaction points for one unit of a study's outcome."""
    conversions = evidence()["conversions"]
    found = conversions[outcome]
    if "points" in found:
        return float(found["points"])
    passing = found["correlation"] if "correlation" in found else correlation(found["odds_ratio"])
    return float(conversions["life_satisfaction_sd"]["points"]) * (1.0 if pass_whole else passing)


def error_of(interval: list[float]) -> float:
    """The standard error behind a 95% interval."""
    return (interval[1] - interval[0]) / (2 * NORMAL)


def by_size(n: list[float]) -> float:
    """The standard error of a standardised difference between two groups."""
    return math.sqrt(1 / n[0] + 1 / n[1])


def row(study: dict[str, Any], *, as_offered: bool = False, pass_whole: bool = False) -> Row:
    """A study in points for a person who has the contact."""
    effect, outcome = study["effect"], study["outcome"]
    if effect is None:
        error = by_size(study["n"])
        if outcome == "eq5d":
            (spread,) = (s for s in evidence()["studies"] if s["id"] == evidence()["spread_of_eq5d_from"])
            error *= error_of(spread["interval"]) / by_size(spread["n"])
        effect = NORMAL * error if study["found"] == "something" else 0.0
    else:
        error = error_of(study["interval"]) * math.sqrt(study.get("variance_factor", 1))
    factor = points(outcome, pass_whole=pass_whole)
    factor /= 1 if as_offered else study.get("share_with_contact", 1)
    return Row(study["id"], study["title"], effect * factor, error * factor)


def carried_over(*, pass_whole: bool = False) -> float:
    """Standard deviation between settings in points: what sampling leaves of a review's interval."""
    review = evidence()["heterogeneity"]
    within = 4 / review["people_a_trial"]
    between = max(review["trials"] * error_of(review["interval"]) ** 2 - within, 0)
    return math.sqrt(between) * points(review["outcome"], pass_whole=pass_whole)


def pooled(alternative: dict[str, Any] | None = None) -> Pooled:
    """The studies together, or an alternative of the file.

    The variance carried over is added to each study's own; what they differ by beyond that is estimated
    by Paule and Mandel. The standard error of the mean is that of Hartung, Knapp, Sidik and Jonkman, and
    never below the plain one.
    """
    # a library of development, and the slowest to load
    from statsmodels.stats.meta_analysis import combine_effects  # noqa: PLC0415

    given = alternative or {}
    studies = [
        each | given.get("replace", {}).get(each["id"], {})
        for each in evidence()["studies"]
        if each["id"] not in given.get("drop", ())
    ]
    studies += [given["add"]] if "add" in given else []
    options = {name: given.get(name, False) for name in ("as_offered", "pass_whole")}
    rows = [row(each, **options) for each in studies]
    carried = 0.0 if given.get("no_heterogeneity") else carried_over(pass_whole=options["pass_whole"])
    effects, errors = np.array([each.effect for each in rows]), np.array([each.error for each in rows])
    result = combine_effects(effects, errors**2 + carried**2, method_re="iterated", use_t=True)
    weights = result.weights_rel_re
    return Pooled(
        rows=tuple(
            Row(each.id, each.title, each.effect, each.error, float(weight))
            for each, weight in zip(rows, weights, strict=True)
        ),
        mean=float(result.mean_effect_re),
        error=float(max(result.sd_eff_w_re, result.sd_eff_w_re_hksj)),
        carried=carried,
        between=math.sqrt(carried**2 + max(float(result.tau2), 0)),
        i_squared=max(float(combine_effects(effects, errors**2, method_re="iterated").i2), 0),
    )


def main() -> None:
    """Print the synthesis."""
    found = pooled()
    for each in found.rows:
        print(f"{each.title:62} {each.effect:6.3f} ({each.error:.3f})  {each.weight:.1%}")
    print(f"mean {found.mean:.4f}, standard error {found.error:.4f}")
    print(f"95% interval {found.interval}, 90% {found.ninety}")
    print(
        f"between settings {found.between:.4f} (carried over {found.carried:.4f}), I2 {found.i_squared:.0%}"
    )
    print(f"prediction interval {found.prediction}, above nothing {found.above_nothing:.3f}")
    print(f"works {found.works:.4f}, points if it does {found.mean / found.works:.4f}")
    for each in evidence()["alternatives"]:
        other = pooled(each)
        print(f"{each['title']:66} {other.mean:6.3f} {other.interval}  works {other.works:.2f}")


if __name__ == "__main__":
    main()

"""How one figure is spread over the draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sroi.results.base import Record, plain

PERCENTILES = (5, 10, 50, 90, 95)


@dataclass(frozen=True, slots=True)
class Spread(Record):
    """How one figure is spread over the draws.

    Attributes
    ----------
    mean, sd, standard_error : float
        Mean, standard deviation, and standard error of the mean, over the draws with a finite value.
    percentiles : mapping of int to float
        The 5th, 10th, 50th, 90th and 95th; infinite where that share of the draws has no finite value.
    never : float
        Share of the draws in which it has no finite value, as a payback that does not come.
    undefined : float
        Share of the draws in which it means nothing, as a ratio where nothing is put in; all else leaves them
        out.
    """

    mean: float
    sd: float
    standard_error: float
    percentiles: Mapping[int, float]
    never: float
    undefined: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """The spread as plain values that JSON can hold.

        A percentile that is not finite is None, as are the other measures of a figure that is not always
        finite.
        """
        moments = {"mean": self.mean, "sd": self.sd, "standard_error": self.standard_error}
        percentiles = {f"p{percent}": value for percent, value in self.percentiles.items()}
        known = dict.fromkeys(moments) if self.never else moments
        shares = {"never": self.never, **({"undefined": self.undefined} if self.undefined else {})}
        return {name: plain(value) for name, value in {**known, **percentiles, **shares}.items()}


def chance(share: float) -> str:
    """A probability in words that a committee can read."""
    if share <= 0:
        return "in none of the draws"
    if share < 0.01:
        return "in less than 1% of the draws"
    return "in more than 99% of the draws" if share > 0.99 else f"in {share:.0%} of the draws"

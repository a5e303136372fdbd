"""How one figure is spread over the draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from sroi.uncertainty.streams import Stream

PERCENTILES = (5, 10, 50, 90, 95)


@dataclass(frozen=True, slots=True)
class Spread:
    """How one figure is spread over the draws.

    ``never`` is the share of draws in which it has no finite value, as a payback that does not come;
    ``mean``, ``sd`` and ``standard_error`` are then over the others, and stand in no output.
    """

    mean: float
    sd: float
    standard_error: float
    percentiles: dict[int, float]
    never: float

    @classmethod
    def of(cls, stream: Stream) -> Spread:
        """The spread of a stream of draws."""
        whole = stream.count + stream.never
        percentiles = {percent: stream.percentile(percent) for percent in PERCENTILES}
        return cls(
            stream.mean, stream.sd, stream.standard_error, percentiles, stream.never / whole if whole else 0.0
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; null for a percentile that never comes, and for the moments of a figure that does not always come."""
        percentiles = {
            f"p{percent}": value if np.isfinite(value) else None
            for percent, value in self.percentiles.items()
        }
        moments = {"mean": self.mean, "sd": self.sd, "standard_error": self.standard_error}
        return {**(dict.fromkeys(moments) if self.never else moments), **percentiles, "never": self.never}

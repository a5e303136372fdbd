"""The shapes that a range can take: quantiles, mean and native draws of each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.errors import SroiError
from sroi.uncertainty.quantile_tables import BetaTable, Workspace, beta_table, exact_beta

if TYPE_CHECKING:
    from sroi.model.estimates import Distribution as Shape

Z95 = 1.6448536269514722
"""95th percentile of the standard normal distribution."""

_ALMOST_NORMAL = 1e10
"""Parameters from which a beta distribution is a normal one to a ten-thousandth of its standard deviation.

From 1e14 on SciPy's inverse of it is wrong by thousands of standard deviations, or no number.
"""


@dataclass(frozen=True, slots=True)
class Distribution:
    """One uncertain number: a shape with its parameters, in the study's prices.

    Attributes
    ----------
    shape : str
        pert, triangular, uniform, normal, lognormal, beta or bernoulli.
    low, mode, high : float
        Limits and mode of pert and triangular, limits of uniform; unused by the others.
    location, scale : float
        Mean and standard deviation of a normal; of the logarithm for a lognormal. The location of a bernoulli
        is the chance of 1.
    a, b : float
        Parameters of the beta family, on 0–1 before stretching to low–high.
    floor, ceiling : float
        What draws are truncated to; minus and plus infinity where nothing is.
    """

    shape: Shape
    low: float = 0.0
    mode: float = 0.0
    high: float = 1.0
    location: float = 0.0
    scale: float = 0.0
    a: float = 0.0
    b: float = 0.0
    floor: float = -math.inf
    ceiling: float = math.inf

    @property
    def gaussian(self) -> bool:
        """Whether draws come from standard normal numbers rather than uniform ones."""
        return self.shape in ("normal", "lognormal")

    @property
    def mean(self) -> float:
        """Expected value, before truncation."""
        match self.shape:
            case "triangular":
                return (self.low + self.mode + self.high) / 3
            case "uniform":
                return (self.low + self.high) / 2
            case "normal" | "bernoulli":
                return self.location
            case "lognormal":
                return math.exp(self.location + self.scale**2 / 2)
        return self.low + (self.high - self.low) * self.a / (self.a + self.b)

    @property
    def variance(self) -> float:
        """Variance, before truncation."""
        wide = self.high - self.low
        match self.shape:
            case "triangular":
                turn = (self.mode - self.low) / wide
                return wide**2 * (1 - turn * (1 - turn)) / 18
            case "uniform":
                return wide**2 / 12
            case "normal":
                return self.scale**2
            case "bernoulli":
                return self.location * (1 - self.location)
            case "lognormal":
                return math.expm1(self.scale**2) * math.exp(2 * self.location + self.scale**2)
        return wide**2 * self.a * self.b / ((self.a + self.b) ** 2 * (self.a + self.b + 1))

    def prepare(self) -> None:
        """Build the table that :meth:`quantile` will look up."""
        if self.a:
            self._table()

    def _table(self) -> BetaTable:
        return beta_table(self.a, self.b, self.low, self.high - self.low)

    def quantile(self, u: Any, *, exact: bool = False, space: Workspace | None = None) -> Any:
        """The value below which a share ``u`` of the draws lies, truncation included.

        Parameters
        ----------
        u : ndarray of float in (0, 1)
        exact : bool
            Whether the beta family is inverted exactly and not by a table (error below 1e-5 of the range).
        space : Workspace, optional
            Arrays of the shape of ``u`` to work in, in place of new ones.
        """
        wide = self.high - self.low
        match self.shape:
            case "uniform":
                return self.low + wide * u
            case "triangular":
                return self._triangular(u, space or Workspace(u.shape))
            case "bernoulli":
                return np.where(u < 1 - self.location, 0.0, 1.0)
            case "normal" | "lognormal":
                from scipy.special import ndtri  # noqa: PLC0415 - SciPy is loaded only where it is used

                return self.from_normal(ndtri(u))
        if exact:
            return self.low + wide * exact_beta(self.a, self.b, u)
        return self._table().quantile(u, space or Workspace(u.shape))

    def from_normal(self, z: Any) -> Any:
        """The value that a standard normal number stands for, truncation included."""
        if self.gaussian:
            return self._stretched(np.array(z))
        from scipy.special import ndtr  # noqa: PLC0415

        return self.quantile(ndtr(z))

    def draw(
        self, rng: np.random.Generator, draws: int, *, tables: bool, space: Workspace | None = None
    ) -> Any:
        """Independent draws: by NumPy's samplers, or by quantiles of uniform numbers where ``tables`` pay."""
        if self.gaussian:
            return self._stretched(rng.standard_normal(draws))
        if self.a and not tables:
            return self.low + (self.high - self.low) * rng.beta(self.a, self.b, draws)
        space = space or Workspace(draws)
        return self.quantile(rng.random(out=space.uniform), space=space)

    def _stretched(self, z: Any) -> Any:
        """Standard normal numbers turned, in place, into those of the distribution within its limits."""
        z *= self.scale
        z += self.location
        if self.shape == "lognormal":
            np.exp(z, out=z)
        if self.floor == -math.inf and self.ceiling == math.inf:
            return z
        return np.clip(z, self.floor, self.ceiling, out=z)

    def _triangular(self, u: Any, space: Workspace) -> Any:
        """Low + √(wide·(mode − low)·min(u, turn)), and after the turn high − mode less its root of 1 − u.

        Each root is constant on the other's side of the turn, so that nothing is chosen draw by draw.
        """
        turn = (self.mode - self.low) / (self.high - self.low)
        up = np.clip(u, 0.0, turn, out=np.empty_like(space.first))
        np.sqrt(up, out=up)
        up *= math.sqrt((self.high - self.low) * (self.mode - self.low))
        down = np.clip(u, turn, 1.0, out=space.first)
        np.subtract(1.0, down, out=down)
        np.sqrt(down, out=down)
        down *= math.sqrt((self.high - self.low) * (self.high - self.mode))
        up -= down
        up += self.low + self.high - self.mode
        return up


def distribution(
    shape: Shape,
    value: float,
    low: float | None,
    high: float | None,
    sd: float | None,
    limits: tuple[float, float] | None,
) -> Distribution:
    """The distribution of an estimate from its resolved numbers.

    Parameters
    ----------
    shape : str
        As the estimate names it, or as understood.
    value, low, high, sd : float or None
        In the study's prices. For normal and lognormal, low and high are the 5th and 95th percentiles.
    limits : tuple of float, optional
        What draws are truncated to, for numbers that have limits of their own.
    """
    floor, ceiling = limits or (-math.inf, math.inf)
    if shape == "bernoulli":
        return Distribution(shape, location=value)
    if shape == "beta":
        assert sd is not None
        size = value * (1 - value) / sd**2 - 1
        if min(value, 1 - value) * size > _ALMOST_NORMAL:
            return Distribution("normal", location=value, scale=sd)
        return Distribution(shape, a=value * size, b=(1 - value) * size)
    if shape == "normal" and (low is None or high is None):
        return Distribution(shape, location=value, scale=sd or 0.0, floor=floor, ceiling=ceiling)
    assert low is not None
    assert high is not None
    wide = high - low
    match shape:
        case "normal":
            middle, scale = (low + high) / 2, wide / (2 * Z95)
            return Distribution(shape, location=middle, scale=scale, floor=floor, ceiling=ceiling)
        case "lognormal":
            middle, scale = (math.log(low) + math.log(high)) / 2, math.log(high / low) / (2 * Z95)
            return Distribution(shape, location=middle, scale=scale, floor=floor, ceiling=ceiling)
        case "pert":
            a, b = 1 + 4 * (value - low) / wide, 1 + 4 * (high - value) / wide
            return Distribution(shape, low, value, high, a=a, b=b)
        case "triangular" | "uniform":
            return Distribution(shape, low, value, high)
        case _:
            raise SroiError(f"there is no way to draw from a distribution {shape}")

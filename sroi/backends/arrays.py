"""NumPy arrays as a backend of the arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sroi.backends import Backend


class _Arrays:
    """NumPy arrays of any shape, floats among them."""

    minimum = staticmethod(np.minimum)
    maximum = staticmethod(np.maximum)
    power = staticmethod(np.power)
    ceil = staticmethod(np.ceil)

    @staticmethod
    def clip(x: Any, low: float, high: float) -> Any:
        return np.minimum(np.maximum(x, low), high)

    @staticmethod
    def total(values: Sequence[Any]) -> Any:
        return sum(values, start=0.0)


ARRAYS: Backend = _Arrays()

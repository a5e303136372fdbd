"""Where two answers of one engine differ, in anything but the last digits of a figure."""

import math


def apart(one, other, path=""):
    """The paths at which two plain values are not the same."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [each for key in one for each in apart(one[key], other[key], f"{path}.{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [
            each
            for at, pair in enumerate(zip(one, other, strict=True))
            for each in apart(*pair, f"{path}[{at}]")
        ]
    if isinstance(one, float) and isinstance(other, float):
        return [] if math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-9) else [path]
    return [] if one == other else [path]

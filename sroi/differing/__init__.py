"""What lies between two studies: what changed, and each change's part of the difference."""

from sroi.differing.explaining import explained, explained_again
from sroi.differing.sides import Side

__all__ = ["Side", "explained", "explained_again"]

"""Studies side by side: what may be set beside what, their figures, and what they come to together."""

from sroi.comparing.beside import compare
from sroi.comparing.comparison import Comparison
from sroi.comparing.likeness import Difference
from sroi.comparing.line import Line
from sroi.comparing.together import Together

__all__ = ["Comparison", "Difference", "Line", "Together", "compare"]

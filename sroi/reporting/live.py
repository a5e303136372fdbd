"""The part of the page that moves: sliders, and what the study comes to under them, calculated by the study's own arithmetic.

Every figure is written by :class:`~sroi.evaluation.carried.CarriedStudy` on symbols: a number that no slider reaches is known and stays a number, one
that a slider reaches becomes an expression in the signals of Vega, which the page evaluates.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sroi import figures
from sroi.evaluation.carried import CarriedStudy
from sroi.reporting import live_charts
from sroi.reporting.live_charts import Column, LiveChart, Row
from sroi.reporting.sliders import RATE, Slider, sliders
from sroi.symbols import VEGA, Symbol, written

if TYPE_CHECKING:
    from sroi.evaluation import Evaluation
    from sroi.reporting.parts import Content

SECTION, TITLE = "explore", "Try other assumptions"
MOST_OUTCOMES = 12

FIXED = {
    "tornado": "Base case: this section does not move with the sliders.",
    "distribution": "Base case: the range does not move with the sliders.",
    "switching": "Base case: this section does not move with the sliders.",
}
"""Sections that a page cannot recompute, and what it says there."""

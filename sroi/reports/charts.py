"""The charts of a result: Altair charts, each with its title, its units and one line on what to see in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi.extras import needed
from sroi.reports.drawing import spreads, values
from sroi.reports.theme import WIDTH
from sroi.text import all_shown
from sroi.uncertainty import sensitivity, simulate, switching_values

if TYPE_CHECKING:
    from sroi.evaluation import Evaluation
    from sroi.reports.parts import Figure
    from sroi.uncertainty import Sensitivity, Simulation, SwitchingValues


@dataclass(frozen=True, slots=True)
class Charts:
    """The charts of one result.

    Attributes
    ----------
    evaluation : Evaluation
        The result on central values.
    drawn : Simulation or None
        The draws to show; where it is None and they are needed, 10,000 are made with seed 0.
    swings : Sensitivity or None
        The swings to show; worked out where it is None and they are needed.
    switches : SwitchingValues or None
        The switching values to show; those of breaking even where it is None.
    """

    evaluation: Evaluation
    drawn: Simulation | None = None
    swings: Sensitivity | None = None
    switches: SwitchingValues | None = None

    def value_by_outcome(self) -> Any:
        """Present value of each outcome in the total, the largest first."""
        return values.value_by_outcome(self.evaluation).chart()

    def gross_to_net(self) -> Any:
        """The waterfall from gross value over each deduction, drop-off and discounting to present value."""
        return values.gross_to_net(self.evaluation).chart()

    def by_year(self) -> Any:
        """Present value gained and put in by year, and the balance so far."""
        return values.by_year(self.evaluation).chart()

    def gains(self) -> Any:
        """What each stakeholder gains, loses and puts in."""
        return values.gains(self.evaluation).chart()

    def tornado(self) -> Any:
        """The result with each number at its low and at its high, the widest swing first."""
        return spreads.tornado(self.swings or sensitivity(self.evaluation.study)).chart()

    def distribution(self) -> Any:
        """How the ratio is spread over the draws, with what has been claimed."""
        return spreads.distribution(self.drawn or simulate(self.evaluation.study)).chart()

    def switching(self) -> Any:
        """Where, in or beyond its own range, each number would turn the verdict."""
        return spreads.switching(self.switches or switching_values(self.evaluation.study)).chart()


def png(figure: Figure, inches: float, dots_an_inch: int = 200) -> bytes:
    """A figure as a PNG picture of a width in print, at a resolution."""
    convert = needed("vl_convert", "a picture of a chart")
    picture: bytes = convert.vegalite_to_png(
        all_shown(figure.chart().to_dict()), scale=inches * dots_an_inch / WIDTH
    )
    return picture

"""The result of a study: frozen, complete at birth, unrounded."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.arguments import checked_arguments
from sroi.errors import NotFoundError, instead
from sroi.model.owners import savings_of
from sroi.quantities import shown
from sroi.resolution import numbers_of
from sroi.results import comparison, explanation, lineage, quotes, summary
from sroi.results.base import Result, data_frames, plain
from sroi.results.number_explained import numbers_at
from sroi.results.rows import InputRow, OutcomeRow
from sroi.version import VERSION
from sroi.years import year_written

if TYPE_CHECKING:
    import pandas as pd

    from sroi.model import Study
    from sroi.tables import Table
    from sroi.warned import ResultWarning


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Evaluation(Result):
    """The social return of a study.

    Attributes
    ----------
    study : Study
        What was evaluated, method included.
    discount_factors : tuple of float
        Factor of each year from year 0, for outcomes.
    outcomes : tuple of OutcomeRow
        The value map, in the order of the study.
    inputs : tuple of InputRow
        The inputs, in the order of the study.
    present_value : float
        Present value of all outcomes in the total after deductions, those for the worse included, in the
        study's prices.
    investment : float
        Present value of all inputs; undiscounted where the method does not discount inputs.
    gained_by_year, spent_by_year : tuple of float
        Present value by year from year 0 of all outcomes in the total, and of all inputs.
    net_flows : tuple of (time, net present value)
        Gains less inputs in order of the time at which they fall, in years from the start of year 0.
    payback_years : float or None
        Years until the cumulative present value is never again below zero; None where it is below zero at the
        end.
    warnings : tuple of ResultWarning
        What a reader should know beside the figures.
    """

    study: Study
    discount_factors: tuple[float, ...]
    outcomes: tuple[OutcomeRow, ...]
    inputs: tuple[InputRow, ...]
    present_value: float
    investment: float
    gained_by_year: tuple[float, ...]
    spent_by_year: tuple[float, ...]
    net_flows: tuple[tuple[float, float], ...]
    payback_years: float | None
    warnings: tuple[ResultWarning, ...]

    @property
    def social_return_ratio(self) -> float:
        """Present value of the outcomes for one unit of money put in."""
        return float(formulas.social_return_ratio(self.present_value, self.investment))

    @property
    def net_ratio(self) -> float:
        """The social return ratio less one."""
        return float(formulas.net_ratio(self.present_value, self.investment))

    @property
    def net_present_value(self) -> float:
        """Present value of the outcomes less the investment, in the study's prices."""
        return float(formulas.net_present_value(self.present_value, self.investment))

    @property
    def by_stakeholder(self) -> dict[str, dict[str, float]]:
        """Present value of each stakeholder's outcomes in the total, and of its inputs."""
        found = {name: {"present_value": 0.0, "investment": 0.0} for name in self.study.stakeholders}
        for row in self.outcomes:
            if row.in_total and row.present_value is not None:
                found[row.stakeholder]["present_value"] += row.present_value
        for each in self.inputs:
            found[each.stakeholder]["investment"] += each.present_value
        return found

    @property
    def value_map(self) -> pd.DataFrame:
        """The value map, an outcome a row; money in the study's prices, shares from 0 to 1."""
        return self.frames["value_map"]

    @property
    def inputs_table(self) -> pd.DataFrame:
        """The inputs, one a row."""
        return self.frames["inputs"]

    @property
    def by_year(self) -> pd.DataFrame:
        """Undiscounted money of each outcome and input, a column each, by calendar year from year 0."""
        return self.frames["by_year"]

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """Data frames by name: ``value_map``, ``inputs`` and ``by_year``."""
        import pandas as pd  # noqa: PLC0415 - loaded only when a frame is asked for

        columns = {row.outcome: row.by_year for row in self.outcomes if row.present_value is not None}
        columns |= {f"input {each.input}": each.by_year for each in self.inputs}
        first = self.study.first_year
        labels = [year_written(first + t) for t in range(len(self.discount_factors))]
        years = (
            pd.Index(labels, name="year")
            if isinstance(labels[0], str)
            else pd.RangeIndex(first, first + len(labels), name="year")
        )
        return {
            **data_frames(
                {"value_map": [row.to_flat() for row in self.outcomes], "inputs": plain(self.inputs)}
            ),
            "by_year": pd.DataFrame(columns, index=years),
        }

    @checked_arguments
    def row(self, outcome: str) -> OutcomeRow:
        """The line of one outcome.

        Raises
        ------
        NotFoundError
            If the study has no such outcome; it offers the nearest.
        """
        for row in self.outcomes:
            if row.outcome == outcome:
                return row
        raise NotFoundError(f"there is no outcome {shown(outcome)}", instead(outcome, self.study.outcomes))

    def _plain(self) -> dict[str, Any]:
        """The result as plain values that JSON can hold, unrounded."""
        study = self.study
        return {
            "study": study.id,
            "borough": study.borough,
            "method": study.method.model_dump(mode="json"),
            "price_year": study.price_year,
            "currency": study.currency,
            "first_year": year_written(study.first_year),
            "discount_factors": list(self.discount_factors),
            "social_return_ratio": self.social_return_ratio,
            "net_ratio": self.net_ratio,
            "present_value": self.present_value,
            "investment": self.investment,
            "net_present_value": self.net_present_value,
            "payback_years": self.payback_years,
            "value_map": plain(self.outcomes),
            "inputs": plain(self.inputs),
            "by_stakeholder": self.by_stakeholder,
            "claims": comparison.claims(self),
            "statement": self.statement,
            "warnings": plain(self.warnings),
            "provenance": self.provenance,
        }

    @property
    def provenance(self) -> dict[str, Any]:
        """What the result was made with and from: engine, hashes of packs and study, sources of numbers."""
        text = self.study.provenance
        used = numbers_of(self.study).used
        return {
            "engine": f"sroi {VERSION}",
            "packs": dict(text.packs) if text is not None else {},
            "study_sha256": text.sha256 if text is not None else None,
            "method_sha256": self.study.method.fingerprint,
            "counts": asdict(lineage.standing(used)),
            "value_by_basis": self.value_by_basis,
            "numbers": [number.to_dict() for number in used],
            "sources": {
                name: source.model_dump(mode="json", exclude_none=True)
                for name, source in lineage.sources_used(self.study).items()
            },
        }

    @property
    def value_by_basis(self) -> dict[str, float]:
        """Shares of the value in the total that rest on sourced, borrowed, assumed and structural numbers."""
        counted = {
            row.outcome: row.present_value
            for row in self.outcomes
            if row.in_total and row.present_value is not None
        }
        return {str(basis): share for basis, share in lineage.value_by_basis(self.study, counted).items()}

    @property
    def savings_ratio(self) -> float:
        """Value of the services that the state needs less, cash or not, for one unit of money put in."""
        return float(formulas.social_return_ratio(self.saved, self.investment))

    @property
    def saved(self) -> float:
        """Present value of the services that the state needs less, cash or not."""
        savings = savings_of(self.study)
        counted = (row for row in self.outcomes if row.in_total and row.outcome in savings)
        return sum(row.present_value or 0.0 for row in counted)

    @property
    def statement(self) -> str:
        """One sentence that is safe to quote: ratio, range or its absence, prices, method and claims."""
        return quotes.statement(self)

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: tables of text, from which every output is made."""
        return summary.tables(self)

    def to_markdown(self) -> str:
        """The result as Markdown."""
        return summary.markdown(self)

    @checked_arguments
    def explain(self, outcome: str) -> explanation.Explanation:
        """How one outcome came to its present value, or what one number is and where it comes from.

        Parameters
        ----------
        outcome : str
            An outcome by its name: every step, with the source of every number. Or the path of a number, as
            ``--set`` takes it.

        Raises
        ------
        NotFoundError
            If the study has no such outcome or number; it offers the nearest.
        """
        study, name = self.study, outcome.removeprefix("outcomes.")
        if name in study.outcomes:
            return explanation.explain(self, self.row(name))
        if numbers := numbers_at(study, outcome):
            return explanation.explain_numbers(study, numbers)
        known = {*study.outcomes, *study.assumptions, *(number.path for number in numbers_of(study))}
        asked = shown(outcome) or "without a name"
        raise NotFoundError(f"there is no outcome or number {asked}", instead(outcome, known))

    def _line(self) -> str:
        study = self.study
        return (
            f"{study.id}: ratio {self.social_return_ratio:.4g}, net present value "
            f"{self.net_present_value:,.0f} {study.currency} in {study.price_year} prices, "
            f"{len(self.outcomes)} outcomes"
        )

    def _repr_html_(self) -> str:
        return summary.html(self)

"""The result of a study: frozen, complete at birth, unrounded."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.errors import NotFoundError, instead
from sroi.evaluation import explanation, lineage, summary
from sroi.evaluation.owners import savings_of
from sroi.evaluation.rows import InputRow, OutcomeRow
from sroi.version import VERSION

if TYPE_CHECKING:
    import pandas as pd

    from sroi.model import Study
    from sroi.reports.charts import Charts
    from sroi.tables import Table


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Evaluation:
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
    payback_years : float or None
        Years until the cumulative present value is never again below zero; None where it is below zero at the
        end.
    warnings : tuple of str
        What a reader should be told beside the figures.
    """

    study: Study
    discount_factors: tuple[float, ...]
    outcomes: tuple[OutcomeRow, ...]
    inputs: tuple[InputRow, ...]
    present_value: float
    investment: float
    payback_years: float | None
    warnings: tuple[str, ...]

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
        """What each stakeholder gains and gives: present value of its outcomes in the total, and of its inputs."""
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
        import pandas as pd

        return pd.DataFrame(self._rows(self.outcomes, without=("by_year", "by_year_pv")))

    @property
    def inputs_table(self) -> pd.DataFrame:
        """The inputs, one a row."""
        import pandas as pd

        return pd.DataFrame(self._rows(self.inputs, without=("by_year", "by_year_pv")))

    @property
    def by_year(self) -> pd.DataFrame:
        """Money by year, an outcome or input a column: undiscounted, rows counted from year 0 and labelled by calendar year."""
        import pandas as pd

        columns = {row.outcome: row.by_year for row in self.outcomes if row.present_value is not None}
        columns |= {f"input {each.input}": each.by_year for each in self.inputs}
        index = pd.RangeIndex(
            self.study.first_year, self.study.first_year + len(self.discount_factors), name="year"
        )
        return pd.DataFrame(columns, index=index)

    @staticmethod
    def _rows(rows: tuple[Any, ...], without: tuple[str, ...] = ()) -> list[dict[str, Any]]:
        fields = [field for field in type(rows[0]).__slots__ if field not in without] if rows else []
        return [{field: _json(getattr(row, field)) for field in fields} for row in rows]

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
        raise NotFoundError(f"there is no outcome {outcome}", instead(outcome, self.study.outcomes))

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values that JSON can hold, under the keys of the file format's reference; unrounded."""
        study = self.study
        return {
            "study": study.id,
            "borough": study.borough,
            "method": study.method.model_dump(mode="json"),
            "price_year": study.price_year,
            "currency": study.currency,
            "first_year": study.first_year,
            "discount_factors": list(self.discount_factors),
            "social_return_ratio": self.social_return_ratio,
            "net_ratio": self.net_ratio,
            "present_value": self.present_value,
            "investment": self.investment,
            "net_present_value": self.net_present_value,
            "payback_years": self.payback_years,
            "value_map": self._rows(self.outcomes),
            "inputs": self._rows(self.inputs),
            "by_stakeholder": self.by_stakeholder,
            "claims": [
                {"claim": name, **claim.model_dump(mode="json", exclude_none=True)}
                for name, claim in study.claims.items()
            ],
            "statement": self.statement,
            "warnings": list(self.warnings),
            "provenance": self.provenance,
        }

    def to_json(self) -> str:
        """The result as JSON text."""
        return json.dumps(self.to_dict(), indent=1, ensure_ascii=False, allow_nan=False)

    @property
    def provenance(self) -> dict[str, Any]:
        """What the result was made with and from: engine, packs and study by their hashes, and where each number comes from."""
        text = self.study.provenance
        used = lineage.numbers_used(self.study)
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
        """Worth of the services that bodies of the state need less, for one unit of money put in; before asking whether any of it is cash."""
        savings = savings_of(self.study)
        saved = sum(
            row.present_value or 0.0 for row in self.outcomes if row.in_total and row.outcome in savings
        )
        return float(formulas.social_return_ratio(saved, self.investment))

    @property
    def statement(self) -> str:
        """One sentence that is safe to quote: ratio, range or its absence, prices, method and what became of the claims."""
        return summary.statement(self)

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads, as tables of words: every output is made from these."""
        return summary.tables(self)

    @property
    def charts(self) -> Charts:
        """The charts of this result: ``result.charts.tornado()`` and the others are Altair charts."""
        from sroi.reports.charts import Charts

        return Charts(self)

    def to_markdown(self) -> str:
        """The result as Markdown."""
        return summary.markdown(self)

    def explain(self, outcome: str) -> explanation.Explanation:
        """How one outcome came to its present value: quantity, proxy, each deduction, each year, and the source of every number.

        Raises
        ------
        NotFoundError
            If the study has no such outcome; it offers the nearest.
        """
        return explanation.explain(self, self.row(outcome))

    def __repr__(self) -> str:
        return (
            f"Evaluation({self.study.id}: ratio {self.social_return_ratio:.4g}, net present value {self.net_present_value:,.0f} {self.study.currency}"
            f" in {self.study.price_year} prices, {len(self.outcomes)} outcomes)"
        )

    def _repr_html_(self) -> str:
        return summary.html(self)


def _json(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value

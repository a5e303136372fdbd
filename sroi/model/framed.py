"""A study from data frames, and back."""

from __future__ import annotations

from typing import Any, Self

from pydantic import PrivateAttr

from sroi.base import Model
from sroi.provenance import Provenance


class Framed(Model):
    """What can be made of data frames, a section each, and taken apart into them."""

    _provenance: Provenance | None = PrivateAttr(default=None)

    @property
    def provenance(self) -> Provenance | None:
        """Where each value was written; None for a study that was made in Python of no frames."""
        return self._provenance

    @classmethod
    def from_frames(
        cls,
        outcomes: Any,
        inputs: Any,
        *,
        stakeholders: Any = None,
        assumptions: Any = None,
        study: Any = None,
        **fields: Any,
    ) -> Self:
        """A study from data frames of pandas, Polars or any other library that narwhals reads.

        Each frame has a row an entry and a column a field. A cell is a number, a percentage (``"25%"``), an
        expression over names, an :class:`sroi.Estimate`, or a list by cohort or year; an empty one is not
        stated. ``value_low``, ``value_high``, ``value_distribution``, ``value_source`` and the like say more
        of the number in ``value``, and so of every other number.

        Parameters
        ----------
        outcomes : frame
            With a column ``outcome``, and a row for each cohort where it has a column ``cohort``.
        inputs : frame
            With a column ``input``, and a row for each year where it has a column ``year``.
        stakeholders, assumptions : frame, optional
            With a column ``stakeholder``, or ``assumption``. Stakeholders, and sources, that are left out are
            those that other frames name.
        study : frame, optional
            One row of the study's own fields, as :meth:`to_frames` gives it.
        **fields
            The study's own fields, such as ``id`` and ``price_year``, and frames of other sections, such as
            ``sources``. A section may also be a mapping of entries by name, or a list of mappings.

        Raises
        ------
        DocumentError
            With everything that is wrong, each at the row and column of its frame, counted from 1.

        Examples
        --------
        >>> import sroi
        >>> outcomes = [{"outcome": "less_lonely", "stakeholder": "members", "quantity": 40, "value": 1200,
        ...     "starts": "during", "duration": 2, "deadweight": "25%", "displacement": 0,
        ...     "attribution": "20%", "drop_off": "30%"}]
        >>> inputs = [{"input": "grant", "stakeholder": "council", "kind": "cash", "value": 20_000}]
        >>> study = sroi.Study.from_frames(outcomes, inputs, id="lunch-club", title="Lunch club",
        ...     kind="forecast", currency="GBP", price_year=2024, first_year=2024)
        >>> round(sroi.evaluate(study).social_return_ratio, 2)
        2.41
        """
        from sroi.model.frames import study_of  # noqa: PLC0415 - loaded only for frames

        sections = {"stakeholders": stakeholders, "assumptions": assumptions, "study": study}
        return study_of(cls, {"outcomes": outcomes, "inputs": inputs, **sections}, fields)

    def remembering(self, provenance: Provenance) -> Self:
        """The same study with where each of its values was written."""
        copy = self.model_copy()
        copy._provenance = provenance
        return copy

    def to_frames(self, *, backend: str = "pandas", long: bool = False) -> dict[str, Any]:
        """The study as data frames by section; ``Study.from_frames(**study.to_frames()) == study``.

        Parameters
        ----------
        backend : str
            The library that makes them: pandas, or another by its name, such as polars or pyarrow. Their
            columns that hold numbers, texts and lists together are of texts.
        long : bool
            Whether each cohort of an outcome, and each year of an input, is a row of its own.
        """
        from sroi.model.frames import frames_of  # noqa: PLC0415 - loaded only for frames

        return frames_of(self, backend, long=long)

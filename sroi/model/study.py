"""A study: stakeholders, inputs, outcomes, and the assumptions behind them."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol, TypeVar

from pydantic import PrivateAttr, ValidationInfo, field_validator, model_validator

from sroi.base import Entries, Frozen, Model, Reads, described, optional
from sroi.dumping import yaml_text
from sroi.errors import DocumentError
from sroi.method import PROFILES, MethodProfile
from sroi.method_fields import AppraisalPeriod
from sroi.model.commented import commented
from sroi.model.entries import Input, Outcome, Payer, Stakeholder, Unit
from sroi.model.estimates import Estimate, Given
from sroi.model.evidence import Claim, Correlation, Source, Waiver
from sroi.model.framed import Framed
from sroi.model.references import cross_reference_problems
from sroi.model.scenarios import Scenarios
from sroi.quantities import Currency, Identifier, Slug, Text, Version, refusal, shown
from sroi.tables import Table
from sroi.text import escape_html
from sroi.words import readable
from sroi.years import FirstYear, PriceYear

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_LISTED = 20
"""How many inputs, and outcomes, a notebook shows of a study."""

M = TypeVar("M", bound=Model)
Assumptions = Reads[Annotated[dict[Identifier, Estimate | None], Frozen], Mapping[str, Given | None]]
Entered = Reads[Annotated[dict[Identifier, M], Frozen], Mapping[str, M | Mapping[str, Any]]]
Cited = Reads[Annotated[dict[Slug, M], Frozen], Mapping[str, M | Mapping[str, Any]]]
"""Sections of a study or pack by the names of their entries, which in :data:`Cited` may have hyphens."""

Called = Reads[Annotated[dict[Text, M], Frozen], Mapping[str, M | Mapping[str, Any]]]
"""Titles of what other sections name in words of their own."""


class Study(Framed):
    """A whole study, resolved from its layers: everything that one calculation needs.

    Make one with :func:`sroi.load`, :func:`sroi.loads` or from a mapping with ``Study.model_validate``, and a
    changed copy with :func:`sroi.change`.
    """

    sroi: Version = described("Version of the file format.", "version")
    id: Slug = described("Name of the study.", "name")
    title: Text = described("Title of the study.")
    kind: Literal["forecast", "evaluation"] = described("Whether it looks ahead or back.", "choice")
    place: Text | None = optional(
        "Place, a local authority or nation, whose assumption packs lie under it; borough means the same.",
        "name",
    )
    intervention: Slug | None = optional("Intervention template that it builds on.", "name")
    currency: Currency = described("Currency of every sum of money.", "ISO 4217 code")
    price_year: PriceYear = described("Year whose prices every result is in.", "year")
    first_year: FirstYear = described(
        'Year 0, the first spending year: a calendar year, or a financial year such as "2024-25".', "year"
    )
    strategy: Literal["individual", "group", "place", "service"] | None = optional(
        "Whom the intervention mobilises: individuals, groups, a place or the services themselves.", "choice"
    )
    appraisal_period: AppraisalPeriod | None = optional(
        "Years beyond year 0 that it is appraised over, in place of the horizon of a method that has one.",
        "years",
    )
    method: Reads[MethodProfile, MethodProfile | str | Mapping[str, Any]] = described(
        "Method profile, or a mapping of a profile and its overrides.", "choice", default=PROFILES["default"]
    )
    purpose: Text | None = optional("What the study is for.")
    audience: Text | None = optional("Whom it is for.")
    scope: Text | None = optional("What it covers: activities, place, period.")
    status: Literal["draft", "final"] = described("How far it has come.", "choice", default="draft")
    author: Text | None = optional("Who wrote it.")
    approver: Text | None = optional("Who approved it, other than its author.")
    date: Text | None = optional("When it was written.", "date")
    limitations: Reads[Text | tuple[Text, ...] | None, str | Sequence[str] | None] = optional(
        "What it cannot show."
    )
    decisions: Reads[Text | tuple[Text, ...] | None, str | Sequence[str] | None] = optional(
        "What was decided because of it."
    )
    assumptions: Assumptions = described(
        "Numbers named once and used by name.", "mapping", default_factory=Entries
    )
    stakeholders: Entered[Stakeholder] = described("Who changes or contributes.", "mapping")
    payers: Called[Payer] = described(
        "How payers are called where people read them, by the name that stakeholders and outcomes give.",
        "mapping",
        default_factory=Entries,
    )
    units: Called[Unit] = described(
        "How units are called where people read them, by the name that outcomes and numbers give.",
        "mapping",
        default_factory=Entries,
    )
    inputs: Entered[Input] = described("What is spent or given.", "mapping")
    outcomes: Entered[Outcome] = described("What changes.", "mapping")
    sources: Cited[Source] = described("Where numbers come from.", "mapping", default_factory=Entries)
    claims: Cited[Claim] = described("What has been said in public.", "mapping", default_factory=Entries)
    scenarios: Scenarios = described("Named sets of values, by path.", "mapping", default_factory=Entries)
    correlations: Reads[tuple[Correlation, ...], Sequence[Correlation | Mapping[str, Any]]] = described(
        "Rank correlations between assumptions.", "list", default=()
    )
    waivers: Reads[tuple[Waiver, ...], Sequence[Waiver | Mapping[str, Any]]] = described(
        "Findings that a named person accepts.", "list", default=()
    )
    _numbers: Any = PrivateAttr(default=None)

    @model_validator(mode="before")
    @classmethod
    def _one_place(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or "borough" not in data:
            return data
        if "place" in data:
            hint = "write one of them: they mean the same"
            raise refusal("place and borough are both given", hint, "borough")
        return {"place" if key == "borough" else key: value for key, value in data.items()}

    @field_validator("method", mode="after")
    @classmethod
    def _over_its_own_period(cls, method: MethodProfile, info: ValidationInfo) -> MethodProfile:
        return method.over(info.data.get("appraisal_period"))

    @model_validator(mode="after")
    def _references_are_declared(self, info: ValidationInfo) -> Study:
        if not (info.context or {}).get("collects_problems"):
            problems = cross_reference_problems(self)
            if problems:
                raise DocumentError(problems)
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Study) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.values()))

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        yield None, self.id
        yield "title", shown(self.title)
        if self.place is not None:
            yield "place", self.place
        yield from (("inputs", len(self.inputs)), ("outcomes", len(self.outcomes)))

    def _repr_html_(self) -> str:
        about = (self.place, self.kind, f"{self.currency} of {self.price_year}", self.method.called)
        titles = {name: stakeholder.title for name, stakeholder in self.stakeholders.items()}

        def listed(what: str, of_whom: str, entries: dict[str, Any]) -> str:
            rows = tuple(
                (
                    entry.title or readable(name),
                    titles.get(entry.stakeholder, ""),
                    readable(entry.kind, capital=False),
                )
                for name, entry in islice(entries.items(), MOST_LISTED)
            )
            title = f"{len(entries)} {what}{'' if len(entries) == 1 else 's'}"
            note = f"and {len(entries) - MOST_LISTED} more" if len(entries) > MOST_LISTED else ""
            return Table(title, (what.capitalize(), of_whom, "Kind"), rows, note).to_html()

        said = f"<p><b>{escape_html(self.title)}</b> ({escape_html(', '.join(filter(None, about)))})</p>"
        inputs = listed("input", "Given by", self.inputs)
        return said + inputs + listed("outcome", "Experienced by", self.outcomes)

    @property
    def borough(self) -> str | None:
        """The place, under the name that results give it."""
        return self.place

    def estimates(self) -> Iterator[tuple[str, Estimate]]:
        """Every number of the study with its path, in the order of the document."""
        for name, estimate in self.assumptions.items():
            if estimate is not None:
                yield f"assumptions.{name}", estimate
        for section in ("stakeholders", "inputs", "outcomes"):
            for name, entry in getattr(self, section).items():
                for field in type(entry).model_fields:
                    yield from _flat(f"{section}.{name}.{field}", getattr(entry, field))

    def to_yaml(self, *, comments: bool = True) -> str:
        """The study as YAML text, complete; ``sroi.loads(study.to_yaml()) == study``.

        Parameters
        ----------
        comments : bool
            Whether sections and fields are explained in comments. :func:`sroi.dump` writes a file.
        """
        plain: dict[str, Any] = self.model_dump(mode="json", exclude_unset=True, by_alias=True)
        if self.place is not None or self.intervention is not None:
            plain["complete"] = True
        return commented(self.title, plain, type(self)) if comments else yaml_text(plain)

    def with_method(self, method: str | MethodProfile) -> Study:
        """The same study under another method; goes in 0.2: :func:`sroi.change` does this and more."""
        warnings.warn(
            "study.with_method(method) goes in 0.2: write sroi.change(study, method=method)",
            DeprecationWarning,
            stacklevel=2,
        )
        chosen = MethodProfile.model_validate(method).over(self.appraisal_period)
        return self.model_copy(update={"method": chosen})


class Studied(Protocol):
    """A result, which knows its study."""

    @property
    def study(self) -> Study:
        """What the result is of."""


def as_study(given: object, verb: str) -> Study:
    """The study that a verb was given, or that of the result that it was given.

    Parameters
    ----------
    given : Study or a result
        What the caller passed.
    verb : str
        The function's name, such as ``sroi.evaluate``.

    Raises
    ------
    DocumentError
        If it is neither, with how to make a study of it.
    """
    study = given if isinstance(given, Study) else getattr(given, "study", None)
    if isinstance(study, Study):
        return study
    if isinstance(given, Mapping):
        what, how = "a mapping", "sroi.loads(mapping)"
    elif isinstance(given, str) and "\n" in given:
        what, how = "text", "sroi.loads(text)"
    elif isinstance(given, (str, os.PathLike)):
        what, how = shown(os.fspath(given)), f"sroi.load({os.fspath(given)!r})"
    else:
        what = f"a value of type {type(given).__name__}"
        how = "sroi.load, sroi.loads or sroi.Study.model_validate"
    raise DocumentError(f"{what} is not a study", f"make one of it first: {how}", file=verb)


def _flat(path: str, value: Any) -> Iterator[tuple[str, Estimate]]:
    if isinstance(value, Estimate):
        yield path, value
    elif isinstance(value, tuple):
        for position, entry in enumerate(value):
            yield from _flat(f"{path}[{position}]", entry)

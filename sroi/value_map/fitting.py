"""What of a study a Value Map can hold, and what is lost on the way into one."""

from __future__ import annotations

import re
from collections import ChainMap
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sroi.backends import FLOATS
from sroi.expression import Expression
from sroi.model import Source, Study
from sroi.model.starts import first_year, starting
from sroi.names import unlike
from sroi.optimism import biases
from sroi.quantities import MOST_YEARS
from sroi.resolution import Numbers, numbers_of
from sroi.results.rows import title_of
from sroi.text import UNSHOWN
from sroi.value_map import entries
from sroi.value_map.columns import FACTS, OUTCOME_TEXTS, SHARES
from sroi.value_map.losses import Loss, lost_fields
from sroi.values import Values
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import BaseModel

    from sroi.model import Estimate, Input, Outcome

MOST_LETTERS = 32_000
_AS_WRITTEN = ("sroi", "id", "kind", "currency", "price_year", "first_year", "method", "status")
_TEXTS = tuple(
    label.key for label in FACTS if label.key in Study.model_fields and label.key not in _AS_WRITTEN
)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A study cut down to what a Value Map holds, and what was lost."""

    study: Study
    losses: tuple[Loss, ...]


def fit(study: Study) -> Fitted:
    """What of a study a Value Map can hold.

    Returns
    -------
    Fitted
        A study that ``import_value_map`` gives back as it is once ``export_value_map`` has written it; and
        everything that was lost, none of it silently. Where nothing was lost that a figure rests on, its
        result is the study's own.
    """
    whole = study
    if study.method.optimism_bias == "by_grade" or biases(numbers_of(study)):
        method = study.method.model_copy(update={"optimism_bias": "none"})
        study = study.model_copy(update={"method": method})
    fitting = _Fitting(study, numbers_of(study))
    if study is not whole:
        fitting.lose("optimism_bias", "method.optimism_bias")
    fitted = Study.model_validate(fitting.document())
    return Fitted(fitted, tuple(Loss.of(key, paths) for key, paths in fitting.lost.items()))


@dataclass
class _Fitting:
    study: Study
    numbers: Numbers
    lost: dict[str, dict[str, None]] = field(default_factory=dict)
    cited: set[str] = field(default_factory=set)

    def lose(self, key: str, path: str) -> None:
        self.lost.setdefault(key, {})[path] = None

    def lose_fields(self, model: BaseModel, owner: str, path: str) -> None:
        for name, key in lost_fields(model, owner).items():
            self.lose(key, path or name)

    def words(self, text: str | None, path: str) -> str | None:
        """A text as a cell can hold it."""
        if text is None:
            return None
        clean = re.sub("\r\n?", "\n", UNSHOWN.sub(" ", text)).strip()[:MOST_LETTERS].strip()
        if clean != text:
            self.lose("characters", path)
        return clean or None

    def sources(self, names: Iterable[str | None], path: str) -> str | None:
        """Sources in one line."""
        cited = [name for name in dict.fromkeys(names) if name in self.study.sources]
        self.cited.update(name for name in cited if name)
        lines = [self.in_a_line(self.study.sources[name], f"sources.{name}") for name in cited if name]
        return self.words(entries.joined(lines), path)

    def in_a_line(self, source: Source, path: str) -> str:
        if any(value is not None for name, value in source if name != "title"):
            self.lose("details_of_sources", path)
        said = (source.title, source.author, source.publisher, source.year, source.page, source.url)
        return ", ".join(str(part) for part in said if part)

    def estimate(self, path: str, estimate: Estimate | None) -> Any:
        """A number with its source and its reason, as a row of the map holds them."""
        if estimate is None:
            return None
        value = self.number(path, estimate)
        assumed = [self.study.assumptions[name] for name in self.numbers[path].rests_on]
        cited = [estimate, *(each for each in assumed if each is not None)]
        source = self.sources((each.source for each in cited), path)
        expression = estimate.value.text if isinstance(estimate.value, Expression) else None
        reason = self.words(entries.joined((estimate.rationale, expression)), path)
        return entries.estimate(value, source, reason)

    def number(self, path: str, estimate: Estimate | None) -> float | None:
        if estimate is None:
            return None
        self.lose_fields(estimate, "estimate", path)
        if isinstance(estimate.value, Expression):
            self.lose("assumptions", path)
        value = self.numbers.value(path)
        return None if value is None else as_a_cell(value)

    def bare(self, path: str, estimate: Estimate | None) -> float | None:
        """A number for which the map has no source or reason."""
        if estimate is not None and (estimate.source is not None or estimate.rationale is not None):
            self.lose("texts_of_counts", path)
        return self.number(path, estimate)

    def document(self) -> dict[str, Any]:
        study = self.study
        self.lose_fields(study, "study", "")
        for name, assumption in study.assumptions.items():
            self.lose("assumptions", f"assumptions.{name}")
            if assumption is not None:
                self.lose_fields(assumption, "estimate", f"assumptions.{name}")
        stakeholders = dict(self.stakeholders())
        inputs = {name: self.input(name, entry) for name, entry in study.inputs.items()}
        outcomes: dict[str, Any] = {}
        taken = ChainMap(outcomes, dict(study.outcomes))
        for own, outcome in study.outcomes.items():
            for cohort, row in self.rows(own, outcome):
                outcomes[unlike(f"{own}_cohort_{cohort + 1}", taken) if cohort else own] = row
        for name in study.sources:
            if name not in self.cited:
                self.lose("unused_sources", f"sources.{name}")
        method, rate = study.method, study.method.discount_rate
        if rate is not None:
            method = method.model_copy(update={"discount_rate": as_a_cell(rate)})
        texts = {key: self.words(getattr(study, key), key) for key in _TEXTS}
        return {
            **{key: getattr(study, key) for key in _AS_WRITTEN},
            **{key: text for key, text in texts.items() if text},
            "method": method,
            "stakeholders": stakeholders,
            "inputs": inputs,
            "outcomes": outcomes,
            "sources": entries.named_sources((*inputs.values(), *outcomes.values())),
        }

    def stakeholders(self) -> Iterator[tuple[str, dict[str, Any]]]:
        used = {each.stakeholder for each in self.study.inputs.values()}
        used |= {each.stakeholder for each in self.study.outcomes.values()}
        for name, stakeholder in self.study.stakeholders.items():
            path = f"stakeholders.{name}"
            self.lose_fields(stakeholder, "stakeholder", path)
            if not stakeholder.included or stakeholder.reason is not None:
                self.lose("excluded_stakeholders", path)
            if stakeholder.included or name in used:
                counts = {
                    key: self.bare(f"{path}.{key}", getattr(stakeholder, key)) for key in ("size", "involved")
                }
                title = self.words(stakeholder.title, path) or name
                yield (
                    name,
                    {"title": title, **{key: each for key, each in counts.items() if each is not None}},
                )

    def input(self, name: str, entry: Input) -> dict[str, Any]:
        path = f"inputs.{name}"
        self.lose_fields(entry, "input", path)
        own = [each.value for each in self.numbers if re.match(rf"{path}\.(value|years)\b", each.path)]
        money = Values(self.numbers, FLOATS).money(name) if own and None not in own else None
        written = entry.value if isinstance(entry.value, tuple) else (entry.value,)
        if entry.prices == "nominal":
            self.lose("nominal_inputs", path)
        if max(len(money or ()), len(written)) > 1:
            self.lose("yearly_inputs", path)
        at = "[{}]" if isinstance(entry.value, tuple) else ""
        values = [self.estimate(f"{path}.value{at.format(t)}", each) for t, each in enumerate(written)]
        said = [each for each in values if isinstance(each, dict)]
        source = [self.sources([entry.source], path), *(each.get("source") for each in said)]
        reason = [self.words(entry.rationale, path), *(each.get("rationale") for each in said)]
        texts = (self.words(entries.joined(each), path) for each in (source, reason))
        return {
            "title": self.words(entry.title, path) or readable(name),
            "stakeholder": entry.stakeholder,
            "kind": entry.kind,
            "value": None if money is None else as_a_cell(sum(money)),
            **entries.texts(*texts),
        }

    def rows(self, name: str, outcome: Outcome) -> Iterator[tuple[int, dict[str, Any]]]:
        """The rows of one outcome: one for each cohort, each begun in its own year."""
        path = f"outcomes.{name}"
        self.lose_fields(outcome, "outcome", path)
        cohorts = outcome.quantity if isinstance(outcome.quantity, tuple) else (outcome.quantity,)
        if len(cohorts) > 1:
            self.lose("cohorts", path)
        shared = self.shared(path, name, outcome)
        first = first_year(outcome.starts)
        for cohort, quantity in enumerate(cohorts):
            if first is not None and first + cohort > MOST_YEARS:
                self.lose("late_cohorts", path)
                continue
            at = f"{path}.quantity[{cohort}]" if isinstance(outcome.quantity, tuple) else f"{path}.quantity"
            row = deepcopy(shared)
            row["quantity"] = self.estimate(at, quantity)
            row["starts"] = None if first is None else starting(first + cohort)
            if cohort:
                row["title"] += f", cohort {cohort + 1}"
            yield cohort, row

    def shared(self, path: str, name: str, outcome: Outcome) -> dict[str, Any]:
        """What the rows of an outcome have in common."""
        texts = {key: self.words(getattr(outcome, key), path) for key in OUTCOME_TEXTS}
        row: dict[str, Any] = {
            "title": self.words(title_of(name, outcome), path) or name,
            "stakeholder": outcome.stakeholder,
            "kind": outcome.kind,
            "n_measured": self.bare(f"{path}.n_measured", outcome.n_measured),
            "drop_off_from": outcome.drop_off_from,
            **texts,
        }
        row = {key: value for key, value in row.items() if value is not None}
        for key in ("value", "duration", *SHARES):
            written, where = getattr(outcome, key), f"{path}.{key}"
            if isinstance(written, tuple):
                if len(written) > 1:
                    self.lose("yearly_values" if key == "value" else "yearly_shares", where)
                written, where = written[0], f"{where}[0]"
            row[key] = self.estimate(where, written)
        if not outcome.priced:
            row["priced"] = False
            row["value"] = {**row["value"], "value": None} if isinstance(row["value"], dict) else None
        ours = row.pop("contribution")
        if outcome.contribution is not None:
            assessed = ours is not None and not (isinstance(ours, dict) and ours["value"] is None)
            del row["attribution"]
            row["contribution" if assessed else "attribution"] = ours
        return row


def as_a_cell(value: float) -> float:
    """A number as a cell keeps it: to fifteen significant digits."""
    return float(f"{value:.15g}")

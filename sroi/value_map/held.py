"""What of a study a Value Map can hold, and what is lost on the way into one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sroi.expression import Expression
from sroi.model import Estimate, Outcome, Source, Study, YearsLater
from sroi.resolution import Resolution
from sroi.results.rows import title_of
from sroi.value_map.losses import KEPT, Loss, of_a_number, said_beyond, worded
from sroi.value_map.names import named_sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.model import Input

MOST_LETTERS = 32_000
_NO_CELL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Held:
    """A study cut down to what a Value Map holds, and what was lost."""

    study: Study
    losses: tuple[Loss, ...]


@dataclass
class _Cut:
    study: Study
    resolution: Resolution
    lost: dict[str, list[str]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    def lose(self, what: str, path: str) -> None:
        paths = self.lost.setdefault(what, [])
        if path not in paths:
            paths.append(path)

    # ── Texts and numbers
    # ────────────────────────────────────────────────────────────────────────────────────────

    def words(self, text: str | None, path: str) -> str | None:
        """A text as a cell can hold it."""
        if text is None:
            return None
        clean = (
            _NO_CELL.sub(" ", str(text))
            .replace("\r\n", "\n")
            .replace("\r", "\n")
            .strip()[:MOST_LETTERS]
            .strip()
        )
        if clean != text:
            self.lose("characters and lengths that no cell takes", path)
        return clean or None

    def source(self, names: list[str], path: str) -> str | None:
        """Sources in one line."""
        lines = []
        for name in dict.fromkeys(names):
            if name in self.study.sources:
                self.named.add(name)
                lines.append(self.in_a_line(self.study.sources[name], f"sources.{name}"))
        return self.words("; ".join(lines) or None, path)

    def in_a_line(self, source: Source, path: str) -> str:
        more = [source.author, source.publisher, source.year, source.page, source.url]
        if any(getattr(source, field) is not None for field in type(source).model_fields if field != "title"):
            self.lose("particulars of sources", path)
        return ", ".join(str(part) for part in (source.title, *more) if part)

    def estimate(self, path: str, estimate: Estimate | None) -> Any:
        """A number with its source and its reason, as a row of the map holds them."""
        if estimate is None:
            return None
        value = self.number(path, estimate)
        rests_on = self.resolution.rests_on(estimate)
        reached = (self.study.assumptions[name] for name in rests_on)
        names = [estimate.source, *(each.source for each in reached if each is not None)]
        source = self.source([name for name in names if name], path)
        reasons = [
            estimate.rationale,
            estimate.value.text if isinstance(estimate.value, Expression) else None,
        ]
        reason = self.words("; ".join(part for part in reasons if part) or None, path)
        if source is None and reason is None:
            return value
        return {
            "value": value,
            **({"source": source} if source else {}),
            **({"rationale": reason} if reason else {}),
        }

    def number(self, path: str, estimate: Estimate | None) -> float | None:
        if estimate is None:
            return None
        self.lose_what_stands_about(path, estimate)
        if isinstance(estimate.value, Expression):
            self.lose("named assumptions and expressions", path)
        value = self.resolution.number(path, estimate)
        return None if value is None else as_a_cell(value)

    def lose_what_stands_about(self, path: str, estimate: Estimate) -> None:
        for name in said_beyond(estimate, "estimate"):
            self.lose(of_a_number(name), path)

    def bare(self, path: str, estimate: Estimate | None) -> float | None:
        """A number for which the map has no source or reason."""
        for name in ("source", "rationale"):
            if estimate is not None and getattr(estimate, name) is not None:
                self.lose("sources and reasons of counts of people", path)
        return self.number(path, estimate)

    # ── Sections
    # ─────────────────────────────────────────────────────────────────────────────────────────────────

    def document(self) -> dict[str, Any]:
        study = self.study
        for name in said_beyond(study, "study"):
            self.lose(f"{worded(name)} of the study", name)
        for name, estimate in study.assumptions.items():
            self.lose("named assumptions and expressions", f"assumptions.{name}")
            if estimate is not None:
                self.lose_what_stands_about(f"assumptions.{name}", estimate)
        stakeholders = dict(self.stakeholders())
        inputs = {name: self.input(f"inputs.{name}", entry) for name, entry in study.inputs.items()}
        outcomes = {
            name: entry for own, outcome in study.outcomes.items() for name, entry in self.rows(own, outcome)
        }
        sources = named_sources((*inputs.values(), *outcomes.values()))
        for name in study.sources:
            if name not in self.named:
                self.lose("sources that no number of the map names", f"sources.{name}")
        head = {
            key: getattr(study, key)
            for key in ("sroi", "id", "kind", "currency", "price_year", "first_year", "method", "status")
        }
        if study.method.discount_rate is not None:
            head["method"] = study.method.model_copy(
                update={"discount_rate": as_a_cell(study.method.discount_rate)}
            )
        head |= {
            key: text
            for key in ("title", "purpose", "audience", "scope", "author", "date")
            if (text := self.words(getattr(study, key), key))
        }
        return {
            **head,
            "stakeholders": stakeholders,
            "inputs": inputs,
            "outcomes": outcomes,
            "sources": sources,
        }

    def stakeholders(self) -> Iterator[tuple[str, dict[str, Any]]]:
        used = {entry.stakeholder for entry in self.study.inputs.values()} | {
            outcome.stakeholder for outcome in self.study.outcomes.values()
        }
        for name, stakeholder in self.study.stakeholders.items():
            path = f"stakeholders.{name}"
            for key in said_beyond(stakeholder, "stakeholder"):
                self.lose(f"{worded(key)} of stakeholders", path)
            if not stakeholder.included or stakeholder.reason is not None:
                self.lose("stakeholders that are left out", path)
            if not stakeholder.included and name not in used:
                continue
            counts = {
                key: self.bare(f"{path}.{key}", getattr(stakeholder, key)) for key in ("size", "involved")
            }
            yield (
                name,
                {
                    "title": self.words(stakeholder.title, path) or name,
                    **{key: count for key, count in counts.items() if count is not None},
                },
            )

    def input(self, path: str, entry: Input) -> dict[str, Any]:
        money = self.resolution.input_money(path.removeprefix("inputs."), entry)
        written = entry.value if isinstance(entry.value, tuple) else (entry.value,)
        for key in said_beyond(entry, "input"):
            self.lose(f"{worded(key)} of inputs", path)
        if entry.prices == "nominal":
            self.lose("inputs in the prices of each year", path)
        if (money is not None and len(money) > 1) or len(written) > 1:
            self.lose("inputs over several years", path)
        estimates = [each for each in written if each is not None]
        several = [self.estimate(f"{path}.value", each) for each in estimates]
        of_values = [each for each in several if isinstance(each, dict)]
        texts = {}
        for key in ("source", "rationale"):
            own = (
                self.source([entry.source], path)
                if key == "source" and entry.source
                else self.words(entry.rationale, path)
                if key == "rationale"
                else None
            )
            parts = dict.fromkeys(part for part in (own, *(each.get(key) for each in of_values)) if part)
            text = self.words("; ".join(parts) or None, path)
            if text is not None:
                texts[key] = text
        title = self.words(entry.title, path) or path.removeprefix("inputs.").replace("_", " ").capitalize()
        return {
            "title": title,
            "stakeholder": entry.stakeholder,
            "kind": entry.kind,
            "value": None if money is None else as_a_cell(sum(money)),
            **texts,
        }

    def rows(self, name: str, outcome: Outcome) -> Iterator[tuple[str, dict[str, Any]]]:
        """The rows of one outcome: one a cohort, each begun in its own year."""
        path = f"outcomes.{name}"
        for key in said_beyond(outcome, "outcome"):
            self.lose(f"{worded(key)} of outcomes", path)
        cohorts = outcome.quantity if isinstance(outcome.quantity, tuple) else (outcome.quantity,)
        if len(cohorts) > 1:
            self.lose("cohorts", path)
        shared = self.shared(path, name, outcome)
        for cohort, quantity in enumerate(cohorts):
            first = _first(outcome)
            starts = (
                None
                if first is None
                else {0: "during", 1: "after"}.get(first + cohort, {"years_later": first + cohort})
            )
            if first is not None and first + cohort > 125:
                self.lose("cohorts that start later than year 125", path)
                continue
            at = f"{path}.quantity[{cohort}]" if isinstance(outcome.quantity, tuple) else f"{path}.quantity"
            title = shared["title"] if cohort == 0 else f"{shared['title']}, cohort {cohort + 1}"
            row = {**shared, "title": title, "quantity": self.estimate(at, quantity), "starts": starts}
            yield (
                self.own_name(name, cohort),
                {key: dict(value) if isinstance(value, dict) else value for key, value in row.items()},
            )

    def own_name(self, name: str, cohort: int) -> str:
        unique = name if cohort == 0 else f"{name}_cohort_{cohort + 1}"
        while cohort and unique in self.study.outcomes:
            unique += "_"
        return unique

    def shared(self, path: str, name: str, outcome: Outcome) -> dict[str, Any]:
        row: dict[str, Any] = {
            "title": self.words(title_of(name, outcome), path) or name,
            "stakeholder": outcome.stakeholder,
            "kind": outcome.kind,
        }
        row |= {
            key: text
            for key in ("activity", "output", "indicator", "unit")
            if (text := self.words(getattr(outcome, key), path))
        }
        if not outcome.priced:
            row["priced"] = False
        measured = self.bare(f"{path}.n_measured", outcome.n_measured)
        if measured is not None:
            row["n_measured"] = measured
        if outcome.drop_off_from is not None:
            row["drop_off_from"] = outcome.drop_off_from
        for key in ("value", "duration", "drop_off"):
            row[key] = self.estimate(f"{path}.{key}", getattr(outcome, key))
        if (
            row.get("priced") is False
            and isinstance(row["value"], dict)
            and row["value"]["value"] is not None
        ):
            row["value"] |= {"value": None}
        elif row.get("priced") is False and not isinstance(row["value"], dict):
            row["value"] = None
        for key in ("deadweight", "displacement", "attribution", "contribution"):
            written = getattr(outcome, key)
            if isinstance(written, tuple) and len(written) > 1:
                self.lose("shares by benefit year", f"{path}.{key}")
            first = written[0] if isinstance(written, tuple) else written
            where = f"{path}.{key}[0]" if isinstance(written, tuple) else f"{path}.{key}"
            if key == "attribution" and outcome.contribution is not None:
                continue
            held = self.estimate(where, first)
            empty = held is None or (isinstance(held, dict) and held["value"] is None)
            if key == "contribution" and empty:
                row.setdefault("attribution", held)
            else:
                row[key] = held
        return row


def as_a_cell(value: float) -> float:
    """A number as a cell keeps it: to fifteen significant digits."""
    return float(f"{value:.15g}")


def _first(outcome: Outcome) -> int | None:
    if outcome.starts is None:
        return None
    return (
        outcome.starts.years_later
        if isinstance(outcome.starts, YearsLater)
        else int(outcome.starts == "after")
    )


def held(study: Study) -> Held:
    """What of a study a Value Map can hold.

    Returns
    -------
    Held
        A study that ``import_value_map`` gives back as it is once ``export_value_map`` has written it; and
        everything that was lost, none of it silently. Where nothing was lost that a figure rests on, its
        result is the study's own.
    """
    cut = _Cut(study, Resolution(study))
    kept = Study.model_validate(cut.document())
    losses = [Loss(what, tuple(paths), KEPT.get(what, "")) for what, paths in cut.lost.items()]
    return Held(kept, tuple(losses))

"""What can be asked of the service: each question with its options, and what computes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sroi.model import Study

    Computed = tuple[Mapping[str, Any], Any]
    """An answer as plain values, and the result behind it that a record can be taken of, or None."""

_FIGURE: dict[str, Any] = {
    "type": "string",
    "enum": ["social_return_ratio", "savings_ratio", "net_present_value"],
    "default": "social_return_ratio",
}
_DRAWS: dict[str, Any] = {"type": "integer", "minimum": 100, "maximum": 1_000_000, "default": 10_000}
_SEED: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1, "default": 0}
_RULES: dict[str, Any] = {"type": "array", "items": {"type": "string"}, "default": []}


@dataclass(frozen=True)
class Question:
    """One thing that can be asked.

    Attributes
    ----------
    says : str
        What the answer says, for the description of the service.
    work : callable
        What computes it, of a study and the options.
    options : mapping
        JSON Schema of each option.
    wanted : tuple of str
        Options that must be given.
    many : bool
        Whether it is asked of several studies.
    """

    says: str
    work: Callable[..., Any]
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    wanted: tuple[str, ...] = ()
    many: bool = False


def _result(function: str) -> Callable[..., Computed]:
    def work(study: Study, **options: Any) -> Computed:
        import sroi  # noqa: PLC0415 - a process of the service loads the engine, not the service itself

        found = getattr(sroi, function)(study, **options)
        return found.to_dict(), found

    return work


def _explained(study: Study, what: str) -> Computed:
    import sroi  # noqa: PLC0415

    found = sroi.evaluate(study).explain(what)
    return {"study": study.id, "place": study.place, "explained": what, **found.to_dict()}, None


def _checked(study: Study, **options: Any) -> Computed:
    import sroi  # noqa: PLC0415

    return sroi.check(study, **options).to_dict(), None


def _scenarios(study: Study) -> Computed:
    import sroi  # noqa: PLC0415

    base = sroi.evaluate(study)
    found = sroi.Alternatives.of(base, "scenario", sroi.scenarios(base))
    return found.to_dict(), found


def _compared(studies: list[Study], **options: Any) -> Computed:
    import sroi  # noqa: PLC0415

    return sroi.compare(*studies, **options).to_dict(), None


_TARGET: dict[str, Any] = {"type": "number", "default": 1.0}

QUESTIONS: dict[str, Question] = {
    "evaluate": Question("what £1 gives, of what, and on what evidence", _result("evaluate")),
    "ledger": Question("who pays and who gains", _result("ledger")),
    "simulate": Question(
        "the range, every uncertain number varied at once",
        _result("simulate"),
        {"draws": _DRAWS, "seed": _SEED},
    ),
    "sensitivity": Question("which numbers drive a figure", _result("sensitivity"), {"figure": _FIGURE}),
    "switching": Question(
        "what each number would have to be, alone",
        _result("switching_values"),
        {"target": _TARGET, "figure": _FIGURE},
    ),
    "breakeven": Question(
        "what a number that nobody measured would have to be",
        _result("breakeven"),
        {
            "target": {
                "type": ["number", "string"],
                "default": 1.0,
                "description": "A ratio, or a claim by name.",
            }
        },
    ),
    "spread": Question("how much of a ratio is the method", _result("spread")),
    "scenarios": Question("the study's scenarios beside each other", _scenarios),
    "check": Question("what a reviewer would ask", _checked, {"select": _RULES, "ignore": _RULES}),
    "explain": Question(
        "one outcome, or one number, from its sources to its figure",
        _explained,
        {"what": {"type": "string", "minLength": 1, "description": "An outcome, or a number by its path."}},
        ("what",),
    ),
    "compare": Question(
        "several studies side by side, where they can be compared",
        _compared,
        {
            "anyway": {
                "type": "boolean",
                "default": False,
                "description": "Mark what is unlike.",
            },
            "over": {
                "type": "string",
                "description": "Money to divide by: all, public, council, cash, …",
            },
            "price_year": {"type": "integer", "minimum": 1955, "maximum": 2100},
            "draws": _DRAWS,
            "seed": _SEED,
        },
        many=True,
    ),
}
"""Every question by the last part of its address."""

FORMATS = {
    "html": "text/html; charset=utf-8",
    "markdown": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""What a report is written as, and its media type."""

REPORT = Question(
    "a report of the study",
    lambda study, **_: study,
    {
        "format": {"type": "string", "enum": sorted(FORMATS), "default": "html"},
        "draws": _DRAWS,
        "seed": _SEED,
        "date": {"type": "string", "format": "date", "description": "The day to print; today if left out."},
    },
)

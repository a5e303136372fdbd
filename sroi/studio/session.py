"""What the page asks of the engine: to open a study, to set a value, and for texts to be kept.

Everything that comes in and goes out is text or JSON. Nothing needs NumPy, which a browser does not have.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from sroi.accounts import ledger
from sroi.documents import Library, change, dumps, load, loads
from sroi.errors import SroiError
from sroi.evaluation import evaluate
from sroi.results.answer import Answer
from sroi.studio.form import field_for, form
from sroi.text import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sroi.errors import Problem
    from sroi.model import Study
    from sroi.tables import Table

NO_RANGE = (
    "These are central values. The range takes thousands of draws, which the command line makes: "
    "download the YAML and run  sroi simulate {id}.yaml"
)

_COLUMNS = {
    "outcomes": ("Outcome", "Present value", "Of total"),
    "inputs": ("Input", "Kind", "Present value"),
}
"""What is shown of a table beside the form; the report has it whole."""


class Session:
    """One study on the page, and what has been set in it since it was opened.

    Parameters
    ----------
    today : date, optional
        Day against which sources are judged due for review.
    """

    def __init__(self, today: dt.date | None = None) -> None:
        self._library = Library()
        self._today = today
        self._opened: Study | None = None
        self._study: Study | None = None
        self._answer: Answer | None = None
        self._fields: dict[str, dict[str, Any]] = {}
        self._set: dict[str, str] = {}

    def shipped(self) -> str:
        """The interventions and places that can be chosen, as JSON."""
        named = ((name, self._library.template(name).root) for name in self._library.interventions())
        places = ((place.name, place.pack.title) for place in self._library.places())
        return json.dumps(
            {
                "interventions": [{"name": name, "title": str(root["title"])} for name, root in named],
                "places": [{"name": name, "title": title} for name, title in places],
            }
        )

    def choose(self, intervention: str, place: str) -> str:
        """Open a shipped intervention in a place; what the page shows, as JSON."""
        return self._open(lambda: load(intervention, place=place or None, packs=self._library))

    def read(self, text: str) -> str:
        """Open a study from its text; what the page shows, as JSON."""
        return self._open(lambda: loads(text, packs=self._library))

    def _open(self, read: Callable[[], Study]) -> str:
        try:
            opened = read()
        except SroiError as error:
            return json.dumps({"opened": False, "problems": self._placed(error.problems)})
        self._opened, self._set = opened, {}
        groups = form(opened)
        self._fields = {field["path"]: field for group in groups for field in group["fields"]}
        found = self._answered()
        for problem in found["problems"]:
            path = problem["path"]
            if problem["field"] is None and (missing := field_for(opened, path)) is not None:
                group = next(each for each in groups if path.startswith(f"{each['path']}."))
                group["fields"].append(missing)
                self._fields[path], problem["field"] = missing, path
        groups = [group for group in groups if group["fields"]]
        about = {"title": opened.title, "id": opened.id, "groups": groups}
        return json.dumps({"opened": True, "study": about, **found})

    def set(self, path: str, value: str) -> str:
        """Set the value of a field, or take back what was set; what the page shows, as JSON."""
        field = self._fields[path]
        self._set.pop(path, None)
        if value.strip() != field["value"]:
            self._set[path] = value.strip()
        return json.dumps(self._answered())

    def undo(self) -> str:
        """Take back all that was set; what the page shows, as JSON."""
        self._set = {}
        return json.dumps(self._answered())

    def _answered(self) -> dict[str, Any]:
        assert self._opened is not None
        self._study = self._answer = None
        values = {
            self._fields[path]["sets"]: None if value == "" else value for path, value in self._set.items()
        }
        try:
            self._study = change(self._opened, values, packs=self._library)
            result = evaluate(self._study, today=self._today)
            self._answer = Answer(result, ledger(result), None, None)
        except SroiError as error:
            problems = self._placed(error.problems)
        else:
            problems = []
        return {
            "problems": problems,
            "set": list(self._set),
            "usable": self._study is not None,
            "answer": None if self._answer is None else self._shown(self._answer),
        }

    def _shown(self, answer: Answer) -> dict[str, Any]:
        """The first screen as plain values."""
        result = answer.evaluation
        without = ("largest_unknown",)
        return {
            "ratio": result.social_return_ratio,
            "central": answer.central,
            "sentence": f"{answer.opening}{f', {answer.not_money}' if answer.not_money else ''}.",
            "for_one": answer.for_one,
            "returns": [[each.label, each.text] for each in answer.returns],
            "facts": [[each.label, each.text] for each in answer.facts if each.key not in without],
            "statement": answer.statement,
            "warnings": list(answer.warnings),
            "range": NO_RANGE.format(id=result.study.id),
            "tables": [
                _plain(table.with_columns(_COLUMNS[table.key]))
                for table in result.brief.tables
                if table.key in _COLUMNS
            ],
        }

    def _placed(self, problems: Iterable[Problem]) -> list[dict[str, Any]]:
        """Problems as plain values, each with the path of the field that it is of, or None."""
        found = []
        for each in problems:
            path = each.path or each.file.partition("--set ")[2]
            field = self._field_of(path)
            found.append({"path": path, "field": field, "message": each.message, "text": _said(each)})
        return found

    def _field_of(self, path: str) -> str | None:
        """The field of a path: its own, that of the number that it is a part of, or the first below it."""
        above = path
        while above and above not in self._fields:
            above = above[: max(above.rfind("."), above.rfind("["), 0)]
        below = (each for each in self._fields if path and each.startswith((f"{path}.", f"{path}[")))
        return above or next(below, None)

    def yaml(self) -> str:
        """The study as it is now, every layer merged, as YAML; empty where it cannot be used."""
        return "" if self._study is None else dumps(self._study)

    def report(self) -> str:
        """The answer and every table of it, in Markdown; empty where there is none."""
        if self._answer is None:
            return ""
        answer = self._answer
        lines = [f"# {escape_markdown(answer.title)}", "", escape_markdown(answer.statement), ""]
        lines += [f"- {escape_markdown(each)}" for each in answer.warnings]
        tables = (answer.evaluation.to_markdown(), answer.ledger.to_markdown())
        return "\n".join([*lines, "", *tables])


def _said(problem: Problem) -> str:
    """A problem in a sentence, for where its place is shown already."""
    where = f"Line {problem.line}: " if problem.line and problem.file == "<text>" else ""
    return f"{where}{problem.message}{f'; {problem.hint}' if problem.hint else ''}"


def _plain(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "headings": table.headings,
        "numeric": table.numeric,
        "rows": table.rows,
    }

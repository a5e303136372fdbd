"""Findings in SARIF 2.1.0, as code scanning and editors read them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sroi.checking.registry import RULES
from sroi.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.checking.finding import Finding
    from sroi.checking.rules import Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def sarif(findings: Iterable[Finding], *, waived: bool = False) -> dict[str, Any]:
    """A log of findings, of one or several studies.

    Parameters
    ----------
    findings : iterable of Finding
    waived : bool, default False
        Whether waived findings are in it, marked as suppressed. Code scanning at GitHub ignores the mark and
        would show them as open.
    """
    kept = [each for each in findings if waived or not each.waived]
    codes = sorted({each.rule for each in kept})
    driver = {
        "name": "sroi",
        "semanticVersion": VERSION if VERSION.count(".") == 2 else "0.0.0",
        "informationUri": "https://pypi.org/project/sroi/",
        "rules": [_rule(RULES[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, codes.index(each.rule)) for each in kept],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.what},
        "fullDescription": {"text": f"{rule.what} {rule.why}"},
        "help": {"text": f"{rule.why} It reads {rule.reads}. {rule.waive}".strip()},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.name, rule.chapter]},
    }


def _uri(file: str) -> str:
    """A file as code scanning takes it: beneath the folder that the command ran in, where it lies there."""
    path = Path(file or "study")
    if path.is_absolute() and not path.is_relative_to(Path.cwd()):
        return path.as_uri()
    return quote((path.relative_to(Path.cwd()) if path.is_absolute() else path).as_posix())


def _result(finding: Finding, index: int) -> dict[str, Any]:
    message = finding.message if finding.message.endswith(".") else f"{finding.message}."
    if finding.suggestion:
        message += f" To see it changed: {finding.suggestion}"
    if finding.cell:
        message += f" It is written in {finding.cell}."
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.file)}}
    place["region"] = {"startLine": max(finding.line, 1), "startColumn": max(finding.column, 1)}
    logical = [{"fullyQualifiedName": finding.where, "kind": "member"}]
    logical += [{"fullyQualifiedName": finding.cell, "kind": "cell"}] if finding.cell else []
    fingerprint = hashlib.sha256(f"{finding.rule} {finding.where}".encode()).hexdigest()[:32]
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [{"physicalLocation": place, "logicalLocations": logical}],
        "partialFingerprints": {"ruleAndPath/v1": fingerprint},
    }
    if finding.waiver is not None:
        said = f"{finding.waiver.reason} ({finding.waiver.person}, until {finding.waiver.expiry})"
        result["suppressions"] = [{"kind": "inSource", "justification": said}]
    return result

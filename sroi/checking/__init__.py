"""The checks of a study: rules that reviewers know, each with its findings, reasons and waivers."""

from sroi.checking.checks import check
from sroi.checking.finding import Finding
from sroi.checking.findings import Findings

__all__ = ["Finding", "Findings", "check"]

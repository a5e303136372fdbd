"""Workbooks of strangers: looked through within bounds before a library lays them out in memory."""

from sroi.workbooks.bounded import check_document, within_bounds
from sroi.workbooks.tally import Limits

__all__ = ["Limits", "check_document", "within_bounds"]

"""Run records: what gave a figure, enough to compute it again elsewhere, and the check that it does."""

from sroi.records.diffing import diff
from sroi.records.taking import RunRecord, record
from sroi.records.verifying import verify

__all__ = ["RunRecord", "diff", "record", "verify"]

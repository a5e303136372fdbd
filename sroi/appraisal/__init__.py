"""Options of one decision: do nothing, a shortlist, the preferred one."""

from sroi.appraisal.decision import options

__all__ = ["options"]

"""Several studies drawn together: options of one decision, and many programmes as one."""

from sroi.appraisal.decision import options
from sroi.appraisal.many import simulate_many

__all__ = ["options", "simulate_many"]

"""Reports that people read: charts, and pages, workbooks and documents made from one set of rows."""

from sroi.reports.writing import report

__all__ = ["report"]

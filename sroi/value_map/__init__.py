"""The Value Map: the sheet that SROI assessors know, its columns, and the way between it and a study."""

from sroi.value_map.columns import COLUMNS, FACTS, TOTALS, Column, year_title
from sroi.value_map.exporting import ExportedMap, export_value_map
from sroi.value_map.fitting import Fitted, fit
from sroi.value_map.imported import Disagreement, ImportedMap
from sroi.value_map.importing import import_value_map
from sroi.value_map.losses import Loss

__all__ = [
    "COLUMNS",
    "FACTS",
    "TOTALS",
    "Column",
    "Disagreement",
    "ExportedMap",
    "Fitted",
    "ImportedMap",
    "Loss",
    "export_value_map",
    "fit",
    "import_value_map",
    "year_title",
]

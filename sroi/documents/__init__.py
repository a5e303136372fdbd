"""Files and what they become: the only code that reads or writes YAML."""

from sroi.documents.changing import change, vary
from sroi.documents.library import Library, Place
from sroi.documents.loading import load, loads
from sroi.documents.schema import json_schema
from sroi.documents.writing import dump, dumps

__all__ = ["Library", "Place", "change", "dump", "dumps", "json_schema", "load", "loads", "vary"]

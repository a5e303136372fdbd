"""Where what is fuzzed is read: the shipped packs, and a folder of each process."""

import os
import tempfile
from functools import cache
from pathlib import Path

import sroi


@cache
def library():
    """The shipped packs, each read once."""
    return sroi.Library()


@cache
def _everywhere():
    """A folder for all processes, in memory where that can be, which the first of them removes."""
    memory = Path("/dev/shm")
    return tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="sroi-fuzz-")


def folder():
    """A folder of this process for the files that are read."""
    own = Path(_everywhere().name) / str(os.getpid())
    own.mkdir(exist_ok=True)
    return own


def file_of(content, name):
    path = folder() / name
    path.write_bytes(content)
    return path

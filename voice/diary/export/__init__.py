"""The diary for other programs: a table, JSON, health records. It makes texts, and writes no file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from voice.diary.entry import Entry

from .csv import csv
from .fhir import fhir
from .json import json

FORMATS: dict[str, Callable[[Sequence[Entry], Mapping[int, str]], str]] = {
    "csv": csv,
    "json": json,
    "fhir": fhir,
}
"""Each makes a whole file, ending in a line break, of entries and the names of the people who have one."""

__all__ = ["FORMATS"]

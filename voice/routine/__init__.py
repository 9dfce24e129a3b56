"""Routines: YAML files, checked and worked out into plans."""

from .format import Step
from .loading import Routine, load
from .planning import plan
from .scaffold import scaffold
from .schema import schema
from .shelf import TakenRoutineError, UnknownRoutineError, add, find, own_folder, place, shelf
from .timetable import timetable

__all__ = [
    "Routine",
    "Step",
    "TakenRoutineError",
    "UnknownRoutineError",
    "add",
    "find",
    "load",
    "own_folder",
    "place",
    "plan",
    "scaffold",
    "schema",
    "shelf",
    "timetable",
]

"""Routines: YAML files, checked and worked out into plans."""

from .format import Step
from .loading import Routine, load
from .planning import plan
from .schema import schema
from .shelf import UnknownRoutineError, find, shelf
from .timetable import timetable

__all__ = ["Routine", "Step", "UnknownRoutineError", "find", "load", "plan", "schema", "shelf", "timetable"]

"""The conversation, pure: no clock, no sound, no files, nothing but the standard library."""

from .advance import advance
from .table import legal
from .turn import Transition

__all__ = ["Transition", "advance", "legal"]

"""The diary as a picture: comfort over time, and where it hurt."""

from .drawing import draw
from .page import SUFFIXES

__all__ = ["SUFFIXES", "draw"]

"""The commands, nothing else: what they take, what they print and how they end."""

from . import (
    authoring,
    devices,
    diary,
    doctor,
    guiding,
    models,
    people,
    previewing,
    rehearsing,
    routines,
    soundcheck,
    training,
)
from .group import main

__all__ = [
    "authoring",
    "devices",
    "diary",
    "doctor",
    "guiding",
    "main",
    "models",
    "people",
    "previewing",
    "rehearsing",
    "routines",
    "soundcheck",
    "training",
]

"""A piece of speech that is ready to be played, and what it is known by."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
"""Samples a second of every clip."""


@dataclass(frozen=True, slots=True)
class ClipKey:
    """Everything that decides how a clip sounds: equal keys, equal samples."""

    text: str
    """As it is spoken: on one line, with single spaces."""
    voice: str | None
    rate: int
    """Words per minute."""
    versions: str
    """Of the engine, and of what is done to its sound."""

    @property
    def digest(self) -> str:
        """A name for it that does not tell the text, in hexadecimal digits."""
        parts = [self.text, self.voice, self.rate, self.versions]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """Speech of a steady level, without silence around it."""

    pcm: NDArray[np.float32] = field(repr=False)
    """Mono, shape (samples,), at 16 kHz, within ±1, read-only; every sample is a whole number of 1/32768."""
    key: ClipKey

    def __post_init__(self) -> None:
        self.pcm.flags.writeable = False  # it is shared with the cache

    @property
    def text(self) -> str:
        """What is said."""
        return self.key.text

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.pcm) / SAMPLE_RATE

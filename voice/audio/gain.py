"""A loudness that glides from one value to the next, so that no change is heard as a click."""

from __future__ import annotations

import math

import numpy as np

from .format import BLOCK, Samples

_GLIDE = (0.5 - 0.5 * np.cos(np.linspace(0.0, math.pi, 2 * BLOCK))).astype(np.float32)
"""20 ms from one to the next."""


class Gain:
    """A factor for blocks of sound; only one thread uses it."""

    def __init__(self, value: float) -> None:
        self.value = value
        """What the last sample was multiplied by."""
        self._wanted = value
        self._glide: Samples | None = None
        self._position = 0

    def go(self, wanted: float) -> None:
        """Glide to another value from the next block on."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._glide = self.value + (wanted - self.value) * _GLIDE
            self._position = 0

    def apply(self, block: Samples) -> None:
        """Multiply a block, shape (BLOCK,), in place."""
        if self._glide is None:
            block *= self.value
            return
        gains = self._glide[self._position : self._position + BLOCK]
        block *= gains
        self.value = float(gains[-1])
        self._position += BLOCK
        if self._position >= len(self._glide):
            self._glide = None

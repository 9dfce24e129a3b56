"""What sound looks like inside easeup: one rate, one block length, and the arithmetic of levels.

Pure arithmetic on arrays: no files, no devices, no state.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
"""Samples a second, everywhere; the recognizer's own rate."""

BLOCK = 160
"""Samples handed on at a time: 10 ms."""

BLOCK_SECONDS = BLOCK / RATE

Samples = NDArray[np.float32]
"""Mono sound, shape (n,), from -1 to 1."""

Pcm16 = NDArray[np.int16]
"""Mono sound, shape (n,), as the recognizer takes it."""

_FULL_SCALE = 32_768.0
_KNEE = 0.8


def amplitude(decibels: float) -> float:
    """The factor that changes a level by so many decibels."""
    return float(10.0 ** (decibels / 20.0))


def rms(sound: Samples) -> float:
    """Root mean square, 0 for an empty array."""
    return math.sqrt(float(np.mean(np.square(sound, dtype=np.float64)))) if len(sound) else 0.0


def to_pcm16(sound: Samples) -> Pcm16:
    """16-bit samples; what lies beyond full scale is clipped."""
    scaled = sound * _FULL_SCALE
    np.rint(scaled, out=scaled)
    # Not np.clip, which takes longer than all else here on a block.
    np.maximum(scaled, -_FULL_SCALE, out=scaled)
    np.minimum(scaled, _FULL_SCALE - 1, out=scaled)
    return scaled.astype(np.int16)


def from_pcm16(sound: Pcm16) -> Samples:
    """Float samples; `to_pcm16` gives back exactly the same integers."""
    return np.multiply(sound, 1.0 / _FULL_SCALE, dtype=np.float32)


def soft_limit(block: Samples) -> None:
    """Bend whatever exceeds 0.8 so that nothing reaches beyond ±1, in place.

    Has no memory, so it needs no look-ahead and leaves quieter blocks untouched, bit for bit.
    """
    if block.max() <= _KNEE and block.min() >= -_KNEE:
        return
    loud = np.abs(block)
    headroom = 1.0 - _KNEE
    bent = np.minimum(loud, _KNEE) + headroom * np.tanh(np.maximum(loud - _KNEE, 0.0) / headroom)
    np.copysign(bent, block, out=block)

"""Weakens what the echo canceller could not take out, by frequency, before words are looked for. Pure.

A Wiener filter: of each frequency stays what is not echo to be expected there. The canceller knows how much
that is, as it knows how uncertain it is of the way (G. Enzner, P. Vary, "Frequency-domain adaptive Kalman
filter for acoustic echo control in hands-free telephones", Signal Processing 86, 2006). What a person says
stays, as it is louder than that. It is for recognizing alone: whether somebody sounds is told without it.
"""

from __future__ import annotations

import numpy as np

from .echo import Cleaned, Powers
from .format import BLOCK, Pcm16, Samples, from_pcm16, to_pcm16

_LEAST_GAIN = 0.1
"""No frequency becomes weaker than by 20 dB, so that no holes are torn into noise."""
_BELIEVED = 0.5
"""So much of the echo that may be there is taken to be there: the canceller errs on the safe side."""
_SMOOTHING = 0.5
"""Of the power of a frequency, from block to block."""
_TINY = 1e-12
_WINDOW = np.sqrt(np.hanning(2 * BLOCK + 1)[:-1]).astype(np.float32)
"""Applied twice to blocks that overlap by half, it adds up to one."""


class Postfilter:
    """Gives each block one block later."""

    def __init__(self) -> None:
        self._before = np.zeros(BLOCK, dtype=np.float32)
        self._begun = np.zeros(BLOCK, dtype=np.float32)
        self._powers = np.zeros(BLOCK + 1, dtype=np.float32)

    def filter(self, cleaned: Cleaned, *, trusted: bool) -> Pcm16:
        """The samples of the block before, shape (BLOCK,), with less of the echo that was left in them.

        Args:
            cleaned: This block.
            trusted: Whether the canceller works; one that knows nothing yet expects any echo, and what a
                person says would be weakened as much.
        """
        block = from_pcm16(cleaned.samples)
        frame = np.concatenate((self._before, block)) * _WINDOW
        self._before = block
        if trusted and cleaned.echo_powers is not None:
            frame = self._weaken(frame, cleaned.echo_powers)
        frame *= _WINDOW
        done = self._begun + frame[:BLOCK]
        self._begun = frame[BLOCK:]
        return to_pcm16(done)

    def _weaken(self, frame: Samples, echo: Powers) -> Samples:
        spectrum = np.fft.rfft(frame)
        powers = np.square(spectrum.real) + np.square(spectrum.imag)
        self._powers += (1 - _SMOOTHING) * (powers - self._powers)
        gains = np.maximum(1.0 - _BELIEVED * echo / np.maximum(self._powers, _TINY), _LEAST_GAIN)
        return np.fft.irfft(spectrum * gains).astype(np.float32)

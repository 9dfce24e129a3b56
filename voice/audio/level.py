"""Whether a microphone gives anything, and whether it gives too much. Pure: it is given samples."""

from __future__ import annotations

from collections import deque

import numpy as np

from .format import RATE, Pcm16

_FULL = 32_700
"""A sample from here on is as good as clipped."""
_TORN = 0.01
"""Some milliseconds with so many of them sound torn."""
_WINDOW_S = 3.0
_TOO_MUCH, _LITTLE = 0.3, 0.05
"""Shares of the window that are torn: somebody who talks into an overdriven microphone tears half of it, a
cry of half a second a sixth."""

_SILENCE_S = 0.2
"""Zeros for so long are no quiet moment of a microphone that has noise, but may be one that gives nothing."""


def is_torn(samples: Pcm16) -> bool:
    """Whether a few milliseconds, shape (n,), were too loud for the microphone."""
    if samples.max(initial=0) < _FULL and samples.min(initial=0) > -_FULL:
        return False  # as nearly always, and known in a fraction of the time
    return bool(np.mean((samples >= _FULL) | (samples <= -_FULL)) > _TORN)


class MicrophoneLevel:
    """Counts what is wrong with the samples of a microphone."""

    def __init__(self, rate: int = RATE, zeros_seconds: float = 0.0) -> None:
        """Begin.

        Args:
            rate: Samples a second.
            zeros_seconds: For how long there were only zeros until now, when it is opened anew.
        """
        self._rate = rate
        self._zeros = round(zeros_seconds * rate)
        self._blocks: deque[tuple[int, bool]] = deque()
        self._kept = self._torn = 0
        self.clipped = False
        """Whether so much of it is torn that words are lost."""

    @property
    def zeros_seconds(self) -> float:
        """How long it has given nothing but digital zeros, and what may be the loudspeaker's, up to now."""
        return self._zeros / self._rate

    def hear(self, samples: Pcm16, *, played: bool = False) -> None:
        """Go on by a few milliseconds.

        Args:
            samples: Shape (n,).
            played: Whether the loudspeaker plays, or did so just now. What is heard then ends no silence:
                where a microphone was unplugged, a sound server gives the loudspeaker's own sound instead.
        """
        if not samples.any():
            self._zeros += len(samples)
        elif not played or self._zeros < _SILENCE_S * self._rate:
            self._zeros = 0
        self._add(len(samples), is_torn(samples))
        share = self._torn / (_WINDOW_S * self._rate)
        self.clipped = share > (_LITTLE if self.clipped else _TOO_MUCH)

    def _add(self, count: int, torn: bool) -> None:
        self._blocks.append((count, torn))
        self._kept += count
        self._torn += count * torn
        while self._kept > _WINDOW_S * self._rate:
            count, torn = self._blocks.popleft()
            self._kept -= count
            self._torn -= count * torn

"""Gives the echo canceller what was played as late as it is heard, and a new start when that changes.

Sound servers and wireless loudspeakers may delay by more than the canceller's reach; a break in the sound or
another device changes the delay at once. Arrays only; no device.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from .delay import LONGEST_S, DelayEstimator
from .echo import Cleaned, EchoCanceller
from .exchange import MicrophoneBlock
from .format import BLOCK, BLOCK_SECONDS, Pcm16

_WITHIN_REACH_S = 0.2
"""A delay up to this needs no alignment: the canceller reaches twice as far, for the reverberation."""
_MARGIN_S = 0.05
"""So much earlier than it is heard the canceller is given it, should the delay become shorter."""
_MOVED_S = 0.004
"""By so much a delay has to change to be another way, which has to be learned anew."""


class AlignedCanceller:
    """An echo canceller for any delay."""

    def __init__(self, delay_s: float | None = None) -> None:
        """Make one.

        Args:
            delay_s: From a sound's being played to its being heard, as it was measured before on these
                devices: with it the first words are cancelled as well as the others. It is only a beginning.
        """
        self._canceller = EchoCanceller()
        self._estimator = DelayEstimator()
        nothing = np.zeros(BLOCK, dtype=np.int16)
        blocks = round(LONGEST_S / BLOCK_SECONDS) + 1
        self._played: deque[Pcm16] = deque([nothing] * blocks, maxlen=blocks)
        self._late = 0 if delay_s is None else _late(delay_s)
        """Blocks by which the canceller is given later what was played."""
        self._learned: float | None = None
        """The delay that was known when the canceller last began anew."""

    def clean(self, block: MicrophoneBlock) -> Cleaned:
        """The block without the echo of what has been played."""
        self._played.append(block.played)
        self._estimator.hear(block)
        seconds = self._estimator.seconds
        if seconds is not None and (self._learned is None or abs(seconds - self._learned) > _MOVED_S):
            self._learn_anew(seconds)
        return self._canceller.clean(MicrophoneBlock(block.samples, block.at, self._played[-1 - self._late]))

    def _learn_anew(self, seconds: float) -> None:
        first, self._learned = self._learned is None, seconds
        late = _late(seconds)
        if not first or abs(late - self._late) > 1:  # else what it has found by itself until now is right
            self._late = late
            self._canceller = EchoCanceller()

    @property
    def delay_s(self) -> float | None:
        """From a sound's being played to its being heard; None while nothing is known."""
        return self._estimator.seconds


def _late(delay_s: float) -> int:
    """By how many blocks to give the canceller later what was played."""
    return round((delay_s - _MARGIN_S) / BLOCK_SECONDS) if delay_s > _WITHIN_REACH_S else 0

"""Whether an echo canceller takes out what is no longer there: a break in the sound has moved the echo. Pure.

What is taken out of an echo makes the sound weaker by as much; taken out of anything else, it comes on top.
That holds whoever speaks at the same time, since nobody speaks in step with the echo. So it tells, too, how
much earlier or later what is taken out would have had to come: where it would make the sound weaker again.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from .format import BLOCK, Samples

FARTHEST = 8 * BLOCK
"""Samples by which a break moves the echo at the most: it loses a few blocks of sound."""
_KEPT = 0.97
"""Of what was seen before, from block to block: it is seen for a third of a second."""
_WORKS = 0.7
"""So much of what was taken out the sound has to have become weaker, before there is anything to lose."""
_LOST = 0.3
"""It has hardly become weaker any more."""
_LEAST = 30e-6
"""So much has to have been taken out, in all that is kept: of a third of a second at -60 dBFS."""
_SHARE = 0.2
"""Of what was heard; while somebody is so much louder, nothing can be told."""
_FOUND = 0.8
"""The same of an echo that is looked for: of 50 that had moved all came to 0.8 or more in half a second, most
to more than one, and 0.7 was seen elsewhere."""
_BETTER = 0.3
"""So much weaker the sound has to become elsewhere to be believed: a vowel is like itself a period later."""
_NEAR = 16
"""Samples beside a place that still belong to it."""
_ALIKE = 0.9
"""Another place as good as that, and nobody knows: a tone is like itself a period later."""
_SEEN = 32 * BLOCK
"""Samples of the microphone in which the echo is looked for."""


class Divergence:
    """Compares what was heard with what was taken out of it, 10 ms at a time."""

    def __init__(self) -> None:
        self._weaker = 0.0
        self._taken = 0.0
        self._worked = False
        blocks = (_SEEN + 2 * FARTHEST) // BLOCK
        self._lately: deque[tuple[Samples, Samples]] = deque(maxlen=blocks)

    def hear(self, heard: Samples, taken: Samples) -> bool:
        """Take note of a block; returns whether a canceller that worked does so no more.

        Args:
            heard: The microphone's sound, shape (BLOCK,).
            taken: What was taken out of it.
        """
        self._lately.append((heard, taken))
        self._weaker *= _KEPT
        self._taken *= _KEPT
        power = float(taken @ taken) / BLOCK
        if power > _SHARE * float(heard @ heard) / BLOCK:
            self._weaker += 2 * float(heard @ taken) / BLOCK - power
            self._taken += power
        if self._taken < _LEAST:
            return False
        self._worked = self._worked or self._weaker > _WORKS * self._taken
        return self._worked and self._weaker < _LOST * self._taken

    def moved(self) -> int | None:
        """By how many samples the echo comes later (or, below zero, earlier) than what is taken out.

        None while that cannot be told: too little was taken out lately, or what is heard is not like it.
        """
        if not self._worked or self._taken < _LEAST or len(self._lately) < (self._lately.maxlen or 0):
            return None
        heard, taken = (np.concatenate(each) for each in zip(*self._lately, strict=True))
        # In the middle of what was heard, so that what was taken out reaches as far to both sides.
        middle = heard[FARTHEST : FARTHEST + _SEEN]
        size = len(taken)
        spectrum = np.fft.rfft(taken) * np.fft.rfft(middle, size).conj()
        together = np.fft.irfft(spectrum, size)[: 2 * FARTHEST + 1]
        sums = np.concatenate(([0.0], np.cumsum(np.square(taken, dtype=np.float64))))
        power = sums[_SEEN:] - sums[:-_SEEN]
        weaker = 2 * together - power
        best = int(weaker.argmax())
        least = max(_LEAST * BLOCK, _SHARE * float(middle @ middle))
        if power[best] < least or weaker[best] < _FOUND * power[best]:
            return None
        if weaker[best] - weaker[FARTHEST] < _BETTER * power[best]:
            return 0
        elsewhere = np.concatenate((weaker[: max(0, best - _NEAR)], weaker[best + _NEAR :]))
        return FARTHEST - best if elsewhere.max() < _ALIKE * weaker[best] else None

"""Whether an echo canceller takes out what is no longer there: a break in the sound has moved the echo. Pure.

What is taken out of an echo makes the sound weaker by as much; taken out of anything else, it comes on top.
That holds whoever speaks at the same time, since nobody speaks in step with the echo.
"""

from __future__ import annotations

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


class Divergence:
    """Compares what was heard with what is left of it, 10 ms at a time."""

    def __init__(self) -> None:
        self._weaker = 0.0
        self._taken = 0.0
        self._worked = False

    def hear(self, heard: float, left: float, taken: float) -> bool:
        """Take note of a block; returns whether a canceller that worked does so no more.

        Args:
            heard: Power of the microphone's sound, as a mean square.
            left: Power of what is left of it.
            taken: Power of what was taken out.
        """
        self._weaker *= _KEPT
        self._taken *= _KEPT
        if taken > _SHARE * heard:
            self._weaker += heard - left
            self._taken += taken
        if self._taken < _LEAST:
            return False
        self._worked = self._worked or self._weaker > _WORKS * self._taken
        return self._worked and self._weaker < _LOST * self._taken

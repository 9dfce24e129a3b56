"""A noise gate before the ears: while nothing sounds in the room there is nothing to recognize. Pure.

Recognizing is most of the work, and most of a massage is silent. It errs on the side of listening: anything
that is a little louder than the quietest of the last seconds is let through, with what came just before.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from .format import Pcm16

_STAYS_OPEN = 150
"""Blocks of quiet after which it closes: longer than the silence that ends an utterance, 1 s at the most."""
_BEFORE = 50
"""Blocks that came just before: longer than it takes a word's first sound to grow loud."""


class Gate:
    """Lets sound through from a little before it is heard until a little after."""

    def __init__(self) -> None:
        self._quiet = 0
        """Blocks since anything sounded."""
        self._before: deque[Pcm16] = deque(maxlen=_BEFORE)

    def let_through(self, block: Pcm16, *, sounds: bool) -> Pcm16 | None:
        """What there is to be listened to, now that 10 ms more were heard; None: nothing.

        Args:
            block: The sound, shape (BLOCK,).
            sounds: Whether anything sounds in the room right now.

        Returns:
            Sound without a gap since it opened, shape (samples,).
        """
        self._quiet = 0 if sounds else self._quiet + 1
        if self._quiet > _STAYS_OPEN:
            self._before.append(block)
            return None
        if not self._before:
            return block
        opened = np.concatenate((*self._before, block))
        self._before.clear()
        return opened

"""A noise gate before the ears: while nothing sounds in the room there is nothing to recognize. Pure.

Recognizing is most of the work, and most of a massage is silent, or the guide talks alone. It errs on the
side of listening: anything that may be somebody, though nobody would believe it yet, is let through, with
what came just before.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from .format import RATE, Pcm16

_STAYS_OPEN = 150
"""Blocks without somebody after which it closes: longer than the silence that ends an utterance."""
_SILENCE = np.random.default_rng(0).normal(0.0, 10.0, round(1.1 * RATE)).astype(np.int16)
"""Ends every utterance, of which 1 s of silence is the end at the latest; at -70 dBFS, like a quiet room."""
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
            sounds: Whether anything sounds in the room right now that may be somebody.

        Returns:
            Sound without a gap since it opened, shape (samples,); when it closes, silence: what was heard
            last may be the guide, and whoever speaks next is not to be taken for the rest of that.
        """
        self._quiet = 0 if sounds else self._quiet + 1
        if self._quiet > _STAYS_OPEN:
            self._before.append(block)
            return _SILENCE if self._quiet == _STAYS_OPEN + 1 else None
        if not self._before:
            return block
        opened = np.concatenate((*self._before, block))
        self._before.clear()
        return opened

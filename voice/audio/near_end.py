"""Whether somebody else sounds besides the loudspeaker: near-end speech, told by the level above the echo.

Pure: told what the echo canceller has left of each block, and what it expected to leave. What the guide says
itself stays within a few decibels of that, however loud it is; what a person says does not.
"""

from __future__ import annotations

import math
from collections import deque

from .echo import Cleaned
from .format import BLOCK_SECONDS

NEAR_END_DB = 8.0
"""Above the echo that was to be expected: somebody else. Of narration alone no 100 ms came above 3.4 dB, or 7
from a loudspeaker that distorts; every "stop" of 15 people came above 9.9, 12 dB under the echo as they were
(simulated room, decay 0.35 s). They are among those whom tests/benchmarks/stop scores."""
_WINDOW = 10
"""Blocks that are looked at together: as long as a sound of speech."""
_REMEMBERED = 300
"""Blocks: as long as a phrase, and the silence that ends it."""
LEAST_S = 0.05
"""So much of the shortest word is over the echo: of 94 "stop" that were obeyed in noise, 12 dB under the echo
(simulated room, of people whom the model was trained with), 0.05 s or more were, of half of them 0.21 s."""
_FLOOR = 1e-7
"""Power of the quietest echo that is reckoned with, for a microphone's own noise is louder; where one is
turned low, its noise is quieter, and so is who speaks."""
_TINY = 1e-12
_NOISE_WINDOW = 300
"""Blocks of which the quietest is noise: nobody speaks three seconds without a pause."""
_SOUNDS = 10 ** (2.0 / 10)
"""So many times as strong as the quietest of that time: it need not be noise. Of a steady noise no 100 ms are
1 dB stronger; with somebody 2 dB quieter than it they are so much, and there nobody is understood."""
_PAUSE_BLOCKS = 300
"""As long as a phrase may be that holds something of the guide's."""
_TRUSTED_BLOCKS = 100
"""So much echo has to have been taken out before the canceller is known to work in this room."""
_TAKEN = 10.0
"""How much more echo has to be taken out than left in those."""

_INAUDIBLE_BLOCKS = 300
"""Where nothing is heard of so much that was played, as with headphones, there is nothing to take out."""


class NearEnd:
    """Remembers for a few seconds when somebody else sounded."""

    def __init__(self) -> None:
        self._left: deque[float] = deque(maxlen=_WINDOW)
        self._echo: deque[float] = deque(maxlen=_WINDOW)
        self._over: deque[tuple[float, bool]] = deque(maxlen=_REMEMBERED)
        self._taken: deque[float] = deque(maxlen=_WINDOW)
        self._levels: deque[float] = deque(maxlen=_NOISE_WINDOW)
        self._explained = 0
        self._quiet = _PAUSE_BLOCKS
        """Blocks since the guide sounded over the noise."""
        self._diverged = False
        self._had_proved = False
        self._inaudible = 0
        """Blocks in a row of which something was played and nothing heard, since the way is learned anew."""
        self._lost_at = -math.inf
        self.anything = True
        """Whether anything sounds right now over what noise goes on all the time: somebody, or some echo."""
        self.speaks = False
        """Whether somebody sounds right now, over the echo and over what noise goes on all the time."""

    def hear(self, cleaned: Cleaned, at: float) -> None:
        """Listen on to 10 ms that began at this audio time."""
        if cleaned.anew:
            self._had_proved = self._had_proved or self.trusted
            self._explained = self._inaudible = 0
        self._diverged = cleaned.diverged
        if self.lost:
            self._lost_at = at
        if cleaned.diverged:
            self._forget()
            return
        self._left.append(cleaned.left)
        self._echo.append(cleaned.echo_left)
        self._taken.append(cleaned.echo_taken)
        left = sum(self._left)
        if len(self._left) == _WINDOW:
            self._levels.append(left)
        noise = min(self._levels, default=left)
        echo = max(sum(self._echo), min(noise, _WINDOW * _FLOOR), _TINY)
        self.anything = len(self._levels) < _NOISE_WINDOW or left > noise * _SOUNDS
        self.speaks = left > (echo + noise) * 10 ** (NEAR_END_DB / 10)
        self._quiet = 0 if sum(self._taken) > noise else self._quiet + 1
        # While the guide sounds, and in its pauses, noise is no sign of somebody: what is left of the guide
        # in it is like words.
        over = self.speaks if self._quiet < _PAUSE_BLOCKS else left > echo * 10 ** (NEAR_END_DB / 10)
        self._over.append((at, over))
        if not over and cleaned.echo_taken > _TAKEN * max(cleaned.left, _FLOOR):
            self._explained += 1
        if cleaned.echo_powers is not None:
            self._inaudible = 0 if self.anything else self._inaudible + 1

    def _forget(self) -> None:
        """What was left lately may have been echo, and so may what is left now."""
        for lately in (self._over, self._left, self._echo, self._taken):
            lately.clear()
        self.anything, self.speaks = True, False

    @property
    def trusted(self) -> bool:
        """Whether the canceller has proved that it works: that most of an echo goes, as it expects."""
        return self._explained >= _TRUSTED_BLOCKS

    @property
    def unproved(self) -> bool:
        """Whether the canceller has not yet proved that it works, though it may be needed."""
        return not self.trusted and self._inaudible < _INAUDIBLE_BLOCKS

    @property
    def lost(self) -> bool:
        """Whether a canceller that worked does so no more, or has to prove it: what is left may be echo."""
        return self._diverged or (self._had_proved and self.unproved)

    def was_lost(self, since: float) -> bool:
        """Whether it has been lost since that audio time, so that nobody knows who sounded."""
        return self._lost_at >= since

    def sounded(self, since: float, least_s: float = LEAST_S) -> bool:
        """Whether somebody else has sounded since that audio time, for so long in all."""
        return sum(over for at, over in self._over if at >= since) >= round(least_s / BLOCK_SECONDS)

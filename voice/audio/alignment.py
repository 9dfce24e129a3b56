"""Gives the echo canceller what was played as late as it is heard; if that changes, moves it or starts anew.

Sound servers and wireless loudspeakers may delay by more than the canceller's reach; a break in the sound or
another device changes the delay at once. Arrays only; no device.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace

import numpy as np

from .delay import LONGEST_S, DelayEstimator
from .divergence import Divergence
from .drift import LEAST_LAG, DriftEstimator, delayed
from .echo import Cleaned, EchoCanceller
from .exchange import MicrophoneBlock
from .format import BLOCK, BLOCK_SECONDS, RATE, Pcm16, from_pcm16

_WITHIN_REACH_S = 0.2
"""A delay up to this needs no alignment: the canceller reaches twice as far, for the reverberation."""
_STILL_WITHIN_REACH_S = 0.3
"""Where it has been aligned, it may come later by so much, at the cost of a little reverberation."""
_MARGIN_S = 0.05
"""So much earlier than it is heard the canceller is given it, should the delay become shorter."""
_MOVED_S = 0.004
"""By so much a delay has to change to be another way, which has to be learned anew."""

_LOOKS_EVERY = 4
"""Blocks from one look for an echo that has moved to the next, when it is not where it was."""
_LOOKS_SELDOM = 10
"""The same while that is not known: of a voice of 100 Hz, 10 ms later is much like it was."""
_LOOKS_FOR = 60
"""Blocks after which it is another way, to be learned anew."""

_REMEMBERED_EVERY = 60
"""Blocks: until it is known to have moved, the canceller learns something wrong for half a second."""

_LEAD_S = 0.02
"""Where clocks drift it is given it by so much earlier than it is heard, or a block more."""
_LONGEST_LAG = LONGEST_S * RATE - LEAST_LAG
"""Samples: as much as is kept."""


class AlignedCanceller:
    """An echo canceller for any delay, and for devices whose clocks differ."""

    def __init__(self, delay_s: float | None = None) -> None:
        """Make one.

        Args:
            delay_s: From a sound's being played to its being heard, as it was measured before on these
                devices: with it the room is learned in half of the time. It is only a beginning.
        """
        self._estimator = DelayEstimator()
        nothing = np.zeros(BLOCK, dtype=np.int16)
        blocks = round(LONGEST_S / BLOCK_SECONDS) + 1
        self._played: deque[Pcm16] = deque([nothing] * blocks, maxlen=blocks)
        self._late = 0 if delay_s is None else _late(delay_s)
        """Blocks by which the canceller is given later what was played."""
        self._canceller = EchoCanceller(None if delay_s is None else self._after_given(delay_s))
        self._expected = delay_s
        self._learned: float | None = None
        """The delay for which the canceller has learned the way; None while that is not known."""
        self._divergence = Divergence()
        self._astray = 0
        """Blocks since the echo has been known to be somewhere else."""
        self._anew = False
        self._blocks = 0
        self._drift = DriftEstimator()
        self._lag: float | None = None
        """Samples by which it is given later what was played, where clocks drift; None while they do not."""
        self._drifted = 0.0
        """Samples by which the delay has grown by drift since it was learned."""

    def clean(self, block: MicrophoneBlock) -> Cleaned:
        """The block without the echo of what has been played."""
        self._played.append(block.played)
        self._estimator.hear(block)
        seconds = self._estimator.seconds
        if seconds is not None and self._elsewhere(seconds):
            self._learn_anew(seconds)
        given = self._given()
        self._drift.hear(block.samples, given, self._drifted)
        cleaned = self._canceller.clean(MicrophoneBlock(block.samples, block.at, given))
        heard = from_pcm16(block.samples)
        lost = self._divergence.hear(heard, heard - from_pcm16(cleaned.samples))
        if lost or self._astray:
            self._astray += 1
        diverged = self._astray > 0
        self._blocks += 1
        if self._blocks % (_LOOKS_EVERY if diverged else _LOOKS_SELDOM) == 0:
            diverged = self._goes_elsewhere(lost=lost) or diverged
        if self._blocks % _REMEMBERED_EVERY == 0 and not diverged:
            self._canceller.remember()
        if self._lag is None and self._drift.ppm is not None and self._learned is not None:
            self._begin_to_drift(self._learned)
        anew, self._anew = self._anew, False
        return replace(cleaned, diverged=diverged, anew=anew)

    def _goes_elsewhere(self, *, lost: bool) -> bool:
        """Go along with an echo that a break in the sound makes come sooner or later; whether it does.

        Args:
            lost: Whether it is not where it was right now.
        """
        moved = self._divergence.moved()
        # While all is well, clocks that drift make it move by some samples, too.
        least = 1 if self._astray else _MOVED_S * RATE
        stayed = moved is not None and abs(moved) < least
        if moved is not None and not stayed:
            self._go_along(moved)
            return True
        if self._astray >= _LOOKS_FOR:
            self._astray = 0
            if lost and not stayed:
                self._begin_anew(None)
                self._forget_delay(None)
        return False

    def _go_along(self, moved: int) -> None:
        """The echo comes so many samples later than it did, or earlier (below zero)."""
        given = self._late * BLOCK if self._lag is None else self._lag
        seconds = None if self._learned is None else self._learned + moved / RATE
        if seconds is None or (0 <= seconds * RATE + self._drifted - given <= _STILL_WITHIN_REACH_S * RATE):
            self._canceller.moved(moved)
            self._look_anew()
        else:
            seconds += self._drifted / RATE
            self._learn_anew(seconds)
        self._forget_delay(seconds)

    def _begin_anew(self, seconds: float | None) -> None:
        """The way is another, and has to be learned; its delay, if it is known."""
        self._canceller = EchoCanceller(None if seconds is None else self._after_given(seconds))
        self._anew = True
        self._look_anew()

    def _look_anew(self) -> None:
        """What has been seen of the way until now says nothing any more."""
        self._divergence, self._astray = Divergence(), 0
        self._drift.restart()

    def _forget_delay(self, seconds: float | None) -> None:
        """The delay is another, and this if it is known; what has been seen of it says nothing any more."""
        self._estimator = DelayEstimator()
        self._learned = seconds

    def _elsewhere(self, seconds: float) -> bool:
        return self._learned is None or abs(seconds - (self._learned + self._drifted / RATE)) > _MOVED_S

    def _given(self) -> Pcm16:
        """What was played, as much later as it is now to be given."""
        if self._lag is None:
            return self._played[-1 - self._late]
        # Of the middle of the block: within one even 100 ppm are a hundredth of a sample.
        step = (self._drift.ppm or 0.0) * 1e-6 * BLOCK
        lag = min(max(self._lag + step, LEAST_LAG), _LONGEST_LAG)
        self._drifted += lag - self._lag
        self._lag = lag
        return delayed(self._played, lag)

    def _begin_to_drift(self, seconds: float) -> None:
        """From the next block on what was played is delayed between samples too.

        By whole blocks more than until now, as far as the delay lets it: sound that comes earlier and earlier
        needs what was played earlier and earlier too.
        """
        late = _as_late_as_can_be(seconds)
        if late <= self._late:
            return
        given = list(self._played)[: len(self._played) - late]
        self._canceller.given_later(late - self._late, given)
        self._drift.given_later(late - self._late, given)
        self._late, self._lag = late, float(late * BLOCK)

    def _learn_anew(self, seconds: float) -> None:
        first, self._learned = self._learned is None, seconds
        drifts, late = self._lag is not None, _late(seconds)
        self._drifted, self._lag = 0.0, None
        if drifts:
            late = _as_late_as_can_be(seconds)
            self._lag = float(late * BLOCK) if late else None
        unexpected = self._expected is not None and abs(seconds - self._expected) > BLOCK_SECONDS
        if not first or drifts or unexpected or abs(late - self._late) > 1:
            self._late = late
            self._begin_anew(seconds)
        else:  # what it has found by itself until now is right
            self._canceller.comes(self._after_given(seconds))

    def _after_given(self, delay_s: float) -> float:
        """How much later an echo of this delay comes than the canceller is given what was played."""
        return delay_s - self._late * BLOCK_SECONDS

    @property
    def delay_s(self) -> float | None:
        """From a sound's being played to its being heard; None while nothing is known."""
        if self._estimator.seconds is None and self._learned is not None:  # it moved by so much as is known
            return self._learned + self._drifted / RATE
        return self._estimator.seconds


def _late(delay_s: float) -> int:
    """By how many blocks to give the canceller later what was played."""
    return round((delay_s - _MARGIN_S) / BLOCK_SECONDS) if delay_s > _WITHIN_REACH_S else 0


def _as_late_as_can_be(delay_s: float) -> int:
    """The same where clocks drift; 0 where there is no room to go between samples."""
    return max(0, int((delay_s - _LEAD_S) / BLOCK_SECONDS))

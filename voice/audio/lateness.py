"""Notices a microphone that hangs behind, and whether opening it anew has helped. Pure."""

from __future__ import annotations

import math

LATE_SECONDS = 0.3
"""From a sound's reaching the microphone to its being handed on: usually some 0.02 s, 0.05 s when busy. By so
much later than is the device's own way, it hangs behind."""

TOO_LATE_SECONDS = 0.6
"""A device may be late by itself, as a wireless one is, but not by so much: nobody can be stopped in time.
What is so late is lost when it is opened anew, and a stop may be in it."""

MENDED_SECONDS = 1.0
"""A microphone that hangs behind by less is opened anew at once, which usually takes 0.2 s: a massage is
interrupted for it only when that has not helped."""

AGAIN_SECONDS = 10.0
"""When it hangs behind again within so long, opening it anew has not helped either."""

SETTLED_SECONDS = 3.0
"""So long on time, and a microphone that has failed by hanging behind is well again."""


class Lateness:
    """How late a microphone's sound comes; looked at a few times a second."""

    def __init__(self) -> None:
        self._since: float | None = None
        """When it began to hang behind, if it does."""
        self._until = -math.inf
        """When it was last found so."""
        self._own = 0.0
        """By how much the device is late when all is well."""
        self._opened_anew = False
        self.has_failed = False
        """Whether nobody can rely on it, or could until a moment ago."""

    @property
    def hangs_behind(self) -> bool:
        """Whether it is to be opened anew."""
        return self._since is not None

    def opened_anew(self) -> None:
        """It has been, since it was last looked at; on any thread."""
        self._opened_anew = True

    def observe(self, now: float, seconds: float | None) -> None:
        """Look at it.

        Args:
            now: Monotonic seconds.
            seconds: How late its sound came since the last look, at the least. None: nothing came, or nothing
                that counts.
        """
        if seconds is not None:
            self._note(now, max(0.0, seconds))  # some systems tell of a time ahead
        if self._since is None:
            self.has_failed = self.has_failed and now - self._until < SETTLED_SECONDS
            return
        again = self._since == now and now - self._until < AGAIN_SECONDS
        too_late = seconds is not None and seconds >= TOO_LATE_SECONDS
        self.has_failed = self.has_failed or again or too_late or now - self._since >= MENDED_SECONDS
        self._until = now

    def _note(self, now: float, seconds: float) -> None:
        opened_anew, self._opened_anew = self._opened_anew, False
        if opened_anew and self._since is not None and seconds < TOO_LATE_SECONDS:
            self._own = seconds
        self._own = min(self._own, seconds)
        if seconds < min(self._own + LATE_SECONDS, TOO_LATE_SECONDS):
            self._since = None
        elif self._since is None:
            self._since = now

"""The session's clock, which stands while the program does: nobody's minutes pass while nobody was guided."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

LEAP_S = 2.0
"""Whoever looks at the clock all the time and finds so much gone has stood still."""
_AWAKE_TOO = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
"""A clock that goes on while the machine sleeps, where Python's own does not: on Linux the first of these, on
macOS the second."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the machine's clocks say at one moment, in seconds."""

    ticks: float
    """Never goes back, and may stand while the machine sleeps."""
    total: float
    """Never goes back, and goes on while it sleeps, where the system has such a clock."""
    wall: float
    """Unix time; may be set."""


def read() -> Reading:
    """The machine's clocks now."""
    ticks = time.monotonic()
    total = ticks if _AWAKE_TOO is None else time.clock_gettime(_AWAKE_TOO)
    return Reading(ticks, total, time.time())


class SessionClock:
    """Seconds since the session's beginning, without those in which nobody was there."""

    def __init__(self, start: float = 0.0, clocks: Callable[[], Reading] = read) -> None:
        """Begin at `start`; somebody looks at it more often than every `LEAP_S`."""
        self._clocks = clocks
        self._last = clocks()
        self._now = start
        self._absent: float | None = None

    @property
    def now(self) -> float:
        """Seconds; never goes back, and stands at a look after which nobody looked for `LEAP_S`."""
        self._look()
        return self._now

    def absence(self) -> float | None:
        """How long nobody was there since this was asked last, in seconds; None: somebody was.

        0, when the system's clock was set meanwhile: then nobody can tell.
        """
        self._look()
        absent, self._absent = self._absent, None
        return absent

    def _look(self) -> None:
        """Let the time since the last look pass, unless nobody was there."""
        last, self._last = self._last, self._clocks()
        gone = self._last.total - last.total
        if gone >= LEAP_S:
            self._absent = (self._absent or 0.0) + gone
            return
        self._now += self._last.ticks - last.ticks
        if abs((self._last.wall - last.wall) - gone) >= LEAP_S:
            self._absent = self._absent or 0.0

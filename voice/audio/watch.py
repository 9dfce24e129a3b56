"""Notices a microphone or a loudspeaker that has gone. Pure: it is told the time, and what was counted."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from voice.session.events import Failed, Part, Recovered

STALL_SECONDS = 0.5
"""Without a single callback: a stream calls back every 10 ms, so this is fifty missed in a row."""

ZEROS_SECONDS = 3.0
"""Of digital zeros: a real microphone always has some noise, so it is muted or unplugged."""

GONE_SECONDS = 8.0
"""Of digital zeros: some devices that were lost go on with them, so that opening anew may help."""

OPENING_SECONDS = 5.0
"""Without a single callback while it is opened anew: what flows again by then was not lost."""

LATE_SECONDS = 0.3
"""From a sound's reaching the microphone to its being handed on: usually some 0.02 s, 0.05 s when busy. By so
much later than is the device's own way, it hangs behind."""

OWN_LATE_SECONDS = 0.6
"""A device may be late by less than that, if it is so again when it is opened anew: a wireless one may be. By
more, nobody can be stopped in time."""

MENDED_SECONDS = 1.0
"""A microphone that hangs behind is opened anew at once, which usually takes 0.2 s: a massage is interrupted
for it only when that has not helped."""


class Trouble(Enum):
    """What is wrong with a part; as text, what it does and what to do."""

    LOST = "is lost; reconnect it, and easeup takes it up again"
    SILENT = "gives nothing at all; is it muted?"
    LATE = "hangs behind, and is opened anew; close other programs"
    CLIPPED = "is too loud, so that words are torn; turn its level down"


class Watch:
    """Turns counts of an audio stream into failures and recoveries of parts, each told once."""

    def __init__(self, parts: frozenset[Part]) -> None:
        """Watch these: microphone, loudspeaker, or both on one stream."""
        self._parts = parts
        self._callbacks: int | None = None
        self._moved_at = 0.0
        self.troubles: Mapping[Part, Trouble] = {}
        """The parts that are out of order, and why."""
        self.stalled = False
        """Whether it stands still, hangs behind or has long been silent: only opening it anew may help."""
        self._late_since: float | None = None
        self._own_late = 0.0
        """By how much the device is late when all is well."""
        self._opened_anew = False
        """Whether it has been opened anew because it was late."""

    def observe(
        self,
        now: float,
        callbacks: int,
        zeros_seconds: float,
        *,
        clipped: bool,
        late_seconds: float | None = None,
        opening: bool = False,
    ) -> tuple[Failed | Recovered, ...]:
        """Look at the counts, a few times a second.

        Args:
            now: Monotonic seconds.
            callbacks: How many the stream has made since it was opened.
            zeros_seconds: How long the microphone has given nothing but digital zeros, up to now.
            clipped: Whether it gives so much that words are torn.
            late_seconds: How late its sound came since the last look, at the least; None: it isn't known.
            opening: Whether it is being opened anew, which takes its time.

        Returns:
            What has changed since the last look, the microphone first.
        """
        if callbacks != self._callbacks:
            self._callbacks = callbacks
            self._moved_at = now
        self._note_lateness(now, late_seconds, opening=opening)
        before = self.troubles
        patience = OPENING_SECONDS if opening and Trouble.LOST not in before.values() else STALL_SECONDS
        stands_still = now - self._moved_at >= patience
        gone = Part.MICROPHONE in self._parts and zeros_seconds >= GONE_SECONDS
        self.stalled = stands_still or self._late_since is not None or gone
        self.troubles = (
            dict.fromkeys(self._parts, Trouble.LOST)
            if stands_still
            else self._found(now, zeros_seconds, clipped=clipped)
        )
        return tuple(
            Failed(part) if part in self.troubles else Recovered(part)
            for part in (Part.MICROPHONE, Part.LOUDSPEAKER)
            if (part in self.troubles) != (part in before)
        )

    def _note_lateness(self, now: float, late_seconds: float | None, *, opening: bool) -> None:
        self._opened_anew = self._late_since is not None and (self._opened_anew or opening)
        if late_seconds is None or opening:
            return  # nothing is known of what will flow
        if self._opened_anew and late_seconds < OWN_LATE_SECONDS:
            self._own_late = late_seconds
        self._own_late = min(self._own_late, late_seconds)
        if late_seconds < self._own_late + LATE_SECONDS:
            self._late_since = None
        elif self._late_since is None:
            self._late_since = now

    def _found(self, now: float, zeros_seconds: float, *, clipped: bool) -> Mapping[Part, Trouble]:
        if Part.MICROPHONE not in self._parts:
            return {}
        if self._late_since is not None and now - self._late_since >= MENDED_SECONDS:
            return {Part.MICROPHONE: Trouble.LATE}
        if zeros_seconds >= ZEROS_SECONDS:
            return {Part.MICROPHONE: Trouble.SILENT}
        if clipped:
            return {Part.MICROPHONE: Trouble.CLIPPED}
        return {}

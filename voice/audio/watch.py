"""Notices a microphone or a loudspeaker that has gone. Pure: it is told the time, and what was counted."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from voice.session.events import Failed, Part, Recovered

from .lateness import Lateness

STALL_SECONDS = 0.5
"""Without a single callback: a stream calls back every 10 ms, so this is fifty missed in a row."""

ZEROS_SECONDS = 3.0
"""Of digital zeros: a real microphone always has some noise, so it is muted or unplugged."""

GONE_SECONDS = 8.0
"""Of digital zeros: some devices that were lost go on with them, so that opening anew may help."""

OPENING_SECONDS = 5.0
"""Without a single callback while it is opened anew: what flows again by then was not lost."""


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
        self._lateness = Lateness()

    def opened_anew(self) -> None:
        """It has been; on any thread."""
        self._lateness.opened_anew()

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
        if flows := callbacks != self._callbacks:
            self._callbacks = callbacks
            self._moved_at = now
        if flows and late_seconds is None:
            late_seconds = 0.0  # this device does not tell
        self._lateness.observe(now, None if opening else late_seconds)
        before = self.troubles
        patience = OPENING_SECONDS if opening and Trouble.LOST not in before.values() else STALL_SECONDS
        stands_still = now - self._moved_at >= patience
        gone = Part.MICROPHONE in self._parts and zeros_seconds >= GONE_SECONDS
        self.stalled = stands_still or self._lateness.hangs_behind or gone
        self.troubles = (
            dict.fromkeys(self._parts, Trouble.LOST)
            if stands_still
            else self._found(zeros_seconds, clipped=clipped)
        )
        return tuple(
            Failed(part) if part in self.troubles else Recovered(part)
            for part in (Part.MICROPHONE, Part.LOUDSPEAKER)
            if (part in self.troubles) != (part in before)
        )

    def _found(self, zeros_seconds: float, *, clipped: bool) -> Mapping[Part, Trouble]:
        if Part.MICROPHONE not in self._parts:
            return {}
        if self._lateness.has_failed:
            return {Part.MICROPHONE: Trouble.LATE}
        if zeros_seconds >= ZEROS_SECONDS:
            return {Part.MICROPHONE: Trouble.SILENT}
        if clipped:
            return {Part.MICROPHONE: Trouble.CLIPPED}
        return {}

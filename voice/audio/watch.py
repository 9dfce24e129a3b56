"""Notices a microphone or a loudspeaker that has gone. Pure: it is told the time, and what was counted."""

from __future__ import annotations

from voice.session.events import Failed, Part, Recovered

STALL_SECONDS = 0.5
"""Without a single callback: a stream calls back every 10 ms, so this is fifty missed in a row."""

ZEROS_SECONDS = 3.0
"""Of digital zeros: a real microphone always has some noise, so it is muted or unplugged."""


class Watch:
    """Turns counts of an audio stream into failures and recoveries of parts, each told once."""

    def __init__(self, parts: frozenset[Part]) -> None:
        """Watch these: microphone, loudspeaker, or both on one stream."""
        self._parts = parts
        self._callbacks: int | None = None
        self._moved_at = 0.0
        self._failed: frozenset[Part] = frozenset()
        self.stalled = False
        """Whether the stream itself stands still, so that nothing but opening it anew can bring it back."""

    @property
    def failed(self) -> frozenset[Part]:
        """The parts that are out of order."""
        return self._failed

    def observe(self, now: float, callbacks: int, zeros_seconds: float) -> tuple[Failed | Recovered, ...]:
        """Look at the counts, a few times a second.

        Args:
            now: Monotonic seconds.
            callbacks: How many the stream has made since it was opened.
            zeros_seconds: How long the microphone has given nothing but digital zeros, up to now.

        Returns:
            What has changed since the last look, the microphone first.
        """
        if callbacks != self._callbacks:
            self._callbacks = callbacks
            self._moved_at = now
        self.stalled = now - self._moved_at >= STALL_SECONDS
        if self.stalled:
            failed = self._parts
        elif zeros_seconds >= ZEROS_SECONDS:
            failed = self._parts & {Part.MICROPHONE}
        else:
            failed = frozenset()
        changes = tuple(
            Failed(part) if part in failed else Recovered(part)
            for part in (Part.MICROPHONE, Part.LOUDSPEAKER)
            if (part in failed) != (part in self._failed)
        )
        self._failed = failed
        return changes

"""Speaks through the mixer: renders the lines of an utterance and puts them together."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np

from voice.audio.format import RATE, Samples
from voice.audio.mixer import Mixer
from voice.session.actions import Earcon
from voice.synthesis.errors import VoiceUnavailable
from voice.synthesis.prefetch import Prefetcher
from voice.synthesis.rates import words_per_minute

_BETWEEN_LINES_S = 0.25
"""A breath between two lines."""


class RoomSpeaker:
    """A `Speaker` for every kind of room.

    Rendering may take a while, so that it can be given to another thread (`submit`); an utterance that was
    cut short before it was rendered is never played.
    """

    def __init__(
        self,
        mixer: Mixer,
        clips: Prefetcher,
        failed: Callable[[VoiceUnavailable], None],
        submit: Callable[[Callable[[], None]], object] = lambda job: job(),
    ) -> None:
        """Make one.

        Args:
            mixer: What the loudspeaker plays.
            clips: Where rendered lines come from.
            failed: Told when a line can't be rendered, on the thread that rendered.
            submit: Runs a job, at once or on one other thread.
        """
        self._mixer = mixer
        self._clips = clips
        self._failed = failed
        self._submit = submit
        # Between cutting an utterance short and beginning to play it; held for microseconds.
        self._lock = threading.Lock()
        self._wanted: int | None = None
        self._bars = 0
        """Stops that the session doesn't know of yet: nothing may begin to sound until it does."""
        self.words_per_minute = words_per_minute(3)

    def say(self, utterance_id: int, texts: tuple[str, ...]) -> None:
        """Render the lines and play them."""
        with self._lock:
            if self._bars:
                return
            self._wanted = utterance_id
        rate = self.words_per_minute
        self._submit(lambda: self._render(utterance_id, texts, rate))

    def _render(self, utterance_id: int, texts: tuple[str, ...], rate: int) -> None:
        try:
            clips = [self._clips.get(text, rate).pcm for text in texts if self._wanted == utterance_id]
        except VoiceUnavailable as error:
            self._failed(error)
            return
        with self._lock:
            if self._wanted == utterance_id:
                self._mixer.say(utterance_id, _joined(clips))

    def cut_short(self) -> None:
        """End the utterance."""
        with self._lock:
            self._wanted = None
            self._mixer.cut_short()

    def silence(self) -> None:
        """Silent from the next block on."""
        with self._lock:
            self._wanted = None
            self._mixer.silence()

    def bar(self) -> None:
        """The same, and nothing begins to sound until `unbar` is called as often; on any thread."""
        with self._lock:
            self._bars += 1
            self._wanted = None
            self._mixer.silence()

    def unbar(self) -> None:
        """The session has come to one of the stops."""
        with self._lock:
            self._bars -= 1

    def chime(self, earcon: Earcon) -> None:
        """Play an earcon."""
        with self._lock:
            if not self._bars:
                self._mixer.chime(earcon)

    def tempo(self, strokes_per_minute: float | None) -> None:
        """Play a soft beat, or none."""
        with self._lock:
            if not self._bars:
                self._mixer.tempo(strokes_per_minute)

    def volume(self, level: int) -> None:
        """Loudness, 1 to 5."""
        self._mixer.volume(level)

    def speech_rate(self, level: int) -> None:
        """Speed from the next utterance on, 1 to 5."""
        self.words_per_minute = words_per_minute(level)


def _joined(clips: list[Samples]) -> Samples:
    breath = np.zeros(round(_BETWEEN_LINES_S * RATE), dtype=np.float32)
    parts = [part for clip in clips for part in (breath, clip)][1:]
    return np.concatenate(parts) if parts else breath

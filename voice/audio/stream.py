"""Live sound: microphone and loudspeaker through one stream with one clock.

The callback trades blocks and counts; whatever may wait (recognition, files, the session) happens on other
threads. A file may stand in for one of the two; for both there is `exchange.LockStep` with `files.FileRoom`.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from voice.session.events import Failed, Part, Recovered

from .devices import Device, SoundUnavailable, abandon, find_device, portaudio, refusal
from .exchange import Exchange, MicrophoneBlock
from .files import FileLoudspeaker, FileMicrophone
from .format import BLOCK, RATE, Pcm16, Samples
from .level import MicrophoneLevel
from .mixer import Mixer
from .rates import Capture, Playback, cushion, device_block
from .watch import Trouble, Watch

__all__ = ["Device", "DuplexStream", "MicrophoneBlock", "SoundUnavailable"]

QUEUED_BLOCKS = 200
"""Two seconds for a queue of microphone blocks: longer than any hiccup that the ears can make up for."""

_LATENCY = 0.05
"""Seconds asked for on either side: the shortest that held without dropouts on a small machine."""

_START_SECONDS = 2.5
"""A Bluetooth loudspeaker takes a second or two to wake."""

_START_CALLBACKS = 10
"""Callbacks after which a stream counts as flowing; one that gets stuck does so after two or three."""


class DuplexStream:
    """Microphone and loudspeaker, open from `with` to its end."""

    def __init__(
        self,
        mixer: Mixer,
        blocks: queue.Queue[MicrophoneBlock],
        finished: Callable[[int], None],
        *,
        microphone: Device | Path = None,
        loudspeaker: Device | Path = None,
    ) -> None:
        """Make one; nothing is opened yet.

        Args:
            mixer: What the loudspeaker plays.
            blocks: Bounded; where microphone blocks go. When it is full a block is dropped and counted.
            finished: Called with the id of each utterance that has been played; on the audio thread, so it
                must not wait.
            microphone: A device, or a sound file that is heard instead, followed by silence.
            loudspeaker: A device, or a WAV to write instead.

        Raises:
            ValueError: Both are files: one has to be a device, because it is the clock.
        """
        ends = {Part.MICROPHONE: microphone, Part.LOUDSPEAKER: loudspeaker}
        live = frozenset(part for part, end in ends.items() if not isinstance(end, Path))
        if not live:
            raise ValueError("two files have no clock; use LockStep with a FileRoom")
        self._watch = Watch(live)
        self._exchange = Exchange(mixer, blocks, finished)
        self._microphone = microphone
        self._loudspeaker = loudspeaker
        self._stream: Any = None
        self._open_stream: Callable[..., Any] | None = None
        self._opening = threading.Lock()
        self._file_loudspeaker: FileLoudspeaker | None = None
        self._microphone_block = np.zeros(BLOCK, dtype=np.int16)
        self._loudspeaker_block = np.zeros(BLOCK, dtype=np.float32)
        self._level = MicrophoneLevel()
        self._use_rate(RATE)
        self._callbacks = 0
        self._late: float | None = None
        """By how many seconds the microphone's sound came late since somebody asked, at the least."""
        self._flows = threading.Event()
        self._flows_from = _START_CALLBACKS

    @property
    def audio_time(self) -> float:
        """Seconds of sound exchanged since the stream was opened."""
        return self._exchange.audio_time

    @property
    def dropped(self) -> int:
        """Microphone blocks that found the queue full."""
        return self._exchange.dropped

    def changes(self, now: float) -> tuple[Failed | Recovered, ...]:
        """What has failed or recovered since the last call; ask a few times a second.

        Args:
            now: Monotonic seconds.
        """
        level = self._level
        late, self._late = self._late, None
        return self._watch.observe(
            now,
            self._callbacks,
            level.zeros_seconds,
            clipped=level.clipped,
            late_seconds=late,
            opening=self._opening.locked(),
        )

    def trouble(self, part: Part) -> Trouble | None:
        """What is wrong with a part, as far as has been noticed."""
        return self._watch.troubles.get(part)

    @property
    def stalled(self) -> bool:
        """Whether no sound flows any more, or the microphone's comes late or has not come for long.

        Only `reopen` can help.
        """
        return self._watch.stalled

    def reopen(self) -> None:
        """Open the devices anew after they were lost; takes seconds, so not on a thread that others wait for.

        Raises:
            SoundUnavailable: They are not there yet.
        """
        sounddevice = portaudio()
        with self._opening:
            if self._open_stream is None:
                return  # closed meanwhile
            self._close_devices(abruptly=True)
            self._late = None
            # PortAudio lists the devices only once, when it starts; there is no public way to start it again.
            with suppress(sounddevice.PortAudioError):  # it isn't up if that failed the last time
                sounddevice._terminate()  # noqa: SLF001
            try:
                sounddevice._initialize()  # noqa: SLF001
            except sounddevice.PortAudioError as error:
                raise refusal(error) from error
            self._start(sounddevice, self._open_stream)
            self._watch.opened_anew()

    def __enter__(self) -> DuplexStream:
        """Open the devices and wait until sound flows.

        Raises:
            SoundUnavailable: PortAudio or a device is missing, refuses to open or gives no sound.
            AudioFileError: A file can't be read or written.
        """
        try:
            sounddevice = portaudio()
            self._open_stream = self._opener(sounddevice)
            self._start(sounddevice, self._open_stream)
        except BaseException:
            self._close(abruptly=True)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Release the devices; on an orderly end only after what was given to them has sounded."""
        self._close(abruptly=kind is not None or bool(self._watch.troubles))

    def _use_rate(self, rate: int) -> None:
        self.rate = rate
        """Samples a second of the devices; differs from ours only where they refuse it."""
        self._capture = Capture(rate)
        # That it is opened anew is no sign that it gives anything.
        self._level = MicrophoneLevel(rate, self._level.zeros_seconds)
        self._playback = Playback(rate, cushion(rate))

    def _start(self, sounddevice: Any, open_stream: Callable[..., Any]) -> None:
        """Open and start the stream and see that sound flows."""
        # Where PulseAudio's devices were asleep, about one first stream in fifteen gets stuck: it underruns
        # while the microphone wakes, and PortAudio waits for ever. A second stream finds them awake.
        for _ in range(2):
            self._flows.clear()
            self._flows_from = self._callbacks + _START_CALLBACKS
            self._open(sounddevice, open_stream)
            if self._flows.wait(_START_SECONDS):
                return
            self._close_devices(abruptly=True)
        raise SoundUnavailable("the sound device opens but gives no sound; reconnect it, or choose another")

    def _open(self, sounddevice: Any, open_stream: Callable[..., Any]) -> None:
        """Open and start the stream at our rate, or else at a rate of the devices."""
        own = []
        for device, kind in ((self._loudspeaker, "output"), (self._microphone, "input")):
            if not isinstance(device, Path):
                own.append(round(find_device(device, kind)["default_samplerate"]))
        refused: Exception | None = None
        for rate in dict.fromkeys([RATE, *own]):
            self._use_rate(rate)
            try:
                self._stream = open_stream(
                    samplerate=rate, blocksize=device_block(rate), latency=_LATENCY, channels=1
                )
                self._stream.start()
            except sounddevice.PortAudioError as error:
                # So that the next rate finds the device free.
                self._close_devices(abruptly=True)
                refused = error
            else:
                return
        assert refused is not None  # noqa: S101 - tells mypy that our own rate at least has been tried
        raise refusal(refused) from refused

    def _opener(self, sounddevice: Any) -> Callable[..., Any]:
        """Which of sounddevice's streams it takes, with everything but the rate."""
        if isinstance(self._microphone, Path):
            heard = FileMicrophone(self._microphone)
            callback = partial(self._wanted, heard)
            return partial(
                sounddevice.OutputStream, device=self._loudspeaker, dtype="float32", callback=callback
            )
        if isinstance(self._loudspeaker, Path):
            self._file_loudspeaker = FileLoudspeaker(self._loudspeaker)
            callback = partial(self._heard, self._file_loudspeaker)
            return partial(sounddevice.InputStream, device=self._microphone, dtype="int16", callback=callback)
        return partial(
            sounddevice.Stream,
            device=(self._microphone, self._loudspeaker),
            dtype=("int16", "float32"),
            callback=self._both,
        )

    # Callbacks, on PortAudio's thread. Frames arrive as shape (n, 1).

    def _both(self, heard: Pcm16, wanted: Samples, _frames: int, at: Any, _status: Any) -> None:
        self._take(heard[:, 0], at)
        while self._capture.take(self._microphone_block):
            self._exchange.step(self._microphone_block, self._loudspeaker_block)
            self._playback.put(self._loudspeaker_block)
        self._playback.fill(wanted[:, 0])
        self._count()

    def _heard(self, loudspeaker: FileLoudspeaker, heard: Pcm16, _frames: int, at: Any, _status: Any) -> None:
        self._take(heard[:, 0], at)
        while self._capture.take(self._microphone_block):
            self._exchange.step(self._microphone_block, self._loudspeaker_block)
            loudspeaker.put(self._loudspeaker_block)
        self._count()

    def _wanted(
        self, microphone: FileMicrophone, wanted: Samples, frames: int, _time: Any, _status: Any
    ) -> None:
        while len(self._playback) < frames:
            microphone.take(self._microphone_block)
            self._exchange.step(self._microphone_block, self._loudspeaker_block)
            self._playback.put(self._loudspeaker_block)
        self._playback.fill(wanted[:, 0])
        self._count()

    def _take(self, heard: Pcm16, at: Any) -> None:
        # PulseAudio keeps what could not be handed on in time, and hands it on later, for ever.
        if at.inputBufferAdcTime:  # not every system tells
            late = at.currentTime - at.inputBufferAdcTime
            self._late = late if self._late is None else min(self._late, late)
        self._level.hear(heard, played=self._exchange.plays)
        self._capture.push(heard)

    def _count(self) -> None:
        self._callbacks += 1
        if self._callbacks == self._flows_from:
            self._flows.set()

    def _close(self, *, abruptly: bool) -> None:
        # A sound server that stands still would keep it for ever, and so would one that is being opened anew.
        closing = threading.Thread(target=self._release, args=(abruptly,), name="closing", daemon=True)
        closing.start()
        closing.join(_START_SECONDS)
        if closing.is_alive():
            abandon()
        if self._file_loudspeaker is not None:
            self._file_loudspeaker.close()

    def _release(self, abruptly: bool) -> None:
        with self._opening:
            self._open_stream = None
            self._close_devices(abruptly=abruptly)

    def _close_devices(self, *, abruptly: bool) -> None:
        stream, self._stream = self._stream, None
        if stream is None:
            return
        # A device that has gone would never come to the end of what it was given.
        (stream.abort if abruptly else stream.stop)(ignore_errors=True)
        stream.close(ignore_errors=True)

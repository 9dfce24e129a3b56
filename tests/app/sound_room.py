"""A room with a virtual sound card, a person in front of it, and somebody who listens to its loudspeaker."""

from __future__ import annotations

import bisect
import ctypes.util
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.audio.card import server
from tests.audio.test_card import found_at
from voice.audio.format import RATE, Samples, amplitude, from_pcm16, rms
from voice.audio.wav import write
from voice.synthesis.speech import Voice

needs_sound = [
    pytest.mark.skipif(
        any(shutil.which(program) is None for program in ("pulseaudio", "pactl", "paplay", "parecord")),
        reason="PulseAudio is not installed",
    ),
    pytest.mark.skipif(ctypes.util.find_library("portaudio") is None, reason="PortAudio is not installed"),
]

_PERSON = "gmw/en-gb-x-rp"
_WORDS = ("start", "no", "ready", "stop", "continue", "repeat")
_HISS_S = 600
"""No test takes longer."""
_WINDOW = RATE // 50
_ALIKE = 0.6
"""How like a recording of a clip is to the clip itself, at least."""
_AUDIBLE = 0.003
"""Of full scale, over 20 ms; the narration has some 0.05."""


def record_words(folder: Path) -> Path:
    """Recordings of a person's words, and of the breath of a room: a microphone without it counts as dead."""
    with Voice(_PERSON) as voice:
        for word in _WORDS:
            write(folder / f"{word}.wav", voice.render(word, 140).pcm)
    hiss = amplitude(-60.0) * np.random.default_rng(1).standard_normal(_HISS_S * RATE)
    write(folder / "hiss.wav", hiss.astype(np.float32))
    return folder


class Room:
    """A sound card, a person in front of it, and somebody who listens to its loudspeaker."""

    def __init__(self, environment: dict[str, str], words: Path) -> None:
        self.environment = environment
        self._words = words
        self.said_at = 0.0
        """When the last word ended, by the monotonic clock."""
        self._last_sound = 0.0
        self._played: list[Samples] = []
        self._played_at: list[float] = []
        self._open()

    def _open(self) -> None:
        self._hiss = self._start("paplay", "-d", "user", str(self._words / "hiss.wav"))
        self._recorder = self._start(
            *("parecord", "--raw", "-d", "speaker.monitor", "--format=s16le", "--channels=1"),
            *(f"--rate={RATE}", "--latency-msec=20"),
        )
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE)

    def _listen(self) -> None:
        assert self._recorder.stdout is not None
        while len(heard := self._recorder.stdout.read(2 * _WINDOW)) == 2 * _WINDOW:
            samples = from_pcm16(np.frombuffer(heard, "<i2"))
            self._played.append(samples)
            self._played_at.append(time.monotonic())
            if rms(samples) > _AUDIBLE:
                self._last_sound = time.monotonic()

    @property
    def silence(self) -> float:
        """Seconds since the loudspeaker was last audible."""
        return time.monotonic() - self._last_sound

    def last_played(self, seconds: float) -> Samples:
        """What the loudspeaker has played last."""
        return np.concatenate(self._played[-round(seconds * RATE / _WINDOW) :])

    def silent_from(self, since: float, seconds: float) -> float | None:
        """When, from a moment on, the loudspeaker was first silent for so long; None: it has not been yet."""
        needed, silent = round(seconds * RATE / _WINDOW), 0
        for number in range(bisect.bisect_left(self._played_at, since), len(self._played)):
            silent = 0 if rms(self._played[number]) > _AUDIBLE else silent + 1
            if silent == needed:
                return self._played_at[number - needed + 1]
        return None

    def has_sounded(self, clip: Samples, since: float) -> bool:
        """Whether the loudspeaker has played something."""
        return self._found(clip, since)[1] > _ALIKE

    def when_sounded(self, clip: Samples, since: float) -> float:
        """When the loudspeaker began to play something, by the monotonic clock."""
        at, likeness = self._found(clip, since)
        assert likeness > _ALIKE
        return at

    def _found(self, clip: Samples, since: float) -> tuple[float, float]:
        first = bisect.bisect_left(self._played_at, since)
        at, likeness = found_at(clip, np.concatenate(self._played[first:]))
        return self._played_at[first + at // _WINDOW], likeness

    def say(self, word: str) -> None:
        """Speak to the end of the word."""
        subprocess.run(
            ["paplay", "-d", "user", str(self._words / f"{word}.wav")], env=self.environment, check=True
        )
        self.said_at = time.monotonic()

    @property
    def variables(self) -> dict[str, str]:
        """Of the environment, where the card is found."""
        return {
            name: value
            for name, value in self.environment.items()
            if name.startswith("PULSE") or name == "XDG_RUNTIME_DIR"
        }

    def streams(self, process_id: int) -> list[str]:
        """What a program plays and records, as PulseAudio sees it."""
        listed = [
            subprocess.run(
                ["pactl", "list", kind], env=self.environment, capture_output=True, text=True, check=True
            ).stdout
            for kind in ("sink-inputs", "source-outputs")
        ]
        return re.findall(rf'application\.process\.id = "{process_id}"', "".join(listed))

    def _server(self) -> int:
        """The sound server's process."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(f"{self.environment['PULSE_RUNTIME_PATH']}/native")
            of_the_peer = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        daemon: int = struct.unpack("3i", of_the_peer)[0]
        return daemon

    def dies(self) -> None:
        """The sound server is gone, and with it both devices."""
        os.kill(self._server(), signal.SIGKILL)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """The sound server stands still for a while."""
        server = self._server()
        os.kill(server, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(server, signal.SIGCONT)

    @contextmanager
    def revived(self) -> Iterator[None]:
        """The sound server is there again."""
        self.leave()
        with server(self.environment):
            self._open()
            yield

    def leave(self) -> None:
        for process in (self._hiss, self._recorder):
            process.terminate()
        self._listening.join()
        for process in (self._hiss, self._recorder):
            with process:
                pass

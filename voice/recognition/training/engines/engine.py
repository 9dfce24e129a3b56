"""What every synthesizer has in common: its voices by name, and 16 kHz samples of what one of them says."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

RATE = 16_000
_SECONDS = 20
"""A text that takes longer has hung its synthesizer."""


class EngineError(RuntimeError):
    """A synthesizer did not say a text; the message says which, and why."""


class BrokenEngineError(EngineError):
    """A synthesizer will say nothing before somebody mends it; the message says how."""


class Engine(Protocol):
    """A synthesizer on this machine, or one that could be."""

    name: str
    """Stands before the colon of a voice's id."""
    how_to_install: str
    """One line for people who lack it."""

    def names(self) -> tuple[str, ...]:
        """Its voices; none when it is not installed."""
        ...

    def say(self, name: str, text: str, speed: float, pitch: float) -> npt.NDArray[np.int16]:
        """The sound of a text, 16 kHz.

        Args:
            name: One of `names()`.
            text: English, with commas, stops, question and exclamation marks.
            speed: 2.0 is twice as fast as the voice's own.
            pitch: 2.0 is an octave above the voice's own.

        Raises:
            EngineError: it failed.
        """
        ...


def run(command: Sequence[str], stdin: str = "") -> bytes:
    """What a synthesizer's program writes on stdout.

    Raises:
        EngineError: it isn't there, takes too long or ends with an error.
    """
    try:
        done = subprocess.run(  # noqa: S603 -- the programs are named by this package
            command, input=stdin.encode(), capture_output=True, timeout=_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise EngineError(f"{command[0]}: {error}") from None
    return done.stdout


def read_wav(content: bytes) -> npt.NDArray[np.int16]:
    """The samples of a WAV file, at 16 kHz.

    Raises:
        EngineError: there is no sound in it.
    """
    try:
        samples, rate = soundfile.read(io.BytesIO(_sized(content)), dtype="float32")
    except soundfile.LibsndfileError as error:
        raise EngineError(f"no sound: {error}") from None
    return at_16_khz(samples, rate)


def at_16_khz(samples: npt.NDArray[np.float32], rate: int) -> npt.NDArray[np.int16]:
    """Samples between -1 and 1 of any rate, as 16-bit ones at 16 kHz.

    Raises:
        EngineError: there are none.
    """
    if not len(samples):
        raise EngineError("no sound")
    resampled = soxr.resample(samples, rate, RATE) if rate != RATE else samples
    return (np.clip(resampled, -1.0, 1.0) * 32767).round().astype(np.int16)


def _sized(content: bytes) -> bytes:
    """A WAV file that was written to a pipe, with its sizes put right."""
    at = content.find(b"data", 12)
    if content[:4] != b"RIFF" or at < 0:
        return content
    sizes = (len(content) - 8).to_bytes(4, "little"), (len(content) - at - 8).to_bytes(4, "little")
    return content[:4] + sizes[0] + content[8 : at + 4] + sizes[1] + content[at + 8 :]

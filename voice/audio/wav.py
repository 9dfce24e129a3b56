"""Sound files: any WAV or FLAC in, 16-bit WAV at our rate out. Knows files only, no devices."""

from __future__ import annotations

import struct
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import numpy as np

from .format import RATE, Samples, to_pcm16

_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_LARGEST = 0xFFFFFFFF - _HEADER.size
_PATCH_EVERY = 2 * RATE
"""Bytes between two updates of the header: one second of sound."""


class AudioFileError(Exception):
    """A sound file that can't be read or written, in one line: which, why, and what to do."""

    def __init__(self, path: Path, why: str, remedy: str) -> None:
        super().__init__(f"{path}: {why}; {remedy}")
        self.path = path
        self.why = why
        self.remedy = remedy


def read(path: Path) -> Samples:
    """Read a sound file of any rate, channels and sample width.

    Args:
        path: A WAV, FLAC, or anything else libsndfile reads.

    Returns:
        Mono at 16 kHz, shape (n,), from -1 to 1; several channels are averaged.

    Raises:
        AudioFileError: Missing, unreadable, empty, or not sound.
    """
    if not path.is_file():
        raise AudioFileError(path, "there is no such file", "check its name")
    try:
        import soundfile  # noqa: PLC0415 - loads a C library that a run without files never needs
    except OSError as error:
        raise AudioFileError(
            path, "libsndfile, which reads sound files, is missing", "on Debian: sudo apt install libsndfile1"
        ) from error
    import soxr  # noqa: PLC0415 - as above

    try:
        sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, OSError, MemoryError) as error:
        why = str(getattr(error, "error_string", None) or error).rstrip(".")
        raise AudioFileError(path, f"not readable as sound ({why})", "give a WAV or FLAC file") from error
    if not len(sound):
        raise AudioFileError(path, "it holds no sound", "record it again")
    if not np.isfinite(sound).all():
        raise AudioFileError(path, "it holds samples that are not numbers", "export it again as 16-bit WAV")
    mono = sound.mean(axis=1, dtype=np.float32)
    if rate != RATE:
        mono = soxr.resample(mono, rate, RATE)
    clipped: Samples = np.clip(mono, -1.0, 1.0, dtype=np.float32)
    return clipped


def write(path: Path, sound: Samples) -> None:
    """Write a 16-bit mono WAV at 16 kHz, shape (n,).

    Raises:
        AudioFileError: It can't be written there.
    """
    with WavWriter(path) as writer:
        writer.write(sound)


class WavWriter:
    """A 16-bit mono WAV at 16 kHz that grows.

    Its header is brought up to date every second and at the end: a program that is killed leaves a file
    that plays, short of its last second at most.
    """

    def __init__(self, path: Path) -> None:
        """Create or overwrite the file.

        Raises:
            AudioFileError: It can't be written there.
        """
        self._path = path
        self._bytes = 0
        self._bytes_in_header = 0
        try:
            self._file: BinaryIO = path.open("wb")
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            self._patch()
        except OSError as error:
            self._abandon()
            raise self._unwritable(error) from error

    def write(self, sound: Samples) -> None:
        """Append samples, shape (n,).

        Raises:
            AudioFileError: The disk refuses.
        """
        pcm = to_pcm16(sound)
        try:
            self._file.write(pcm.astype("<i2", copy=False).tobytes())
            self._bytes += 2 * len(pcm)
            if self._bytes - self._bytes_in_header >= _PATCH_EVERY:
                self._patch()
        except OSError as error:
            raise self._unwritable(error) from error

    def close(self) -> None:
        """Complete the header and close the file; again: nothing.

        Raises:
            AudioFileError: The disk refuses.
        """
        if self._file.closed:
            return
        try:
            with self._file:
                self._patch()
        except OSError as error:
            raise self._unwritable(error) from error

    def __enter__(self) -> WavWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _patch(self) -> None:
        """Write the header for what is there by now, and hand everything to the system."""
        # A player trusts these sizes; past 37 hours they can only say "at least".
        size = min(self._bytes, _LARGEST)
        header = _HEADER.pack(
            b"RIFF", size + _HEADER.size - 8, b"WAVE", b"fmt ", 16, 1, 1, RATE, 2 * RATE, 2, 16, b"data", size
        )
        self._file.seek(0)
        self._file.write(header)
        self._file.seek(0, 2)
        self._file.flush()
        self._bytes_in_header = self._bytes

    def _abandon(self) -> None:
        with suppress(OSError):  # the disk that refused the header refuses it again
            self._file.close()

    def _unwritable(self, error: OSError) -> AudioFileError:
        return AudioFileError(
            self._path,
            f"can't be written ({error.strerror or error})",
            "choose another place or free some space",
        )

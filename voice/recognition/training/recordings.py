"""Recordings of people, from folders into a corpus. Says nothing of how they are used."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from . import corpus
from .features import RATE
from .split import speaker_of

NOISE = "background"
"""A folder of this name holds no speech."""
_MIXED = "other-words"
"""A folder of this name holds many words; each file's name begins with its own."""
_PIECE = RATE // 50
_MARGIN = RATE // 4
SOUNDS = (".flac", ".wav", ".ogg", ".mp3")


class RecordingError(Exception):
    """Recordings can't be used; as text, one line that says where, why and what to do."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A file and what is said in it."""

    path: Path
    words: tuple[str, ...]
    speaker: str


def spoken_words(folder: Path) -> Iterator[Recording]:
    """One folder a phrase, as Speech Commands has them, or somebody's own recordings.

    Args:
        folder: Holds folders such as `stop` or `thirty seconds more`; a hyphen or an underscore may stand for
            a space. In `other-words` the file's name begins with the word; in `background` nobody speaks.

    Raises:
        RecordingError: There is no recording in it.
    """
    found = False
    for path in sorted(folder.glob("*/*")):
        if path.suffix.lower() not in SOUNDS:
            continue
        found = True
        phrase = re.split(r"[-_]", path.stem)[0] if path.parent.name == _MIXED else path.parent.name
        words = () if phrase == NOISE else tuple(re.split(r"[\s_-]+", phrase.lower().strip()))
        yield Recording(path, words, speaker_of(path))
    if not found:
        raise RecordingError(
            f"{folder}: no recordings here; make one folder for each phrase, named like it, with "
            f"{', '.join(SOUNDS)} files in it"
        )


def spoken_sentences(folder: Path, transcripts: Path) -> Iterator[Recording]:
    """Files of whole sentences, of those that have a transcript.

    Args:
        folder: Holds the files.
        transcripts: JSON: words by file name.
    """
    for name, text in sorted(json.loads(transcripts.read_text(encoding="utf-8")).items()):
        path = folder / name
        if path.is_file():
            yield Recording(path, tuple(text.split()), path.stem)


def gather(
    folder: Path, recordings: tuple[Recording, ...], progress: Callable[[int], None] = lambda _: None
) -> None:
    """Write recordings to a corpus.

    Args:
        folder: Of the new corpus.
        recordings: What to read.
        progress: Told how many are done.

    Raises:
        RecordingError: A file holds no sound that can be read.
    """

    def clips() -> Iterator[tuple[tuple[str, ...], str, npt.NDArray[np.int16]]]:
        for done, recording in enumerate(recordings, start=1):
            sound = samples(recording.path)
            yield recording.words, recording.speaker, spoken_part(sound) if recording.words else sound
            progress(done)

    corpus.write(folder, clips())


def spoken_part(sound: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
    """What lies between the first and the last loud 20 ms, and a quarter of a second around it.

    Loud is what is well above the quiet parts and not far below the loudest: some rooms are noisy.
    """
    pieces = sound[: len(sound) // _PIECE * _PIECE].reshape(-1, _PIECE).astype(np.float64)
    decibels = 10 * np.log10((pieces**2).mean(axis=1) + 1)
    if not len(decibels):
        return sound
    loud = np.flatnonzero(decibels > max(decibels.max() - 32, np.percentile(decibels, 10) + 8))
    if not len(loud):
        return sound
    return sound[max(0, loud[0] * _PIECE - _MARGIN) : (loud[-1] + 1) * _PIECE + _MARGIN]


def samples(path: Path) -> npt.NDArray[np.int16]:
    """A file's sound, mono at 16 kHz.

    Raises:
        RecordingError: There is none that can be read.
    """
    try:
        sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise RecordingError(
            f"{path}: this sound can't be read ({error}); take it away, or record it again"
        ) from None
    if not len(sound):
        raise RecordingError(f"{path}: this recording is empty; take it away, or record it again")
    mono = soxr.resample(sound.mean(axis=1), rate, RATE) if rate != RATE else sound.mean(axis=1)
    rounded: npt.NDArray[np.int16] = np.rint(np.clip(mono, -1, 1) * 32_767).astype(np.int16)
    return rounded

"""Recordings of people, from folders into a corpus. Says nothing of how they are used."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from voice.language.numbers import Numbers
from voice.language.words import words as spelled

from . import corpus, lexicon
from .features import RATE
from .sounds import SOUNDS, UNREADABLE, is_sound
from .split import speaker_of

NOISE = "background"
"""A folder of this name holds no speech."""
_MIXED = "other-words"
"""A folder of this name holds many words; each file's name begins with its own."""
_PIECE = RATE // 50
_MARGIN = RATE // 4
_SHORTEST_S, LONGEST_S = 0.1, 3.0
"""Of what is said in a recording of a word or phrase: the longest fits into the windows of training."""
_QUIETEST = 8
"""Of 32,768: a recording whose loudest sample is below is of a microphone that was off."""
_LOWEST_RATE = 8_000
"""Hz, of a telephone: below, words sound alike."""


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
    for path in sounds(folder, "*/*"):
        found = True
        name = path.parent.name.lower().strip()
        phrase = re.split(r"[-_]", path.stem)[0] if name == _MIXED else name
        yield Recording(path, () if name == NOISE else _words(phrase, path.parent), speaker_of(path))
    if not found:
        raise RecordingError(
            f"{folder}: no recordings here; make one folder for each phrase, named like it, with "
            f"{', '.join(SOUNDS)} files in it"
        )


def sounds(folder: Path, pattern: str = "*") -> Iterator[Path]:
    """The sounds of a folder, by name.

    Raises:
        RecordingError: There is one that can't be read, which would be missed otherwise.
    """
    for path in sorted(folder.glob(pattern)):
        kind = path.suffix.lower()
        if kind in UNREADABLE:
            raise RecordingError(f"{path}: {kind} can't be read; save it as .wav, or take it away")
        if is_sound(path):
            yield path


def _words(phrase: str, folder: Path) -> tuple[str, ...]:
    """The words of a folder's name, as they are said."""
    numbers = Numbers("en")
    parts = (
        numbers.say(int(part)) if part.isdecimal() else part for part in spelled(phrase.replace("_", " "))
    )
    words = tuple(word for part in parts for word in part.split())
    unknown = [word for word in words if not lexicon.is_known(word)]
    if unknown or not words:
        nobody = f'nobody knows how "{" ".join(unknown) or phrase}" is said'
        raise RecordingError(f"{folder}: {nobody}; name it by the words that are said in it")
    return words


def spoken_sentences(folder: Path, transcripts: Path) -> Iterator[Recording]:
    """Files of whole sentences, of those that have a transcript.

    Args:
        folder: Holds the files, or isn't there.
        transcripts: JSON: words by the files' names without their endings.

    Raises:
        RecordingError: There are sounds, and none of them has a transcript.
    """
    known: dict[str, str] = json.loads(transcripts.read_text(encoding="utf-8"))
    found = tuple(sounds(folder))
    told = [path for path in found if path.stem in known]
    if found and not told:
        raise RecordingError(
            f"{folder}: nobody knows what is said in these; only the sentences of Picovoice's "
            "speech-to-intent-benchmark are known, by their file names; give others with --corpus"
        )
    for path in told:
        yield Recording(path, tuple(known[path.stem].split()), path.stem)


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


def check(recordings: Collection[Recording], progress: Callable[[int], None] = lambda _: None) -> None:
    """See that each can be read and holds a word or a phrase, if it is said to, before the long work begins.

    Raises:
        RecordingError: One can't, or doesn't.
    """
    for done, recording in enumerate(recordings, start=1):
        sound = samples(recording.path)
        if recording.words:
            seconds = len(spoken_part(sound)) / RATE
            if np.abs(sound).max() < _QUIETEST or seconds < _SHORTEST_S:
                raise RecordingError(
                    f"{recording.path}: nobody speaks here; take it away, or record it again"
                )
            if seconds > LONGEST_S + 2 * _MARGIN / RATE:
                raise RecordingError(
                    f"{recording.path}: {seconds:.0f} s for one phrase; cut it, one phrase of at most "
                    f"{LONGEST_S:.0f} s a file"
                )
        progress(done)


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
    if rate < _LOWEST_RATE:
        raise RecordingError(
            f"{path}: {rate} Hz are too few to tell words apart; record it with 16000 Hz, or take it away"
        )
    if not len(sound) or not np.isfinite(sound).all():
        raise RecordingError(f"{path}: this recording is empty or damaged; take it away, or record it again")
    mono = soxr.resample(sound.mean(axis=1), rate, RATE) if rate != RATE else sound.mean(axis=1)
    rounded: npt.NDArray[np.int16] = np.rint(np.clip(mono, -1, 1) * 32_767).astype(np.int16)
    return rounded

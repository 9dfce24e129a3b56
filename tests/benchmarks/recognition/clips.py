"""Recordings of people to score on, between silences and in noise. Recognises nothing.

A clip's active part is its 10 ms frames whose RMS is at least a tenth (-20 dB) of the loudest one's. The end
of a word is the end of the last active frame. The ratio of speech to noise is that of the RMS over the whole
clip to the RMS of the stretch of noise that is mixed in. Over the active part, words of one second are some
6 dB louder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from voice.recognition.recognizer import CHUNK, RATE
from voice.recognition.training.sounds import is_sound
from voice.recognition.training.split import NOISE_SHARE, is_held_out, speaker_of

Sound = npt.NDArray[np.int16]
"""Shape (samples,), 16 kHz."""

COMMANDS = ("stop", "yes", "no", "go")
"""The folders of words that are commands."""
OTHERS = ("left", "right", "up", "down", "on", "off")
MIXED = "other-words"
DIGITS = frozenset(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))
"""Neither commands nor other words: some count as numbers."""
LEAD_S, TRAIL_S = 0.5, 1.5
"""Seconds of digital silence around each clip; the trail is long enough for the final."""
NOISES: tuple[float | None, ...] = (None, 10.0, 5.0, 0.0)
"""Ratios of speech to noise in dB; None is without noise."""
_FRAME = RATE // 100


class Kind(Enum):
    """What a clip is there to show."""

    COMMAND = "command"
    OTHER_WORD = "other word"
    BACKGROUND = "background"
    SENTENCE = "sentence"
    READING = "reading"
    PHRASE = "phrase"
    NARRATION = "narration"


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """One recording."""

    kind: Kind
    said: str
    """The word or phrase; empty where it isn't known or nobody speaks."""
    speaker: str
    name: str
    """Unlike that of any other clip."""
    sound: Sound
    snr: float | None = None
    """Ratio of speech to the noise that is in it, in dB; None: without noise."""


class SpeechError(Exception):
    """The recordings can't be used; as text, one line that says where, what and how to mend it."""


def people(speech: Path) -> Iterator[Clip]:
    """Every recording that is scored: the sounds in `words/<word>/` and `sentences/`.

    Raises:
        SpeechError: A folder is missing or empty.
    """
    for word in (*COMMANDS, *OTHERS):
        kind = Kind.COMMAND if word in COMMANDS else Kind.OTHER_WORD
        for path in _files(speech / "words" / word):
            yield Clip(kind, word, speaker_of(path), f"{word}/{path.stem}", read(path))
    for path in _files(speech / "words" / MIXED):
        word = path.stem.split("_")[0]
        if word not in DIGITS:
            yield Clip(Kind.OTHER_WORD, word, speaker_of(path), path.stem, read(path))
    for path in _files(speech / "words" / "background"):
        yield Clip(Kind.BACKGROUND, "", speaker_of(path), f"background/{path.stem}", read(path))
    for path in _files(speech / "sentences"):
        yield Clip(Kind.SENTENCE, "", speaker_of(path), path.stem, read(path))


def held_out(speech: Path) -> tuple[Clip, ...]:
    """The recordings of people who are kept out of training."""
    return tuple(clip for clip in people(speech) if is_held_out(clip.speaker))


def kitchen(speech: Path) -> Sound:
    """The noise to mix in: the part of the recording that is kept out of training.

    Raises:
        SpeechError: There is none.
    """
    noise = read(_files(speech / "noise", "kitchen")[0])
    return noise[int(len(noise) * NOISE_SHARE) :]


def _files(folder: Path, stem: str = "*") -> list[Path]:
    found = sorted(path for path in folder.glob(f"{stem}.*") if is_sound(path))
    if not found:
        raise SpeechError(
            f"{folder}: no {stem}.wav, .flac or the like here; --speech takes a folder with words/, "
            "sentences/, noise/"
        )
    return found


def read(path: Path) -> Sound:
    """A recording, 16 kHz, mono.

    Raises:
        SpeechError: It is none.
    """
    try:
        sound, rate = soundfile.read(path, dtype="int16")
    except (OSError, soundfile.LibsndfileError) as error:
        raise SpeechError(f"{path}: this sound can't be read ({error}); take it away") from None
    if len(sound) < _FRAME:
        raise SpeechError(f"{path}: there is no sound in it; take it away")
    if rate != RATE or sound.ndim != 1:
        raise SpeechError(f"{path}: {rate} Hz, {sound.ndim} channels; it has to be 16000 Hz, mono")
    mono: Sound = sound
    return mono


def in_noise(clip: Clip, noise: Sound, snr: float | None) -> Clip:
    """The clip with noise from a place that hangs on its name alone; without a ratio it stays as it is."""
    if snr is None:
        return clip
    seed = hashlib.sha256(f"{clip.name} {snr:g}".encode()).digest()
    start = np.random.default_rng(list(seed)).integers(len(noise))
    stretch = np.take(noise, np.arange(start, start + len(clip.sound)), mode="wrap")
    return replace(clip, sound=mixed(clip.sound, stretch, snr), snr=snr)


def mixed(speech: Sound, noise: Sound, snr: float) -> Sound:
    """Speech and as much noise, both of one length, that their levels are `snr` dB apart.

    They are made quieter together where their sum would not fit into 16 bits.
    """
    found = level(noise)
    gain = level(speech) / found / 10 ** (snr / 20) if found else 0.0
    both = speech.astype(np.float64) + gain * noise.astype(np.float64)
    both /= max(1.0, float(np.abs(both).max()) / 32_767)
    return np.rint(both).astype(np.int16)


def level(sound: Sound) -> float:
    """RMS over all of a sound, in steps of 16 bits."""
    return float(np.sqrt(np.mean(sound.astype(np.float64) ** 2)))


def word_end(sound: Sound) -> float:
    """Seconds from the beginning of a sound to the end of its last active frame."""
    frames = _frame_levels(sound)
    return float(np.flatnonzero(frames >= frames.max() / 10)[-1] + 1) * _FRAME / RATE


def _frame_levels(sound: Sound) -> npt.NDArray[np.float64]:
    frames = sound[: len(sound) // _FRAME * _FRAME].reshape(-1, _FRAME).astype(np.float64)
    levels: npt.NDArray[np.float64] = np.sqrt((frames**2).mean(axis=1))
    return levels


def padded(sound: Sound) -> Sound:
    """The sound between silences, in whole chunks of the recognizer."""
    return whole_chunks(np.concatenate((silence(LEAD_S), sound, silence(TRAIL_S))))


def whole_chunks(sound: Sound) -> Sound:
    """The sound with silence up to the end of the recognizer's last chunk."""
    return np.pad(sound, (0, -len(sound) % CHUNK))


def silence(seconds: float) -> Sound:
    """Digital silence."""
    return np.zeros(round(seconds * RATE), np.int16)

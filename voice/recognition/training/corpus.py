"""Utterances on disk: one file of samples, one of what is said where. Complete, or not there.

Written by the stages that speak and gather, read by the one that trains.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

_SOUND = "sound.s16"
_INDEX = "index.jsonl"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One clip of a corpus."""

    words: tuple[str, ...]
    """In lower case; empty when nobody speaks."""
    speaker: str
    """Such as `espeak:en-us+f2`, or a person's code."""
    start: int
    """Where it begins in the corpus, in samples at 16 kHz."""
    length: int
    """Samples."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Utterances and their sound."""

    sound: npt.NDArray[np.int16]
    """All clips, end to end, 16 kHz."""
    utterances: tuple[Utterance, ...]

    def clip(self, utterance: Utterance) -> npt.NDArray[np.int16]:
        """The samples of one utterance; a view, not a copy."""
        return self.sound[utterance.start : utterance.start + utterance.length]

    def without(self, words: Set[str]) -> Corpus:
        """The same without the utterances in which one of these words is said."""
        return replace(
            self, utterances=tuple(each for each in self.utterances if not words & set(each.words))
        )


def write(folder: Path, clips: Iterable[tuple[tuple[str, ...], str, npt.NDArray[np.int16]]]) -> None:
    """Write words, speaker and sound of each clip to a folder, which counts as empty until all is there."""
    folder.mkdir(parents=True, exist_ok=True)
    start, lines = 0, []
    with (folder / _SOUND).open("wb") as sound:
        for words, speaker, clip in clips:
            sound.write(clip.astype("<i2").tobytes())
            lines.append(json.dumps([words, speaker, start, len(clip)], ensure_ascii=False))
            start += len(clip)
    part = folder / f"{_INDEX}.part"
    part.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    part.replace(folder / _INDEX)


def is_complete(folder: Path) -> bool:
    """Whether a corpus lies there."""
    return (folder / _INDEX).is_file()


def read(*folders: Path) -> Corpus:
    """The corpora of these folders as one."""
    sounds: list[npt.NDArray[np.int16]] = []
    utterances: list[Utterance] = []
    offset = 0
    for folder in folders:
        sounds.append(np.fromfile(folder / _SOUND, "<i2").astype(np.int16, copy=False))
        with (folder / _INDEX).open(encoding="utf-8") as lines:
            for line in lines:
                words, speaker, start, length = json.loads(line)
                utterances.append(Utterance(tuple(words), speaker, offset + start, length))
        offset += len(sounds[-1])
    return Corpus(np.concatenate(sounds), tuple(utterances))

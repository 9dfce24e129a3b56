"""Where each word of a recording lies, and where long recordings can be cut. Knows no files.

Found by the acoustic model of pocketsphinx, which comes with the dictionary that `lexicon.py` reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from . import lexicon
from .features import RATE

_FRAME = RATE // 100
_PAUSE = 12
"""Frames of silence between words at which a recording is always cut."""
_MARGIN = 20
"""Frames kept of the silence around a piece, at most; between two words not more than half of it."""
LONGEST = 540
"""Frames of a piece: spoken slower, it fits into the longer windows of training."""
_SHORTEST = 25
_SPELLED = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (
            *("AE", "B", "K", "D", "EH", "F", "G", "HH", "IH", "JH", "K", "L", "M"),
            *("N", "AA", "P", "K", "R", "S", "T", "AH", "V", "W", "K", "Y", "Z"),
        ),
        strict=True,
    )
)
"""A phone for each letter: enough to see about where a word is that nobody can pronounce."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, and the part of a recording in which they are said."""

    words: tuple[str, ...]
    start: int
    """Samples from the recording's begin."""
    end: int


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    """The first frame."""
    end: int
    """The first frame after it."""


class Aligner:
    """Finds words in recordings."""

    def __init__(self) -> None:
        import pocketsphinx  # noqa: PLC0415 - only training has it

        self._decoder: Any = pocketsphinx.Decoder(samprate=RATE, loglevel="FATAL", lm=None, cmn="batch")

    def pieces(self, sound: npt.NDArray[np.int16], words: Sequence[str]) -> tuple[Piece, ...]:
        """The recording, cut at its pauses, and without the words that nobody can pronounce.

        Beside such a word a word is left out, too, as nobody knows where the one ends and the other begins.

        Args:
            sound: 16 kHz.
            words: All that is said in it, in lower case.

        Returns:
            At most `LONGEST` each, and not overlapping; none where sound and words don't go together.
        """
        found = self._align(sound, words)
        runs = (run for part in _pronounceable(found) for run in _cut(part))
        edges = {word: _margins(found, at, len(sound)) for at, word in enumerate(found)}
        some = (
            Piece(
                tuple(word.text for word in run),
                run[0].start * _FRAME - edges[run[0]][0],
                run[-1].end * _FRAME + edges[run[-1]][1],
            )
            for run in runs
        )
        return tuple(each for each in some if each.end - each.start >= _SHORTEST * _FRAME)

    def _align(self, sound: npt.NDArray[np.int16], words: Sequence[str]) -> list[_Word]:
        for word in dict.fromkeys(words):
            if self._decoder.lookup_word(word) is None:
                phones = (
                    lexicon.pronunciations(word)[0]
                    if lexicon.is_known(word)
                    else [_SPELLED[letter] for letter in word if letter in _SPELLED]
                )
                if not phones:
                    return []
                self._decoder.add_word(word, " ".join(phones), update=True)
        self._decoder.set_align_text(" ".join(words))
        self._decoder.start_utt()
        self._decoder.process_raw(sound.tobytes(), full_utt=True)
        self._decoder.end_utt()
        segments = [each for each in self._decoder.seg() or () if each.word[0] not in "<[+"]
        if len(segments) != len(words):
            return []
        return [
            _Word(word, each.start_frame, each.end_frame + 1)
            for word, each in zip(words, segments, strict=True)
        ]


def _pronounceable(found: Sequence[_Word]) -> Iterator[list[_Word]]:
    """Stretches of words that can be pronounced, and don't touch one that can't."""
    run: list[_Word] = []
    for at, word in enumerate(found):
        near = found[max(0, at - 1) : at + 2]
        touching = (each for each in near if each.start - word.end < _PAUSE > word.start - each.end)
        if all(lexicon.is_known(each.text) for each in touching):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _cut(run: list[_Word]) -> Iterator[list[_Word]]:
    """At every pause, and where it is still too long at its longest gap, or in its middle."""
    if len(run) == 1:
        if run[0].end - run[0].start <= LONGEST:
            yield run
        return
    gaps = [later.start - sooner.end for sooner, later in pairwise(run)]
    middle = (run[0].start + run[-1].end) / 2
    at = max(range(len(gaps)), key=lambda at: (gaps[at], -abs(run[at].end - middle)))
    if gaps[at] < _PAUSE and run[-1].end - run[0].start <= LONGEST - 2 * _MARGIN:
        yield run
        return
    yield from _cut(run[: at + 1])
    yield from _cut(run[at + 1 :])


def _margins(found: Sequence[_Word], at: int, samples: int) -> tuple[int, int]:
    """Samples of silence to keep before and after a word."""
    word = found[at]
    before = (word.start - found[at - 1].end) // 2 if at else word.start
    after = (found[at + 1].start - word.end) // 2 if at + 1 < len(found) else samples // _FRAME - word.end
    return min(_MARGIN, before) * _FRAME, max(0, min(_MARGIN, after)) * _FRAME

"""A synthetic voice speaks, so that it is known what is said where."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

pytest.importorskip("torch", reason="training needs the train extra")

from voice.recognition.training.alignment import LONGEST, Aligner, Piece
from voice.recognition.training.features import RATE
from voice.recognition.training.voices import Voice, voices

ESPEAK = Voice("espeak", "en-us+f2")
pytestmark = pytest.mark.skipif(
    not any(voice.engine == "espeak" for voice in voices()), reason="espeak-ng is not installed"
)
HALF_A_SECOND = np.zeros(RATE // 2, np.int16)


def spoken(*texts: str) -> tuple[npt.NDArray[np.int16], list[tuple[int, int]]]:
    """The texts with half a second of silence around each, and where each begins and ends."""
    parts, places, at = [HALF_A_SECOND], [], len(HALF_A_SECOND)
    for text in texts:
        sound = ESPEAK.say(text)
        loud = np.flatnonzero(np.abs(sound.astype(int)) > 300)
        places.append((at + int(loud[0]), at + int(loud[-1])))
        parts += [sound, HALF_A_SECOND]
        at += len(sound) + len(HALF_A_SECOND)
    return np.concatenate(parts), places


def pieces(sound: npt.NDArray[np.int16], text: str) -> tuple[Piece, ...]:
    return Aligner().pieces(sound, text.split())


def test_it_is_cut_at_the_pauses() -> None:
    sound, places = spoken("stop now please", "the next step begins", "not so hard")
    found = pieces(sound, "stop now please the next step begins not so hard")
    assert [" ".join(piece.words) for piece in found] == [
        "stop now please",
        "the next step begins",
        "not so hard",
    ]
    for piece, (begin, end) in zip(found, places, strict=True):
        assert begin - 0.45 * RATE < piece.start < begin + 0.05 * RATE
        assert end - 0.05 * RATE < piece.end < end + 0.45 * RATE


def test_words_that_nobody_can_say_are_left_out_and_what_touches_them() -> None:
    sound, _ = spoken("we walked to the house with zyxxabeth yesterday morning", "then we went home")
    words = "we walked to the house with zyxxabeth yesterday morning then we went home"
    found = [" ".join(piece.words) for piece in pieces(sound, words)]
    assert found == ["we walked to the house", "morning", "then we went home"]


def test_no_piece_is_too_long_and_no_word_is_lost() -> None:
    text = (
        2 * "we walked along the river until we came to the little town where my mother lived all her life "
    )
    sound, _ = spoken(text)
    found = pieces(sound, text)
    assert " ".join(word for piece in found for word in piece.words) == text.strip()
    assert len(found) > 1
    assert all(0 < piece.end - piece.start <= LONGEST * RATE // 100 for piece in found)
    assert all(sooner.end <= later.start for sooner, later in pairwise(found))


@pytest.mark.parametrize("text", ["3", "far more words than anybody can say in so little time"])
def test_what_does_not_go_together_gives_nothing(text: str) -> None:
    assert pieces(HALF_A_SECOND, text) == ()


def test_it_does_not_depend_on_what_came_before() -> None:
    sound, _ = spoken("a little lighter please")
    words = ("a", "little", "lighter", "please")
    other, _ = spoken("something else")
    aligner = Aligner()
    alone = aligner.pieces(sound, words)
    aligner.pieces((other * 0.1).astype(np.int16), ["something", "else"])
    assert aligner.pieces(sound, words) == alone

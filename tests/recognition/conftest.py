"""Real speech for a real recognizer: an espeak voice says it, in quiet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest

from voice.recognition.models import BUILT_IN
from voice.recognition.recognizer import RATE, Recognizer
from voice.synthesis.speech import Voice

Sound = npt.NDArray[np.int16]
Say = Callable[[str], Sound]

WORDS_A_MINUTE = 140


@pytest.fixture(scope="session")
def say() -> Iterator[Say]:
    """Speech without silence around it, 16 kHz."""
    with Voice("gmw/en-us") as voice:

        @cache
        def spoken(text: str) -> Sound:
            return np.asarray(voice.render(text, WORDS_A_MINUTE).pcm * 32_767, np.int16)

        yield spoken


@pytest.fixture
def recognizer() -> Recognizer:
    return Recognizer(BUILT_IN)


def quiet(seconds: float) -> Sound:
    """Silence."""
    return np.zeros(round(seconds * RATE), np.int16)


def blocks(*sounds: Sound) -> Iterator[Sound]:
    """Sounds one after another, in whole blocks of 10 ms as the microphone gives them."""
    sound = np.concatenate(sounds)
    for start in range(0, len(sound) - len(sound) % 160, 160):
        yield sound[start : start + 160]

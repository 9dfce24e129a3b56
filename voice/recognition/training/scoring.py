"""How well a model hears people it never heard: a first look, as the last stage; benchmarks look closer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voice.recognition.recognizer import Recognizer

from .features import RATE
from .recordings import Recording, samples

_BEFORE_S, _AFTER_S = 0.5, 1.5
"""Silence around each recording; enough after it for Vosk to see that it is over."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    def __str__(self) -> str:
        return f"{self.count} of {self.of}"


@dataclass(frozen=True, slots=True)
class Score:
    """What was heard when phrases were listened for, each recording by itself."""

    heard: Mapping[str, Share]
    """Of each phrase that was recorded, how often it was heard as the whole utterance."""
    taken: Share
    """Of recordings of anything else, how many were taken for a phrase."""


def score(
    model: Path, recordings: Iterable[Recording], phrases: Collection[str], progress: Callable[[int], None]
) -> Score:
    """Listen to recordings.

    Args:
        model: Its folder.
        recordings: Of people whom the model doesn't know.
        phrases: What is listened for.
        progress: Told how many recordings are done.

    Raises:
        ModelError: The model can't be used.
        RecordingError: A recording can't be.
    """
    recognizer = Recognizer(model)
    recognizer.listen_for(phrases, phrases)
    said: Counter[str] = Counter()
    right: Counter[str] = Counter()
    others = taken = 0
    for done, recording in enumerate(recordings, start=1):
        phrase, heard = " ".join(recording.words), _heard(recognizer, recording.path)
        if phrase in phrases:
            said[phrase] += 1
            right[phrase] += heard == (phrase,)
        else:
            others += 1
            taken += any(text in phrases for text in heard)
        progress(done)
    return Score(
        {phrase: Share(right[phrase], count) for phrase, count in said.items()}, Share(taken, others)
    )


def _heard(recognizer: Recognizer, path: Path) -> tuple[str, ...]:
    """The utterances of a recording, but for what is not known."""
    silences = (np.zeros(round(seconds * RATE), np.int16) for seconds in (_BEFORE_S, _AFTER_S))
    before, after = silences
    hypotheses = recognizer.hear(np.concatenate((before, samples(path), after)))
    recognizer.forget_utterance()
    return tuple(each.text for each in hypotheses if each.is_final and each.text)

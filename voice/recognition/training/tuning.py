"""Finds the operating point of a graph by listening: what is heard, and what is heard that nobody said.

Scores whatever clips it is given; that they are of people who are not scored on later is its caller's affair.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from voice.recognition.recognizer import RATE, Recognizer

from . import graph
from .graph import GraphCosts

Sound = npt.NDArray[np.int16]
_BEFORE_S, _AFTER_S = 0.5, 1.5
"""Silence around each clip: after it, long enough for Vosk to end the utterance."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one operating point."""

    costs: GraphCosts
    heard: float
    """Share of the clips of commands that were heard as what they are, 0 to 1."""
    taken: float
    """Share of the other clips in which some command was heard, 0 to 1."""


def trials(
    model: Path,
    *,
    words: Collection[str],
    decoys: Collection[str],
    grammar: Collection[str],
    commands: Sequence[tuple[str, Sound]],
    others: Sequence[Sound],
    costs: Iterable[GraphCosts],
) -> Iterator[Trial]:
    """Try operating points, one after another.

    Args:
        model: Folder of a model; only its `am` and `conf` are used.
        words: All words of the graph, as for `graph.build`.
        decoys: Words taken for unknown speech, as for `graph.build`.
        grammar: Phrases to listen for; a whole utterance that is one of them counts.
        commands: A phrase of the grammar, and a clip of 16 kHz in which it is said.
        others: Clips in which nothing of the grammar is said.
        costs: The operating points.
    """
    for each in costs:
        with TemporaryDirectory() as folder:
            tried = Path(folder)
            for part in ("am", "conf"):
                shutil.copytree(model / part, tried / part)
            graph.build(tried / "graph", words, decoys, each)
            ear = Recognizer(tried)
            ear.listen_for(grammar, must_hear=grammar)
            phrases = set(grammar)
            heard = sum(phrase in _finals(ear, sound) for phrase, sound in commands)
            taken = sum(not phrases.isdisjoint(_finals(ear, sound)) for sound in others)
            yield Trial(each, heard / max(1, len(commands)), taken / max(1, len(others)))


def best(tried: Iterable[Trial], taken_at_most: float) -> Trial:
    """The trial that heard most among those that took few enough; if none did, the one that took fewest.

    Args:
        tried: One trial at least.
        taken_at_most: Share of other clips that may be taken for a command, 0 to 1.
    """
    known = list(tried)
    fair = [trial for trial in known if trial.taken <= taken_at_most]
    if fair:
        return max(fair, key=lambda trial: (trial.heard, -trial.taken))
    return min(known, key=lambda trial: (trial.taken, -trial.heard))


def _finals(ear: Recognizer, sound: Sound) -> set[str]:
    """The texts of the utterances in a clip."""
    ear.forget_utterance()
    padded = np.pad(sound, (round(_BEFORE_S * RATE), round(_AFTER_S * RATE)))
    return {each.text for each in ear.hear(padded) if each.is_final}

"""How often the kinds of recordings come, whatever there is of each."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs the train extra")

from voice.recognition.training.augmentation import Conditions
from voice.recognition.training.batches import Batches, Mixture, Sources
from voice.recognition.training.corpus import Corpus, Utterance
from voice.recognition.training.features import RATE

WINDOWS = 4_000


def corpus(clips: int) -> Corpus:
    """Clips that are all the same."""
    sound = np.zeros(RATE // 10, np.int16)
    return Corpus(sound, tuple(Utterance(("stop",), "somebody", 0, len(sound)) for _ in range(clips)))


def share_of_people(clips: int) -> float:
    """How many windows hold a word that people say, of whom there are so many clips."""
    synthetic, people, nothing = corpus(50), corpus(clips), corpus(0)
    sources = Sources(synthetic, people, nothing, (), lambda _, __: (("AA",),))
    batches, rng = Batches(sources, Mixture(), Conditions(), 3), np.random.default_rng(4)
    windows = [batches._utterances(rng, long=False) for _ in range(WINDOWS)]
    return sum(any(each is people for _, each in window) for window in windows) / WINDOWS


@pytest.mark.parametrize(
    ("clips", "share"), [(0, 0.0), (20, 0.0229), (750, 0.14), (3_000, 0.28), (4_194, 0.28)]
)
def test_a_few_recordings_of_people_are_not_repeated_all_the_time(clips: int, share: float) -> None:
    assert share_of_people(clips) == pytest.approx(share, abs=0.02)


def test_the_built_in_models_recipe_is_what_it_was() -> None:
    mixture = Mixture()
    assert (mixture.of_people(4_194), mixture.of_sentences(7.2)) == (0.28, 0.34)

"""Small networks on few clips: what is trained is learned, and a break doesn't show."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs the train extra")
import torch

from voice.recognition.training.augmentation import Conditions
from voice.recognition.training.batches import Batches, Mixture, Sources, is_long
from voice.recognition.training.corpus import Corpus, Utterance
from voice.recognition.training.features import RATE
from voice.recognition.training.fitting import Recipe, fit
from voice.recognition.training.network import Network, Shape
from voice.recognition.training.objective import bigram, chain
from voice.recognition.training.workers import WorkerError

SMALL = Shape(width=16, rank=8)
LEXICON = {"ah": (("AA",),), "ee": (("IY",),)}


def said(_: str, word: str) -> tuple[tuple[str, ...], ...]:
    return LEXICON[word]


def tones() -> Corpus:
    """Two "words", a low and a high tone, by two speakers each."""
    times = np.arange(RATE // 2) / RATE
    utterances, sounds, start = [], [], 0
    for word, hertz in (("ah", 300), ("ee", 2_400)):
        for speaker, factor in (("one", 1.0), ("two", 1.1)):
            sound = (8_000 * np.sin(2 * np.pi * hertz * factor * times)).astype(np.int16)
            utterances.append(Utterance((word,), speaker, start, len(sound)))
            sounds.append(sound)
            start += len(sound)
    return Corpus(np.concatenate(sounds), tuple(utterances))


def batches(seed: int = 5) -> Batches:
    nothing = Corpus(np.empty(0, np.int16), ())
    sources = Sources(tones(), tones(), nothing, (), said)
    return Batches(sources, Mixture(short=4), Conditions(), seed)


def train(folder: Path, steps: int) -> tuple[Network, list[float]]:
    losses: list[float] = []
    transitions = bigram([chain([phones]) for (phones,) in LEXICON.values()])
    recipe = Recipe(steps=40, warm_up=5)
    made = batches()
    if steps < recipe.steps:

        def report(step: int, loss: float) -> None:
            losses.append(loss)
            if step == steps:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            fit(folder, made, transitions, shape=SMALL, recipe=recipe, seed=1, report=report)
        return Network(SMALL), losses
    network = fit(
        folder,
        made,
        transitions,
        shape=SMALL,
        recipe=recipe,
        seed=1,
        report=lambda _, loss: losses.append(loss),
    )
    return network, losses


def test_a_batch_is_known_by_its_number() -> None:
    first, again, other = batches()[3], batches()[3], batches()[4]
    assert torch.equal(first.cepstra, again.cepstra)
    assert first.chains == again.chains
    assert first.cepstra.shape != other.cepstra.shape
    assert is_long(3)
    assert not is_long(4)
    assert not torch.equal(batches(6)[4].cepstra, other.cepstra)


@pytest.mark.skipif(sys.platform == "win32", reason="nobody is killed like this there")
def test_when_what_makes_the_batches_is_killed_the_checkpoint_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voice.recognition.training.fitting._CHECKPOINT_EVERY", 2)
    transitions = bigram([chain([phones]) for (phones,) in LEXICON.values()])
    recipe, steps = Recipe(steps=30, warm_up=5), []

    def kill(step: int, _: float) -> None:
        steps.append(step)
        if len(steps) == 3:
            (worker,) = multiprocessing.active_children()
            worker.kill()

    def go() -> Network:
        return fit(tmp_path, batches(), transitions, shape=SMALL, recipe=recipe, seed=1, report=kill)

    with pytest.raises(WorkerError):
        go()
    assert steps[-1] < 30
    before = len(steps)
    go()
    assert 3 <= steps[before] <= before + 1
    assert steps[-1] == 30


def test_it_learns_and_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voice.recognition.training.fitting._CHECKPOINT_EVERY", 20)
    whole, losses = train(tmp_path / "whole", 40)
    assert np.mean(losses[-10:]) < 0.7 * np.mean(losses[:5])
    _, before = train(tmp_path / "broken", 25)
    resumed, after = train(tmp_path / "broken", 40)
    assert before[:20] == losses[:20]
    assert after == pytest.approx(losses[20:], abs=1e-5)
    for one, other in zip(whole.state_dict().values(), resumed.state_dict().values(), strict=True):
        assert torch.allclose(one.double(), other.double(), atol=1e-5)

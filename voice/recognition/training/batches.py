"""Puts clips of the corpora together to batches for training. The n-th batch of a seed is always the same."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import soxr
import torch
from torch import Tensor
from torch.utils.data import Dataset

from . import augmentation
from .augmentation import FULL_SCALE, Conditions, Sound
from .corpus import Corpus, Utterance
from .features import RATE, cepstra, log_mel
from .objective import Chain, chain

_T = TypeVar("_T")
Lexicon = Callable[[str, str], tuple[tuple[str, ...], ...]]
"""The ways in which a speaker may say a word, in phones."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What there is to train on."""

    synthetic: Corpus
    words: Corpus
    """People who say a word or a phrase; also clips without speech."""
    sentences: Corpus
    """People who say whole sentences, or parts of some."""
    noises: tuple[Sound, ...]
    """Longer than any window, full scale one."""
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class Mixture:
    """Shares of the windows, and their size."""

    short: int = 64
    """Windows in a batch, of `SHORT_S` seconds. Every fourth batch has half as many, twice as long."""
    people: float = 0.28
    """With `ample_clips` of single words and phrases; of fewer, by the square root of their number, so that
    somebody's few own recordings are not all that is heard. Of 20, each comes some 700 times in 5,000 steps,
    of the 4,194 that the built-in model learned from, some 40 times."""
    ample_clips: int = 3_000
    sentences: float = 0.34
    """With `ample_hours` of them; of fewer, by their square root."""
    ample_hours: float = 5.0
    silent: float = 0.04
    """Share in which nobody speaks: at even odds a recording without speech, or noise alone."""
    eased: int = 600
    """Batches until conditions are as bad as they may be: at first, a network finds no phone in noise."""
    generated: float = 0.25
    """Share of the noises that are not recorded ones."""

    def of_people(self, clips: int) -> float:
        """The share of windows with people's words and phrases, of which there are so many clips."""
        return self.people * math.sqrt(min(1.0, clips / self.ample_clips))

    def of_sentences(self, hours: float) -> float:
        """The share of windows with people's sentences, of which there are so many hours."""
        return self.sentences * math.sqrt(min(1.0, hours / self.ample_hours))


SHORT_S = 3.6
_LONG_EVERY = 4
_EASY = Conditions(
    reverberant=0.0, noisy=0.5, snr=(20.0, 40.0), narrated=0.0, level=(-30.0, -18.0), clipped=0.0
)
_SPEEDS = (0.82, 1.2)
_WARPS = (0.82, 1.22)


@dataclass(frozen=True, slots=True)
class Batch:
    """Features, and the phones that were said."""

    cepstra: Tensor
    chains: tuple[Chain, ...]


def is_long(number: int) -> bool:
    """Whether a batch has windows twice as long, for sentences."""
    return number % _LONG_EVERY == _LONG_EVERY - 1


class Batches(Dataset[Batch]):
    """Batches by number."""

    def __init__(self, sources: Sources, mixture: Mixture, conditions: Conditions, seed: int) -> None:
        self._sources = sources
        self._mixture = mixture
        self._conditions = conditions
        self._seed = seed
        self._spoken = [each for each in sources.words.utterances if each.words]
        self._spoken_shares = _cumulative_shares([each.words for each in self._spoken])
        self._silent = [each for each in sources.words.utterances if not each.words]
        self._synthetic = {
            long: [each for each in sources.synthetic.utterances if _fits(each, long)]
            for long in (False, True)
        }
        self._sentences = {
            long: [each for each in sources.sentences.utterances if _fits(each, long)]
            for long in (False, True)
        }
        self._sentence_shares = {
            long: _cumulative_shares([each.speaker for each in some])
            for long, some in self._sentences.items()
        }
        self._people_share = mixture.of_people(len(self._spoken))
        self._sentences_share = mixture.of_sentences(len(sources.sentences.sound) / RATE / 3600)

    def __getitem__(self, number: int) -> Batch:
        rng = np.random.default_rng((self._seed, number))
        generator = torch.Generator().manual_seed(int(rng.integers(2**62)))
        long = is_long(number)
        hardship = min(1.0, number / self._mixture.eased)
        windows = [
            self._window(rng, long, hardship) for _ in range(self._mixture.short // (2 if long else 1))
        ]
        sound = torch.from_numpy(np.stack([sound for sound, _ in windows]))
        energies = log_mel(sound, torch.from_numpy(rng.uniform(*_WARPS, len(windows))))
        energies = augmentation.channel(energies, generator)
        if hardship == 1.0:
            energies = augmentation.mask(energies, generator)
        return Batch(cepstra(energies), tuple(chain for _, chain in windows))

    def _window(self, rng: np.random.Generator, long: bool, hardship: float) -> tuple[Sound, Chain]:
        size = int(SHORT_S * RATE) * (2 if long else 1)
        speech = np.zeros(size, np.float32)
        said: list[Sequence[str]] = []
        at = int(rng.uniform(0.0, 0.5) * RATE)
        for utterance, corpus in self._utterances(rng, long):
            clip = _at_another_speed(corpus.clip(utterance).astype(np.float32) / FULL_SCALE, rng)
            if at + len(clip) > size:
                break
            clip *= augmentation.decibels(rng.uniform(-4, 4)) / max(augmentation.level_of(clip), 1e-6) * 0.1
            speech[at : at + len(clip)] += clip
            ways = (self._sources.lexicon(utterance.speaker, word) for word in utterance.words)
            said += [_one_of(each, rng) for each in ways]
            at += len(clip) + int(rng.uniform(0.0, 0.6) * RATE)
        return self._heard(speech, rng, hardship), chain(said)

    def _utterances(self, rng: np.random.Generator, long: bool) -> list[tuple[Utterance, Corpus]]:
        """What is said in a window, most likely more than fits."""
        share, kinds = rng.random(), self._mixture
        words, sentences = self._sources.words, self._sources.sentences
        if share < kinds.silent:
            return [(_one_of(self._silent, rng), words)] if self._silent and _chance(0.5, rng) else []
        chances = rng.random(rng.integers(1, 4) * (2 if long else 1))
        if share < kinds.silent + self._sentences_share and self._sentences[long]:
            drawn = np.searchsorted(self._sentence_shares[long], chances)
            return [(self._sentences[long][at], sentences) for at in drawn]
        if share < kinds.silent + self._sentences_share + self._people_share and self._spoken:
            drawn = np.searchsorted(self._spoken_shares, chances)
            return [(self._spoken[at], words) for at in drawn]
        some = self._synthetic[long]
        return [(some[int(chance * len(some))], self._sources.synthetic) for chance in chances]

    def _heard(self, speech: Sound, rng: np.random.Generator, hardship: float) -> Sound:
        conditions = self._conditions if _chance(hardship, rng) else _EASY
        if not speech.any():
            noise = self._noise(len(speech), rng) if _chance(0.9, rng) else speech
            loudness = np.float32(augmentation.decibels(rng.uniform(-75, -25)) * FULL_SCALE)
            alone: Sound = np.rint(noise * loudness)
            return alone
        heard = augmentation.in_a_room(speech, rng, conditions)
        if _chance(conditions.noisy, rng):
            heard = augmentation.mix(heard, self._noise(len(heard), rng), rng.uniform(*conditions.snr))
        elif _chance(0.5, rng):
            heard = augmentation.mix(heard, augmentation.coloured_noise(len(heard), rng), rng.uniform(30, 60))
        if _chance(conditions.narrated, rng):
            narration = self._narration(len(heard), rng)
            heard = augmentation.mix(heard, narration, rng.uniform(*conditions.narration_below))
        return augmentation.to_samples(heard, rng, conditions)

    def _noise(self, samples: int, rng: np.random.Generator) -> Sound:
        if not self._sources.noises or _chance(self._mixture.generated, rng):
            return augmentation.coloured_noise(samples, rng)
        noise = _one_of(self._sources.noises, rng)
        at = int(rng.integers(0, len(noise) - samples + 1))
        part: Sound = noise[at : at + samples]
        return part

    def _narration(self, samples: int, rng: np.random.Generator) -> Sound:
        """A synthetic voice through a room."""
        result = np.zeros(samples, np.float32)
        clip = self._sources.synthetic.clip(_one_of(self._synthetic[samples > SHORT_S * RATE], rng))
        at = int(rng.integers(0, max(1, samples - len(clip))))
        result[at : at + len(clip)] = clip[: samples - at].astype(np.float32) / FULL_SCALE
        return augmentation.through(result, augmentation.room(rng))

    def __len__(self) -> int:
        return 2**31


def _cumulative_shares(kinds: Sequence[Hashable]) -> npt.NDArray[np.float64]:
    """How often each clip is drawn, added up: a phrase, or a speaker, by the square root of its clips.

    Args:
        kinds: The phrase or the speaker of each clip.
    """
    clips = Counter(kinds)
    weights = np.array([clips[each] ** -0.5 for each in kinds])
    shares: npt.NDArray[np.float64] = np.cumsum(weights) / weights.sum() - 1e-9
    return shares


def _fits(utterance: Utterance, long: bool) -> bool:
    room = SHORT_S * (2 if long else 1) - 0.5
    return utterance.length / _SPEEDS[0] <= room * RATE


def _chance(share: float, rng: np.random.Generator) -> bool:
    return bool(rng.random() < share)


def _at_another_speed(clip: Sound, rng: np.random.Generator) -> Sound:
    return np.asarray(soxr.resample(clip, RATE * rng.uniform(*_SPEEDS), RATE, quality="LQ"), np.float32)


def _one_of(items: Sequence[_T], rng: np.random.Generator) -> _T:
    return items[int(rng.integers(len(items)))]

from __future__ import annotations

import numpy as np
import pytest

from voice.audio.echo import EchoCanceller
from voice.audio.exchange import MicrophoneBlock
from voice.audio.format import BLOCK, RATE, Samples, amplitude, from_pcm16, rms, to_pcm16


def speechlike(seconds: float, seed: int) -> Samples:
    """Noise with the long-term spectrum and the syllables of speech, at -23 dBFS."""
    random = np.random.default_rng(seed)
    noise = np.cumsum(random.standard_normal(round(seconds * RATE))) * 0.02
    noise = np.diff(noise, prepend=0.0) + 0.3 * random.standard_normal(len(noise))
    syllables = 0.55 + 0.45 * np.sin(2 * np.pi * 4 * np.arange(len(noise)) / RATE)
    sound = noise * syllables
    return np.asarray(sound * amplitude(-23) / rms(sound.astype(np.float32)), dtype=np.float32)


def through(played: Samples, microphone: Samples) -> Samples:
    canceller = EchoCanceller()
    clean = []
    for start in range(0, len(played) - BLOCK + 1, BLOCK):
        block = slice(start, start + BLOCK)
        heard = MicrophoneBlock(to_pcm16(microphone[block]), start / RATE, to_pcm16(played[block]))
        clean.append(from_pcm16(canceller.clean(heard).samples))
    return np.concatenate(clean)


def echo_of(played: Samples, gain_db: float, delay_s: float, *, reverberant: bool) -> Samples:
    length = round(0.12 * RATE) if reverberant else 1
    random = np.random.default_rng(7)
    tail = random.standard_normal(length) * np.exp(-6.9 * np.arange(length) / (0.35 * RATE))
    tail[0] = 1.0 if not reverberant else 3.0
    tail *= amplitude(gain_db) / np.sqrt(np.square(tail).sum())
    delay = np.zeros(round(delay_s * RATE))
    return np.convolve(played, np.concatenate((delay, tail)))[: len(played)].astype(np.float32)


def decibels(sound: Samples) -> float:
    return 20 * float(np.log10(rms(sound)))


@pytest.mark.parametrize("gain_db", [-20.0, -6.0])
@pytest.mark.parametrize("delay_s", [0.03, 0.08, 0.12])
@pytest.mark.parametrize("reverberant", [False, True])
def test_the_echo_is_learned_in_seconds(gain_db: float, delay_s: float, reverberant: bool) -> None:
    played = speechlike(8.0, seed=1)
    floor = amplitude(-75) * np.random.default_rng(2).standard_normal(len(played)).astype(np.float32)
    echo = echo_of(played, gain_db, delay_s, reverberant=reverberant)
    clean = through(played, echo + floor)
    after = slice(5 * RATE, 8 * RATE)
    assert decibels(clean[after]) < decibels(echo[after]) - 20


def test_somebody_who_speaks_over_the_narration_is_not_touched() -> None:
    played = speechlike(10.0, seed=1)
    echo = echo_of(played, -6.0, 0.08, reverberant=True)
    person = np.zeros_like(played)
    person[7 * RATE : 8 * RATE] = speechlike(1.0, seed=3)
    clean = through(played, echo + person)
    during = slice(7 * RATE, 8 * RATE)
    lost = clean[during] - person[during]
    assert decibels(lost) < decibels(person[during]) - 10
    afterwards = slice(8 * RATE, 9 * RATE)
    assert decibels(clean[afterwards]) < decibels(echo[afterwards]) - 15, "speech has not spoilt the filter"


def test_without_narration_the_microphone_is_heard_as_it_is() -> None:
    person = speechlike(1.0, seed=4)
    clean = through(np.zeros_like(person), person)
    np.testing.assert_array_equal(clean, from_pcm16(to_pcm16(person)))


def test_a_door_that_opens_is_learned_again() -> None:
    played = speechlike(14.0, seed=5)
    before = echo_of(played, -10.0, 0.06, reverberant=True)
    after = echo_of(played, -6.0, 0.06, reverberant=False)
    echo = np.concatenate((before[: 6 * RATE], after[6 * RATE :]))
    clean = through(played, echo)
    settled = slice(11 * RATE, 14 * RATE)
    assert decibels(clean[settled]) < decibels(echo[settled]) - 15

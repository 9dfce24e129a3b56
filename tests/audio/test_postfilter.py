from __future__ import annotations

import numpy as np

from voice.audio.echo import Cleaned, EchoCanceller
from voice.audio.exchange import MicrophoneBlock
from voice.audio.format import BLOCK, RATE, Samples, amplitude, from_pcm16, to_pcm16
from voice.audio.postfilter import Postfilter
from voice.audio.room import Echo, SimulatedRoom

from .test_echo import decibels, speechlike

SPEAKS_AT = 8 * RATE
NOISE = 0.02 * np.random.default_rng(5).standard_normal(RATE).astype(np.float32)


def heard(person: Samples | None = None, noise: Samples | None = None) -> tuple[Samples, Samples]:
    """Without the echo as the canceller takes it out, and as it is then, both as late."""
    room = SimulatedRoom(echo=Echo(12.0, 80.0, 0.35), noise=noise, snr_db=10.0, seed=3)
    canceller, postfilter = EchoCanceller(), Postfilter()
    before, after = [np.zeros(BLOCK, dtype=np.float32)], []
    for number, block in enumerate((speechlike(10.0, seed=1) * amplitude(-12.0)).reshape(-1, BLOCK)):
        if person is not None and number * BLOCK == SPEAKS_AT:
            room.speak(person)
        at = number * BLOCK / RATE
        cleaned = canceller.clean(MicrophoneBlock(room.step(block), at, to_pcm16(block)))
        before.append(from_pcm16(cleaned.samples))
        after.append(from_pcm16(postfilter.filter(cleaned, trusted=True)))
    return np.concatenate(before[:-1]), np.concatenate(after)


def test_what_is_left_of_the_echo_becomes_weaker() -> None:
    before, after = (sound[SPEAKS_AT:] for sound in heard())
    assert decibels(after) < decibels(before) - 6


def test_in_noise_too_though_the_noise_stays() -> None:
    before, after = (sound[SPEAKS_AT:] for sound in heard(noise=NOISE))
    assert decibels(before) - 3 < decibels(after) < decibels(before) - 0.3


def test_what_a_person_says_stays_as_it_is() -> None:
    person = speechlike(2.0, seed=9)
    before, after = (sound[SPEAKS_AT:] for sound in heard(person))
    assert decibels(after - before) < decibels(before) - 12


def test_without_an_echo_each_sample_comes_a_block_later() -> None:
    sound = to_pcm16(speechlike(2.0, seed=4)).reshape(-1, BLOCK)
    postfilter = Postfilter()
    later = [postfilter.filter(Cleaned(block, 0.0, 0.0, 0.0), trusted=True) for block in sound]
    assert np.abs(np.concatenate(later[1:]).astype(int) - sound[:-1].ravel()).max() <= 1

from __future__ import annotations

from collections import deque

import numpy as np
import pytest

from voice.audio.alignment import AlignedCanceller
from voice.audio.drift import DriftEstimator, delayed
from voice.audio.echo import EchoCanceller
from voice.audio.exchange import MicrophoneBlock
from voice.audio.format import BLOCK, RATE, Pcm16, Samples, amplitude, from_pcm16, rms, to_pcm16
from voice.audio.room import Echo, SimulatedRoom

from .test_echo import decibels, speechlike


def narration(seconds: float, seed: int = 1) -> Samples:
    """Speechlike, as much weaker towards the high notes as speech, with a pause of 1.5 s in every 5."""
    sound = speechlike(seconds, seed)
    notes = np.fft.rfftfreq(len(sound), 1 / RATE)
    sound = np.fft.irfft(np.fft.rfft(sound) / np.sqrt(1 + (notes / 700) ** 2), len(sound)).astype(np.float32)
    sound[np.arange(len(sound)) / RATE % 5 >= 3.5] = 0.0
    return np.asarray(sound * (amplitude(-23) / rms(sound)), dtype=np.float32)


def by_another_clock(sound: Samples, ppm: float) -> Samples:
    """The same where the clock of the loudspeaker runs faster by so much than the microphone's."""
    if not ppm:
        return sound
    finer, count = 8, len(sound)
    size = 1 << (count - 1).bit_length()
    between = np.fft.irfft(np.fft.rfft(sound, size), finer * size) * finer
    places = np.arange(count) * (1 + ppm * 1e-6) * finer
    return np.asarray(np.interp(places, np.arange(len(between)), between), dtype=np.float32)


def in_blocks(sound: Samples) -> Samples:
    return np.asarray(sound[: len(sound) // BLOCK * BLOCK].reshape(-1, BLOCK), dtype=np.float32)


class Rooms:
    """Rooms that take turns, each for an equal part; and what is in them besides the echo, by itself."""

    def __init__(self, *delays_ms: float, people: bool = False) -> None:
        noise = np.random.default_rng(4).standard_normal(7 * RATE).astype(np.float32)
        echoes = [Echo(-6.0, delay, 0.35) for delay in delays_ms]
        self._rooms = [SimulatedRoom(echo=echo, noise=noise, snr_db=25.0, seed=3) for echo in echoes]
        self._quiet = [SimulatedRoom(noise=noise, snr_db=25.0, seed=3) for _ in echoes]
        self._people = people

    def heard(self, sound: Samples) -> tuple[list[Pcm16], Samples]:
        """What the microphone hears, in blocks; and the same without the loudspeaker."""
        heard, besides = [], []
        blocks = in_blocks(sound)
        for number, block in enumerate(blocks):
            turn = number * len(self._rooms) // len(blocks)
            for room in (self._rooms[turn], self._quiet[turn]):
                if self._people and number % 900 == 300:
                    room.speak(narration(3.0, seed=number))
            heard.append(self._rooms[turn].step(block))
            besides.append(from_pcm16(self._quiet[turn].step(np.zeros_like(block))))
        return heard, np.concatenate(besides)


def cleaned(
    played: Samples, heard: list[Pcm16], canceller: AlignedCanceller | EchoCanceller | None = None
) -> Samples:
    canceller = canceller or AlignedCanceller()
    given = in_blocks(played)
    clean = [
        canceller.clean(MicrophoneBlock(block, number * BLOCK / RATE, to_pcm16(given[number]))).samples
        for number, block in enumerate(heard)
    ]
    return from_pcm16(np.concatenate(clean))


def echo_taken_db(played: Samples, ppm: float, rooms: Rooms, part: slice) -> float:
    """By how much less of the echo there is after the canceller than before, in a part of it."""
    heard, besides = rooms.heard(by_another_clock(played, ppm))
    before = from_pcm16(np.concatenate(heard)) - besides
    after = cleaned(played, heard) - besides
    return decibels(before[part]) - decibels(after[part])


@pytest.mark.parametrize("ppm", [0.0, 20.0, -50.0, 100.0])
def test_the_echo_is_taken_out_when_clocks_drift(ppm: float) -> None:
    last = slice(45 * RATE, 60 * RATE)
    assert echo_taken_db(narration(60.0), ppm, Rooms(80.0), last) > 20


@pytest.mark.parametrize("ppm", [0.0, 20.0, -100.0])
def test_somebody_who_speaks_does_not_spoil_the_estimate(ppm: float) -> None:
    played = narration(40.0)
    heard, _ = Rooms(80.0, people=True).heard(by_another_clock(played, ppm))
    estimator = DriftEstimator()
    for block, given in zip(heard, in_blocks(played), strict=True):
        estimator.hear(block, to_pcm16(given), 0.0)
    # A loudspeaker that runs faster is heard earlier and earlier.
    assert estimator.ppm == (pytest.approx(-ppm, abs=0.5) if ppm else None)


@pytest.mark.parametrize("other_ms", [80.3, 82.0])
def test_a_leap_is_no_drift(other_ms: float) -> None:
    played = narration(70.0)
    heard, _ = Rooms(80.0, other_ms).heard(played)
    estimator = DriftEstimator()
    for block, given in zip(heard, in_blocks(played), strict=True):
        estimator.hear(block, to_pcm16(given), 0.0)
        assert estimator.ppm is None


def test_somebody_who_speaks_does_not_spoil_the_canceller() -> None:
    silent = slice(45 * RATE, 48 * RATE)  # 3 s after the fifth time that somebody spoke, until the sixth
    assert echo_taken_db(narration(48.0), -50.0, Rooms(80.0, people=True), silent) > 20


class NoEstimate(DriftEstimator):
    """Knows of no drift."""

    def hear(self, heard: Pcm16, given: Pcm16, lag: float) -> None:
        """Nothing comes of it."""


def without_estimate(delay_s: float | None = None) -> AlignedCanceller:
    canceller = AlignedCanceller(delay_s)
    canceller._drift = NoEstimate()
    return canceller


@pytest.mark.parametrize("ppm", [0.0, 1.0])
def test_without_drift_each_sample_is_as_without_the_estimate(ppm: float) -> None:
    played = narration(30.0)
    heard, _ = Rooms(80.0, people=True).heard(by_another_clock(played, ppm))
    assert np.array_equal(cleaned(played, heard), cleaned(played, heard, without_estimate()))


def test_without_drift_a_late_echo_is_as_without_the_estimate() -> None:
    played = narration(30.0)
    heard, _ = Rooms(400.0).heard(played)
    known = AlignedCanceller(0.4)
    assert np.array_equal(cleaned(played, heard, known), cleaned(played, heard, without_estimate(0.4)))


def test_where_there_is_no_room_between_samples_all_is_as_without_the_estimate() -> None:
    played = narration(30.0)
    heard, _ = Rooms(10.0).heard(by_another_clock(played, 50.0))
    assert np.array_equal(cleaned(played, heard), cleaned(played, heard, without_estimate()))


@pytest.mark.parametrize("delays_ms", [(80.0, 500.0), (400.0, 120.0), (80.0, 100.0)])
def test_after_another_delay_the_rate_is_still_known(delays_ms: tuple[float, float]) -> None:
    heard, besides = Rooms(*delays_ms).heard(by_another_clock(played := narration(50.0), -50.0))
    before = from_pcm16(np.concatenate(heard)) - besides
    after = cleaned(played, heard) - besides
    soon = slice(30 * RATE, 33 * RATE)  # another from 25 s on, believed after some 3 s; hardly learned yet
    assert decibels(after[soon]) < decibels(before[soon]) - 14  # 12 without the rate
    last = slice(40 * RATE, 50 * RATE)
    assert decibels(after[last]) < decibels(before[last]) - 20


def test_beginning_to_delay_loses_nothing_of_what_is_known() -> None:
    played = narration(20.0)
    heard, besides = Rooms(80.0).heard(played)
    later = np.concatenate((np.zeros(5 * BLOCK, dtype=np.float32), played))[: len(played)]
    blocks, begin = [to_pcm16(block) for block in in_blocks(later)], 1000
    canceller, after = EchoCanceller(), []
    for number, (block, sound) in enumerate(zip(heard, in_blocks(played), strict=True)):
        if number == begin:
            canceller.given_later(5, blocks[:begin])
        given = to_pcm16(sound) if number < begin else blocks[number]
        after.append(from_pcm16(canceller.clean(MicrophoneBlock(block, number / 100, given)).samples))
    left = np.concatenate(after) - besides
    same = cleaned(played, heard, EchoCanceller()) - besides
    at_once = slice(begin * BLOCK, (begin + 200) * BLOCK)
    assert decibels(left[at_once]) < decibels(same[at_once]) + 1


@pytest.mark.parametrize("lag", [16.0, 100.25, 160.0, 411.7])
def test_sound_is_delayed_between_samples(lag: float) -> None:
    times = np.arange(6 * BLOCK)
    tone = (8000 * np.sin(0.9 * times)).astype(np.int16)  # 2.3 kHz
    late = delayed(deque(tone.reshape(-1, BLOCK)), lag)
    wanted = 8000 * np.sin(0.9 * (times[-BLOCK:] - lag))
    assert np.abs(late - wanted).max() < 16  # 54 dB below it


def test_sound_that_is_delayed_by_whole_samples_is_itself() -> None:
    sound = np.random.default_rng(1).integers(-32768, 32767, 6 * BLOCK).astype(np.int16)
    assert np.array_equal(delayed(deque(sound.reshape(-1, BLOCK)), 2 * BLOCK), sound[3 * BLOCK : 4 * BLOCK])
    assert not delayed([np.zeros(BLOCK, dtype=np.int16)] * 3, 20.5).any()

from __future__ import annotations

import numpy as np
import pytest

from voice.audio.alignment import AlignedCanceller
from voice.audio.exchange import MicrophoneBlock
from voice.audio.format import BLOCK, RATE, Samples, from_pcm16, rms, to_pcm16
from voice.audio.room import Echo, SimulatedRoom

from .test_echo import decibels, speechlike


def cleaned(played: Samples, *rooms: SimulatedRoom, known_s: float | None = None) -> tuple[Samples, Samples]:
    """The microphone before and after; the rooms take turns, each for an equal part."""
    canceller, before, after = AlignedCanceller(known_s), [], []
    blocks = played[: len(played) // BLOCK * BLOCK].reshape(-1, BLOCK)
    for number, block in enumerate(blocks):
        heard = rooms[number * len(rooms) // len(blocks)].step(block)
        before.append(from_pcm16(heard))
        taken = canceller.clean(MicrophoneBlock(heard, number * BLOCK / RATE, to_pcm16(block)))
        after.append(from_pcm16(taken.samples))
    return np.concatenate(before), np.concatenate(after)


@pytest.mark.parametrize("delay_ms", [10.0, 300.0, 800.0])
def test_an_echo_of_any_delay_is_taken_out(delay_ms: float) -> None:
    played = speechlike(14.0, seed=1)
    before, after = cleaned(played, SimulatedRoom(echo=Echo(-6.0, delay_ms, 0.35), seed=3))
    settled = slice(10 * RATE, 14 * RATE)
    assert decibels(after[settled]) < decibels(before[settled]) - 20


@pytest.mark.parametrize(("first_ms", "then_ms"), [(80.0, 110.0), (60.0, 500.0), (400.0, 90.0)])
def test_another_delay_is_learned_anew(first_ms: float, then_ms: float) -> None:
    rooms = [SimulatedRoom(echo=Echo(-6.0, delay, 0.35), seed=3) for delay in (first_ms, then_ms)]
    before, after = cleaned(speechlike(24.0, seed=1), *rooms)
    for settled in (slice(9 * RATE, 12 * RATE), slice(21 * RATE, 24 * RATE)):
        assert decibels(after[settled]) < decibels(before[settled]) - 20


@pytest.mark.parametrize("known_s", [0.448, 0.45, 0.453])
def test_a_delay_that_is_known_is_there_from_the_first_words(known_s: float) -> None:
    played = speechlike(8.0, seed=1)
    first = slice(2 * RATE, 4 * RATE)  # before the delay can have been found
    levels = {}
    for known in (None, known_s):
        before, after = cleaned(played, SimulatedRoom(echo=Echo(-6.0, 450.0, 0.35), seed=3), known_s=known)
        levels[known] = decibels(after[first]) - decibels(before[first])
        later = slice(6 * RATE, 8 * RATE)
        if known is not None:
            assert decibels(after[later]) < decibels(before[later]) - 20
    assert levels[known_s] < -15 < levels[None]


def test_where_the_delay_is_known_the_room_is_learned_sooner() -> None:
    played, first = speechlike(3.0, seed=1), slice(RATE // 2, 2 * RATE)
    taken = {}
    for known in (None, 0.08):
        before, after = cleaned(played, SimulatedRoom(echo=Echo(-6.0, 80.0, 0.35), seed=3), known_s=known)
        taken[known] = decibels(before[first]) - decibels(after[first])
    assert taken[0.08] > taken[None] + 3


@pytest.mark.parametrize("known_s", [0.7, 0.18, 0.03])
def test_a_delay_that_was_wrong_is_found_out(known_s: float) -> None:
    played = speechlike(14.0, seed=1)
    before, after = cleaned(played, SimulatedRoom(echo=Echo(-6.0, 80.0, 0.35), seed=3), known_s=known_s)
    settled = slice(10 * RATE, 14 * RATE)
    assert decibels(after[settled]) < decibels(before[settled]) - 20


def test_the_delay_is_known_at_once_after_a_break_in_the_sound() -> None:
    room, canceller, late = SimulatedRoom(echo=Echo(-6.0, 80.0, 0.35), seed=3), AlignedCanceller(), 320
    heard = np.zeros(0, dtype=np.int16)
    for number, block in enumerate(speechlike(13.0, seed=1).reshape(-1, BLOCK)):
        if number == 12 * RATE // BLOCK:
            assert canceller.delay_s == pytest.approx(0.08, abs=0.001)
            heard = np.zeros(late, dtype=np.int16)
        heard = np.concatenate((heard, room.step(block)))
        one, heard = heard[:BLOCK], heard[BLOCK:]
        canceller.clean(MicrophoneBlock(one, number * BLOCK / RATE, to_pcm16(block)))
    assert canceller.delay_s == pytest.approx(0.08 + late / RATE, abs=0.001)


def test_without_an_echo_the_microphone_is_heard_as_it_is() -> None:
    room = SimulatedRoom()
    room.speak(speechlike(6.0, seed=9))
    before, after = cleaned(np.zeros(6 * RATE, dtype=np.float32), room)
    assert rms(after - before) < 1e-4

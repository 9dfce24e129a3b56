from __future__ import annotations

import numpy as np
import pytest

from voice.audio.delay import DelayEstimator
from voice.audio.exchange import MicrophoneBlock
from voice.audio.format import BLOCK, RATE, Samples, to_pcm16
from voice.audio.room import Echo, SimulatedRoom

from .test_echo import speechlike


def estimated(played: Samples, room: SimulatedRoom) -> tuple[DelayEstimator, list[float | None]]:
    estimator, seen = DelayEstimator(), list[float | None]()
    for number, block in enumerate(played[: len(played) // BLOCK * BLOCK].reshape(-1, BLOCK)):
        estimator.hear(MicrophoneBlock(room.step(block), number * BLOCK / RATE, to_pcm16(block)))
        seen.append(estimator.seconds)
    return estimator, seen


@pytest.mark.parametrize("delay_ms", [0.0, 12.5, 80.0, 400.0, 900.0])
@pytest.mark.parametrize("decay_s", [0.0, 0.35])
def test_the_delay_is_found_in_seconds(delay_ms: float, decay_s: float) -> None:
    room = SimulatedRoom(echo=Echo(-12.0, delay_ms, decay_s), seed=3)
    estimator, seen = estimated(speechlike(8.0, seed=1), room)
    assert estimator.seconds == pytest.approx(delay_ms / 1000, abs=0.003)
    assert next(at for at, seconds in enumerate(seen) if seconds is not None) < 600


def test_somebody_who_speaks_meanwhile_does_not_matter() -> None:
    room = SimulatedRoom(echo=Echo(-20.0, 120.0, 0.35), seed=3)
    room.speak(speechlike(8.0, seed=9))
    estimator, _ = estimated(speechlike(12.0, seed=1), room)
    assert estimator.seconds == pytest.approx(0.12, abs=0.003)


def test_without_an_echo_nothing_is_known() -> None:
    room = SimulatedRoom()
    room.speak(speechlike(15.0, seed=9))
    assert set(estimated(speechlike(15.0, seed=1), room)[1]) == {None}
    silence = np.zeros(5 * RATE, dtype=np.float32)
    assert set(estimated(silence, SimulatedRoom(echo=Echo(-6.0, 80.0)))[1]) == {None}

from __future__ import annotations

import numpy as np
import pytest

from voice.audio.echo import Cleaned, EchoCanceller
from voice.audio.exchange import MicrophoneBlock
from voice.audio.format import BLOCK, RATE, Samples, amplitude, to_pcm16
from voice.audio.near_end import NearEnd
from voice.audio.room import Echo, SimulatedRoom

from .test_echo import speechlike

NARRATION_DB = -23.0
"""Of `speechlike`."""


def listen(
    played: Samples,
    echo: Echo,
    *,
    person: Samples | None = None,
    person_at: float = 0.0,
    distorted: float = 0.0,
) -> tuple[NearEnd, list[float]]:
    """The near end after all of it, and when somebody else was heard (audio time, each 100 ms)."""
    room, canceller, near_end = SimulatedRoom(echo=echo, seed=3), EchoCanceller(), NearEnd()
    sounded: list[float] = []
    for number, block in enumerate(played[: len(played) // BLOCK * BLOCK].reshape(-1, BLOCK)):
        at = number * BLOCK / RATE
        if person is not None and number == round(person_at * RATE / BLOCK):
            room.speak(person)
        sounding = np.tanh(block * distorted) / np.float32(distorted) if distorted else block
        heard = MicrophoneBlock(room.step(sounding), at, to_pcm16(block))
        near_end.hear(canceller.clean(heard), at)
        if number % 10 == 9 and near_end.sounded(at - 0.09):
            sounded.append(at)
    return near_end, sounded


@pytest.mark.parametrize("gain_db", [-20.0, 0.0])
@pytest.mark.parametrize("distorted", [0.0, 2.0])
def test_the_guide_alone_is_nobody_else(gain_db: float, distorted: float) -> None:
    played = speechlike(12.0, seed=1)
    near_end, sounded = listen(played, Echo(gain_db, 80.0, 0.35), distorted=distorted)
    assert [at for at in sounded if at > 5.0] == []
    assert near_end.trusted


@pytest.mark.parametrize("gain_db", [-12.0, 0.0, 12.0])
def test_a_person_is_heard_over_it(gain_db: float) -> None:
    played = speechlike(12.0, seed=1) * np.float32(amplitude(-12))
    person = speechlike(0.5, seed=9)
    near_end, sounded = listen(played, Echo(gain_db, 80.0, 0.35), person=person, person_at=8.0)
    after = [at for at in sounded if at > 5.0]
    assert after
    assert min(after) == pytest.approx(8.1, abs=0.1)
    assert max(after) < 9.0
    assert near_end.sounded(11.99 - 3.0 + 0.01) is False


@pytest.mark.parametrize("noise_db", [-95.0, -70.0, -50.0])
def test_a_microphone_that_is_turned_low_hears_a_person_too(noise_db: float) -> None:
    near_end = NearEnd()
    for number in range(300):
        speech = 12.0 if 200 <= number < 230 else 0.0
        left = amplitude(noise_db + speech) ** 2
        near_end.hear(Cleaned(np.zeros(BLOCK, dtype=np.int16), left, 0.0, 0.0), number * 0.01)
        assert not (near_end.speaks and number < 200)
        if number == 215:
            assert near_end.speaks
    assert near_end.sounded(2.0)
    assert noise_db > -65 or not near_end.sounded(2.5)


def test_in_silence_whoever_speaks_is_heard() -> None:
    silence = np.zeros(3 * RATE, dtype=np.float32)
    near_end, sounded = listen(silence, Echo(-6.0, 80.0, 0.35), person=speechlike(0.5, seed=9), person_at=1.0)
    assert sounded
    assert 0.9 < min(sounded) < max(sounded) < 1.8
    assert not near_end.trusted


def test_an_echo_that_cannot_be_taken_out_is_not_trusted() -> None:
    near_end, _ = listen(speechlike(10.0, seed=1), Echo(-6.0, 700.0, 0.35))
    assert not near_end.trusted


def test_it_remembers_as_long_as_a_phrase_takes() -> None:
    silence = np.zeros(5 * RATE, dtype=np.float32)
    near_end, _ = listen(silence, Echo(-6.0, 80.0), person=speechlike(0.5, seed=9), person_at=1.0)
    assert not near_end.sounded(0.0)


def test_where_the_echo_is_gone_nothing_is_lost_for_long() -> None:
    near_end, nothing = NearEnd(), np.zeros(BLOCK, dtype=np.int16)
    powers = np.zeros(BLOCK + 1, dtype=np.float32)
    number = 0

    def hear(cleaned: Cleaned, blocks: int) -> None:
        nonlocal number
        for _ in range(blocks):
            near_end.hear(cleaned, number * BLOCK / RATE)
            number += 1

    hear(Cleaned(nothing, 1e-7, 1e-7, 1e-3, powers), 400)
    assert near_end.trusted
    hear(Cleaned(nothing, 1e-4, 1e-7, 1e-3, powers, diverged=True), 60)
    assert near_end.lost
    hear(Cleaned(nothing, 1e-7, 1e-5, 0.0, powers, diverged=True, anew=True), 1)
    hear(Cleaned(nothing, 1e-7, 1e-7, 0.0, powers), 200)
    assert near_end.lost
    hear(Cleaned(nothing, 1e-7, 1e-7, 0.0, powers), 200)
    assert not near_end.lost
    assert near_end.was_lost(4.0)
    assert not near_end.was_lost((number - 1) * BLOCK / RATE)

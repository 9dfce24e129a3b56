from __future__ import annotations

import numpy as np
import pytest

from voice.audio.alignment import AlignedCanceller
from voice.audio.echo import Cleaned
from voice.audio.exchange import MicrophoneBlock
from voice.audio.format import BLOCK, RATE, Pcm16, Samples, amplitude, to_pcm16
from voice.audio.near_end import NearEnd
from voice.audio.room import Echo, SimulatedRoom

from .test_echo import speechlike

SECOND = RATE // BLOCK
ECHO = Echo(0.0, 80.0, 0.35)
JUMPS_AT = 12 * SECOND


def cleaned(played: Samples, jump: int, person: Samples | None = None) -> list[Cleaned]:
    """What is left of the echo; by so many samples it comes later, or earlier (-), from `JUMPS_AT` on."""
    room, canceller = SimulatedRoom(echo=ECHO, seed=3), AlignedCanceller()
    heard: Pcm16 = np.zeros(BLOCK * 10, dtype=np.int16)
    found: list[Cleaned] = []
    for number, block in enumerate(played[: len(played) // BLOCK * BLOCK].reshape(-1, BLOCK)):
        if person is not None and number == JUMPS_AT:
            room.speak(person)
        heard = np.concatenate((heard, room.step(block)))
        if number == JUMPS_AT:
            heard = np.concatenate((np.zeros(jump, dtype=np.int16), heard)) if jump > 0 else heard[-jump:]
        one, heard = heard[:BLOCK], heard[BLOCK:]
        found.append(canceller.clean(MicrophoneBlock(one, number * BLOCK / RATE, to_pcm16(block))))
    return found


def diverged(found: list[Cleaned]) -> list[int]:
    return [number for number, each in enumerate(found) if each.diverged]


@pytest.mark.parametrize("jump", [320, -320, 800, -480])
def test_a_break_in_the_sound_is_noticed_at_once_and_the_guide_is_nobody_else(jump: int) -> None:
    found = cleaned(speechlike(20.0, seed=1), jump)
    noticed = diverged(found)
    assert noticed
    assert all(JUMPS_AT <= number < JUMPS_AT + SECOND for number in noticed)
    near_end = NearEnd()
    for number, each in enumerate(found):
        near_end.hear(each, number * BLOCK / RATE)
        if number == noticed[-1]:
            assert near_end.lost
    last_s = (len(found) - 1) * BLOCK / RATE
    assert not near_end.sounded(last_s - 2.5)
    assert not near_end.lost, "it has proved that it works again"


@pytest.mark.parametrize("louder_db", [-12.0, 0.0, 6.0, 12.0])
def test_who_speaks_over_it_is_no_break(louder_db: float) -> None:
    person = speechlike(6.0, seed=9) * np.float32(amplitude(louder_db))
    assert diverged(cleaned(speechlike(20.0, seed=1), 0, person)) == []

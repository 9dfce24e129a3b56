from __future__ import annotations

import copy

import numpy as np
import pytest

from voice.audio.alignment import AlignedCanceller
from voice.audio.divergence import Divergence
from voice.audio.echo import Cleaned
from voice.audio.exchange import MicrophoneBlock
from voice.audio.format import BLOCK, RATE, Pcm16, Samples, amplitude, rms, to_pcm16
from voice.audio.near_end import NearEnd
from voice.audio.room import Echo, SimulatedRoom
from voice.synthesis.speech import Voice

from .test_echo import speechlike

TEXT = (
    "Warm a little oil between your palms, and lay them flat on the lower back. Glide up over the back to "
    "the shoulders, out to the sides, and lightly down again. Keep your arms straight, and lean in with your "
    "weight. Breathe out as you glide up. Your hands stay on the skin all the time, and you press gently."
)
SECOND = RATE // BLOCK
ECHO = Echo(0.0, 80.0, 0.35)
OTHER_ECHO = Echo(0.0, 300.0, 0.35)
JUMPS_AT = 12 * SECOND


def cleaned(
    played: Samples, jump: int = 0, *, person: Samples | None = None, other_way: bool = False
) -> list[Cleaned]:
    """What is left of the echo, block by block.

    Args:
        played: The narration.
        jump: By so many samples the echo comes later, or earlier (below zero), from `JUMPS_AT` on.
        person: Speaks from `JUMPS_AT` on.
        other_way: Whether loudspeaker and microphone stand elsewhere from `JUMPS_AT` on.
    """
    room, elsewhere = SimulatedRoom(echo=ECHO, seed=3), SimulatedRoom(echo=OTHER_ECHO, seed=4)
    canceller = AlignedCanceller()
    heard: Pcm16 = np.zeros(BLOCK * 10, dtype=np.int16)
    found: list[Cleaned] = []
    for number, block in enumerate(played[: len(played) // BLOCK * BLOCK].reshape(-1, BLOCK)):
        if person is not None and number == JUMPS_AT:
            room.speak(person)
        here, there = room.step(block), elsewhere.step(block)
        heard = np.concatenate((heard, there if other_way and number >= JUMPS_AT else here))
        if number == JUMPS_AT:
            heard = np.concatenate((np.zeros(jump, dtype=np.int16), heard)) if jump > 0 else heard[-jump:]
        one, heard = heard[:BLOCK], heard[BLOCK:]
        found.append(canceller.clean(MicrophoneBlock(one, number * BLOCK / RATE, to_pcm16(block))))
    return found


@pytest.fixture(scope="module")
def narration() -> Samples:
    """As a voice says it, 24 s: a vowel of it is much like itself a little later."""
    with Voice() as voice:
        sound = voice.render(TEXT, 150).pcm
    sound = np.tile(sound, 2)[: 24 * RATE]
    return np.asarray(sound * (amplitude(-23) / rms(sound)), dtype=np.float32)


def near_ends(found: list[Cleaned]) -> list[NearEnd]:
    """Of the first so many blocks each."""
    near_end, states = NearEnd(), []
    for number, each in enumerate(found):
        near_end.hear(each, number * BLOCK / RATE)
        states.append(copy.deepcopy(near_end))
    return states


def left_db(found: list[Cleaned], begin: int, end: int) -> float:
    return 10 * float(np.log10(np.mean([each.left for each in found[begin:end]])))


@pytest.mark.parametrize("jump", [40, 160, 320, 800, -48, -320, -480])
def test_after_a_break_in_the_sound_the_echo_is_found_again_at_once(narration: Samples, jump: int) -> None:
    found = cleaned(narration[: 18 * RATE], jump)
    astray = [number for number, each in enumerate(found) if each.diverged]
    assert JUMPS_AT < min(astray) <= max(astray) < JUMPS_AT + 0.8 * SECOND
    assert not any(each.anew for each in found)
    after = max(astray) + 1
    before_db = left_db(found, JUMPS_AT - 3 * SECOND, JUMPS_AT)
    assert left_db(found, after, after + SECOND // 2) < before_db + 12
    assert left_db(found, after + SECOND, after + 3 * SECOND) < before_db + 3
    near_end = near_ends(found)[-1]
    assert near_end.trusted
    assert not near_end.lost
    assert not near_end.sounded(after * BLOCK / RATE)


def test_another_way_is_learned_anew_and_what_is_left_meanwhile_is_not_trusted(
    narration: Samples,
) -> None:
    found = cleaned(narration, other_way=True)
    anew = next(number for number, each in enumerate(found) if each.anew)
    assert JUMPS_AT < anew < JUMPS_AT + 2 * SECOND
    states = near_ends(found)
    lost = [number for number, state in enumerate(states) if state.lost]
    assert lost == list(range(lost[0], lost[-1] + 1))
    assert JUMPS_AT < lost[0] < anew < lost[-1] < len(states) - 1
    assert not any(state.sounded(lost[-1] * BLOCK / RATE) for state in states[lost[-1] :])


@pytest.mark.parametrize("louder_db", [-12.0, 0.0, 6.0, 12.0])
def test_who_speaks_over_it_is_no_break(narration: Samples, louder_db: float) -> None:
    person = speechlike(6.0, seed=9) * np.float32(amplitude(louder_db))
    found = cleaned(narration[: 20 * RATE], person=person)
    assert not any(each.diverged or each.anew for each in found)


def test_of_a_tone_nobody_knows_where_it_went() -> None:
    tone = (0.1 * np.sin(2 * np.pi * 500 * np.arange(3 * RATE) / RATE)).astype(np.float32)
    heard = np.concatenate((tone[:RATE], np.roll(tone, 40)[RATE:])).reshape(-1, BLOCK)
    divergence, lost = Divergence(), False
    for one, taken in zip(heard, tone.reshape(-1, BLOCK), strict=True):
        lost = divergence.hear(one, taken)
    assert lost
    assert divergence.moved() is None

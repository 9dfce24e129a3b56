from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from voice.audio.earcons import beat_sound, earcon_sound
from voice.audio.format import RATE, Samples
from voice.session.actions import Earcon

EVERY = [*(earcon_sound(earcon) for earcon in Earcon), beat_sound()]


@pytest.mark.parametrize("earcon", Earcon)
def test_is_short(earcon: Earcon) -> None:
    assert 0.1 <= len(earcon_sound(earcon)) / RATE <= (0.5 if earcon is Earcon.TIME_UP else 0.25)


@pytest.mark.parametrize("sound", EVERY)
def test_begins_and_ends_quietly_without_a_step_and_leaves_headroom(sound: Samples) -> None:
    peak = np.abs(sound).max()
    assert peak <= 0.31
    assert np.abs(sound[:8]).max() < 0.05 * peak
    assert np.abs(sound[-8:]).max() < 0.02 * peak
    assert abs(sound.mean()) < 0.02 * peak


def test_the_beat_is_low_and_much_quieter_than_the_earcons() -> None:
    spectrum = np.abs(np.fft.rfft(beat_sound(), RATE))
    assert 120 < spectrum.argmax() < 250
    assert np.abs(beat_sound()).max() < np.abs(earcon_sound(Earcon.HEARD)).max() / 5


@pytest.mark.parametrize(("one", "other"), list(combinations(Earcon, 2)))
def test_no_two_are_alike(one: Earcon, other: Earcon) -> None:
    first, second = earcon_sound(one).astype(np.float64), earcon_sound(other).astype(np.float64)
    likeness = np.abs(np.correlate(first, second, "full")).max()
    assert likeness < 0.6 * np.linalg.norm(first) * np.linalg.norm(second)


def test_is_shared_and_cannot_be_spoilt() -> None:
    sound = earcon_sound(Earcon.HEARD)
    assert earcon_sound(Earcon.HEARD) is sound
    with pytest.raises(ValueError, match="read-only"):
        sound[0] = 1

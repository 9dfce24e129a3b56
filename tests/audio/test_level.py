from __future__ import annotations

import numpy as np
import pytest

from voice.audio.format import BLOCK, RATE, amplitude, to_pcm16
from voice.audio.level import MicrophoneLevel

from .signals import hiss
from .test_echo import speechlike

ZEROS = np.zeros(BLOCK, dtype=np.int16)
SOUND = to_pcm16(hiss(BLOCK / RATE))


def heard(level: MicrophoneLevel, seconds: float, gain_db: float) -> MicrophoneLevel:
    """Somebody talks so long, so loud."""
    sound = to_pcm16(np.clip(amplitude(gain_db) * speechlike(seconds, seed=5), -1, 1).astype(np.float32))
    for start in range(0, len(sound) - BLOCK + 1, BLOCK):
        level.hear(sound[start : start + BLOCK])
    return level


def test_ordinary_talk_is_not_torn() -> None:
    assert not heard(MicrophoneLevel(), 6.0, 0.0).clipped


def test_an_overdriven_microphone_is_found_and_so_is_its_end() -> None:
    level = heard(MicrophoneLevel(), 6.0, 40.0)
    assert level.clipped
    assert not heard(level, 6.0, 0.0).clipped


def test_a_cry_is_no_fault_of_the_microphone() -> None:
    level = heard(MicrophoneLevel(), 6.0, 0.0)
    assert not heard(level, 0.5, 40.0).clipped


def test_zeros_are_counted_until_something_is_heard() -> None:
    level = MicrophoneLevel()
    for _ in range(100):
        level.hear(np.zeros(BLOCK, dtype=np.int16))
    assert level.zeros_seconds == 100 * BLOCK / RATE
    level.hear(np.ones(BLOCK, dtype=np.int16))
    assert level.zeros_seconds == 0


def test_what_the_loudspeaker_plays_does_not_end_the_silence_of_a_microphone() -> None:
    level = MicrophoneLevel()
    for _ in range(100):
        level.hear(ZEROS)
    for _ in range(100):
        level.hear(SOUND, played=True)
        level.hear(ZEROS, played=True)
    assert level.zeros_seconds == pytest.approx(2.0)
    level.hear(SOUND)
    assert level.zeros_seconds == 0


def test_a_moment_of_zeros_in_a_faint_noise_is_no_silence_while_the_loudspeaker_plays() -> None:
    level = MicrophoneLevel()
    for _ in range(1000):
        level.hear(ZEROS, played=True)
        level.hear(SOUND, played=True)
        assert level.zeros_seconds == 0

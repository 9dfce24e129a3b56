from __future__ import annotations

import numpy as np
import pytest

from voice.audio.format import amplitude, from_pcm16, rms, soft_limit, to_pcm16

from .signals import tone


def test_every_16_bit_sample_survives_the_way_through_floats() -> None:
    every = np.arange(-32768, 32768, dtype=np.int16)
    assert np.array_equal(to_pcm16(from_pcm16(every)), every)


def test_what_is_beyond_full_scale_is_clipped_not_wrapped() -> None:
    assert to_pcm16(np.array([-2, -1, 1, 2], dtype=np.float32)).tolist() == [-32768, -32768, 32767, 32767]


def test_levels() -> None:
    assert amplitude(-20) == pytest.approx(0.1)
    assert rms(tone(1000, 1, 0.5)) == pytest.approx(0.5 / np.sqrt(2), rel=1e-4)
    assert rms(np.zeros(0, dtype=np.float32)) == 0


def test_the_limiter_leaves_quiet_sound_alone_bit_for_bit() -> None:
    sound = tone(300, 0.1, 0.8)
    limited = sound.copy()
    soft_limit(limited)
    assert np.array_equal(limited, sound)


def test_the_limiter_bends_without_a_corner_and_never_passes_one() -> None:
    sound = np.linspace(-5, 5, 20001, dtype=np.float32)
    limited = sound.copy()
    soft_limit(limited)
    assert np.abs(limited).max() <= 1
    slope = np.diff(limited.astype(np.float64)) / np.diff(sound.astype(np.float64))
    assert slope.min() > -0.01
    assert np.abs(np.diff(slope)).max() < 0.01
    assert np.allclose(limited, -limited[::-1], atol=1e-6)

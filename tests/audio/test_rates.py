from __future__ import annotations

import numpy as np
import pytest

from voice.audio.format import BLOCK, RATE, from_pcm16, to_pcm16
from voice.audio.rates import Capture, Playback, cushion, device_block

from .signals import strength, tone


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000, 96_000])
def test_there_and_back_again_at_a_devices_rate_without_a_gap(rate: int) -> None:
    """Ten seconds of a duplex callback at the device's rate, its loudspeaker playing a tone of ours."""
    capture, playback = Capture(rate), Playback(rate, cushion(rate))
    frames = device_block(rate)
    room, song = tone(600, 10, 0.3, rate), tone(440, 10, 0.3)
    heard, played = [], []
    block, out, missing, steps = np.zeros(BLOCK, np.int16), np.zeros(frames, np.float32), 0, 0
    for start in range(0, len(room) - frames, frames):
        capture.push(to_pcm16(room[start : start + frames]))
        while capture.take(block) and (steps + 1) * BLOCK <= len(song):
            heard.append(block.copy())
            playback.put(song[steps * BLOCK : (steps + 1) * BLOCK])
            steps += 1
        missing += playback.fill(out)
        played.append(out.copy())
    assert missing == 0
    assert steps * BLOCK == pytest.approx(len(played) * frames * RATE / rate, abs=0.15 * RATE)
    sound = from_pcm16(np.concatenate(heard)[RATE:])
    assert strength(sound[: 8 * RATE], 600) == pytest.approx(0.3, abs=0.01)
    at_device = np.concatenate(played)[rate : 9 * rate]
    assert np.abs(at_device).max() == pytest.approx(0.3, abs=0.01)
    # A gap or a repetition would break the sine, which obeys x[n+1] + x[n-1] = 2 cos(w) x[n].
    residual = at_device[2:] + at_device[:-2] - 2 * np.cos(2 * np.pi * 440 / rate) * at_device[1:-1]
    assert np.abs(residual).max() < 0.005


@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_resampling_adds_little_delay(rate: int) -> None:
    capture, frames = Capture(rate), device_block(rate)
    block = np.zeros(BLOCK, np.int16)
    taken = behind = 0
    for pushed in range(1, 501):
        capture.push(np.zeros(frames, np.int16))
        while capture.take(block):
            taken += 1
        behind = max(behind, pushed - taken)
    assert behind <= 4


@pytest.mark.parametrize("rate", [16_000, 48_000])
def test_digital_zeros_stay_zeros(rate: int) -> None:
    capture, block = Capture(rate), np.ones(BLOCK, np.int16)
    for _ in range(20):
        capture.push(np.zeros(device_block(rate), np.int16))
        while capture.take(block):
            assert not block.any()
    assert not block.any()


def test_what_is_missing_is_told_and_played_as_zeros() -> None:
    playback = Playback(RATE)
    playback.put(np.ones(BLOCK, np.float32))
    out = np.full(BLOCK + 40, 0.5, np.float32)
    assert playback.fill(out) == 40
    assert out.tolist() == [1.0] * BLOCK + [0.0] * 40

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

pytest.importorskip("pyworld")

from voice.recognition.training.warping import RATE, Warp, warp

Sound = npt.NDArray[np.int16]


def vowel(pitch: float, formants: tuple[float, ...]) -> Sound:
    """A second of pulses through resonances 100 Hz wide."""
    sound = np.zeros(RATE)
    sound[:: round(RATE / pitch)] = 1.0
    for frequency in formants:
        pole = np.exp(-np.pi * 100 / RATE) * np.exp(2j * np.pi * frequency / RATE)
        a, b = -2 * pole.real, abs(pole) ** 2
        out = np.zeros(RATE + 2)
        for index in range(RATE):
            out[index] = sound[index] - a * out[index - 1] - b * out[index - 2]
        sound = out[:RATE]
    return np.asarray(sound / np.abs(sound).max() * 12_000, np.int16)


def pitch_of(sound: Sound) -> float:
    middle = sound[RATE // 4 : RATE // 2].astype(float)
    likeness = np.correlate(middle, middle, "full")[len(middle) :]
    first, last = RATE // 400, RATE // 60
    return RATE / (first + 1 + int(likeness[first:last].argmax()))


def formant_of(sound: Sound) -> float:
    """The frequency of the strongest part of the smoothed spectrum."""
    power = np.abs(np.fft.rfft(sound[RATE // 4 :][: RATE // 2].astype(float))) ** 2
    smooth = np.convolve(power, np.hanning(150), "same")
    return float(smooth.argmax() * 2)


@pytest.fixture(scope="module")
def sound() -> Sound:
    return vowel(125.0, (800.0,))


def test_nothing_changes_without_a_change(sound: Sound) -> None:
    assert warp(sound, Warp()) is sound


def test_the_pitch_moves_and_the_length_stays(sound: Sound) -> None:
    higher = warp(sound, Warp(pitch=1.4))
    assert len(higher) == len(sound)
    assert pitch_of(sound) == pytest.approx(125, rel=0.03)
    assert pitch_of(higher) == pytest.approx(175, rel=0.03)


@pytest.mark.parametrize("factor", [0.85, 1.2])
def test_the_formants_move_and_the_pitch_stays(sound: Sound, factor: float) -> None:
    other = warp(sound, Warp(formants=factor))
    assert formant_of(other) / formant_of(sound) == pytest.approx(factor, rel=0.08)
    assert pitch_of(other) == pytest.approx(pitch_of(sound), rel=0.03)


def test_breath_makes_it_less_like_itself_a_period_later(sound: Sound) -> None:
    def regularity(of: Sound) -> float:
        part, later = of[4000:8000].astype(float), of[4128:8128].astype(float)
        return float(np.corrcoef(part, later)[0, 1])

    assert regularity(warp(sound, Warp(breath=0.6))) < regularity(warp(sound, Warp(breath=0.01))) - 0.1


def test_the_same_comes_out_every_time(sound: Sound) -> None:
    change = Warp(1.1, 1.2, 0.2)
    assert np.array_equal(warp(sound, change), warp(sound, change))


def test_a_sound_too_short_for_a_pitch_stays_as_it_is() -> None:
    click = np.array([0, 900, -900, 0], np.int16)
    assert np.array_equal(warp(click, Warp(pitch=1.5)), click)
    assert len(warp(np.zeros(0, np.int16), Warp(pitch=1.5))) == 0


def test_silence_stays_silent() -> None:
    assert np.abs(warp(np.zeros(RATE, np.int16), Warp(1.1, 1.2, 0.3))).max() <= 1

"""From the engine's sound file to samples of our own rate, level and length. Pure: bytes in, samples out."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray

from .clip import SAMPLE_RATE
from .rates import USUAL

VERSION = 1
"""Goes up with every change that changes samples, so that cached clips are rendered anew."""

SPEECH_LEVEL = 10 ** (-23 / 20)
"""RMS of the stretches with speech in them: -23 dB of full scale."""
PEAK_LIMIT = 10 ** (-3 / 20)
"""No sample is larger; a clip that would exceed it is made quieter as a whole."""

_AUDIBLE = 10 ** (-50 / 20)
"""Of the peak; what is quieter before and after is cut off."""
_ACTIVE_POWER = 1e-3
"""Of the loudest frame's power; frames below are pauses and don't count for the level."""
_FRAME = SAMPLE_RATE * 20 // 1000
_LEAD = SAMPLE_RATE * 15 // 1000
_TAIL = SAMPLE_RATE * 40 // 1000
_FADE = SAMPLE_RATE * 5 // 1000
_SILENCE = 1e-3
"""Of full scale; a clip that never gets louder is silent. espeak-ng peaks above 0.3."""


def decode(sound: bytes) -> NDArray[np.float32]:
    """The samples of a whole sound file: mono, at 16 kHz. ValueError when it is no such file."""
    # Late: a session of typed commands never gets here.
    import soundfile  # noqa: PLC0415
    import soxr  # noqa: PLC0415

    try:
        samples, rate = soundfile.read(io.BytesIO(sound), dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise ValueError(f"it gave no sound file ({error})") from error
    resampled: NDArray[np.float32] = soxr.resample(samples.mean(axis=1), rate, SAMPLE_RATE)
    return resampled


def is_silent(samples: NDArray[np.float32]) -> bool:
    """Whether there is nothing to be heard in it."""
    return not len(samples) or float(np.abs(samples).max()) < _SILENCE


def is_plausible(samples: NDArray[np.float32], text: str, rate: int) -> bool:
    """Whether it can be that text, by its length: neither broken off early nor run wild.

    Wide bounds. Ordinary text takes 0.08 s a character at 150 words a minute, "mmmm…" 0.036 s,
    an ideogram 0.8 s, an emoji up to 2 s.
    """
    seconds = len(samples) / SAMPLE_RATE * rate / USUAL
    letters = sum(character.isalnum() for character in text)
    return 0.015 * letters <= seconds <= 3 + 3 * len(text)


def shape(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cut the silence around it, bring it to the speech level, and make every sample a multiple of 1/32768.

    `samples` is mono, at 16 kHz, and not silent.
    """
    levelled = _level(_trim(samples))
    # Plus zero: no negative zeros, which would not come back from whole numbers.
    return (np.round(levelled * 32768.0) / 32768.0 + 0.0).astype(np.float32)


def _trim(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    loudness = np.abs(samples)
    audible = np.flatnonzero(loudness > _AUDIBLE * loudness.max())
    first = max(int(audible[0]) - _LEAD, 0)
    kept = samples[first : int(audible[-1]) + 1 + _TAIL].copy()
    # It may begin or end in mid-air: a short slope instead of a click.
    slope = np.linspace(0.0, 1.0, min(_FADE, len(kept)), dtype=np.float32)
    kept[: len(slope)] *= slope
    kept[len(kept) - len(slope) :] *= slope[::-1]
    return kept


def _level(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    wide: NDArray[np.float64] = samples.astype(np.float64)
    padded = np.pad(wide, (0, -len(wide) % _FRAME))
    power = np.square(padded).reshape(-1, _FRAME).mean(axis=1)
    active = power[power >= _ACTIVE_POWER * power.max()]
    gain = SPEECH_LEVEL / float(np.sqrt(active.mean()))
    # A hair below the limit, which rounding must not exceed.
    return wide * min(gain, (PEAK_LIMIT - 1 / 32768) / float(np.abs(wide).max()))

"""Makes one speaker into others: length of the vocal tract, pitch and breath, by the WORLD vocoder.

M. Morise, F. Yokomori, K. Ozawa: WORLD: a vocoder-based high-quality speech synthesis system for real-time
applications, IEICE Transactions on Information and Systems E99-D(7), 2016. Keeps durations. The same in, the
same out.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pyworld asks for its own version in a way that is going out of use.
    import pyworld

RATE = 16_000
_SHORTEST = RATE // 20
"""Samples. Shorter sounds have no pitch to be found."""


@dataclass(frozen=True, slots=True)
class Warp:
    """How a speaker is changed. One of all ones and no breath is no change."""

    formants: float = 1.0
    """What formant frequencies are multiplied by: above 1 for a shorter vocal tract, such as a child's."""
    pitch: float = 1.0
    """What the fundamental frequency is multiplied by."""
    breath: float = 0.0
    """0 for the voice's own, up to 1 for a whisper."""


def warp(pcm: npt.NDArray[np.int16], change: Warp) -> npt.NDArray[np.int16]:
    """The same words from somebody else. Shape and 16 kHz are kept."""
    if len(pcm) < _SHORTEST or change == Warp():
        return pcm
    sound = pcm.astype(np.float64) / 32768
    rough, times = pyworld.dio(sound, RATE)
    pitch = pyworld.stonemask(sound, rough, times, RATE)
    envelope = pyworld.cheaptrick(sound, pitch, times, RATE)
    aperiodicity = pyworld.d4c(sound, pitch, times, RATE)
    aperiodicity += change.breath * (1.0 - aperiodicity)
    made: npt.NDArray[np.float64] = pyworld.synthesize(
        pitch * change.pitch,
        _stretched(envelope, change.formants),
        _stretched(aperiodicity, change.formants),
        RATE,
    )[: len(pcm)]
    made = np.pad(made, (0, len(pcm) - len(made)))
    return np.asarray((made * 32767 / max(np.abs(made).max(), 1.0)).round(), np.int16)


def _stretched(spectra: npt.NDArray[np.float64], factor: float) -> npt.NDArray[np.float64]:
    """Spectra, (frames, bins), with everything at `factor` times its frequency; the top bin fills up."""
    if factor == 1.0:
        return spectra
    bins = spectra.shape[1]
    source = np.minimum(np.arange(bins) / factor, bins - 1)
    below = np.minimum(source.astype(int), bins - 2)
    part = source - below
    return np.ascontiguousarray(spectra[:, below] * (1 - part) + spectra[:, below + 1] * part)

"""MFCC as Vosk computes them, for many clips at once, and with other lengths of the vocal tract.

Vosk's own come from Kaldi's `compute-mfcc-feats` with the options in `export.py`; these equal them to
rounding (kaldi-native-fbank in the tests). Knows nothing of words.
"""

from __future__ import annotations

import math
from functools import lru_cache

import torch
from torch import Tensor

RATE = 16_000
CEPSTRA = 40
LOW_HZ, HIGH_HZ = 20.0, 7_600.0
WINDOW, SHIFT = 400, 160
"""Samples: 25 ms every 10 ms."""
_FFT = 512
_LIFTER = 22.0
_FLOOR = torch.finfo(torch.float32).eps


def log_mel(sound: Tensor, warps: Tensor | None = None) -> Tensor:
    """Logarithms of the energies in mel bands.

    Args:
        sound: Samples of shape (clips, samples), at the scale of 16-bit integers.
        warps: Factors of shape (clips,) by which each speaker's frequencies are moved, 1 for none: vocal-
            tract length
            perturbation (Jaitly and Hinton, 2013). Rounded to hundredths.

    Returns:
        Shape (clips, frames, bands).
    """
    # Clip by clip, so that what is computed stays in the processor's cache: half the time.
    power = torch.cat([_power(clip) for clip in torch.split(sound, 1)])
    if warps is None:
        energies = power @ _bands(1.0)
    else:
        bands = torch.stack([_bands(round(float(warp), 2)) for warp in warps])
        energies = torch.bmm(power, bands)
    logarithms: Tensor = energies.clamp_min(_FLOOR).log()
    return logarithms


def _power(sound: Tensor) -> Tensor:
    """Power spectra of shape (clips, frames, bins without the last)."""
    cut = sound.unfold(1, WINDOW, SHIFT)
    cut = cut - cut.mean(dim=2, keepdim=True)
    before = torch.cat((cut[..., :1], cut[..., :-1]), dim=2)
    spectrum = torch.fft.rfft((cut - 0.97 * before) * _window(), _FFT)[..., : _FFT // 2]
    power: Tensor = spectrum.abs().square()
    return power


def cepstra(energies: Tensor) -> Tensor:
    """Cepstral coefficients of logarithms of band energies: same shape, decorrelated and liftered."""
    return energies @ _transform()


def mfcc(sound: Tensor) -> Tensor:
    """What Vosk hears: shape (clips, samples) in, (clips, frames, `CEPSTRA`) out."""
    return cepstra(log_mel(sound))


@lru_cache(maxsize=1)
def _window() -> Tensor:
    """Kaldi's "povey" window, a Hann window to the power of 0.85."""
    turns = torch.arange(WINDOW, dtype=torch.float64) / (WINDOW - 1)
    return (0.5 - 0.5 * torch.cos(2 * math.pi * turns)).pow(0.85).float()


def _mel(hertz: Tensor) -> Tensor:
    return 1127.0 * torch.log1p(hertz / 700.0)


@lru_cache(maxsize=128)
def _bands(warp: float) -> Tensor:
    """Triangular filters, equally wide in mel, of shape (FFT bins without the last, bands)."""
    hertz = torch.arange(_FFT // 2, dtype=torch.float64) * RATE / _FFT
    knee = HIGH_HZ * 0.85 / max(warp, 1.0)
    # Above the knee the line bends so that the top of the range stays where it is.
    slope = (HIGH_HZ - warp * knee) / (HIGH_HZ - knee)
    warped = torch.where(hertz <= knee, hertz * warp, warp * knee + (hertz - knee) * slope)
    at = _mel(warped)[:, None]
    ends = _mel(torch.tensor([LOW_HZ, HIGH_HZ], dtype=torch.float64))
    width = (ends[1] - ends[0]) / (CEPSTRA + 1)
    left = ends[0] + width * torch.arange(CEPSTRA, dtype=torch.float64)[None, :]
    rise, fall = (at - left) / width, (left + 2 * width - at) / width
    return torch.minimum(rise, fall).clamp_min(0.0).float()


@lru_cache(maxsize=1)
def _transform() -> Tensor:
    """An orthonormal DCT-II and Kaldi's cepstral lifter, of shape (bands, coefficients)."""
    band = torch.arange(CEPSTRA, dtype=torch.float64)[:, None] + 0.5
    order = torch.arange(CEPSTRA, dtype=torch.float64)[None, :]
    dct = torch.cos(math.pi / CEPSTRA * band * order) * math.sqrt(2 / CEPSTRA)
    dct[:, 0] = math.sqrt(1 / CEPSTRA)
    lift = 1 + 0.5 * _LIFTER * torch.sin(math.pi * order / _LIFTER)
    return (dct * lift).float()

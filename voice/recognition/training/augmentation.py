"""Makes of clean clips what a microphone in a room would hear: rooms, noise, the guide's own voice, levels.

Everything comes from the generator that is given, so the same seed makes the same sound. Knows nothing of
words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from .features import RATE

Sound = npt.NDArray[np.float32]
FULL_SCALE = 32_768.0
_FFT_UNIT = 4_096
"""Fourier transforms of multiples of it are fast; the next power of two may be nearly twice as long."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """How often, and how bad. Shares are between 0 and 1, levels in decibels."""

    reverberant: float = 0.45
    noisy: float = 0.75
    """Share of clips with noise of some kind; of the others, half stay between digital silence."""
    snr: tuple[float, float] = (-2.0, 30.0)
    narrated: float = 0.15
    """Share with what is left of the guide's own voice after echo cancelling."""
    narration_below: tuple[float, float] = (5.0, 25.0)
    level: tuple[float, float] = (-45.0, -12.0)
    """Of the speech, its active part, under full scale."""
    clipped: float = 0.03


def level_of(sound: Sound) -> float:
    """Root mean square of the louder half of the 20 ms pieces: of speech, about its active part."""
    pieces = sound[: len(sound) // 320 * 320].reshape(-1, 320)
    if not len(pieces):
        return 0.0
    energies = np.sort((pieces**2).mean(axis=1))
    return float(np.sqrt(energies[len(energies) // 2 :].mean()))


def decibels(ratio: float) -> float:
    """Amplitude of a level in decibels."""
    return float(10 ** (ratio / 20))


def room(rng: np.random.Generator) -> Sound:
    """An impulse response: the direct sound, a few early reflections, and a tail of noise that dies away.

    Returns:
        Shape (samples,), the direct sound first, of energy about one.
    """
    decay = rng.uniform(0.12, 0.7)
    times = np.arange(int(decay * RATE)) / RATE
    tail = rng.standard_normal(len(times)) * np.exp(-6.9 * times / decay)
    tail[: int(rng.uniform(0.001, 0.004) * RATE)] = 0
    tail *= decibels(rng.uniform(-14, 3)) / np.sqrt((tail**2).sum())
    response = tail
    response[0] = 1.0
    for _ in range(rng.integers(2, 7)):
        response[int(rng.uniform(0.001, 0.03) * RATE)] += rng.uniform(-0.4, 0.4)
    scaled: Sound = (response / np.sqrt((response**2).sum())).astype(np.float32)
    return scaled


def coloured_noise(samples: int, rng: np.random.Generator) -> Sound:
    """Noise whose power falls by a random slope, between white and brown, and swells a little."""
    white = torch.from_numpy(rng.standard_normal(samples, dtype=np.float32))
    hertz = torch.fft.rfftfreq(samples, 1 / RATE).clamp_min(30.0)
    noise = torch.fft.irfft(torch.fft.rfft(white) * hertz ** -rng.uniform(0, 1), samples).numpy()
    swell = 1 + 0.5 * np.sin(
        2 * math.pi * (np.arange(samples) / RATE * rng.uniform(0.05, 1.0) + rng.uniform())
    )
    swelling: Sound = (noise * swell / noise.std()).astype(np.float32)
    return swelling


def in_a_room(speech: Sound, rng: np.random.Generator, conditions: Conditions) -> Sound:
    """The speech as it comes through a room; most often there is hardly any."""
    if rng.random() >= conditions.reverberant:
        return speech
    return through(speech, room(rng))


def through(sound: Sound, response: Sound) -> Sound:
    """The sound after an impulse response, as long as it was."""
    size = -(-(len(sound) + len(response)) // _FFT_UNIT) * _FFT_UNIT
    spectrum = torch.fft.rfft(torch.from_numpy(sound), size) * torch.fft.rfft(
        torch.from_numpy(response), size
    )
    heard: Sound = torch.fft.irfft(spectrum, size)[: len(sound)].numpy()
    return heard


def mix(speech: Sound, other: Sound, ratio: float) -> Sound:
    """Both, the other so many decibels below the speech's level."""
    loudness = float(np.sqrt((other**2).mean()))
    if loudness == 0.0:
        return speech
    mixed: Sound = speech + other * np.float32(level_of(speech) / loudness * decibels(-ratio))
    return mixed


def to_samples(speech: Sound, rng: np.random.Generator, conditions: Conditions) -> Sound:
    """At a random level, rounded to 16-bit integers, which is how Vosk hears it; now and then clipped."""
    level = decibels(rng.uniform(*conditions.level)) / max(level_of(speech), 1e-9)
    if rng.random() < conditions.clipped:
        level = 0.7 / max(level_of(speech), 1e-9)
    samples: Sound = np.rint(np.clip(speech * level, -1, 1) * (FULL_SCALE - 1)).astype(np.float32)
    return samples


def channel(energies: Tensor, generator: torch.Generator) -> Tensor:
    """Log energies, shape (clips, frames, bands), with smooth random curves, as of other microphones."""
    clips, _, bands = energies.shape
    place = torch.arange(bands) / (bands - 1)
    waves = torch.stack([torch.cos(math.pi * order * place) for order in (1, 2, 3, 4)])
    strengths = torch.randn(clips, 4, generator=generator) * torch.tensor([0.9, 0.6, 0.4, 0.3])
    return energies + (strengths @ waves)[:, None, :]


def mask(energies: Tensor, generator: torch.Generator) -> Tensor:
    """Log band energies with stretches of bands and of time levelled (SpecAugment, Park et al., 2019)."""
    masked = energies.clone()
    clips, frames, bands = energies.shape
    for row in range(clips):
        mean = energies[row].mean()
        width, at = _stretch(6, bands, generator)
        masked[row, :, at : at + width] = mean
        for _ in range(frames // 250 + 1):
            width, at = _stretch(8, frames, generator)
            masked[row, at : at + width] = mean
    return masked


def _stretch(longest: int, of: int, generator: torch.Generator) -> tuple[int, int]:
    width = int(torch.randint(0, longest + 1, (), generator=generator))
    return width, int(torch.randint(0, of - width + 1, (), generator=generator))

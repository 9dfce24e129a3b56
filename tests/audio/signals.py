"""Sounds to test with, and ways to look at what came of them."""

from __future__ import annotations

import numpy as np

from voice.audio.format import BLOCK, RATE, Samples
from voice.audio.mixer import Mixer


def tone(frequency: float, seconds: float, level: float = 0.3, rate: int = RATE) -> Samples:
    time = np.arange(round(seconds * rate)) / rate
    return np.asarray(level * np.sin(2 * np.pi * frequency * time), dtype=np.float32)


def hiss(seconds: float, level: float = 0.1, seed: int = 1) -> Samples:
    random = np.random.default_rng(seed)
    return np.asarray(level * random.standard_normal(round(seconds * RATE)), dtype=np.float32)


def babble(seconds: float, seed: int = 2) -> Samples:
    """Bursts with pauses between them, as speech has."""
    time = np.arange(round(seconds * RATE)) / RATE
    return np.asarray(hiss(seconds, 0.1, seed) * (np.sin(2 * np.pi * 2 * time) > 0), dtype=np.float32)


def rendered(mixer: Mixer, blocks: int) -> Samples:
    """The next blocks in a row."""
    sound = np.zeros((blocks, BLOCK), dtype=np.float32)
    for block in sound:
        mixer.render(block)
    return sound.reshape(-1)


def strength(sound: Samples, frequency: float) -> float:
    """Amplitude of one frequency in a sound."""
    time = np.arange(len(sound)) / RATE
    return float(2 * abs(np.mean(sound * np.exp(-2j * np.pi * frequency * time))))

"""The short sounds that have a meaning, and the beat of the tempo, synthesised.

Each differs from the others in contour, not only in pitch, so that it is told apart through a small
loudspeaker and without an ear for music: *heard* rises, *not understood* knocks twice, low, on one note,
*paused* falls, *time's up* is a bell of three notes. Deterministic; made once, then shared read-only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from voice.session.actions import Earcon

from .format import RATE, Samples

_PEAK = 0.3
_BEAT_PEAK = 0.05
"""About 20 dB below narration at full volume: felt rather than listened to."""

_PARTIALS = ((1.0, 1.0), (2.0, 0.22), (3.0, 0.07))
"""Multiples of the note's frequency and their strengths: a soft, wooden colour."""


@dataclass(frozen=True, slots=True)
class _Note:
    """One struck note. Times in seconds, frequency in Hz."""

    frequency: float
    start: float
    length: float
    decay: float
    """Time in which it falls to 1/e."""
    strength: float = 1.0


_NOTES: dict[Earcon, tuple[_Note, ...]] = {
    Earcon.HEARD: (_Note(659.26, 0.0, 0.08, 0.06, 0.8), _Note(987.77, 0.06, 0.10, 0.04)),
    Earcon.NOT_UNDERSTOOD: (_Note(311.13, 0.0, 0.10, 0.04), _Note(311.13, 0.13, 0.12, 0.05)),
    Earcon.TIME_UP: (
        _Note(523.25, 0.0, 0.46, 0.14, 0.8),
        _Note(659.26, 0.09, 0.38, 0.14, 0.8),
        _Note(783.99, 0.18, 0.32, 0.13),
    ),
    Earcon.PAUSED: (_Note(587.33, 0.0, 0.12, 0.07), _Note(392.00, 0.09, 0.15, 0.06)),
}

_BEAT = (_Note(174.61, 0.0, 0.11, 0.03),)


def _struck(note: _Note) -> Samples:
    """One note, from silence to silence."""
    seconds = np.arange(round(note.length * RATE)) / RATE
    colour = sum(
        strength
        * np.sin(2 * math.pi * note.frequency * multiple * seconds)
        * np.exp(-seconds * multiple / note.decay)
        for multiple, strength in _PARTIALS
    )
    attack = np.minimum(seconds / 0.008, 1.0)
    release = np.minimum((note.length - seconds) / 0.03, 1.0)
    ramps = np.sin(0.5 * math.pi * attack) ** 2 * np.sin(0.5 * math.pi * release) ** 2
    return np.asarray(note.strength * colour * ramps, dtype=np.float32)


def _sounded(notes: tuple[_Note, ...], peak: float) -> Samples:
    """Several notes as one sound whose loudest sample is `peak`, read-only."""
    struck = [(round(note.start * RATE), _struck(note)) for note in notes]
    sound = np.zeros(max(start + len(wave) for start, wave in struck), dtype=np.float32)
    for start, wave in struck:
        sound[start : start + len(wave)] += wave
    sound *= peak / np.abs(sound).max()
    sound.flags.writeable = False
    return sound


@cache
def earcon_sound(earcon: Earcon) -> Samples:
    """The sound of an earcon at full volume, shape (n,), at most 0.5 s, read-only."""
    return _sounded(_NOTES[earcon], _PEAK)


@cache
def beat_sound() -> Samples:
    """One soft, low tick of the tempo, shape (n,), 0.11 s, read-only."""
    return _sounded(_BEAT, _BEAT_PEAK)

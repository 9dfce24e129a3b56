"""The synthetic voices of this machine: who there is, who may be trained on, what they sound like."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .engines import Engine, Espeak, Festival, Flite, Kokoro, Pico
from .split import HELD_OUT_VOICES


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice of one synthesizer."""

    engine: str
    name: str
    """As the synthesizer calls it; a plus stands before a variant, or between speakers that are mixed."""

    @property
    def id(self) -> str:
        """Such as `espeak:en-us+f2`, `flite:slt` or `kokoro:af_heart+af_kore`."""
        return f"{self.engine}:{self.name}"

    @property
    def timbres(self) -> frozenset[str]:
        """What makes it sound as it does: its speakers, or espeak-ng's variant in whatever accent."""
        parts = self.name.split("+")
        return frozenset(
            f"{self.engine}:{part}" for part in (parts[-1:] if self.engine == "espeak" else parts)
        )

    def say(self, text: str, *, speed: float = 1.0, pitch: float = 1.0) -> npt.NDArray[np.int16]:
        """The sound of a text, 16 kHz, with such silence around it as the synthesizer leaves.

        Args:
            text: English, with commas, stops, question and exclamation marks.
            speed: 2.0 is twice as fast as the voice's own.
            pitch: 2.0 is an octave above the voice's own.

        Raises:
            EngineError: the synthesizer failed.
        """
        return _engines()[self.engine].say(self.name, text, speed, pitch)


def voices() -> tuple[Voice, ...]:
    """All voices of the synthesizers that are installed."""
    return tuple(Voice(engine.name, name) for engine in _engines().values() for name in engine.names())


def trained() -> tuple[Voice, ...]:
    """The voices to train on: none that shares a timbre with one held out."""
    return tuple(voice for voice in voices() if not voice.timbres & _held_timbres())


def held_out() -> tuple[Voice, ...]:
    """The voices to score on, of those that are installed."""
    return tuple(voice for voice in voices() if voice.id in HELD_OUT_VOICES)


def missing() -> tuple[str, ...]:
    """One line for each synthesizer that isn't installed: its name, and how to get it."""
    return tuple(f"{each.name}: {each.how_to_install}" for each in _engines().values() if not each.names())


def _held_timbres() -> frozenset[str]:
    ids = (id_.partition(":") for id_ in HELD_OUT_VOICES)
    return frozenset().union(*(Voice(engine, name).timbres for engine, _, name in ids))


@functools.cache
def _engines() -> Mapping[str, Engine]:
    engines: tuple[Engine, ...] = (Espeak(), Flite(), Festival(), Pico(), Kokoro())
    return {engine.name: engine for engine in engines}

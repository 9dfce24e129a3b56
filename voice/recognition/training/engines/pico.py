"""SVOX Pico: a British and an American woman, by the package `ttspico`, which brings their voices."""

from __future__ import annotations

import functools
import importlib
import importlib.util
from typing import Any

import numpy as np
import numpy.typing as npt

from .engine import EngineError

_LANGUAGES = ("en-US", "en-GB")


class Pico:
    """The library, within this process."""

    name = "pico"
    how_to_install = "pip install ttspico (needs a C compiler)"

    def names(self) -> tuple[str, ...]:
        """The two English voices."""
        return _LANGUAGES if importlib.util.find_spec("ttspico") else ()

    def say(self, name: str, text: str, speed: float, pitch: float) -> npt.NDArray[np.int16]:
        """See `Engine`. Speed is kept within 0.5 to 2, pitch within 0.5 to 2."""
        engine = _engine(name)
        engine.rate = round(100 * min(max(speed, 0.5), 2.0))
        engine.pitch = round(100 * min(max(pitch, 0.5), 2.0))
        sound = engine.speak(text)
        if not sound:
            raise EngineError(f"pico: no sound for {text!r}")
        return np.frombuffer(sound, "<i2").astype(np.int16)


@functools.cache
def _engine(language: str) -> Any:
    return importlib.import_module("ttspico").TtsEngine(language)

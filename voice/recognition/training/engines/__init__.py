"""Speech synthesizers, one module each: text in, sound out. They know nothing of training."""

from .engine import BrokenEngineError, Engine, EngineError
from .espeak import Espeak
from .festival import Festival
from .flite import Flite
from .kokoro import Kokoro
from .pico import Pico

__all__ = ["BrokenEngineError", "Engine", "EngineError", "Espeak", "Festival", "Flite", "Kokoro", "Pico"]

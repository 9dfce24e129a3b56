"""What a session asks the shell to do. Values only; the shell carries them out in order."""

from __future__ import annotations

from dataclasses import dataclass

from .lines import Spoken
from .names import Name


class Earcon(Name):
    """A short sound with a meaning."""

    HEARD = "heard"
    NOT_UNDERSTOOD = "not-understood"
    TIME_UP = "time-up"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Say:
    """Speak these lines as one utterance. `SpeechFinished` follows, unless it is cut short or silenced."""

    utterance_id: int
    lines: tuple[Spoken, ...]
    asks: bool = False
    """Whether it ends in a question that waits for an answer."""


@dataclass(frozen=True, slots=True)
class CutShort:
    """End the utterance being spoken; earcons and the tempo beat go on."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Speaker silent at once: the utterance, the earcons and the tempo beat."""


@dataclass(frozen=True, slots=True)
class Chime:
    """Play an earcon."""

    earcon: Earcon


@dataclass(frozen=True, slots=True)
class KeepTempo:
    """Play a soft beat so many times a minute from now on; None: no beat."""

    strokes_per_minute: float | None


@dataclass(frozen=True, slots=True)
class SetVolume:
    """Loudness of the narration, 1 (quietest) to 5."""

    level: int


@dataclass(frozen=True, slots=True)
class SetSpeechRate:
    """Speed of the narration, 1 (slowest) to 5."""

    level: int


Action = Say | CutShort | Silence | Chime | KeepTempo | SetVolume | SetSpeechRate

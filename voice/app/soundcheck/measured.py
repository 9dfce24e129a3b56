"""What a soundcheck found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stop:
    """A "stop" that was asked for while the guide talked."""

    obeyed_after: float | None
    """Seconds from the word's end, with those that the ears hung behind; negative: it was believed before.

    None: it was not obeyed.
    """
    voice_db: float | None
    """Level of the person's voice at the microphone, in dBFS; None: nobody was heard."""
    clipped: bool
    """Whether that was too loud for the microphone."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Levels at the microphone in dBFS; -100 stands for digital zeros."""

    noise_db: float
    """While everybody was quiet."""
    echo_db: float
    """While only the guide spoke: the echo and the noise."""
    left_db: float
    """Of that, when the echo has been taken out: what is left of it, and the noise."""
    delay_s: float | None
    """From a sound's being played to its being heard; None: no echo was found."""
    stops: tuple[Stop, ...]
    behind_s: float = 0.0
    """What the ears hung behind the microphone at most, once they had begun; 0 in a simulated room."""
    lost_s: float = 0.0
    """Sound that they never got, because they hung behind too far."""

    @property
    def obeyed(self) -> int:
        """How many of the stops were."""
        return sum(stop.obeyed_after is not None for stop in self.stops)

    @property
    def voice_db(self) -> float | None:
        """The quietest of the stops that were heard at all; None: nobody was heard."""
        return min((stop.voice_db for stop in self.stops if stop.voice_db is not None), default=None)

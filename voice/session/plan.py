"""What a massage is made of, once a routine has been worked out: a flat list of timed beats.

Plain values only. `voice.routine` makes them from YAML; the session core walks through them.
"""

from __future__ import annotations

from dataclasses import dataclass

from .names import Name


class Side(Name):
    """A side of the receiver's body."""

    LEFT = "left"
    RIGHT = "right"


class Audience(Name):
    """Whose hands do the work."""

    PARTNER = "partner"
    SELF = "self"


LIGHTEST, DEEPEST = 1, 5
"""Pressure levels: 1 feather, 2 light, 3 medium, 4 firm, 5 deep."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Something said at a moment of a beat's work: after so many seconds, or at a share of its length."""

    say: str
    seconds: float | None = None
    """Seconds of work before it is said; None when `share` is given."""
    share: float | None = None
    """Share of the beat's length, 0 to 1; None when `seconds` is given."""

    def due(self, length: float | None) -> float | None:
        """Seconds of work after which it is due, or None when the beat has no length to take a share of."""
        if self.seconds is not None:
            return self.seconds
        if self.share is None or length is None:
            return None
        return self.share * length


@dataclass(frozen=True, slots=True)
class Beat:
    """One stretch of work under one instruction: a step, or one side or repetition of it."""

    step_id: str
    step_number: int
    """From 1, counted over the steps of the plan."""
    title: str
    say: str
    pressure: int = 2
    """1 feather … 5 deep, as the routine has it."""
    max_pressure: int = DEEPEST
    """Never firmer than this, whatever is asked for."""
    region: tuple[str, ...] = ()
    technique: str | None = None
    duration: float | None = None
    """Seconds of work; None: it lasts until "next"."""
    hold: bool = False
    """A still hold, whose last seconds are counted aloud."""
    tempo: float | None = None
    """Strokes a minute."""
    side: Side | None = None
    repetition: int = 1
    repetitions: int = 1
    tip: str | None = None
    why: str | None = None
    care: str | None = None
    cues: tuple[Cue, ...] = ()
    eased: bool = False
    """Whether it is lighter than the routine has it, for this person; then its pressure is told."""
    optional: bool = False
    """May be left out when time is short."""
    written_in: str | None = None
    """Id of the routine whose file has the step, where it may be included from; None: the plan's own."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A routine worked out into beats, in the order in which they are done."""

    routine_id: str
    title: str
    audience: Audience
    position: str
    needs: tuple[str, ...] = ()
    beats: tuple[Beat, ...] = ()

    @property
    def alone(self) -> bool:
        """Whether there is only one person, so that what is said is said to one."""
        return self.audience is Audience.SELF

    @property
    def steps(self) -> tuple[Beat, ...]:
        """The first beat of each step, in order."""
        return tuple(
            beat
            for index, beat in enumerate(self.beats)
            if index == 0 or self.beats[index - 1].step_number != beat.step_number
        )

    def origin(self, beat: Beat) -> tuple[str, str]:
        """Ids of the routine and of the step there, as which a beat was written: the same in every plan."""
        return beat.written_in or self.routine_id, beat.step_id

    @property
    def seconds(self) -> float:
        """Work time of all beats that have one, in seconds."""
        return sum(beat.duration or 0.0 for beat in self.beats)

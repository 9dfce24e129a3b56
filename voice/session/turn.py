"""One turn of the conversation: the state on its way from an event to the next, and what is to be done.

A turn lives inside one call of `advance` and never outlives it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from . import course
from .actions import Action, Chime, CutShort, Earcon, KeepTempo, Say, Silence
from .events import Event, Heard
from .intents import Intent
from .lines import Line, Prompt, Spoken, Value
from .people import Known
from .state import CheckingIn, Guiding, Massage, Phase, Purpose, Speaking, State


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nobody answered in time."""


Occasion = Event | course.Appointment | NoAnswer
"""What a turn answers: an event from outside, or something whose time has come."""


@dataclass(frozen=True, slots=True)
class Transition:
    """What an event led to."""

    state: State
    actions: tuple[Action, ...]
    """To be carried out in order."""
    deadline: float | None
    """When `TimePassed` is to be sent, unless something else happens before; None: never."""


def line(prompt: Prompt, **fields: Value) -> Line:
    """A prompt with its fields; the turn chooses the wording."""
    return Line(prompt, tuple(fields.items()))


class Turn:
    """The state as it changes, and the actions as they gather."""

    def __init__(self, state: State, occasion: Occasion, now: float) -> None:
        self.state = state
        self.occasion = occasion
        self.now = now
        self.actions: list[Action] = []
        self.spoken: Purpose | None = None
        """What the utterance was for that has just ended, when that is the occasion."""

    @property
    def appointment(self) -> course.Appointment:
        """What has come due; only asked by rules that answer the clock."""
        if not isinstance(self.occasion, course.Appointment):
            raise TypeError(f"{self.occasion} is no appointment")
        return self.occasion

    @property
    def intent(self) -> Intent:
        """What was asked for; only asked by rules that answer an intent."""
        if not isinstance(self.occasion, Heard):
            raise TypeError(f"{self.occasion} asks for nothing")
        return self.occasion.intent

    @property
    def massage(self) -> Massage:
        """The massage under way; only asked for where there is one."""
        if self.state.massage is None:
            raise RuntimeError(f"no massage is under way while {self.state.phase.name}")
        return self.state.massage

    @massage.setter
    def massage(self, massage: Massage) -> None:
        self.state = replace(self.state, massage=massage)

    @property
    def person(self) -> Known:
        """Who is massaged, or is to be."""
        return self.state.person

    @person.setter
    def person(self, person: Known) -> None:
        people = tuple(person if each.number == person.number else each for each in self.state.people)
        self.state = replace(self.state, people=people)

    def enter(self, phase: Phase) -> None:
        """Go over to another phase. The work clock stands in all but those in which hands are at work."""
        self.state = replace(self.state, phase=phase, answer_by=None)
        if self.state.massage is not None and not isinstance(phase, Guiding | CheckingIn):
            self.massage = course.with_clock_held(self.massage, self.now)

    def say(self, *spoken: Spoken, purpose: Purpose = Purpose.ANSWER, cue: int | None = None) -> None:
        """Speak, perhaps one of the beat's cues; what is being said is cut short."""
        self.cut_short()
        lines = tuple(self._worded(one) for one in spoken)
        number = self.state.utterances + 1
        self.state = replace(
            self.state,
            utterances=number,
            speaking=Speaking(number, purpose, self.now, cue),
            said=lines,
            answer_by=None,
        )
        self.actions.append(Say(number, lines, asks=purpose is Purpose.QUESTION))

    def _worded(self, spoken: Spoken) -> Spoken:
        if not isinstance(spoken, Line) or spoken.variant:
            return spoken  # said again: in the same words
        seed = (self.state.seed * 1_103_515_245 + 12_345) % 2**31
        self.state = replace(self.state, seed=seed)
        return replace(spoken, variant=1 + (seed >> 16))

    def cut_short(self) -> None:
        """What is being said ends."""
        if self.state.speaking is not None:
            self.actions.append(CutShort())
            self.state = replace(self.state, speaking=None)

    def fall_silent(self) -> None:
        """Everything that sounds ends at once."""
        self.actions.append(Silence())
        self.state = replace(self.state, speaking=None, answer_by=None, tempo=None)

    def chime(self, earcon: Earcon) -> None:
        """Play an earcon."""
        self.actions.append(Chime(earcon))

    def keep_tempo(self) -> None:
        """The beat sounds while strokes are made, and only then."""
        massage = self.state.massage
        wanted = None
        if massage is not None and massage.working_since is not None:
            wanted = course.strokes_per_minute(massage)
        if wanted != self.state.tempo:
            self.actions.append(KeepTempo(wanted))
            self.state = replace(self.state, tempo=wanted)

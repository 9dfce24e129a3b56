"""The one door of the session core: an event and a time in, the new state and what to do about it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from . import course
from .course import Appointment, Due
from .events import (
    Event,
    Failed,
    Heard,
    Interrupted,
    NotUnderstood,
    Opened,
    Recovered,
    SpeechFinished,
    TimePassed,
)
from .intents import URGENT
from .state import CheckingIn, Guiding, State
from .table import TABLE, Happening, Row
from .turn import NoAnswer, Occasion, Transition, Turn


def advance(state: State, event: Event, now: float) -> Transition:
    """Answer an event.

    Args:
        state: The session as the last transition left it.
        event: What happened.
        now: Seconds on a clock that never goes back; the same clock in all calls.

    Returns:
        The new state, the actions in the order in which they are to be carried out, and the time at which
        `TimePassed` is wanted. What had come due by `now` is dealt with before the event, except for a stop.
    """
    turn = Turn(state, event, now)
    if not (isinstance(event, Heard) and event.intent.name in URGENT):  # a stop comes before all else
        _keep_appointments(turn)
        turn.occasion = event
    _answer(turn, event)
    _keep_appointments(turn)
    turn.keep_tempo()
    return Transition(turn.state, tuple(turn.actions), _next_deadline(turn.state))


def _answer(turn: Turn, event: Event) -> None:
    match event:
        case TimePassed():
            return  # what had come due has been dealt with
        case SpeechFinished(utterance_id=ended):
            speaking = turn.state.speaking
            if speaking is None or speaking.utterance_id != ended:
                return  # late: that utterance was cut short meanwhile
            turn.spoken = speaking.purpose
            turn.state = replace(turn.state, speaking=None)
            if speaking.cue is not None:
                turn.massage = course.with_cue_said(turn.massage, speaking.cue)
        case Heard():
            turn.state = replace(turn.state, misses=0)
        case _:
            pass
    TABLE[_row(event)][turn.state.phase.name](turn)


_HAPPENINGS: Mapping[type[Occasion], Happening] = {
    Opened: Happening.OPENED,
    NotUnderstood: Happening.NOT_UNDERSTOOD,
    SpeechFinished: Happening.SPEECH_FINISHED,
    NoAnswer: Happening.NO_ANSWER,
    Failed: Happening.FAILED,
    Recovered: Happening.RECOVERED,
    Interrupted: Happening.INTERRUPTED,
}


def _row(occasion: Occasion) -> Row:
    match occasion:
        case Heard(intent=intent):
            return intent.name
        case Appointment(due=due):
            return due
        case _:
            return _HAPPENINGS[type(occasion)]


def _coming(state: State) -> list[tuple[float, Occasion]]:
    """What time will bring, each with its moment."""
    coming: list[tuple[float, Occasion]] = []
    if state.answer_by is not None:
        coming.append((state.answer_by, NoAnswer()))
    if state.massage is not None:
        for appointment in course.appointments(state.massage):
            match state.phase, appointment.due:
                case _, Due.TIME_UP:
                    coming.append((appointment.when, appointment))
                case Guiding(), Due.COUNT | Due.SETTLED:
                    coming.append((appointment.when, appointment))
                case Guiding(), Due.CUE | Due.CHECK_IN if state.speaking is None:
                    coming.append((appointment.when, appointment))  # otherwise it waits for silence
                case Guiding() | CheckingIn(), _:
                    pass
                case phase, _:
                    raise RuntimeError(f"the work clock runs while {phase.name}")
    return coming


def _keep_appointments(turn: Turn) -> None:
    """Deal with all that has come due, in its order."""
    while due := [entry for entry in _coming(turn.state) if entry[0] <= turn.now]:
        _, turn.occasion = min(due, key=lambda entry: entry[0])
        TABLE[_row(turn.occasion)][turn.state.phase.name](turn)


def _next_deadline(state: State) -> float | None:
    return min((when for when, _ in _coming(state)), default=None)

"""The program was away: nothing goes on by itself, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace

from voice.session import habits, telling
from voice.session.events import Interrupted
from voice.session.lines import Prompt, Spoken
from voice.session.rules import flow, screening, stopping
from voice.session.state import AskingAboutPain, Choosing, Guiding, Paused, Purpose, Stopped
from voice.session.turn import Turn, line

OFFERED_S = 3 * 3600.0
"""A massage that was left for longer is over: nobody lies there any more."""


def stay(turn: Turn) -> None:
    """Nothing was under way: stand by, silently."""
    _let_time_pass(turn)
    turn.fall_silent()
    turn.enter(Choosing())
    turn.state = replace(turn.state, massage=None)


def come_back(turn: Turn) -> None:
    """Something was under way: pause there and say where that is, for as long as it makes sense."""
    before = stopping.interrupted(turn)
    turn.fall_silent()
    if _seconds(turn) > OFFERED_S:
        flow.leave(turn)  # it ended when it was left, so before that time passes
        _let_time_pass(turn)
        return
    _let_time_pass(turn)
    turn.enter(Paused(before, returned=True))
    where: tuple[Spoken, ...] = ()
    if isinstance(before, Guiding):
        where = (*telling.whereabouts(turn.massage), telling.time_left(turn.massage, turn.now))
    turn.say(line(Prompt.BACK_AGAIN), *where, line(Prompt.BACK_AGAIN_WAYS_ON))


def stay_stopped(turn: Turn) -> None:
    """A stop stays a stop, however long it lasts; so does the question what kind of pain it is."""
    _let_time_pass(turn)
    turn.fall_silent()
    match turn.state.phase:
        case AskingAboutPain() as phase:
            turn.enter(replace(phase, asked=1))
            flow.ask_again(turn, line(Prompt.STILL_STOPPED))
        case Stopped():
            turn.say(line(Prompt.STILL_STOPPED), stopping.ways_on(turn), purpose=Purpose.QUESTION)
        case phase:
            raise RuntimeError(f"nothing is stopped while {phase.name}")


def begin_afresh(turn: Turn) -> None:
    """After the program was away: all of it from the beginning, with what has to be asked."""
    phase = turn.state.phase
    if not (isinstance(phase, Paused) and phase.returned):
        turn.say(line(Prompt.CARRY_ON_FIRST))
        return
    if flow.held_by_failure(turn):
        return
    massage = turn.massage
    plan = next(each for each in turn.state.plans if each.routine_id == massage.plan.routine_id)
    flow.keep(turn)
    screening.open_for(turn, plan, massage.wished)


def _let_time_pass(turn: Turn) -> None:
    """What was to come at a time is so much nearer."""
    people = tuple(habits.shifted(person, _seconds(turn)) for person in turn.state.people)
    turn.state = replace(turn.state, people=people, speaking=None)


def _seconds(turn: Turn) -> float:
    """How long nobody was there."""
    if not isinstance(turn.occasion, Interrupted):
        raise TypeError(f"{turn.occasion} is no interruption")
    return turn.occasion.seconds

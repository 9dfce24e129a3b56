"""Before the first step: choosing a routine, screening, laying things out."""

from __future__ import annotations

from dataclasses import replace

from voice.session import course, telling
from voice.session.lines import Line, Listing, Prompt
from voice.session.plan import Plan
from voice.session.rules import flow
from voice.session.screening import Severity
from voice.session.state import Hurts, Massage, Preparing, Purpose, Screening, State
from voice.session.turn import Turn, line


def welcome(turn: Turn) -> None:
    """The program is up: say how to begin, once."""
    plan = _suggested(turn.state)
    turn.say(line(Prompt.WELCOME) if plan is None else line(Prompt.WELCOME_ROUTINE, title=plan.title))


def _suggested(state: State, asked_for: str | None = None) -> Plan | None:
    """The routine that is meant, or None where that cannot be told."""
    wanted = asked_for or state.favourite
    if wanted is None and len(state.plans) == 1:
        return state.plans[0]
    return next((plan for plan in state.plans if plan.routine_id == wanted), None)


def begin(turn: Turn) -> None:
    """Start the routine that was named, or the one that suggests itself; otherwise ask which."""
    if flow.held_by_failure(turn):
        return
    plan = _suggested(turn.state, turn.intent.routine)
    if plan is None:
        turn.say(line(Prompt.WHICH_ROUTINE, routines=_titles(turn.state)), purpose=Purpose.QUESTION)
        return
    hurts = turn.state.hurts if turn.now < turn.state.hurts_until else Hurts()
    massage = course.at_beat(Massage(plan, hurts=hurts), 0, turn.now)
    turn.state = replace(turn.state, massage=massage)
    if turn.state.questions:
        turn.enter(Screening())
        flow.ask_again(turn, line(Prompt.SCREENING_OPENS))
    else:
        _prepare(turn)


def list_routines(turn: Turn) -> None:
    """Name every routine with its number."""
    turn.say(line(Prompt.ROUTINES, routines=_titles(turn.state)))


def _titles(state: State) -> Listing:
    return Listing(tuple(plan.title for plan in state.plans), numbered=True)


def _prepare(turn: Turn, *lead: Line) -> None:
    turn.enter(Preparing())
    turn.say(*lead, *telling.preparation(turn.massage), purpose=Purpose.QUESTION)


def screening_yes(turn: Turn) -> None:
    """Something speaks against a massage: say so kindly, and end."""
    question = turn.state.questions[_screening(turn).question]
    match question.severity:
        case Severity.DO_NOT:
            flow.end_before_beginning(turn, line(Prompt.SCREENING_DO_NOT))
        case Severity.ASK_FIRST:
            flow.end_before_beginning(turn, line(Prompt.SCREENING_ASK_FIRST))


def screening_no(turn: Turn) -> None:
    """Nothing speaks against it so far: the next question, or on to laying things out."""
    following = _screening(turn).question + 1
    if following == len(turn.state.questions):
        _prepare(turn)
    else:
        turn.enter(Screening(following))
        flow.ask_again(turn)


def _screening(turn: Turn) -> Screening:
    phase = turn.state.phase
    if not isinstance(phase, Screening):
        raise TypeError(f"no screening while {phase.name}")
    return phase


def first_step(turn: Turn) -> None:
    """Everything is ready: the first step."""
    flow.return_to_work(turn)


def finish_before_beginning(turn: Turn) -> None:
    """No massage after all."""
    flow.end_before_beginning(turn, line(Prompt.NOT_TODAY))

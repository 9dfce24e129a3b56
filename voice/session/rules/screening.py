"""What has to be asked before the first step, and what the answers lead to."""

from __future__ import annotations

from dataclasses import replace

from voice.session import course, habits, telling
from voice.session.actions import Earcon
from voice.session.fitting import fitted
from voice.session.lines import Prompt, Spoken, Term
from voice.session.people import GUEST, UNHURT, Known
from voice.session.plan import Plan
from voice.session.rules import flow
from voice.session.rules.meeting import introduce, meet, part_from_guest
from voice.session.screening import VALID_S, Care, Severity
from voice.session.sparing import begun_lighter, spared
from voice.session.state import Massage, Preparing, Purpose, Screening
from voice.session.turn import Turn, line

JUST_ASKED_S = 1.5
"""An answer so soon after a question began was meant for the one before."""


def open_for(turn: Turn, plan: Plan, seconds: float | None, *lead: Spoken) -> None:
    """Ask what has to be known before this routine; what is still valid is not asked again.

    Args:
        turn: The turn.
        plan: What was chosen.
        seconds: How long it is to be; None: as it is.
        lead: Said first.
    """
    part_from_guest(turn)
    person = turn.person
    hurts = person.hurts if turn.now < person.hurts_until else UNHURT
    turn.state = replace(turn.state, massage=Massage(plan, wished=seconds, hurts=hurts, ease=person.ease))
    if not turn.state.questions:
        _prepare(turn, *lead)
    elif turn.now < person.screened_until:
        turn.enter(Screening(question=None))
        flow.ask_again(turn, *lead)
    else:
        _ask_all(turn, *lead)


def introduced(turn: Turn) -> None:
    """It is somebody who has a number: begin anew with what is known of them."""
    massage = turn.massage
    open_for(turn, massage.plan, massage.wished, introduce(turn))


def yes(turn: Turn) -> None:
    """Something speaks against a massage as it is: ask on, go gently, or end kindly."""
    phase = _screening(turn)
    if _is_hasty(turn):
        return
    if phase.question is None:  # the same person: the answers hold
        _prepare(turn)
        return
    match turn.state.questions[phase.question].severity, phase.then:
        case Severity.DO_NOT, _:
            _end(turn, Prompt.SCREENING_DO_NOT)
        case Severity.ASK_FIRST, True:
            _ask_next(turn, phase)
        case Severity.GENTLY, True:
            _ask_next(turn, replace(phase, care=Care(gentle=True, no_points=True)))
        case _:
            turn.enter(replace(phase, then=True, asked=1))
            flow.ask_again(turn)


def no(turn: Turn) -> None:
    """Nothing speaks against it so far: the next question, or on to laying things out."""
    phase = _screening(turn)
    if _is_hasty(turn):
        return
    if phase.question is None and turn.state.introduced:  # something is new
        _ask_all(turn)
        return
    if phase.question is None:  # somebody else: nothing is known of them, nor of their pains
        turn.massage = replace(turn.massage, hurts=UNHURT, ease=0)
        meet(turn, Known(GUEST))
        _ask_all(turn, line(Prompt.SOMEBODY_ELSE))
        return
    match turn.state.questions[phase.question].severity, phase.then:
        case Severity.ASK_FIRST, True:
            _end(turn, Prompt.SCREENING_ASK_FIRST)
        case Severity.GENTLY, True:
            _ask_next(turn, replace(phase, care=Care(gentle=True, no_points=phase.care.no_points)))
        case _:
            _ask_next(turn, phase)


def _is_hasty(turn: Turn) -> bool:
    """Whether this cannot be the answer: nobody has heard the question yet. "No, no" answers one of them."""
    speaking = turn.state.speaking
    hasty = speaking is not None and turn.now - speaking.began < JUST_ASKED_S
    if hasty:
        turn.chime(Earcon.HEARD)
    return hasty


def explain(turn: Turn) -> None:
    """What the question means, and the question once more."""
    meaning = Term("explained", telling.screening_id(turn.state, _screening(turn)))
    flow.ask_again(turn, line(Prompt.SCREENING_EXPLAINED, meaning=meaning))


def _ask_all(turn: Turn, *lead: Spoken) -> None:
    alone = turn.massage.plan.alone
    turn.enter(Screening())
    flow.ask_again(turn, *lead, line(Prompt.SCREENING_OPENS_SELF if alone else Prompt.SCREENING_OPENS))


def _ask_next(turn: Turn, answered: Screening) -> None:
    following = (answered.question or 0) + 1
    if following < len(turn.state.questions):
        turn.enter(Screening(following, care=answered.care))
        flow.ask_again(turn)
        return
    turn.person = replace(turn.person, care=answered.care, screened_until=turn.now + VALID_S)
    _prepare(turn)


def _prepare(turn: Turn, *greeting: Spoken) -> None:
    """Make the massage what this person needs, and tell what to lay out for it."""
    care, massage = turn.person.care, turn.massage
    allowed = tuple(beat for beat in massage.plan.beats if not massage.bars(beat))
    careful = spared(replace(massage.plan, beats=allowed), care)
    if not careful.beats:
        _end(turn, Prompt.NOTHING_LEFT)
        return
    whole = begun_lighter(careful, turn.person.tender)
    plan = whole if massage.wished is None else fitted(whole, massage.wished)
    turn.massage = course.at_beat(replace(massage, plan=plan, unfitted=whole), 0, turn.now)
    lead = list(greeting)
    if (advice := habits.advice(turn.person, turn.now)) is not None:
        lead.append(line(advice))
    if care.gentle:
        lead.append(line(Prompt.SCREENING_GENTLE))
    if whole != careful:
        lead.append(line(Prompt.BEGUN_LIGHTER))
    turn.enter(Preparing())
    turn.say(*lead, *telling.preparation(turn.massage, care), purpose=Purpose.QUESTION)


def _end(turn: Turn, prompt: Prompt) -> None:
    flow.end_before_beginning(turn, line(prompt))


def _screening(turn: Turn) -> Screening:
    phase = turn.state.phase
    if not isinstance(phase, Screening):
        raise TypeError(f"no screening while {phase.name}")
    return phase

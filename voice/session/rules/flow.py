"""Ways that several rules share: beginning a beat, going back to what was interrupted, ending."""

from __future__ import annotations

from dataclasses import replace

from voice.session import course, soreness, telling
from voice.session.lines import Prompt, Spoken, Term
from voice.session.state import (
    AskingAboutPain,
    CheckingIn,
    Choosing,
    Confirming,
    Finished,
    Guiding,
    Paused,
    Phase,
    Preparing,
    Purpose,
    Screening,
    Stopped,
)
from voice.session.turn import Turn, line

SAME_SESSION_S = 3600.0
"""A massage that begins within an hour after another is taken to be for the same person."""


def instruct(turn: Turn, *lead: Spoken, whole: bool = False) -> None:
    """Tell the beat; its work begins when that has been said."""
    turn.massage = replace(turn.massage, told=False)
    lines = telling.instruction(turn.massage, turn.now, turn.state.manner, whole=whole)
    turn.say(*lead, *lines, purpose=Purpose.INSTRUCTION)


def go_to(turn: Turn, index: int, *lead: Spoken, by_itself: bool = False, whole: bool = False) -> None:
    """Begin another beat."""
    turn.massage = course.at_beat(turn.massage, index, turn.now, by_itself=by_itself)
    turn.state = replace(turn.state, misses=0)
    turn.enter(Guiding())
    instruct(turn, *lead, whole=whole)


def go_on(turn: Turn, index: int | None, *lead: Spoken, by_itself: bool = False) -> None:
    """Begin the beat that follows, or end the massage where there is none."""
    if index is None:
        plan = turn.massage.plan
        finished = Prompt.FINISHED_SELF if plan.alone else Prompt.FINISHED
        end(turn, *lead, line(finished, title=plan.title))
    else:
        go_to(turn, index, *lead, by_itself=by_itself)


def end(turn: Turn, *closing: Spoken) -> None:
    """Speak the closing words; what comes after them is standing by.

    The massage is kept until then, since its last stroke may hurt when it is over.
    """
    turn.enter(Finished())
    if turn.state.massage is not None:
        massage = turn.state.massage
        turn.state = replace(
            turn.state,
            hurts=massage.hurts,
            hurts_until=turn.now + SAME_SESSION_S,
            tender=soreness.tender_after(massage, turn.state.tender),
        )
    turn.say(*closing)


def end_before_beginning(turn: Turn, *closing: Spoken) -> None:
    """Speak the closing words of a massage that never began, or must not go on."""
    end(turn, *closing)
    turn.state = replace(turn.state, massage=None)


def held_by_failure(turn: Turn) -> bool:
    """Say so when a part is missing without which nothing may go on."""
    if not turn.state.failed:
        return False
    turn.say(line(Prompt.MISSING, part=Term("part", min(turn.state.failed))))
    return True


def return_to(turn: Turn, phase: Screening | Preparing | Guiding | Paused, *lead: Spoken) -> None:
    """Go back to what was interrupted, where it was; while a part is missing, only as far as a pause."""
    if turn.state.failed:
        turn.enter(phase if isinstance(phase, Paused) else Paused(phase))
        held_by_failure(turn)
        return
    match phase:
        case Guiding():
            return_to_work(turn, *lead)
        case _:
            turn.enter(phase)
            ask_again(turn, *lead)


def return_to_work(turn: Turn, *lead: Spoken) -> None:
    """Take up the beat with the time it had left; a step that hurt sharply is passed over."""
    turn.enter(Guiding())
    massage = turn.massage
    if massage.bars(massage.beat):
        go_on(turn, course.step_after(massage), *lead)
    elif massage.over:
        go_on(turn, course.beat_after(massage), *lead)
    elif not massage.told:
        instruct(turn, *lead)
    else:
        turn.say(*lead, telling.time_left(massage, turn.now))


def reply(turn: Turn, *lines: Spoken) -> None:
    """Answer; where an answer is waited for in turn, end with the question."""
    match turn.state.phase:
        case CheckingIn():  # whatever is asked for, the hands are well
            turn.enter(Guiding())
            turn.say(*lines)
        case Screening() | Preparing() | AskingAboutPain() | Confirming():
            ask_again(turn, *lines)
        case Choosing() | Guiding() | Paused() | Stopped() | Finished():
            turn.say(*lines)


def ask(turn: Turn, question: Spoken) -> None:
    """Put a question, and wait for the answer."""
    turn.say(question, purpose=Purpose.QUESTION)


def ask_again(turn: Turn, *lead: Spoken) -> None:
    """Say something in a phase that waits for an answer, and end with what it waits for."""
    phase: Phase = turn.state.phase
    match phase:
        case Screening():
            question: Spoken = telling.screening_question(turn.state, phase)
            turn.say(*lead, question, purpose=Purpose.QUESTION)
        case Preparing():
            turn.say(*lead, line(Prompt.PREPARE_READY), purpose=Purpose.QUESTION)
        case CheckingIn():
            turn.say(*lead, line(Prompt.CHECK_IN_AGAIN), purpose=Purpose.QUESTION)
        case AskingAboutPain():
            turn.say(*lead, line(Prompt.PAIN_QUESTION_AGAIN), purpose=Purpose.QUESTION)
        case Confirming():
            turn.say(*lead, line(Prompt.CONFIRM_FINISH), purpose=Purpose.QUESTION)
        case Paused():
            turn.say(*lead, line(Prompt.PAUSED))
        case Choosing() | Guiding() | Stopped() | Finished():
            turn.say(*lead)

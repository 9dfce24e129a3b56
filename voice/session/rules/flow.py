"""Ways that several rules share: beginning a beat, going back to what was interrupted, ending."""

from __future__ import annotations

from dataclasses import replace

from voice.session import course, habits, soreness, telling
from voice.session.lines import Prompt, Spoken, Term
from voice.session.people import Past
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
"""What hurt is spared in every massage of the same person that begins within an hour."""
_EASE_KEPT = 2
"""So many levels lighter the next massage begins at most, for how this one was liked."""
_FIRMER_KEPT = 1
"""And so many firmer: a muscle that was warm is not so at the beginning."""


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
    """Speak the closing words, and ask how it is now; what comes after that is standing by.

    The massage is there until then, since its last stroke may hurt when it is over.
    """
    turn.enter(Finished())
    keep(turn)
    if turn.state.massage is not None and turn.massage.kept:
        turn.say(*closing, line(Prompt.COMFORT_NOW), purpose=Purpose.QUESTION)
    else:
        turn.say(*closing)


def end_before_beginning(turn: Turn, *closing: Spoken) -> None:
    """Speak the closing words of a massage that never began, or must not go on."""
    leave(turn)
    turn.enter(Finished())
    turn.say(*closing)


def leave(turn: Turn) -> None:
    """The massage is over without a word."""
    turn.enter(Choosing())
    keep(turn)
    turn.state = replace(turn.state, massage=None)


def keep(turn: Turn) -> None:
    """What a massage leaves for the next one: what hurt, how firm it was liked, and that it was."""
    massage, person = turn.state.massage, turn.person
    if massage is None:
        return
    turn.state = replace(turn.state, introduced=False)
    turn.person = replace(
        person,
        hurts=massage.hurts,
        hurts_until=turn.now + SAME_SESSION_S,
        tender=soreness.tender_after(massage, person.tender),
    )
    if course.worked_in_all(massage, turn.now) == 0.0:
        return
    past = Past(turn.now, massage.plan.routine_id, massage.comfort, hurt=bool(massage.hurts.caps))
    before = turn.person.massages[:-1] if massage.kept else turn.person.massages
    ease = max(-_EASE_KEPT, min(_FIRMER_KEPT, massage.ease))
    turn.person = replace(turn.person, ease=ease, massages=habits.with_massage(before, past))
    turn.massage = replace(massage, kept=True)


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

"""What the session does of its own accord: when speech ends, when time comes, when nobody answers."""

from __future__ import annotations

from dataclasses import replace

from voice.session import course
from voice.session.actions import Earcon
from voice.session.events import Failed, Part, Recovered
from voice.session.lines import Prompt, Term, Text
from voice.session.rules import flow, stopping
from voice.session.state import (
    AskingAboutPain,
    CheckingIn,
    Choosing,
    Confirming,
    Finished,
    Guiding,
    Paused,
    Preparing,
    Purpose,
    Screening,
    Stopped,
)
from voice.session.turn import Turn, line

_ANSWER_WITHIN_S = 8.0
"""Silence for so long after a question counts as no answer."""
_PAIN_ANSWER_WITHIN_S = 10.0
"""Somebody in pain gets a little longer."""
_READY_REMINDER_S = 60.0
_PAUSED_REMINDER_S = 180.0
_WISHES_LAST_S = 60.0
"""What was asked for without starting it is forgotten, so that a yes among people later begins nothing."""
_SCREENING_ASKS = 3
_ASKS = 2
"""How often a question is asked when nobody answers."""
_COUNT_LATE_S = 0.5
"""A number that comes later than this is left out, not said at the wrong time."""
_CUE_NEEDS_S = 3.0
"""A cue so near the end of the work would be cut by what follows."""


# speech has ended


def rest(turn: Turn) -> None:
    """Nothing follows: silence."""


def stand_by(turn: Turn) -> None:
    """The massage is over: silent until the next."""
    turn.enter(Choosing())
    turn.state = replace(turn.state, massage=None)


def await_comfort(turn: Turn) -> None:
    """The closing words are spoken, and how it is now may have been asked."""
    if turn.spoken is Purpose.QUESTION:
        turn.state = replace(turn.state, answer_by=turn.now + _ANSWER_WITHIN_S)
    else:
        stand_by(turn)


def await_answer(turn: Turn) -> None:
    """A question has been put: silence counts as no answer after a while."""
    match turn.state.phase:
        case Screening() | CheckingIn() | Confirming():
            within = _ANSWER_WITHIN_S
        case AskingAboutPain():
            within = _PAIN_ANSWER_WITHIN_S
        case Preparing(reminded=False):
            within = _READY_REMINDER_S
        case Paused(reminded=False):
            within = _PAUSED_REMINDER_S
        case Choosing() as wanted if wanted != Choosing():
            within = _WISHES_LAST_S
        case _:
            return
    turn.state = replace(turn.state, answer_by=turn.now + within)


def start_or_go_on_working(turn: Turn) -> None:
    """The instruction is told, so the work begins; after anything else it goes on."""
    massage = turn.massage
    if massage.over:
        flow.go_on(turn, course.beat_after(massage), by_itself=True)
    elif massage.told:
        turn.massage = course.with_clock_running(massage, turn.now)
    elif turn.spoken is Purpose.INSTRUCTION:
        settled_at = turn.now + course.SETTLE_S[massage.plan.audience]
        turn.massage = replace(massage, told=True, settled_at=settled_at)
    else:  # an answer cut the instruction short
        flow.instruct(turn)


# time has come


def settled(turn: Turn) -> None:
    """Hands have found their place: the work begins."""
    turn.massage = course.with_clock_running(turn.massage, turn.appointment.when)


def time_is_up(turn: Turn) -> None:
    """The beat's time is up: a sound at once, and the next beat when nobody is being talked over."""
    turn.chime(Earcon.TIME_UP)
    turn.massage = replace(course.with_clock_held(turn.massage, turn.now), over=True)
    if isinstance(turn.state.phase, CheckingIn):
        turn.enter(Guiding())
    if turn.state.speaking is None:
        flow.go_on(turn, course.beat_after(turn.massage), by_itself=True)


def count(turn: Turn) -> None:
    """The last seconds of a hold, aloud; not over other words, and never late."""
    number = turn.appointment.index
    turn.massage = replace(turn.massage, counted=number)
    speaking = turn.state.speaking
    free = speaking is None or speaking.purpose is Purpose.COUNT
    if free and turn.now - turn.appointment.when < _COUNT_LATE_S:
        turn.say(line(Prompt.COUNT, number=number), purpose=Purpose.COUNT)


def cue(turn: Turn) -> None:
    """What the routine says at this moment of the work; until it is said to its end it stays due."""
    index = turn.appointment.index
    massage = turn.massage
    left = course.left(massage, turn.now)
    if left is None or left > _CUE_NEEDS_S:
        turn.say(Text(massage.beat.cues[index].say), cue=index)
    else:
        turn.massage = course.with_cue_said(massage, index)


def check_in(turn: Turn) -> None:
    """Ask how the pressure is; the work goes on."""
    turn.massage = course.with_check_in_done(turn.massage, turn.now)
    turn.enter(CheckingIn())
    turn.say(line(Prompt.CHECK_IN), purpose=Purpose.QUESTION)


def pressure_is_good(turn: Turn) -> None:
    """The check-in's good answer."""
    flow.reply(turn, line(Prompt.CHECK_IN_GOOD))


# nobody answered


def no_answer(turn: Turn) -> None:
    """Ask once more, then leave it in the safest way this phase has."""
    match turn.state.phase:
        case Screening(asked=asked) as phase if asked < _SCREENING_ASKS:
            turn.enter(replace(phase, asked=asked + 1))
            flow.ask_again(turn, line(Prompt.YES_OR_NO))
        case Screening():
            flow.end(turn, line(Prompt.SCREENING_UNANSWERED))
        case Preparing():
            turn.enter(Preparing(reminded=True))
            turn.say(line(Prompt.READY_REMINDER), purpose=Purpose.QUESTION)
        case Paused() as paused:
            turn.enter(replace(paused, reminded=True))
            turn.say(line(Prompt.PAUSED_REMINDER))
        case CheckingIn(asked=asked) if asked < _ASKS:
            turn.enter(CheckingIn(asked + 1))
            flow.ask_again(turn)
        case CheckingIn():
            turn.enter(Guiding())
        case AskingAboutPain(back_to=before, asked=asked) if asked < _ASKS:
            turn.enter(AskingAboutPain(before, asked + 1))
            flow.ask_again(turn)
        case AskingAboutPain(back_to=before):  # in doubt it was sharp
            stopping.spare_step(turn)
            turn.enter(Stopped(before))
            stopping.tell_ways_on(turn)
        case Confirming(back_to=before, asked=asked) if asked < _ASKS:
            turn.enter(Confirming(before, asked + 1))
            flow.ask_again(turn)
        case Confirming(back_to=before):
            turn.enter(before if isinstance(before, Paused) else Paused(before))
            turn.say(line(Prompt.CONFIRM_WAITS))
        case phase:
            raise RuntimeError(f"nobody was asked anything while {phase.name}")


# a part failed, or works again


_MUTE = frozenset({Part.VOICE, Part.LOUDSPEAKER})


def note_failure(turn: Turn) -> None:
    """Known, and no reason to speak. What was being said may never end, so nothing waits for that."""
    turn.state = replace(turn.state, failed=turn.state.failed | {_part(turn)})
    if _part(turn) in _MUTE and turn.state.speaking is not None:
        turn.cut_short()
        if isinstance(turn.state.phase, Finished):
            stand_by(turn)
        else:
            await_answer(turn)


def pause_for_failure(turn: Turn) -> None:
    """Never go on unheard or unhearing: pause and say so, once for each part."""
    if _part(turn) in turn.state.failed and isinstance(turn.state.phase, Paused):
        return
    turn.state = replace(turn.state, failed=turn.state.failed | {_part(turn)})
    before = stopping.interrupted(turn)
    turn.fall_silent()
    turn.chime(Earcon.PAUSED)
    paused = turn.state.phase  # one that may be begun afresh stays so
    turn.enter(replace(paused, reminded=False) if isinstance(paused, Paused) else Paused(before))
    turn.say(line(Prompt.FAILED, part=Term("part", _part(turn))))


def note_recovery(turn: Turn) -> None:
    """Known, and nothing to say about it now."""
    turn.state = replace(turn.state, failed=turn.state.failed - {_part(turn)})


def tell_recovery(turn: Turn) -> None:
    """The part is back; going on takes a person's word."""
    if _part(turn) in turn.state.failed:
        note_recovery(turn)
        if not flow.held_by_failure(turn):  # another part is still missing
            turn.say(line(Prompt.RECOVERED, part=Term("part", _part(turn))))


def _part(turn: Turn) -> Part:
    match turn.occasion:
        case Failed(part=part) | Recovered(part=part):
            return part
        case occasion:
            raise RuntimeError(f"{occasion} names no part")


# what cannot be


def already_open(turn: Turn) -> None:
    """The program opens once; later openings change nothing."""


def cannot_be(turn: Turn) -> None:
    """Time brings this only in other phases: the appointments of `advance` are wrong."""
    raise RuntimeError(f"{turn.occasion} came due while {turn.state.phase.name}")

"""How steps are told: which lines make up an instruction, and the small facts about where we are."""

from __future__ import annotations

from . import course
from .lines import Line, Listing, Prompt, Span, Spoken, Term, Text
from .screening import NOTHING_NEW, SAME_PERSON, Care
from .state import Manner, Massage, Screening, State
from .turn import line


def pressure_term(level: int) -> Term:
    """A pressure level to be spoken."""
    return Term("pressure", str(level))


def instruction(massage: Massage, now: float, manner: Manner, *, whole: bool = False) -> tuple[Spoken, ...]:
    """What is said before the hands begin.

    A repetition or the other side is told in short, and in the brief manner every step, unless `whole`.
    """
    beat = massage.beat
    before = course.came_from(massage)
    lines: list[Spoken] = []
    if whole or course.opens_step(massage):
        lines.append(line(Prompt.STEP, number=beat.step_number, title=beat.title))
        if beat.side is not None:
            lines.append(line(Prompt.STEP_SIDE, side=Term("side", beat.side)))
        lines += _pressure(massage)
        if whole or manner is Manner.FULL:
            lines.append(Text(beat.say))
        if beat.care is not None:
            lines.append(Text(beat.care))
    else:
        if beat.side is not None and before is not None and before.side != beat.side:
            lines.append(line(Prompt.STEP_SWITCH, side=Term("side", beat.side)))
        if beat.repetition > 1:
            lines.append(line(Prompt.STEP_REPETITION, number=beat.repetition, count=beat.repetitions))
        lines += _pressure(massage)
    lines.append(_length(massage, now))
    return tuple(lines)


def _pressure(massage: Massage) -> list[Line]:
    """How firm it is to be, where that is not as the routine has it: before the words that assume it."""
    level = course.pressure(massage)
    if level == massage.beat.pressure and not massage.beat.eased:
        return []
    return [line(Prompt.PRESSURE, pressure=pressure_term(level))]


def _length(massage: Massage, now: float) -> Line:
    left = course.left(massage, now)
    if left is None:
        return line(Prompt.STEP_OPEN)
    return line(Prompt.STEP_HOLD if massage.beat.hold else Prompt.STEP_LENGTH, length=Span(left))


def time_left(massage: Massage, now: float) -> Line:
    """How much of the beat is left."""
    left = course.left(massage, now)
    return line(Prompt.HOW_LONG_OPEN) if left is None else line(Prompt.HOW_LONG_STEP, left=Span(left))


def whereabouts(massage: Massage) -> tuple[Line, ...]:
    """Which step of how many, and on which side."""
    beat = massage.beat
    here = line(
        Prompt.WHERE, number=beat.step_number, count=massage.plan.beats[-1].step_number, title=beat.title
    )
    if beat.side is None:
        return (here,)
    return (here, line(Prompt.STEP_SIDE, side=Term("side", beat.side)))


def what_follows(massage: Massage) -> Line:
    """The next beat, told by what is new in it."""
    index = course.beat_after(massage)
    if index is None:
        return line(Prompt.NEXT_END)
    coming = massage.plan.beats[index]
    if coming.step_number != massage.beat.step_number:
        return line(Prompt.NEXT_STEP, title=coming.title)
    if coming.side is not None and coming.side != massage.beat.side:
        return line(Prompt.NEXT_SIDE, side=Term("side", coming.side))
    return line(Prompt.NEXT_REPETITION)


def preparation(massage: Massage, care: Care) -> tuple[Line, ...]:
    """What to lay out, and how the receiver lies; ends with the wait for "ready"."""
    plan = massage.plan
    is_open = any(beat.duration is None for beat in plan.beats)
    prompt = Prompt.PREPARE_OPEN if is_open else Prompt.PREPARE
    length = Span(plan.seconds)
    if care.gentle:  # how to lie is not for us to say then
        lines = [line(Prompt.PREPARE_GENTLE, title=plan.title, length=length)]
    else:
        lines = [line(prompt, title=plan.title, length=length, position=plan.position)]
    if plan.needs:
        lines.append(line(Prompt.PREPARE_NEEDS, needs=Listing(plan.needs)))
    if massage.comfort is None:
        lines.append(line(Prompt.PREPARE_COMFORT))
    return (*lines, line(Prompt.PREPARE_READY))


def screening_id(state: State, screening: Screening) -> str:
    """The id of the question of the screening that is being asked."""
    if screening.question is None:
        return NOTHING_NEW if state.introduced else SAME_PERSON
    question = state.questions[screening.question]
    return question.then or question.id if screening.then else question.id


def screening_question(state: State, screening: Screening) -> Line:
    """The question of the screening that is being asked."""
    return line(Prompt.SCREENING_QUESTION, question=Term("screening", screening_id(state, screening)))

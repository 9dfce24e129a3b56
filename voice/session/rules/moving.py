"""From step to step, on request."""

from __future__ import annotations

from voice.session import course, telling
from voice.session.actions import Earcon
from voice.session.lines import Prompt
from voice.session.rules import flow
from voice.session.turn import Turn, line

JUST_BEGAN_S = 2.0
"""A "next" so soon after a beat began by itself was meant for the one before: hearing takes a second."""


def next_beat(turn: Turn) -> None:
    """On to the next beat: the next step, side or repetition."""
    began = turn.massage.came_by_itself_at
    if began is not None and turn.now - began < JUST_BEGAN_S:
        turn.chime(Earcon.HEARD)
        return
    flow.go_on(turn, course.beat_after(turn.massage))


def skip_step(turn: Turn) -> None:
    """On to the next step, past what is left of this one's sides and repetitions."""
    flow.go_on(turn, course.step_after(turn.massage))


def previous_beat(turn: Turn) -> None:
    """Back to the beat before, from its beginning."""
    index = course.beat_before(turn.massage)
    if index is None and turn.massage.index > 0:
        flow.reply(turn, line(Prompt.STEP_BARRED))
    elif index is None:
        flow.go_to(turn, turn.massage.index, line(Prompt.AT_FIRST_STEP), whole=True)
    else:
        flow.go_to(turn, index, whole=True)


def restart_step(turn: Turn) -> None:
    """This step again from its first beat."""
    start = course.step_start(turn.massage, turn.massage.beat.step_number)
    flow.go_to(turn, turn.massage.index if start is None else start, whole=True)


def go_to_step(turn: Turn) -> None:
    """To a step by its number; its name has become a number before it gets here."""
    massage = turn.massage
    index = None if turn.intent.step is None else course.step_start(massage, turn.intent.step)
    if index is None:
        flow.reply(turn, line(Prompt.NO_SUCH_STEP, count=massage.plan.beats[-1].step_number))
    elif massage.bars(massage.plan.beats[index]):
        flow.reply(turn, line(Prompt.STEP_BARRED))
    else:
        flow.go_to(turn, index)


def switch_sides(turn: Turn) -> None:
    """To the other side of this step."""
    index = course.other_side(turn.massage)
    if index is None:
        flow.reply(turn, line(Prompt.NO_SIDES))
    else:
        flow.go_to(turn, index)


def tell_again(turn: Turn) -> None:
    """The instruction once more; the time of work that has begun goes on."""
    if turn.massage.told:
        instruction = telling.instruction(turn.massage, turn.now, turn.state.manner, whole=True)
        flow.reply(turn, *instruction)
    else:
        flow.instruct(turn, whole=True)

"""Pressure, tempo and time of the work, and loudness and speed of the voice."""

from __future__ import annotations

from dataclasses import replace

from voice.session import course, soreness
from voice.session.actions import SetSpeechRate, SetVolume
from voice.session.fitting import fitted
from voice.session.lines import Line, Prompt, Span
from voice.session.plan import LIGHTEST
from voice.session.rules import flow
from voice.session.state import Manner, Preparing
from voice.session.telling import pressure_term
from voice.session.turn import Turn, line

LEVELS = range(1, 6)
"""Of the voice's loudness and speed."""
LEAVE_AFTER = 3
"""When a place has been eased so often, leaving it is suggested, once."""
_NEAR_S = 10.0
"""A length that differs by more from what was asked for is not what was asked for."""


def _ease(turn: Turn, levels: int, prompt: Prompt) -> Line:
    level = course.pressure(turn.massage)
    if level == LIGHTEST:
        turn.massage = course.with_pressure(turn.massage, LIGHTEST)
        return line(Prompt.PRESSURE_LIGHTEST)
    turn.massage = course.with_pressure(turn.massage, level - levels)
    return line(prompt, pressure=pressure_term(course.pressure(turn.massage)))


def lighter(turn: Turn) -> None:
    """One level lighter, from now on."""
    _lighter(turn, 1, Prompt.PRESSURE_LIGHTER)


def two_lighter(turn: Turn) -> None:
    """Too much: two levels lighter at once, without stopping."""
    _lighter(turn, 2, Prompt.PRESSURE_EASED)


def _lighter(turn: Turn, levels: int, prompt: Prompt) -> None:
    """Ease, and where a place has had to be eased again and again, suggest to leave it alone."""
    eased = _ease(turn, levels, prompt)
    turn.massage = soreness.with_ease_noted(turn.massage)
    if soreness.eased_most(turn.massage) == LEAVE_AFTER:
        flow.reply(turn, eased, line(Prompt.PRESSURE_LEAVE))
    else:
        flow.reply(turn, eased)


def firmer(turn: Turn) -> None:
    """One level firmer, but never above what the routine allows or what pain has left."""
    massage = turn.massage
    level, limit = course.pressure(massage), course.firmest(massage)
    if level < limit:
        turn.massage = course.with_pressure(massage, level + 1)
        flow.reply(turn, line(Prompt.PRESSURE_FIRMER, pressure=pressure_term(level + 1)))
    elif course.pain_cap(massage) == limit:
        flow.reply(turn, line(Prompt.PRESSURE_CAPPED, pressure=pressure_term(level)))
    else:
        flow.reply(turn, line(Prompt.PRESSURE_LIMIT, pressure=pressure_term(level)))


def slower(turn: Turn) -> None:
    """Fewer strokes a minute, from now on."""
    _change_pace(turn, -1, Prompt.TEMPO_SLOWER)


def faster(turn: Turn) -> None:
    """More strokes a minute, from now on."""
    _change_pace(turn, +1, Prompt.TEMPO_FASTER)


def _change_pace(turn: Turn, change: int, prompt: Prompt) -> None:
    before = course.strokes_per_minute(turn.massage)
    changed = replace(turn.massage, pace=turn.massage.pace + change)
    strokes = course.strokes_per_minute(changed)
    if abs(changed.pace) > course.MOST_PACE or (strokes is not None and strokes == before):
        flow.reply(turn, line(Prompt.TEMPO_LIMIT))
        return
    turn.massage = changed
    if strokes is None:
        flow.reply(turn, line(prompt))
    else:
        flow.reply(turn, line(prompt), line(Prompt.TEMPO, strokes=round(strokes)))


def more_time(turn: Turn) -> None:
    """This beat lasts longer."""
    before = turn.massage.length
    left = _change_time(turn, turn.intent.seconds or course.USUAL_CHANGE_S)
    if left is not None and before is not None and turn.massage.length is not None:
        change = Span(turn.massage.length - before)
        flow.reply(turn, line(Prompt.TIME_ADDED, change=change, left=Span(left)))


def less_time(turn: Turn) -> None:
    """This beat ends sooner."""
    seconds = turn.intent.seconds or course.USUAL_CHANGE_S
    if (left := _change_time(turn, -seconds)) is not None:
        flow.reply(turn, line(Prompt.TIME_CUT, left=Span(left)))


def _change_time(turn: Turn, seconds: float) -> float | None:
    """Change the beat's length and give what is left of it; without a length, say so and give None."""
    if turn.massage.length is None:
        flow.reply(turn, line(Prompt.NO_TIMER))
        return None
    turn.massage = course.with_time_changed(turn.massage, seconds, turn.now)
    if turn.massage.over and seconds > 0:
        # Asked for in the moment between the end of the time and the next step: the beat goes on after all.
        turn.massage = replace(turn.massage, over=False)
    return course.left(turn.massage, turn.now)


def fit_time(turn: Turn) -> None:
    """The whole massage, with what has been worked of it, is to last so long."""
    massage = turn.massage
    whole = massage.unfitted or massage.plan
    # The step that hands are on has its place, though it may be barred: a pause can hold it so.
    here_or_allowed = (
        beat for beat in whole.beats if beat.step_id == massage.beat.step_id or not massage.bars(beat)
    )
    whole = replace(whole, beats=tuple(here_or_allowed))
    ahead = (turn.intent.seconds or whole.seconds) - course.worked_in_all(massage, turn.now)
    if isinstance(turn.state.phase, Preparing):
        turn.massage = course.at_beat(replace(massage, plan=fitted(whole, ahead)), 0, turn.now)
    else:
        here = course.left(massage, turn.now) or 0.0
        begun = massage.plan.beats[: massage.index + 1]
        turn.massage = replace(massage, plan=fitted(whole, ahead - here, begun))
    left = course.left_in_all(turn.massage, turn.now)
    near = abs(left - ahead) <= _NEAR_S
    if isinstance(turn.state.phase, Preparing):
        flow.reply(turn, line(Prompt.ROUTINE_FITTED if near else Prompt.ROUTINE_NEAREST, length=Span(left)))
    else:
        flow.reply(turn, line(Prompt.TIME_FITTED if near else Prompt.TIME_NEAREST, left=Span(left)))


def say_less(turn: Turn) -> None:
    """Only the name, the care and the length of a step from now on."""
    turn.state = replace(turn.state, manner=Manner.BRIEF)
    flow.reply(turn, line(Prompt.SAY_LESS))


def say_more(turn: Turn) -> None:
    """The whole instruction from now on."""
    turn.state = replace(turn.state, manner=Manner.FULL)
    flow.reply(turn, line(Prompt.SAY_MORE))


def louder(turn: Turn) -> None:
    """The voice a level louder."""
    _set_volume(turn, turn.state.volume + 1, Prompt.LOUDER, Prompt.LOUDEST)


def quieter(turn: Turn) -> None:
    """The voice a level quieter."""
    _set_volume(turn, turn.state.volume - 1, Prompt.QUIETER, Prompt.QUIETEST)


def _set_volume(turn: Turn, level: int, changed: Prompt, limit: Prompt) -> None:
    if level not in LEVELS:
        flow.reply(turn, line(limit))
        return
    turn.state = replace(turn.state, volume=level)
    turn.actions.append(SetVolume(level))
    flow.reply(turn, line(changed))


def speak_slower(turn: Turn) -> None:
    """The voice a level slower."""
    _set_speech_rate(turn, turn.state.speech_rate - 1, Prompt.SPEAK_SLOWER, Prompt.SPEAK_SLOWEST)


def speak_faster(turn: Turn) -> None:
    """The voice a level faster."""
    _set_speech_rate(turn, turn.state.speech_rate + 1, Prompt.SPEAK_FASTER, Prompt.SPEAK_FASTEST)


def _set_speech_rate(turn: Turn, level: int, changed: Prompt, limit: Prompt) -> None:
    if level not in LEVELS:
        flow.reply(turn, line(limit))
        return
    turn.state = replace(turn.state, speech_rate=level)
    turn.actions.append(SetSpeechRate(level))
    flow.reply(turn, line(changed))

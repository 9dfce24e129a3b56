"""The course of a massage: its clock, its pressure and tempo, and the way from beat to beat.

Pure functions of a `Massage` and the time; nothing is said here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .names import Name
from .plan import DEEPEST, LIGHTEST, Audience, Beat
from .state import Massage

USUAL_CHANGE_S = 30.0
"""What "more time" and "less time" mean when no amount is said."""
LEAST_LEFT_S = 5.0
"""Less time never leaves less than this, so that hands are not torn away."""
LONGEST_BEAT_S = 3600.0
COUNT_FROM = 5
"""The last seconds of a hold are counted aloud, from here."""
LIGHT = 2
"""Up to this pressure nobody has to be asked at once."""
CHECK_IN_AFTER_S = 15.0
"""A pressure is asked about when it has been felt for so long: the first time it is more than light."""
CHECK_IN_EVERY_S = 300.0
"""After that, and without a first time, it is asked about so often."""
CHECK_IN_NEEDS_S = 20.0
"""No question is begun so near the end of a beat."""
MOST_PACE = 4
FASTEST_TEMPO = 240.0
"""Strokes a minute, the most that a routine can have."""
SLOWEST_TEMPO = 2.0
PACE_STEP = 0.2
"""One step of tempo: a fifth, and at least one stroke a minute."""
SETTLE_S = {Audience.PARTNER: 2.0, Audience.SELF: 6.0}
"""From an instruction's end to the clock's start: hands find their place, or a body lies down on a ball."""


# the clock


def worked(massage: Massage, now: float) -> float:
    """Seconds worked on the beat."""
    running = 0.0 if massage.working_since is None else max(0.0, now - massage.working_since)
    return massage.worked + running


def worked_in_all(massage: Massage, now: float) -> float:
    """Seconds worked on this beat and all before."""
    return massage.worked_before + worked(massage, now)


def left(massage: Massage, now: float) -> float | None:
    """Seconds of work left on the beat, or None when it lasts until "next"."""
    return None if massage.length is None else max(0.0, massage.length - worked(massage, now))


def left_in_all(massage: Massage, now: float) -> float:
    """Seconds of work left on this beat and all that follow, as far as they have a time."""
    ahead = (
        beat.duration or 0.0 for beat in massage.plan.beats[massage.index + 1 :] if not massage.bars(beat)
    )
    return (left(massage, now) or 0.0) + sum(ahead)


def with_clock_running(massage: Massage, now: float) -> Massage:
    """The clock of the beat is started, if it stands."""
    if massage.working_since is not None:
        return massage
    return replace(massage, working_since=now, settled_at=None)


def with_clock_held(massage: Massage, now: float) -> Massage:
    """The clock of the beat is held, and what was worked is kept."""
    return replace(massage, worked=worked(massage, now), working_since=None, settled_at=None)


def with_time_changed(massage: Massage, seconds: float, now: float) -> Massage:
    """The beat lasts so many seconds more, or less when negative. It must have a length."""
    if massage.length is None:
        raise ValueError("a beat that lasts until next has no time to change")
    least = worked(massage, now) + min(LEAST_LEFT_S, left(massage, now) or 0.0)
    length = max(least, min(LONGEST_BEAT_S, massage.length + seconds))
    return replace(massage, length=length, counted=None)


# what comes due while the clock runs


class Due(Name):
    """What the work clock brings."""

    SETTLED = "settled"
    TIME_UP = "time-up"
    COUNT = "count-due"
    CUE = "cue-due"
    CHECK_IN = "check-in-due"


@dataclass(frozen=True, slots=True)
class Appointment:
    """Something that comes due, and when."""

    when: float
    due: Due
    index: int = 0
    """The number to be counted, or which of the beat's cues."""


def appointments(massage: Massage) -> tuple[Appointment, ...]:
    """What the clock will bring next, of each kind; while it stands, only its start."""
    if massage.working_since is None:
        return () if massage.settled_at is None else (Appointment(massage.settled_at, Due.SETTLED),)
    start = massage.working_since - massage.worked
    cues = [
        Appointment(start + at, Due.CUE, index)
        for index, cue in enumerate(massage.beat.cues)
        if index not in massage.cues_said and (at := cue.due(massage.length)) is not None
    ]
    coming = [min(cues, key=lambda appointment: appointment.when)] if cues else []
    if massage.length is not None:
        end = start + massage.length
        coming.append(Appointment(end, Due.TIME_UP))
        number = COUNT_FROM if massage.counted is None else massage.counted - 1
        if massage.beat.hold and number >= 1:
            coming.append(Appointment(end - number, Due.COUNT, number))
    if (check_in := _check_in_at(massage)) is not None:
        coming.append(Appointment(start + check_in, Due.CHECK_IN))
    return tuple(coming)


def _check_in_at(massage: Massage) -> float | None:
    """Seconds of work on this beat after which its pressure is asked about."""
    if massage.beat.hold:  # a hold is short, and its counting must not be talked over
        return None
    if massage.checked_at is not None:
        at = massage.checked_at + CHECK_IN_EVERY_S - massage.worked_before
    elif pressure(massage) > LIGHT:
        at = CHECK_IN_AFTER_S
    else:
        at = CHECK_IN_EVERY_S - massage.worked_before
    at = max(at, CHECK_IN_AFTER_S)
    if massage.length is not None and at > massage.length - CHECK_IN_NEEDS_S:
        return None
    return at


def with_cue_said(massage: Massage, index: int) -> Massage:
    """One of the beat's cues is done with."""
    return replace(massage, cues_said=massage.cues_said | {index})


def with_check_in_done(massage: Massage, now: float) -> Massage:
    """The pressure has been asked about."""
    return replace(massage, checked_at=worked_in_all(massage, now))


# pressure and tempo


def pain_cap(massage: Massage) -> int:
    """The level that pain in the beat's regions leaves."""
    caps = (level for region, level in massage.hurts.caps if region in massage.beat.region)
    return min(caps, default=DEEPEST)


def firmest(massage: Massage) -> int:
    """The firmest level allowed on this beat."""
    return min(massage.beat.max_pressure, pain_cap(massage))


def pressure(massage: Massage) -> int:
    """The level of this beat as this person wants it, within its limits."""
    wanted = max(LIGHTEST, min(DEEPEST, massage.beat.pressure + massage.ease))
    return min(wanted, firmest(massage))


def with_pressure(massage: Massage, level: int) -> Massage:
    """This beat at that level, and the others as much lighter or firmer."""
    return replace(massage, ease=max(LIGHTEST, level) - massage.beat.pressure)


def strokes_per_minute(massage: Massage) -> float | None:
    """The tempo of this beat as this person wants it, or None when it has none."""
    if massage.beat.tempo is None:
        return None
    strokes = massage.beat.tempo
    for _ in range(abs(massage.pace)):
        step = max(1.0, round(strokes * PACE_STEP))
        strokes = strokes + step if massage.pace > 0 else strokes - step
    return max(SLOWEST_TEMPO, min(FASTEST_TEMPO, strokes))


# from beat to beat


def at_beat(massage: Massage, index: int, now: float, *, by_itself: bool = False) -> Massage:
    """The massage at the beginning of a beat, before its instruction."""
    return replace(
        massage,
        index=index,
        left_index=massage.index if massage.told else massage.left_index,
        told=False,
        over=False,
        came_by_itself_at=now if by_itself else None,
        length=massage.plan.beats[index].duration,
        worked=0.0,
        working_since=None,
        settled_at=None,
        worked_before=worked_in_all(massage, now),
        cues_said=frozenset(),
        counted=None,
    )


def _allowed(massage: Massage, index: int) -> bool:
    return not massage.bars(massage.plan.beats[index])


def beat_after(massage: Massage) -> int | None:
    """Index of the next beat, or None at the end."""
    ahead = range(massage.index + 1, len(massage.plan.beats))
    return next((index for index in ahead if _allowed(massage, index)), None)


def beat_before(massage: Massage) -> int | None:
    """Index of the beat before, or None at the beginning."""
    behind = range(massage.index - 1, -1, -1)
    return next((index for index in behind if _allowed(massage, index)), None)


def step_after(massage: Massage) -> int | None:
    """Index of the first beat of the next step, or None at the end."""
    number = massage.beat.step_number
    ahead = range(massage.index + 1, len(massage.plan.beats))
    return next(
        (i for i in ahead if massage.plan.beats[i].step_number > number and _allowed(massage, i)), None
    )


def step_start(massage: Massage, number: int) -> int | None:
    """Index of the first beat of a step, or None when there is no such step."""
    beats = massage.plan.beats
    return next((index for index, beat in enumerate(beats) if beat.step_number == number), None)


def other_side(massage: Massage) -> int | None:
    """Index of the first beat of this step on the other side, or None when it has one side only."""
    here = massage.beat
    return next(
        (
            index
            for index, beat in enumerate(massage.plan.beats)
            if beat.step_number == here.step_number and beat.side is not None and beat.side != here.side
        ),
        None,
    )


def came_from(massage: Massage) -> Beat | None:
    """The beat before this one in the plan."""
    return massage.plan.beats[massage.index - 1] if massage.index > 0 else None


def opens_step(massage: Massage) -> bool:
    """Whether this is the first beat of its step."""
    before = came_from(massage)
    return before is None or before.step_number != massage.beat.step_number

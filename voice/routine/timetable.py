"""A plan for the eye: a table of what comes when and how it is done, and a time line beside it.

Plain text of 80 columns; how it is coloured is not known here.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

from voice.session.plan import Beat, Plan

from . import durations

Paint = Callable[[str, int], str]
"""Gives a bar the colour of a pressure."""

_HEADINGS = ("at", "for", "step", "side", "pressure", "tempo")
_STEP = _HEADINGS.index("step")
_PRESSURES = ("feather", "light", "medium", "firm", "deep")
_WIDTH = 80
_GAP = "  "
_LEAST_BAR = 12
"""Columns; where titles leave less, they are cut."""
_WORK, _HOLD, _OPEN = "#", "=", ">"


def timetable(plan: Plan, paint: Paint = lambda bar, _: bar) -> str:
    """Whole lines; times count work only, not the talk."""
    is_open = any(beat.duration is None for beat in plan.beats)
    total = durations.text(plan.seconds) + (" and the open steps" if is_open else "")
    head = [
        f"{plan.title} ({plan.routine_id})",
        *_fact("for", plan.audience),
        *_fact("position", plan.position),
        *(_fact("needs", ", ".join(plan.needs)) if plan.needs else ()),
        *_fact("total", total),
        "",
    ]
    return "".join(f"{line}\n" for line in [*head, *_table(plan, paint), *_legend(plan)])


def _fact(name: str, text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=f"{_GAP}{name:<10}", subsequent_indent=_GAP + 10 * " ")


def _table(plan: Plan, paint: Paint) -> Iterator[str]:
    starts = list(_starts(plan))
    rows = [list(_HEADINGS), *(_cells(beat, at) for beat, at in zip(plan.beats, starts, strict=True))]
    # A column in which nothing stands would only take room.
    used = [column for column in range(len(_HEADINGS)) if any(row[column] for row in rows[1:])]
    others = sum(
        len(_GAP) + max(len(row[column]) for row in rows) for column in used if column != _STEP
    ) + 2 * len(_GAP)
    widest = max(len(row[_STEP]) for row in rows)
    width = min(widest, _WIDTH - others - _LEAST_BAR)
    for row, beat in zip(rows[1:], plan.beats, strict=True):
        row[_STEP] = _named(beat, width)
    widths = {column: max(len(row[column]) for row in rows) for column in used}
    bar = _WIDTH - sum(len(_GAP) + each for each in widths.values()) - len(_GAP)
    bars = [_scale(plan, starts[-1], bar)]
    bars += [
        paint(_bar(beat, at, plan.seconds, bar), beat.pressure)
        for beat, at in zip(plan.beats, starts, strict=True)
    ]
    for row, drawn in zip(rows, bars, strict=True):
        cells = (row[column].ljust(widths[column]) for column in used)
        yield f"{_GAP}{_GAP.join((*cells, drawn))}".rstrip()


def _starts(plan: Plan) -> Iterator[tuple[float, bool]]:
    """Seconds of work before each beat, and whether these are only the least: after an open step."""
    start, after_open = 0.0, False
    for beat in plan.beats:
        yield start, after_open
        start += beat.duration or 0.0
        after_open = after_open or beat.duration is None


def _clock(seconds: float, at_least: bool) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}{'+' if at_least else ''}"


def _cells(beat: Beat, at: tuple[float, bool]) -> list[str]:
    length = "until next" if beat.duration is None else durations.text(beat.duration)
    return [
        _clock(*at),
        f"{length} hold" if beat.hold else length,
        _named(beat),
        str(beat.side) if beat.side else "",
        f"{beat.pressure} {_PRESSURES[beat.pressure - 1]}",
        f"{beat.tempo:g}/min" if beat.tempo else "",
    ]


def _named(beat: Beat, width: int | None = None) -> str:
    """Number, title and which time; the title is cut where there is no room for it."""
    name = f"{beat.step_number}. {beat.title}"
    times = f" ({beat.repetition} of {beat.repetitions})" if beat.repetitions > 1 else ""
    times += " (optional)" if beat.optional else ""
    room = len(name) if width is None else width - len(times)
    return (name if len(name) <= room else name[: room - 1].rstrip() + "…") + times


def _scale(plan: Plan, last: tuple[float, bool], width: int) -> str:
    """Heading of the bars: from when to when they go."""
    end = _clock(plan.seconds, last[1] or plan.beats[-1].duration is None)
    return f"0:00{end:>{width - len('0:00')}}"


def _bar(beat: Beat, at: tuple[float, bool], total: float, width: int) -> str:
    """Where the beat lies in the whole; at least one column."""
    share = width / total if total else 0.0
    begin = min(round(at[0] * share), width - 1)
    end = max(begin + 1, round((at[0] + (beat.duration or 0.0)) * share))
    return " " * begin + (end - begin) * _mark(beat)


def _mark(beat: Beat) -> str:
    if beat.duration is None:
        return _OPEN
    return _HOLD if beat.hold else _WORK


def _legend(plan: Plan) -> Iterator[str]:
    words = {_WORK: "work", _HOLD: "hold, counted out", _OPEN: 'until "next"'}
    marks = {_mark(beat) for beat in plan.beats}
    if marks != {_WORK}:
        yield ""
        yield _GAP + (2 * _GAP).join(f"{mark} {word}" for mark, word in words.items() if mark in marks)

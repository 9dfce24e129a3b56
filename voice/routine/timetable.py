"""A plan as a table for the eye: when each beat begins, how long it lasts, and how it is done."""

from __future__ import annotations

from collections.abc import Iterator

from voice.session.plan import Beat, Plan

from . import durations

_HEADINGS = ("at", "for", "step", "side", "pressure", "tempo")
_PRESSURES = ("feather", "light", "medium", "firm", "deep")


def timetable(plan: Plan) -> str:
    """Whole lines; times count work only, not the talk."""
    is_open = any(beat.duration is None for beat in plan.beats)
    total = durations.text(plan.seconds) + (" and the open steps" if is_open else "")
    head = [
        f"{plan.title} ({plan.routine_id})",
        f"  for       {plan.audience}",
        f"  position  {plan.position}",
        *([f"  needs     {', '.join(plan.needs)}"] if plan.needs else []),
        f"  total     {total}",
        "",
    ]
    rows = [_HEADINGS, *_rows(plan)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    table = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(f"{line}\n" for line in [*head, *(f"  {row}".rstrip() for row in table)])


def _rows(plan: Plan) -> Iterator[tuple[str, ...]]:
    start, after_open = 0.0, False
    for beat in plan.beats:
        minutes, seconds = divmod(round(start), 60)
        # After a step without a length, the clock can only tell the least time that has passed.
        yield (f"{minutes}:{seconds:02}{'+' if after_open else ''}", *_cells(beat))
        start += beat.duration or 0.0
        after_open = after_open or beat.duration is None


def _cells(beat: Beat) -> tuple[str, ...]:
    length = "until next" if beat.duration is None else durations.text(beat.duration)
    times = f" ({beat.repetition} of {beat.repetitions})" if beat.repetitions > 1 else ""
    marked = " (optional)" if beat.optional else ""
    return (
        f"{length} hold" if beat.hold else length,
        f"{beat.step_number}. {beat.title}{times}{marked}",
        str(beat.side) if beat.side else "",
        f"{beat.pressure} {_PRESSURES[beat.pressure - 1]}",
        f"{beat.tempo:g}/min" if beat.tempo else "",
    )

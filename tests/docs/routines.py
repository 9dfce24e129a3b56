"""docs/routines.md: every bundled routine, step by step, with the guide that each step comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from voice.resources import folder
from voice.routine import Routine, Step, durations, load, plan, shelf

PAGE = Path(__file__).parents[2] / "docs" / "routines.md"
_PRESSURES = ("feather", "light", "medium", "firm", "deep")
_HEAD = """\
# The routines

This page is made by `python -m tests.docs`; what it says stands in [routines/](../routines).

All massages that come with easeup, numbered as they can be asked for ("start six"). Times are of work,
without the talk. The guides are five public ones about massaging the back, each named by a letter:

| guide | what it holds |
|---|---|
| A | the lower back for a partner, in four phases; balls for oneself; when to leave it |
| B | the lower back by oneself, in eight steps; precautions |
| C | Swedish massage, deep tissue, trigger points; how to stand, to talk and to begin; heat and cold |
| D | where: beside the spine, gluteus medius, piriformis, rhomboids, upper trapezius; warning signs |
| E | five strokes for the lower back and five for the upper back |

An optional step may be left out when time is short; others may only be shortened. Pressure goes from 1,
feather, to 5, deep: at first, and, where it differs, at most.
"""


def routines() -> str:
    """The whole page."""
    known = [(load(folder("routines") / f"{each.routine_id}.yaml"), each.seconds) for each in shelf()]
    overview = _table(
        ("", "routine", "for", "time", "guides", "regions"),
        (
            (
                str(number),
                f"[{routine.title}](#{routine.id})",
                str(routine.audience),
                durations.text(seconds),
                ", ".join(routine.sources),
                ", ".join(dict.fromkeys(region for step in routine.steps for region in step.region)),
            )
            for number, (routine, seconds) in enumerate(known, start=1)
        ),
    )
    return "\n".join([_HEAD, overview, *(_section(routine) for routine, _ in known)])


def _section(routine: Routine) -> str:
    steps = _table(
        ("", "step", "guides", "time", "pressure", "technique"),
        (
            (
                str(number),
                step.title + (" (optional)" if step.optional else ""),
                ", ".join(step.sources or ()),
                _time(step),
                _pressure(step),
                step.technique,
            )
            for number, step in enumerate(routine.steps, start=1)
        ),
    )
    laid_out = f"Position: {routine.position}. At hand: {'; '.join(routine.needs)}.\n"
    total = durations.text(plan(routine).seconds)
    return "\n".join([f"## {routine.id}", "", f"{routine.title}, {total}.", "", laid_out, steps])


def _time(step: Step) -> str:
    if step.length is None:
        return "until next"
    each = durations.text(step.length) + (" hold" if step.hold else "")
    times = f"{step.repeat} \N{MULTIPLICATION SIGN} " if step.repeat > 1 else ""
    return times + each + (" each side" if step.sides else "")


def _pressure(step: Step) -> str:
    first = f"{step.pressure} {_PRESSURES[step.pressure - 1]}"
    return first if step.max_pressure == step.pressure else f"{first}, up to {step.max_pressure}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    def lines() -> Iterator[str]:
        for row in (head, ("---",) * len(head), *rows):
            yield "| " + " | ".join(row) + " |\n"

    return "".join(lines())

"""Writes a routine as a HowTo. Plain values that become JSON; opens no files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from voice.routine.format import CueEntry, Step
from voice.routine.loading import Routine
from voice.routine.planning import plan

from . import durations
from .terms import AT, CONTEXT, PREFIX, ROLE, ROLES

_USED_UP = re.compile(r"\b(oil|lotion|cream|balm|butter|gel)\b", re.IGNORECASE)
"""What is consumed is a supply; what is not is a tool."""
_SAID_OTHERWISE = {"id", "title", "duration", "hold", "say", "cues", "sources", *ROLES}
"""Keys of a step that don't keep their names, or not as they stand."""


def howto(routine: Routine) -> dict[str, Any]:
    """The JSON-LD of a routine; the steps it includes are written out."""
    worked = plan(routine)
    # Steps that were included have those of their own routine.
    sources = tuple(
        dict.fromkeys((*routine.sources, *chain(*(step.sources or () for step in routine.steps))))
    )
    times: dict[str, Any] = {}
    # With steps that last until "next" nobody knows the whole.
    if all(beat.duration is not None for beat in worked.beats):
        times = dict.fromkeys(("totalTime", "performTime"), durations.text(worked.seconds))
    return {
        "@context": CONTEXT,
        "@type": "HowTo",
        "identifier": routine.id,
        "name": routine.title,
        f"{PREFIX}for": str(routine.audience),
        f"{PREFIX}position": routine.position,
        **times,
        **_needs(routine),
        **({"citation": list(sources)} if sources else {}),
        "step": [_step(step, number, sources) for number, step in enumerate(routine.steps, 1)],
    }


def _needs(routine: Routine) -> dict[str, list[Any]]:
    """Supplies and tools; `position` keeps them in one order."""
    made: dict[str, list[Any]] = {}
    for position, need in enumerate(routine.needs, 1):
        key, kind = ("supply", "HowToSupply") if _USED_UP.search(need) else ("tool", "HowToTool")
        made.setdefault(key, []).append({"@type": kind, "position": position, "name": need})
    return made


def _step(step: Step, number: int, sources: tuple[str, ...]) -> dict[str, Any]:
    direction = {"@type": "HowToDirection", "text": step.say}
    if step.length is not None:
        direction["performTime"] = durations.text(step.work)
    return {
        "@type": "HowToStep",
        "position": number,
        "identifier": step.id,
        "name": step.title,
        **dict(_own(step, sources)),
        "itemListElement": [direction, *_tips(step), *map(_cue, step.cues)],
    }


def _own(step: Step, sources: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """What keeps its name, unless it is as it would be without saying."""
    if step.sources and step.sources != sources:
        yield f"{PREFIX}sources", list(step.sources)
    if step.hold is not None:
        yield f"{PREFIX}hold", durations.text(step.hold)
    written = step.model_dump(mode="json", by_alias=True, exclude=_SAID_OTHERWISE, exclude_defaults=True)
    for key, value in written.items():
        is_whole = isinstance(value, float) and value.is_integer()
        yield f"{PREFIX}{key}", int(value) if is_whole else value


def _tips(step: Step) -> Iterator[dict[str, str]]:
    for role in ROLES:
        if (text := getattr(step, role)) is not None:
            yield {"@type": "HowToTip", ROLE: role, "text": text}


def _cue(cue: CueEntry) -> dict[str, str]:
    share, seconds = cue.at.share, cue.at.seconds
    at = f"{round(100 * share)}%" if share is not None else durations.text(seconds or 0.0)
    return {"@type": "HowToDirection", AT: at, "text": cue.say}

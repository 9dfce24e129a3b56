"""The diary as JSON. docs/diary.schema.json says what each field means."""

from __future__ import annotations

import json as documents
from collections.abc import Mapping, Sequence

from voice.diary.entry import Entry, PainStop

from .moments import utc

VERSION = 1
"""Of the fields; another one means that one was taken away, or means something else."""


def json(entries: Sequence[Entry], names: Mapping[int, str]) -> str:
    """All massages, oldest first; what was not told is null."""
    massages = [_massage(entry, names.get(entry.person)) for entry in entries]
    whole = {"format": "easeup-diary", "version": VERSION, "massages": massages}
    return documents.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _massage(entry: Entry, name: str | None) -> dict[str, object]:
    return {
        "person": entry.person,
        "name": name or None,
        "routine": entry.routine_id,
        "title": entry.title,
        "began": utc(entry.began),
        "ended": None if entry.ended is None else utc(entry.ended),
        "finished": entry.finished,
        "worked_seconds": round(entry.worked, 1),
        "planned_seconds": round(entry.planned, 1),
        "comfort_before": entry.before,
        "comfort_after": entry.after,
        "pain": [_stop(stop) for stop in entry.pain],
    }


def _stop(stop: PainStop) -> dict[str, object]:
    return {
        "at": utc(stop.at),
        "kind": stop.kind,
        "step": stop.step_id,
        "title": stop.step,
        "side": stop.side,
        "regions": list(stop.regions),
    }

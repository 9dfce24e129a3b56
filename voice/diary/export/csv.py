"""The diary as a table for spreadsheets: one row a massage. Pure."""

from __future__ import annotations

import csv as tables
from collections.abc import Mapping, Sequence
from io import StringIO

from voice.diary.entry import Entry, PainStop

from .moments import utc

COLUMNS = (
    *(
        "person",
        "name",
        "began",
        "ended",
        "routine",
        "title",
        "finished",
        "worked_seconds",
        "planned_seconds",
    ),
    *("comfort_before", "comfort_after", "pain_stops", "pain"),
)
_FORMULA = ("=", "+", "-", "@")


def csv(entries: Sequence[Entry], names: Mapping[int, str]) -> str:
    """All massages, oldest first; what was not told is empty."""
    text = StringIO()
    rows = tables.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for entry in entries:
        rows.writerow(
            (
                entry.person,
                _inert(names.get(entry.person, "")),
                utc(entry.began),
                "" if entry.ended is None else utc(entry.ended),
                entry.routine_id,
                _inert(entry.title),
                "yes" if entry.finished else "no",
                round(entry.worked),
                round(entry.planned),
                entry.before,
                entry.after,
                len(entry.pain),
                _inert("; ".join(map(_stop, entry.pain))),
            )
        )
    return text.getvalue()


def _stop(stop: PainStop) -> str:
    side = "" if stop.side is None else f", {stop.side}"
    return f"{stop.step}{side}: {stop.kind} ({', '.join(stop.regions)})"


def _inert(text: str) -> str:
    """A spreadsheet takes what begins like a formula for one, and a routine's title may come from anybody."""
    return f"'{text}" if text.startswith(_FORMULA) else text

"""Diaries of nobody: made-up massages of any number."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from typing import Any

from voice.diary.entry import Entry, Kind, PainStop
from voice.session.plan import Side

BEGINNING = datetime(2026, 9, 7, 18, 5, tzinfo=timezone.utc)
_ROUTINES = (
    ("lower-back-strokes", "Five strokes for the lower back", 840.0),
    ("whole-back", "The whole back, from the neck to the hips", 2520.0),
    ("tennis-balls", "Tennis balls under the lower back", 600.0),
)
_STEPS = (
    ("thumb-circles", "Thumb circles", None, ("lower-back",)),
    ("hips", "Heel of the hand on the hip", Side.LEFT, ("hips", "buttocks")),
    ("shoulders", "Knead the shoulders", Side.RIGHT, ("shoulders", "neck")),
    ("sides", "Pull up the sides", Side.LEFT, ("torso-sides",)),
    ("ribs", "Glide beside the shoulder blades", None, ("upper-back",)),
    ("foot", "Roll the foot", Side.RIGHT, ("foot",)),
)


def stop(at: datetime, step: int = 0, kind: Kind = Kind.SHARP) -> PainStop:
    return PainStop(at, kind, *_STEPS[step])


def massage(began: datetime = BEGINNING, person: int = 1, routine: int = 0, **told: Any) -> Entry:
    """A massage as it should be, but for what is told."""
    routine_id, title, planned = _ROUTINES[routine]
    facts = {
        "ended": began + timedelta(seconds=planned + 240),
        "finished": True,
        "worked": planned,
        "planned": planned,
    }
    return Entry(person, routine_id, title, began, **{**facts, **told})


def diary(count: int, seed: int = 1) -> tuple[Entry, ...]:
    """So many massages of one person, who feels better as time goes on, with a pain stop now and then."""
    chance = random.Random(seed)  # noqa: S311 - nobody's secret
    entries = []
    began = BEGINNING
    for number in range(count):
        before = max(0, min(10, round(chance.gauss(3.5 + 2.5 * number / max(count, 12), 1.2))))
        after = max(0, min(10, before + chance.choice((0, 1, 1, 2, 2, 3, -1))))
        routine = chance.choice((0, 0, 1, 2))
        hurt = chance.random() < 0.3
        pain = (
            (
                stop(
                    began + timedelta(minutes=5),
                    chance.choice((0, 0, 0, 1, 1, 2, 3, 4)),
                    chance.choice(list(Kind)),
                ),
            )
            if hurt
            else ()
        )
        told = chance.random() < 0.85
        early: dict[str, Any] = {"finished": False, "worked": 330.0} if chance.random() < 0.1 else {}
        entries.append(
            massage(
                began,
                routine=routine,
                before=before if told else None,
                after=after if told and chance.random() < 0.9 else None,
                pain=pain,
                **early,
            )
        )
        began += timedelta(days=chance.choice((2, 3, 3, 4, 5)), minutes=chance.randrange(-50, 50))
    return tuple(entries)

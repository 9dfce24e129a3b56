"""docs/diary.svg: what `easeup diary plot` draws, of massages that never were."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from voice.diary.entry import Entry, Kind, PainStop
from voice.diary.picture import draw
from voice.session.plan import Side

PICTURE = Path(__file__).parents[2] / "docs" / "diary.svg"
WHO = "Made-up example"
_FIRST = datetime(2026, 9, 7, 18, 0, tzinfo=timezone.utc)
_COMFORT = (
    *(
        (0, 3, 4),
        (3, 4, 6),
        (7, 3, 5),
        (10, 4, 6),
        (14, 5, 5),
        (18, 4, 7),
        (21, 5, 7),
        (25, 3, None),
        (29, 5, 7),
    ),
    *((32, 5, 8), (36, 6, 8), (40, 6, 7), (43, 5, 8), (47, 7, 9)),
)
"""Days since the first massage, comfort before, comfort after."""
_STOPS = (
    (0, Kind.TOO_HARD, "Thumb circles", None, ("lower-back",)),
    (2, Kind.SHARP, "Heel of the hand on the hip", Side.LEFT, ("hips", "buttocks")),
    (4, Kind.TOO_HARD, "Thumb circles", None, ("lower-back",)),
    (4, Kind.TOO_HARD, "Knead the shoulders", Side.RIGHT, ("shoulders",)),
    (7, Kind.SHARP, "Press beside the spine", None, ("lower-back",)),
    (10, Kind.UNSAID, "Elbow on the buttock", Side.LEFT, ("buttocks",)),
)
"""In which massage, and what hurt."""


def massages() -> tuple[Entry, ...]:
    """Seven weeks of somebody who is made up."""
    return tuple(
        Entry(
            *(1, "made-up", "Made up", began := _FIRST + timedelta(days=days)),
            ended=began + timedelta(minutes=20),
            finished=True,
            worked=840.0,
            planned=840.0,
            before=before,
            after=after,
            pain=tuple(
                PainStop(began, kind, "made-up", step, side, regions)
                for massage, kind, step, side, regions in _STOPS
                if massage == number
            ),
        )
        for number, (days, before, after) in enumerate(_COMFORT)
    )


def picture(out: Path) -> None:
    """Draw it.

    Raises:
        ModuleNotFoundError: matplotlib is missing; it comes with the extra "diary".
    """
    draw(massages(), WHO, out, ".svg", timezone.utc)

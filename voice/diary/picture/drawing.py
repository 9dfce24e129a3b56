"""One picture of one person's massages: comfort over time above, the back with its pain stops below.

Needs matplotlib (the extra "diary"), which is imported when something is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any

from voice.diary.entry import Entry

from . import page
from .comfort import draw_comfort
from .places import draw_places


def draw(entries: Sequence[Entry], who: str, out: Path, suffix: str, zone: tzinfo | None = None) -> None:
    """Write the picture.

    Args:
        entries: Of one person, oldest first.
        who: What that person is called.
        out: The file.
        suffix: One of `SUFFIXES`: what the file is to be.
        zone: The clock that days are told by; None: this machine's.

    Raises:
        ModuleNotFoundError: matplotlib is not installed.
        OSError: the file cannot be written.
    """
    import matplotlib as mpl  # noqa: PLC0415 - in the extra "diary"

    title = f"Massage diary: {who}"
    # Without a date of its own, the same diary gives the same file.
    metadata = {"Title": title, "Date": None} if suffix == ".svg" else {"Title": title}
    with mpl.rc_context(page.LETTERS):
        composed(entries, who, zone).savefig(out, format=suffix[1:], dpi=page.DOTS, metadata=metadata)


def composed(entries: Sequence[Entry], who: str, zone: tzinfo | None) -> Any:
    """The page, before it is written; of the same as `draw`, under the letters of the page."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(page.WIDTH, page.HEIGHT), facecolor="white")
    FigureCanvasAgg(figure)
    figure.text(0.055, 0.978, "Massage diary", size=page.TITLE, weight="bold", va="top")
    figure.text(0.055, 0.944, _whose(who, _days(entries, zone)), color=page.QUIET, va="top")
    draw_comfort(figure, entries, zone)
    draw_places(figure, entries)
    return figure


def _whose(who: str, rest: str) -> str:
    room = page.LETTERS_ACROSS - len(rest) - 3
    return f"{who if len(who) <= room else who[: room - 1] + '…'} · {rest}"


def _days(entries: Sequence[Entry], zone: tzinfo | None) -> str:
    if not entries:
        return "no massage yet"
    first, last = (entries[at].began.astimezone(zone).date() for at in (0, -1))
    count = f"{len(entries)} massage{'' if len(entries) == 1 else 's'}"
    if first == last:
        return f"{day(first)} {first:%Y} · {count}"
    year = f" {first:%Y}" if first.year != last.year else ""
    return f"{day(first)}{year} to {day(last)} {last:%Y} · {count}"


def day(moment: date | datetime) -> str:
    """Day and month, such as "7 Sep"."""
    return f"{moment.day} {moment:%b}"

"""Comfort before and after every massage over time, and when it hurt. Draws; decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Any

from voice.diary.entry import Entry

from . import page

_BOX = (0.105, 0.678, 0.845, 0.172)
"""Left, bottom, width and height, as shares of the page."""
_MANY = 40
"""Massages above which single ones step back behind their mean."""
_SPAN = 9
"""Massages of which a mean is taken."""
_TICKS = 4
_PAIN_AT = -1.35
_ROOM = timedelta(days=2)


def draw_comfort(figure: Any, entries: Sequence[Entry], zone: tzinfo | None) -> None:
    """Draw the upper half of the page."""
    left, bottom, width, height = _BOX
    figure.text(0.055, bottom + height + 0.038, "How it felt", size=page.LARGE, weight="bold", va="bottom")
    axes = figure.add_axes((left, bottom, width, height))
    axes.set_ylim(-2.2, 10.6)
    axes.set_yticks([0, 5, 10], ["0", "5", "10"], size=page.NORMAL)
    axes.text(-0.058, 1.045, "10 best, 0 worst", transform=axes.transAxes, size=page.SMALL, color=page.QUIET)
    for edge in ("top", "right", "left"):
        axes.spines[edge].set_visible(False)
    axes.tick_params(axis="y", length=0)
    for level in (0, 5, 10):
        axes.axhline(level, color=page.FAINT, linewidth=0.8, zorder=0)
    moments = [entry.began.astimezone(zone).replace(tzinfo=None) for entry in entries]
    if not moments:
        axes.set_xticks([])
        _note(axes, "After a massage, its comfort\nbefore and after stands here.")
        return
    _days(axes, moments)
    _felt(axes, entries, moments)
    hurt = [moment for entry, moment in zip(entries, moments, strict=True) if entry.pain]
    size = 70 if len(entries) <= _MANY else 34
    if hurt:
        axes.scatter(
            hurt, [_PAIN_AT] * len(hurt), marker="x", s=size, color=page.PAIN, linewidth=2, label="it hurt"
        )
    if axes.get_legend_handles_labels()[1]:
        axes.legend(
            loc="lower right",
            bbox_to_anchor=(1.03, 0.985),
            ncols=3,
            frameon=False,
            fontsize=page.SMALL,
            handlelength=1.3,
            handletextpad=0.35,
            columnspacing=0.8,
            borderpad=0,
        )


def _felt(axes: Any, entries: Sequence[Entry], moments: Sequence[datetime]) -> None:
    timed = list(zip(moments, entries, strict=True))
    before = [(moment, entry.before) for moment, entry in timed if entry.before is not None]
    after = [(moment, entry.after) for moment, entry in timed if entry.after is not None]
    if not before and not after:
        _note(axes, "No comfort was told as a number yet:\nfrom 0, worst, to 10, best.")
        return
    many = len(entries) > _MANY
    both = dict(after)
    changes = [(moment, level, both[moment]) for moment, level in before if moment in both]
    if changes:
        axes.vlines(*zip(*changes, strict=True), color=page.CHANGE, linewidth=1 if many else 2, zorder=1)
    size, line = (14, 1) if many else (62, 2)
    hollow = {"marker": "o", "s": size, "facecolor": "white", "edgecolor": page.BEFORE, "linewidth": line}
    full = {"marker": "D", "s": size * 0.8, "color": page.AFTER, "linewidth": 0}
    for told, label, mark, colour, dashes in (
        (before, "before", hollow, page.BEFORE, (0, (3, 1.5))),
        (after, "after", full, page.AFTER, "solid"),
    ):
        if not told:
            continue
        when, levels = zip(*told, strict=True)
        axes.scatter(when, levels, label=None if many else label, zorder=2, **mark)
        if many:
            means = _means(levels)
            axes.plot(when, means, color="white", linewidth=5, zorder=3)
            axes.plot(when, means, color=colour, linewidth=2.6, linestyle=dashes, label=label, zorder=4)
    if many:
        _aside(axes, f"lines: mean of {_SPAN} massages")


def _means(levels: Sequence[int]) -> list[float]:
    half = _SPAN // 2
    around = [levels[max(0, at - half) : at + half + 1] for at in range(len(levels))]
    return [sum(near) / len(near) for near in around]


def _days(axes: Any, moments: Sequence[datetime]) -> None:
    first, last = moments[0], moments[-1]
    room = max(_ROOM, (last - first) / 25)
    axes.set_xlim(first - room, last + room)
    ticks = list({moment.date(): moment for moment in moments}.values())
    gaps = [after - before for before, after in pairwise(ticks)]
    if len(ticks) > _TICKS or min(gaps, default=_ROOM) < (last - first) / _TICKS:  # their words would meet
        spread = (first + (last - first) / (_TICKS - 1) * at for at in range(_TICKS))
        ticks = list({moment.date(): moment for moment in spread}.values())
    years = first.year != last.year
    axes.set_xticks(
        ticks,
        [f"{tick.day} {tick:%b}" + (f"\n{tick:%Y}" if years else "") for tick in ticks],
        size=page.NORMAL,
    )


def _aside(axes: Any, text: str) -> None:
    axes.text(1.02, 1.25, text, transform=axes.transAxes, size=page.SMALL, color=page.QUIET, ha="right")


def _note(axes: Any, text: str) -> None:
    axes.text(
        0.5,
        0.58,
        text,
        transform=axes.transAxes,
        ha="center",
        va="center",
        color=page.QUIET,
        backgroundcolor="white",
    )

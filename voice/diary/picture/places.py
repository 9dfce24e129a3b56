"""Where it hurt: the outline of a back, its regions shaded by their pain stops. Draws; decides nothing."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from voice.diary.entry import Entry
from voice.diary.telling import kinds
from voice.session.plan import Side

from . import body, page
from .body import Points, mirrored
from .smooth import Point, curve

_BOX = (0.0, 0.02, 1.0, 0.535)
"""Left, bottom, width and height, as shares of the page."""
_ACROSS, _BOTTOM = 127.0, 0.0
"""Units of the outline that the box is wide, and where it ends."""
_WIDE = 1.1
"""Points: the width of the outline's line."""
_LETTERS_ACROSS = 56
"""Of a line as wide as the page, in small letters."""
_TIE = "\N{NO-BREAK SPACE}"
_GAP = 1.2
"""Units between a name and the line that leads from it."""
_NEEDS_ITS_NAME = "foot"
"""It stands beside the outline, where nobody would know it otherwise."""

Part = tuple[str, Side | None]
"""A region, or, of one that lies on both sides, the part of it on one."""


def stops(entries: Sequence[Entry]) -> dict[str, Counter[Side | None]]:
    """How often it hurt in each region, by side; a stop on a step that covers several counts in each."""
    counted: dict[str, Counter[Side | None]] = {}
    for stop in (stop for entry in entries for stop in entry.pain):
        for region in stop.regions:
            counted.setdefault(region, Counter())[stop.side] += 1
    return counted


def shade(count: int, most: int) -> int:
    """Which of the shades a region with so many stops has, when the region with most of them has `most`."""
    last = len(page.SHADES) - 1
    return count - 1 if most <= len(page.SHADES) else round((count - 1) / (most - 1) * last)


def draw_places(figure: Any, entries: Sequence[Entry]) -> None:
    """Draw the lower part of the page."""
    found = stops(entries)
    parts = {part: count for name in found for part, count in numbers(name, found[name]).items()}
    most = max(parts.values(), default=0)
    _say(figure, entries)
    axes = figure.add_axes(_BOX)
    axes.set_axis_off()
    axes.set_xlim(-_ACROSS / 2, _ACROSS / 2)
    axes.set_ylim(_BOTTOM, _BOTTOM + _ACROSS * (_BOX[3] * page.HEIGHT) / (_BOX[2] * page.WIDTH))
    _back(axes)
    for part, points in _parts():
        colour = page.SHADES[shade(parts[part], most)] if part in parts else page.UNHURT
        _fill(axes, [curve(points, closed=True)], colour)
    _lines(axes)
    for side, x in ((Side.LEFT, -20.0), (Side.RIGHT, 20.0)):
        axes.text(x, 131, side, size=page.SMALL, color=page.QUIET, ha="center", va="center")
    for name, area in body.AREAS.items():
        if name in found:
            _name(axes, name, area, found[name])
        elif name == _NEEDS_ITS_NAME:
            axes.text(*area.label, name, size=page.SMALL, color=page.QUIET, ha="right", va="center")
    for (name, on), count in parts.items():
        if name in body.AREAS:
            x, y = body.AREAS[name].number
            _number(axes, -x if on is Side.LEFT else x, y, count)
    if most > 1:
        _legend(axes)
    elsewhere = [
        f"{name.replace('-', ' ')} {sides.total()}" for name, sides in found.items() if name not in body.AREAS
    ]
    if elsewhere:
        line = textwrap.shorten(f"Elsewhere: {', '.join(elsewhere)}", _LETTERS_ACROSS, placeholder=" …")
        figure.text(0.055, 0.012, line, size=page.SMALL)


def numbers(name: str, sides: Counter[Side | None]) -> dict[Part, int]:
    """What is written in each part of a region; what has no side counts on both."""
    if name not in body.AREAS or not body.AREAS[name].paired:
        return {(name, None): sides.total()}
    each: dict[Part, int] = {(name, side): sides[side] + sides[None] for side in Side}
    return {part: count for part, count in each.items() if count}


def _parts() -> Iterator[tuple[Part, Points]]:
    for name, area in body.AREAS.items():
        if area.paired:
            yield (name, Side.RIGHT), area.points
            yield (name, Side.LEFT), mirrored(area.points)
        else:
            yield (name, None), area.points


def _say(figure: Any, entries: Sequence[Entry]) -> None:
    total = sum(len(entry.pain) for entry in entries)
    top = _BOX[1] + _BOX[3]
    figure.text(0.055, top + 0.037, "Where it hurt", size=page.LARGE, weight="bold", va="bottom")
    said = f"{total} pain stop{'' if total == 1 else 's'}: {kinds(entries)}" if total else "no pain stops"
    lines = textwrap.fill(said.replace(" ", _TIE).replace(f",{_TIE}", ", "), _LETTERS_ACROSS).replace(
        _TIE, " "
    )
    figure.text(0.055, top + 0.03, lines, size=page.SMALL, color=page.QUIET, va="top", linespacing=1.25)


def _back(axes: Any) -> None:
    half = [curve(body.CONTOUR), curve(body.FLANK), curve(body.INNER_THIGH)]
    left = [[(-x, y) for x, y in reversed(piece)] for piece in reversed(half)]
    _fill(axes, [[(0.0, 122.0)], *half, [(0.0, 22.4)], *left], page.SKIN)


def _lines(axes: Any) -> None:
    from matplotlib.patches import Circle  # noqa: PLC0415

    head = [curve(body.HEAD), [(-x, y) for x, y in reversed(curve(body.HEAD))]]
    _fill(axes, head, page.HAIR)
    for points in (body.CONTOUR, body.FLANK, body.INNER_THIGH):
        _stroke(axes, points, page.EDGE, _WIDE * 1.3)
        _stroke(axes, mirrored(points), page.EDGE, _WIDE * 1.3)
    for points in (body.BLADE, body.FOLD):
        _stroke(axes, points, page.EDGE, _WIDE * 0.8)
        _stroke(axes, mirrored(points), page.EDGE, _WIDE * 0.8)
    _stroke(axes, body.SPINE, page.EDGE, _WIDE * 0.8)
    _stroke(axes, body.CLEFT, page.EDGE, _WIDE)
    for x, y, radius in body.TOES:
        axes.add_patch(Circle((x, y), radius, facecolor=page.UNHURT, edgecolor="none"))


def _name(axes: Any, name: str, area: body.Area, sides: Counter[Side | None]) -> None:
    (x, y), (away, up) = area.number, area.label
    lines = [name.replace("-", " ")]
    if not area.paired:  # one number for both
        lines += [f"{sides[side]} {side}" for side in Side if sides[side]]
    elif sides[None]:
        lines.append(f"{sides[None]} either")
    elif not sides[Side.RIGHT if away > 0 else Side.LEFT]:  # the name goes where it hurt
        away = -away
    if area.paired and away < 0:
        x = -x
    start = away - _GAP if away > x else away + _GAP
    axes.plot([start, x], [up, y], color=page.INK, linewidth=0.8, zorder=5, solid_capstyle="round")
    axes.text(
        away,
        up,
        "\n".join(lines),
        size=page.SMALL,
        ha="left" if away > x else "right",
        va="center",
        linespacing=1.15,
        zorder=6,
    )


def _number(axes: Any, x: float, y: float, count: int) -> None:
    axes.text(
        x,
        y,
        str(count),
        size=page.LARGE,
        weight="bold",
        ha="center",
        va="center_baseline",
        zorder=7,
        bbox={"boxstyle": "circle,pad=0.25", "facecolor": "white", "edgecolor": page.INK, "linewidth": 0.9},
    )


def _legend(axes: Any) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    left, bottom, wide = -_ACROSS / 2 + 7, 5.0, 4.4
    for at, colour in enumerate(page.SHADES):
        axes.add_patch(Rectangle((left + at * wide, bottom), wide, 3.4, facecolor=colour, edgecolor="none"))
    for x, beside, word in ((left, "left", "few"), (left + wide * len(page.SHADES), "right", "many")):
        axes.text(x, bottom + 4.6, word, size=page.SMALL, color=page.QUIET, ha=beside, va="bottom")


def _fill(axes: Any, pieces: Sequence[list[Point]], colour: str) -> None:
    from matplotlib.patches import PathPatch  # noqa: PLC0415

    axes.add_patch(PathPatch(_path(pieces), facecolor=colour, edgecolor="none"))


def _stroke(axes: Any, points: Points, colour: str, width: float) -> None:
    from matplotlib.patches import PathPatch  # noqa: PLC0415

    axes.add_patch(
        PathPatch(
            _path([curve(points)]), facecolor="none", edgecolor=colour, linewidth=width, capstyle="round"
        )
    )


def _path(pieces: Sequence[list[Point]]) -> Any:
    from matplotlib.path import Path  # noqa: PLC0415 - in the extra "diary"

    codes = [code for piece in pieces for code in (Path.LINETO, *[Path.CURVE4] * (len(piece) - 1))]
    return Path([point for piece in pieces for point in piece], [Path.MOVETO, *codes[1:]])

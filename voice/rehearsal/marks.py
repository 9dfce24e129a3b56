"""The blocks and marks of a time line: one look for each kind of thing, and the legend that explains them.

No two kinds differ by colour alone: shape and place tell them apart as well, in print and for colour-blind
eyes. Most colours are of Okabe and Ito's palette, darkened where letters stand on them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from .drawing import Element, add, text_width

INK, QUIET, RULE, PAPER = "#1b1f24", "#555b63", "#d9dce0", "#ffffff"
STOP_RED = "#b3001b"
_SMALL = 11


@dataclass(frozen=True, slots=True)
class Colours:
    """Of a block or a mark, and of the letters on or next to it."""

    fill: str
    edge: str
    letters: str
    italic: bool = False


class Look(Enum):
    """A kind of block or mark: its words in the legend, and its colours."""

    NARRATION = "guide speaks", Colours("#0072b2", "#0072b2", "#ffffff")
    QUESTION = "guide asks", Colours("#00406b", "#00406b", "#ffffff")
    CUT = "cut short", Colours("#0072b2", "#0072b2", "#ffffff")
    PARTNER = "partner speaks", Colours("#e69f00", "#7a5200", INK)
    WORK = "timer runs", Colours("#d2eee3", "#00805c", "#0d3328")
    PHASE = "phase", Colours("#eef0f2", PAPER, QUIET)
    HALTED = "phase with hands off", Colours("#fbdcdc", PAPER, "#7d1020")
    OBEYED = "command heard", Colours("#006b4f", PAPER, INK)
    STOP = "STOP or pain", Colours(STOP_RED, PAPER, STOP_RED)
    REJECTED = "not taken for a command", Colours("none", "#555b63", QUIET, italic=True)
    UNHEARD = "said, not heard", Colours(PAPER, "#7a5200", "#6b4700", italic=True)
    EARCON = "sound", Colours("#7b3f99", PAPER, INK)

    @property
    def words(self) -> str:
        """What the legend says."""
        return self.value[0]

    @property
    def colours(self) -> Colours:
        """Its colours."""
        return self.value[1]


_BLOCKS = (Look.WORK, Look.NARRATION, Look.QUESTION, Look.CUT, Look.PARTNER)
_MARKS = (Look.STOP, Look.OBEYED, Look.REJECTED, Look.UNHEARD, Look.EARCON)


def draw_block(
    parent: Element, look: Look, *, x: float, y: float, width: float, height: float, cut: bool
) -> None:
    """Draw something that lasts; `cut`: with a notch in its end."""
    colours = look.colours
    if cut:
        notch = min(6.0, width)
        right = x + width
        points = ((x, y), (right, y), (right - notch, y + height / 2), (right, y + height), (x, y + height))
        add(parent, "polygon", points=_points(points), fill=colours.fill)
    else:
        add(
            parent, "rect", x=x, y=y, width=width, height=height,
            rx=min(3.0, width / 3), fill=colours.fill, stroke=colours.edge, stroke_width=0.8,
        )  # fmt: skip


def draw_mark(parent: Element, look: Look, x: float, y: float) -> None:
    """Draw something that happened at a moment, around the point x, y."""
    colours = look.colours
    paint: dict[str, str | float] = {"fill": colours.fill, "stroke": colours.edge, "stroke_width": 1}
    match look:
        case Look.STOP:
            corners = (math.radians(22.5 + 45 * corner) for corner in range(8))
            octagon = tuple((x + 9 * math.cos(angle), y + 9 * math.sin(angle)) for angle in corners)
            add(parent, "polygon", points=_points(octagon), **paint)
            add(parent, "rect", x=x - 4.5, y=y - 1.5, width=9, height=3, fill=PAPER)
        case Look.REJECTED:
            path = f"M{x - 4:.2f},{y - 4:.2f}l8,8m0,-8l-8,8"
            add(parent, "path", d=path, fill="none", stroke=colours.edge, stroke_width=2)
        case Look.UNHEARD:
            add(parent, "circle", cx=x, cy=y, r=4.5, fill=colours.fill, stroke=colours.edge, stroke_width=2)
        case Look.EARCON:
            add(parent, "polygon", points=_points(((x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y))), **paint)
        case _:
            add(parent, "polygon", points=_points(((x, y - 6), (x + 6, y + 5), (x - 6, y + 5))), **paint)


def draw_legend(parent: Element, left: float, middle: float) -> None:
    """Draw all looks with their words in one line around the height `middle`."""
    x = left
    for look in (*_BLOCKS, *_MARKS):
        if look in _BLOCKS:
            draw_block(parent, look, x=x, y=middle - 6, width=18, height=12, cut=look is Look.CUT)
            x += 23
        else:
            draw_mark(parent, look, x + 8, middle)
            x += 20
        add(parent, "text", look.words, x=x, y=middle + 4, font_size=_SMALL, fill=INK)
        x += text_width(look.words, _SMALL) + 14


def _points(corners: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in corners)

"""A record as a picture: one SVG in which time runs from left to right, in rows like a sheet of music.

A row has a ruler, the session's phases, and lanes for the steps' timers, the guide, sounds, the partner and
what was heard. What there is no room to write is numbered and listed below; everything has its words as a
tooltip. The picture depends on the record and the title alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from .drawing import Element, add, clipped, plain, text_width
from .happenings import Block, Mark, blocks, marks
from .labels import Placed, Room, Wanted
from .marks import INK, PAPER, QUIET, RULE, STOP_RED, Look, draw_block, draw_legend, draw_mark
from .record import Narration, PartnerSpeech, Phase, Record, Span, Work
from .transcript import clock

_WIDTH, _LEFT, _RIGHT = 1400, 70, 1376
"""Of the picture, and where a row begins and ends."""
_HEADER, _ROW_HEIGHT = 96, 192
_LEVELS, _LEVEL_HEIGHT, _LETTERS = 3, 15, 11
"""Of the labels: lines of them, height of a line, size of the letters."""
_LONGEST_LABEL = 190
_ROOM_TO_ASK = 18
"""Width of a question from which on it can hold a "?"."""
_COLUMNS, _LIST_LINE = 3, 17

_ROW_LENGTHS = ((60, 1), (120, 3), (180, 4), (300, 6), (600, 6), (1200, 6))
"""Seconds of a row, and up to how many rows of that length are taken in at a glance."""
_LONGEST_ROW = 3600
_TICKS = ((60, 5, 10), (120, 5, 30), (300, 10, 60), (600, 30, 60), (_LONGEST_ROW, 60, 300))
"""For rows of up to so many seconds: seconds between ticks, and between those with their time."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A strip of a row: its name, and where it lies below the row's top."""

    name: str
    top: float
    height: float


_PHASES = Lane("Phase", 18, 15)
_TIMERS = Lane("Timers", 36, 21)
_GUIDE = Lane("Guide", 61, 23)
_SOUNDS = Lane("Sounds", 86, 12)
_PARTNER = Lane("Partner", 101, 15)
_HEARD = Lane("Heard", 119, 20)
_LANES = (_PHASES, _TIMERS, _GUIDE, _SOUNDS, _PARTNER, _HEARD)
_LANE_OF: dict[type[Span], Lane] = {Phase: _PHASES, Work: _TIMERS, Narration: _GUIDE, PartnerSpeech: _PARTNER}


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of time in one line of the picture, in seconds: drawn to `end`, and scaled to `limit`."""

    start: float
    end: float
    limit: float
    top: float

    def x(self, at: float) -> float:
        """Where a time of the row stands."""
        return _LEFT + (_RIGHT - _LEFT) * (at - self.start) / (self.limit - self.start)


def timeline(record: Record, title: str) -> str:
    """Draw a record; what has not ended is drawn up to the last thing that happened."""
    rows = _rows(max(record.until, 1.0))
    happened = tuple(marks(record))
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img"})
    _draw_header(root, record, title, happened)
    number = 1
    listed: list[tuple[int, Mark]] = []
    for row in rows:
        of_row = [
            mark for mark in happened if row.start <= mark.at < row.end or mark.at == row.end == rows[-1].end
        ]
        _draw_frame(root, row)
        for block in blocks(record):
            _draw_piece(root, row, block)
        unplaced = _draw_marks(root, row, of_row, number)
        listed += unplaced
        number += len(unplaced)
    bottom = _draw_list(root, rows[-1].top + _ROW_HEIGHT, listed)
    _set_size(root, bottom)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _rows(seconds: float) -> tuple[Row, ...]:
    length = next((length for length, many in _ROW_LENGTHS if seconds <= length * many), _LONGEST_ROW)
    count = math.ceil(seconds / length)
    # One short row is not left half empty.
    limit = math.ceil(seconds / 5) * 5 if count == 1 else length
    return tuple(
        Row(row * limit, min((row + 1) * limit, seconds), (row + 1) * limit, _HEADER + row * _ROW_HEIGHT)
        for row in range(count)
    )


def _draw_header(root: Element, record: Record, title: str, happened: Sequence[Mark]) -> None:
    count = {look: sum(mark.look is look for mark in happened) for look in Look}
    summary = (
        f"Lasts {clock(record.until)} · {count[Look.OBEYED] + count[Look.STOP]} commands heard, "
        f"{count[Look.STOP]} of them stop or pain · {count[Look.REJECTED]} not taken for a command · "
        f"{count[Look.UNHEARD]} said and not heard"
    )
    add(root, "title", title)
    add(root, "desc", f"What happened when, from left to right. {summary}.")
    add(root, "rect", width="100%", height="100%", fill=PAPER)
    add(
        root,
        "text",
        clipped(title, _RIGHT - 24, 20, bold=True),
        x=24,
        y=30,
        font_size=20,
        font_weight="bold",
        fill=INK,
    )
    add(root, "text", summary, x=24, y=51, font_size=13, fill=QUIET)
    draw_legend(root, 24, 72)


def _draw_frame(root: Element, row: Row) -> None:
    """Ruler, grid and the names of the lanes."""
    frame = add(root, "g")
    bottom, right = row.top + _HEARD.top + _HEARD.height, row.x(row.end)
    for lane in _LANES:
        middle = row.top + lane.top + lane.height / 2
        add(
            frame, "text", lane.name, x=_LEFT - 10, y=middle + 4,
            font_size=_LETTERS, text_anchor="end", fill=QUIET,
        )  # fmt: skip
        add(frame, "line", x1=_LEFT, x2=right, y1=middle, y2=middle, stroke=RULE, stroke_width=1)
    length = row.limit - row.start
    step, written = next((step, written) for limit, step, written in _TICKS if length <= limit)
    for tick in range(math.ceil(row.start / step) * step, math.floor(row.end) + 1, step):
        x, minute = row.x(tick), tick % 60 == 0
        add(
            frame, "line", x1=x, x2=x, y1=row.top + (14 if tick % written == 0 or minute else 17), y2=bottom,
            stroke="#9aa1a9" if minute else RULE, stroke_width=1.2 if minute else 0.6,
        )  # fmt: skip
        if tick % written == 0:
            words = f"{tick // 60}:{tick % 60:02}"
            # The last one stays within the picture.
            middle = min(x, _WIDTH - text_width(words, _LETTERS, bold=minute) / 2)
            add(
                frame, "text", words, x=middle, y=row.top + 10, font_size=_LETTERS,
                text_anchor="middle", fill=INK, font_weight="bold" if minute else "normal",
            )  # fmt: skip


def _draw_piece(root: Element, row: Row, block: Block) -> None:
    """Draw as much of a block as falls into the row."""
    first, last = max(block.at, row.start), min(block.until, row.end)
    if first > last or (first == last and block.at < block.until):
        return
    lane = _LANE_OF[block.kind]
    x, y = row.x(first), row.top + lane.top
    # Even the shortest one is to be seen.
    width = max(row.x(last) - x, 1.5)
    group = _group(root, block)
    ends_here = block.until == last
    draw_block(group, block.look, x=x, y=y, width=width, height=lane.height, cut=block.cut and ends_here)
    asks = block.look is Look.QUESTION and ends_here and width >= _ROOM_TO_ASK
    room = width - 8 - (10 if asks else 0) - (5 if block.cut and ends_here else 0)
    size = min(_LETTERS, lane.height - 5)
    baseline = y + lane.height / 2 + size * 0.36
    colour = block.look.colours.letters
    words = clipped(block.words, room, size)
    if words:
        add(group, "text", words, x=x + 4, y=baseline, font_size=size, fill=colour)
    if asks and words != plain(block.words):
        # Far enough from the notch of one that was cut short.
        right = x + width - (9 if block.cut else 4)
        add(
            group, "text", "?", x=right, y=baseline, font_size=size,
            text_anchor="end", font_weight="bold", fill=colour,
        )  # fmt: skip


def _draw_marks(root: Element, row: Row, of_row: Sequence[Mark], number: int) -> list[tuple[int, Mark]]:
    """Draw marks and labels; give back the marks without room for their words, numbered from `number` on."""
    texts = {
        key: clipped(mark.words, _LONGEST_LABEL, _LETTERS) or plain(mark.words)
        for key, mark in enumerate(of_row)
        if mark.words
    }
    room = Room(4, _WIDTH - 4, _LEVELS)

    def wanted(key: int, text: str) -> Wanted:
        mark = of_row[key]
        width = text_width(text, _LETTERS, bold=_bold(mark, text))
        return Wanted(key, row.x(mark.at), width, first=mark.look is Look.STOP)

    places = dict(room.place(wanted(key, text) for key, text in texts.items()))
    unplaced = [key for key in texts if key not in places]
    numbers = {key: str(number + index) for index, key in enumerate(unplaced)}
    places |= room.place(wanted(key, text) for key, text in numbers.items())
    texts |= numbers
    # Stops last, so that nothing covers them.
    for key, mark in sorted(enumerate(of_row), key=lambda item: item[1].look is Look.STOP):
        group = _group(root, mark)
        x, lane = row.x(mark.at), _SOUNDS if mark.look is Look.EARCON else _HEARD
        y = row.top + lane.top + lane.height / 2
        if mark.look is Look.STOP:
            for colour, width in ((PAPER, 5), (STOP_RED, 2.2)):
                add(
                    group,
                    "line",
                    x1=x,
                    x2=x,
                    y1=row.top + _PHASES.top,
                    y2=y,
                    stroke=colour,
                    stroke_width=width,
                )
        if key in places:
            _draw_label(group, row, mark, texts[key], places[key])
        draw_mark(group, mark.look, x, y)
    return [(number + index, of_row[key]) for index, key in enumerate(unplaced)]


def _draw_label(group: Element, row: Row, mark: Mark, text: str, place: Placed) -> None:
    colours = mark.look.colours
    top = row.top + _HEARD.top + _HEARD.height + place.level * _LEVEL_HEIGHT
    if place.level:
        x = row.x(mark.at)
        start = row.top + _HEARD.top + _HEARD.height / 2
        add(group, "line", x1=x, x2=x, y1=start, y2=top + 2, stroke="#9aa1a9", stroke_width=0.8)
    add(
        group, "text", text, x=place.x, y=top + 11, font_size=_LETTERS, fill=colours.letters,
        text_anchor="end" if place.leftwards else "start",
        font_weight="bold" if _bold(mark, text) else "normal",
        font_style="italic" if colours.italic else "normal",
    )  # fmt: skip


def _bold(mark: Mark, text: str) -> bool:
    """Stops, and the numbers that lead to the list."""
    return mark.look is Look.STOP or (text != mark.words and text.isdigit())


def _draw_list(root: Element, top: float, listed: Sequence[tuple[int, Mark]]) -> float:
    """List the words there was no room for, in columns; give back where the picture ends."""
    if not listed:
        return top
    height = math.ceil(len(listed) / _COLUMNS)
    column = (_RIGHT - 24) / _COLUMNS
    for index, (number, mark) in enumerate(listed):
        x, y = 24 + index // height * column, top + 14 + index % height * _LIST_LINE
        text = f"{number}  {clock(mark.at)}  {mark.words}"
        add(
            root, "text", clipped(text, column - 16, _LETTERS), x=x, y=y,
            font_size=_LETTERS, fill=mark.look.colours.letters,
        )  # fmt: skip
    return top + height * _LIST_LINE + 16


def _group(root: Element, drawn: Block | Mark) -> Element:
    """A group for one entry of the record, with its tooltip."""
    group = add(root, "g", data_entry=str(drawn.entry))
    add(group, "title", drawn.tooltip)
    return group


def _set_size(root: Element, height: float) -> None:
    root.set("viewBox", f"0 0 {_WIDTH} {height:g}")
    root.set("width", str(_WIDTH))
    root.set("height", f"{height:g}")
    root.set("font-family", "'DejaVu Sans', Verdana, 'Segoe UI', Helvetica, Arial, sans-serif")
    # A narrow window shows all of it, and a printer keeps the colours.
    root.set("style", f"background:{PAPER};max-width:100%;height:auto;print-color-adjust:exact")

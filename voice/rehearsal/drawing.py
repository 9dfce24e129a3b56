"""Small parts of an SVG picture: elements, and texts whose width is known without a font at hand."""

from __future__ import annotations

import re
import unicodedata
from xml.etree import ElementTree as ET

Element = ET.Element

# Advance widths of DejaVu Sans and Verdana, as shares of the font size, rounded up. They are the widest faces
# that usually stand behind "sans-serif": a text may come out narrower than reckoned, and not wider.
_ADVANCES = {
    letter: width
    for width, letters in (
        (0.3, "'il"), (0.35, " ,./:;\\|·j"), (0.4, "()-[]ft"), (0.45, "!rI"), (0.5, '"*_`J'), (0.55, "?csz"),
        (0.6, "FLkvxy"), (0.65, "$0123456789EPSTYabdeghnopqu{}"), (0.7, "ABCKRVXZ"), (0.75, "NU"),
        (0.8, "&DGHOQ"), (0.85, "#+<=>^w~"), (0.9, "M"), (1.0, "%@Wm…—"),
    )
    for letter in letters
}  # fmt: skip
_OTHER_LETTER, _FULL_WIDTH = 0.85, 1.05
_BOLD = 1.25
_FEWEST_LETTERS = 3

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: Element, tag: str, text: str | None = None, /, **attributes: str | float) -> Element:
    """Append an element. An attribute's `_` stands for "-"; numbers are written with two decimals at most."""
    element = ET.SubElement(
        parent,
        tag,
        {
            name.strip("_").replace("_", "-"): value if isinstance(value, str) else f"{round(value, 2):g}"
            for name, value in attributes.items()
        },
    )
    if text is not None:
        element.text = plain(text)
    return element


def plain(text: str) -> str:
    """`text` in one line, without what XML cannot hold."""
    return " ".join(_NOT_IN_XML.sub(" ", text).split())


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The room a text takes at most, in the units of its font size."""
    return sum(map(_share, text)) * size * (_BOLD if bold else 1.0)


def clipped(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """As much of `text` as `room` holds, with "…" for the rest; empty below three letters."""
    text = plain(text)
    if text_width(text, size, bold=bold) <= room:
        return text
    room -= text_width("…", size, bold=bold)
    fitting = 0
    for letter in text:
        room -= text_width(letter, size, bold=bold)
        if room < 0:
            break
        fitting += 1
    return f"{text[:fitting].rstrip(' .,')}…" if fitting >= _FEWEST_LETTERS else ""


def _share(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return _FULL_WIDTH
    return _ADVANCES.get(letter, _OTHER_LETTER)

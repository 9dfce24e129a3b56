"""How the picture looks: its size, its colours and its letters. No figures of anybody are here.

A page is made to be read on a phone: upright, and with no letter smaller than a page as wide as a phone's
screen (390 pixels) leaves readable, which is 11 pixels high there. Colours are two hues of Okabe and Ito's,
told apart with every kind of colour blindness; and each thing has a mark or a number of its own besides.
"""

from __future__ import annotations

from typing import Any

SUFFIXES = (".svg", ".png")
WIDTH, HEIGHT = 6.0, 12.4
"""Inches."""
DOTS = 180
"""Pixels of an inch of a PNG: 1080 across."""
INK, QUIET, FAINT = "#222222", "#595959", "#D9D9D9"
AFTER, BEFORE, CHANGE, PAIN = "#0072B2", "#6F6F6F", "#A6CCE3", "#B34700"
SKIN, EDGE, HAIR, UNHURT = "#F6EFE8", "#8C7F74", "#DDD3C9", "#EBE0D5"
SHADES = ("#F5BB96", "#EC9765", "#D56C31", "#B04A0C", "#7A2E00")
"""Of pain: one hue, from few to many."""
SMALL, NORMAL, LARGE, TITLE = 12.5, 14.0, 17.5, 24.0
"""Points."""
LETTERS_ACROSS = 52
"""Of normal size in a line as wide as the page."""
LETTERS: Any = {
    "svg.fonttype": "none",  # texts stay texts: small, and they can be found and read aloud
    "svg.hashsalt": "easeup",
    "text.parse_math": False,  # a dollar sign in a name is one
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "sans-serif"],
    "font.size": NORMAL,
    "text.color": INK,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}

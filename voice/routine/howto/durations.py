"""Lengths of time as ISO 8601 writes them: `PT1M30S`. Only what has a certain length: no years, no months."""

from __future__ import annotations

import re

_NUMBER = r"([0-9]{1,9}(?:[.,][0-9]{1,9})?)"
_UNITS = {"Y": None, "M": None, "W": 604_800, "D": 86_400}
"""Seconds of each unit of the date; None: it depends on the calendar."""
_CLOCK = {"H": 3_600, "M": 60, "S": 1}
_PATTERN = re.compile(
    "P"
    + "".join(f"(?:{_NUMBER}{unit})?" for unit in _UNITS)
    + "(?:T"
    + "".join(f"(?:{_NUMBER}{unit})?" for unit in _CLOCK)
    + ")?"
)
_LONGEST_SHOWN = 40
_HINT = "write a length of time as PT90S or PT1M30S"


def parse(written: object) -> float:
    """Seconds of a duration, more than 0.

    Raises:
        ValueError: it is not written like one; the message says how to.
    """
    if not isinstance(written, str):
        raise ValueError(_HINT)  # noqa: TRY004 - a fault of the file, like the others
    found = _PATTERN.fullmatch(written)
    # Nothing after the P, nothing after the T, or a fraction that is not in the last place.
    if not found or written[-1] in "PT" or re.search(r"[.,][0-9]*[A-Z].", written):
        shown = written if len(written) <= _LONGEST_SHOWN else f"{written[:_LONGEST_SHOWN]}…"
        raise ValueError(f'"{shown}" is not an ISO 8601 duration; {_HINT}')
    seconds = 0.0
    for number, unit in zip(found.groups(default="0"), (*_UNITS.values(), *_CLOCK.values()), strict=True):
        amount = float(number.replace(",", "."))
        if amount and unit is None:
            raise ValueError(f'"{written}" has years or months, which have no certain length; {_HINT}')
        seconds += amount * (unit or 0)
    if not seconds:
        raise ValueError(f'"{written}" is no time at all; {_HINT}')
    return seconds


def text(seconds: float) -> str:
    """A duration of whole seconds, 1 or more: `PT45S`, `PT2M`, `PT1H1M30S`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (rest, "S"))
    return "PT" + "".join(f"{number}{unit}" for number, unit in parts if number)

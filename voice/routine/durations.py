"""Lengths of time as routine files write them: `90s`, `1m30s`, `2m`. What is spoken is worded elsewhere."""

from __future__ import annotations

import re

PATTERN = (
    r"^(?:"
    r"([1-9]|[1-5][0-9])m([1-9]|[1-5][0-9])s|"  # 1m30s
    r"([1-9]|[1-5][0-9]|60)m|"  # 2m
    r"([1-9][0-9]{0,2})s"  # 90s
    r")$"
)
"""A duration, from one second to an hour. Editors get the same pattern through the schema."""

HINT = "write a duration as 90s, 1m30s or 2m"


def parse(written: object) -> float:
    """Seconds of a duration as it stands in a file.

    Raises:
        ValueError: it is not written like one; the message says how to.
    """
    match written:
        case str():
            # fullmatch, as `$` alone would let a line break pass.
            if not (found := re.fullmatch(PATTERN, written)):
                raise ValueError(f'"{written}" is not a duration; {_advice(written)}')
            minutes, and_seconds, whole_minutes, seconds = (int(group or 0) for group in found.groups())
            return float(60 * (minutes + whole_minutes) + and_seconds + seconds)
        case int() | float() if not isinstance(written, bool):
            raise ValueError(f"{written} has no unit; {_in_units(written) or HINT}")
        case _:
            raise ValueError(HINT)


def text(seconds: float) -> str:
    """A length of time in whole seconds, as plain as it can be written: `45s`, `2m`, `1m30s`."""
    minutes, rest = divmod(round(seconds), 60)
    return (f"{minutes}m" if minutes else "") + (f"{rest}s" if rest or not minutes else "")


def _advice(written: str) -> str:
    if clock := re.fullmatch(r"([0-9]{1,2}):([0-5][0-9])", written):
        minutes, seconds = map(int, clock.groups())
        return _in_units(60 * minutes + seconds) or HINT
    return HINT


def _in_units(seconds: float) -> str | None:
    """How to write these seconds, if they are a length a step can have."""
    known = seconds == round(seconds) and re.fullmatch(PATTERN, text(seconds))
    return f"write {text(seconds)}" if known else None

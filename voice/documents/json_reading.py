"""Reads JSON files into documents, strictly as RFC 8259 has it.

Not by the reader of YAML, although that is nearly a superset: there a tab between two values is a fault, a
character outside the plane of common ones written as two escapes is torn in half, and 1e3 is text.
It knows nothing of what the documents mean.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

from .document import Document, DocumentError, Place, Problem
from .reading import MAX_DEPTH, TORN, is_torn, text_of

Way = tuple["str | int", ...]

_SPACE = re.compile(r"[ \t\n\r]*")
_LONGEST_INTEGER = 19
"""Characters; a longer number is nobody's, and stays text."""


def read_json(path: Path) -> Document:
    """Read the JSON document of a file.

    Raises:
        DocumentError: the file cannot be read, is not UTF-8 or JSON, or gives a key twice.
    """
    reading = _Reading(str(path), text_of(path))
    value = reading.whole()
    if reading.problems:
        raise DocumentError(reading.problems)
    return Document(str(path), value, MappingProxyType(reading.places))


def _whole_number(written: str) -> int | str:
    return int(written) if len(written) <= _LONGEST_INTEGER else written


def _number(written: str) -> float | str:
    return value if math.isfinite(value := float(written)) else written


def _no_number(written: str) -> NoReturn:
    raise ValueError(f"{written} is no JSON value")


class _Reading:
    """Walks through a text once, and notes places and problems on the way."""

    def __init__(self, file: str, text: str) -> None:
        self.places: dict[Way, Place] = {}
        self.problems: list[Problem] = []
        self._file = file
        self._text = text
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        """Where each line begins."""
        self._at = 0
        self._decoder = json.JSONDecoder(
            parse_int=_whole_number, parse_float=_number, parse_constant=_no_number
        )

    def whole(self) -> object:
        """The value that the text is."""
        self._skip()
        if not self._next():
            self._fail("the file is empty")
        if self._next() == "<":
            self._fail('a web page, not JSON; save what stands in its <script type="application/ld+json">')
        value = self._value((), None)
        self._skip()
        if self._next():
            self._fail("more follows after the end of the JSON; take it out")
        return value

    def _value(self, way: Way, key: tuple[int, int] | None) -> object:
        self._skip()
        self.places[way] = Place(key, self._spot())
        if len(way) >= MAX_DEPTH:
            self._fail("nested too deeply")
        if self._next() == "{":
            return self._object(way)
        if self._next() == "[":
            return self._array(way)
        return self._scalar()

    def _object(self, way: Way) -> dict[str, object]:
        built: dict[str, object] = {}
        first: dict[str, int] = {}
        while self._another(built or first, "}"):
            if self._next() != '"':
                self._fail("a key in double quotes is missing here")
            place = self._spot()
            key = str(self._scalar())
            self._skip()
            if self._next() != ":":
                self._fail('a ":" is missing after this key')
            self._at += 1
            if key in first:
                message = f'the key "{key}" is given twice; first in line {first[key]}'
                self.problems.append(Problem(self._file, *place, message.replace("\n", "\\n")))
            first.setdefault(key, place[0])
            built[key] = self._value((*way, key), place)
        return built

    def _array(self, way: Way) -> list[object]:
        built: list[object] = []
        while self._another(built, "]"):
            built.append(self._value((*way, len(built)), None))
        return built

    def _another(self, before: object, end: str) -> bool:
        """Step over what stands before the next entry; False: over the end instead."""
        if not before:
            self._at += 1  # the bracket that opens
        self._skip()
        if self._next() == end:
            self._at += 1
            return False
        if before:
            if self._next() != ",":
                self._fail(f'a "," or a "{end}" is missing here')
            self._at += 1
            self._skip()
            if self._next() == end:
                self._fail('nothing follows the "," before this; take the "," out')
        return True

    def _scalar(self) -> object:
        try:
            value, end = self._decoder.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            self._at = error.pos
            self._fail(_wording(error))
        except ValueError as error:
            self._fail(str(error))
        if isinstance(value, str) and is_torn(value):
            self.problems.append(Problem(self._file, *self._spot(), TORN))
        self._at = end
        return value

    def _skip(self) -> None:
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _spot(self) -> tuple[int, int]:
        """Line and column, from 1, of what comes next."""
        line = bisect_right(self._lines, self._at)
        return line, self._at - self._lines[line - 1] + 1

    def _fail(self, message: str) -> NoReturn:
        """What follows cannot be made out any more; what was found before is told along with it."""
        if self._at == len(self._text) and self.places:
            message = "the file breaks off here"
        raise DocumentError([*self.problems, Problem(self._file, *self._spot(), message)])


def _wording(error: json.JSONDecodeError) -> str:
    """The problem in plain words for the mistakes people make; in the parser's for the rare ones."""
    if error.msg.startswith("Unterminated string"):
        return "the quote that opens here is never closed"
    if error.msg.startswith("Invalid control character"):
        return "a line break, a tab or the like stands in a text; write it as \\n or \\t"
    if error.msg.startswith("Expecting value"):
        return "no JSON value; text stands in double quotes"
    return f"not valid JSON: {error.msg.lower()}"

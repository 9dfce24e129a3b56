"""A document that has been read: plain values with their places, and the problems found there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Where = Sequence["str | int"]
"""The way to a value: keys of mappings and, from 0, places in lists."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file, in plain words; line and column count from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class DocumentError(Exception):
    """All that is wrong with a document, file by file in order of place; as text, one problem a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        found = tuple(problems)
        files = list(dict.fromkeys(problem.file for problem in found))
        self.problems = tuple(
            sorted(found, key=lambda each: (files.index(each.file), each.line, each.column))
        )
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value starts, and its key if it has one: line and column, from 1."""

    key: tuple[int, int] | None
    value: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document: plain values, and the place of every key and value."""

    file: str
    value: object
    places: Mapping[tuple[str | int, ...], Place]

    def problem(self, where: Where, message: str, *, at_key: bool = False) -> Problem:
        """A problem at the value that `where` leads to, or at its key.

        Steps of the way that lead nowhere are left out, so a key that is missing has the place of the mapping
        it is missing from.
        """
        place = self.places[self.known(where)]
        line, column = place.key if at_key and place.key else place.value
        # What is quoted from the document may go over several lines; a problem is one.
        return Problem(self.file, line, column, message.replace("\n", "\\n"))

    def known(self, where: Where) -> tuple[str | int, ...]:
        """`where` without the steps that lead nowhere."""
        way: tuple[str | int, ...] = ()
        for step in where:
            if (*way, step) in self.places:
                way = (*way, step)
        return way

    def at(self, where: Where) -> object:
        """The value at a way that is known."""
        value: Any = self.value
        for step in where:
            value = value[step]
        return value

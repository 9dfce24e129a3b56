"""Finds room for the labels under the marks of a time line, so that no two overlap. Draws nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_GAP = 6.0
"""Between neighbours, in the units of the picture."""
_INDENT = 5.0
"""How far a label begins to the left of its mark's middle."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that wants room next to its mark."""

    key: int
    x: float
    """Where the mark stands."""
    width: float
    first: bool = False
    """Whether it is given room before the others, if possible to the left of its mark."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Room for a label, `level` lines below the marks, counted from 0."""

    x: float
    """Where it begins; where it ends when it is `leftwards`."""
    level: int
    leftwards: bool
    """Whether it reaches to the left of its mark."""


class Room:
    """The lines under the marks between `left` and `right`. A leader goes down from a mark to its label."""

    def __init__(self, left: float, right: float, levels: int) -> None:
        self._left, self._right = left, right
        self._taken: list[list[tuple[float, float]]] = [[] for _ in range(levels)]

    def place(self, labels: Iterable[Wanted]) -> Mapping[int, Placed]:
        """Find room for as many as possible, by key.

        From right to left: most labels reach to the right of their marks, so the leader of one that has to
        go lower passes to the left of those above it. One that reaches to the left stands under no other
        mark, for it would be in the way of that one's label.
        """
        ordered = sorted(labels, key=lambda label: (not label.first, -label.x, -label.key))
        marks = [label.x for label in ordered]
        found = ((label.key, self._find(label, marks)) for label in ordered)
        return {key: placed for key, placed in found if placed is not None}

    def _find(self, label: Wanted, marks: list[float]) -> Placed | None:
        right = (label.x - _INDENT, label.x - _INDENT + label.width)
        left = (label.x + _INDENT - label.width, label.x + _INDENT)
        sides = [(right, False)]
        if not any(left[0] < mark < label.x for mark in marks):
            sides.insert(0 if label.first else 1, (left, True))
        leader = (label.x - 1, label.x + 1)
        for level, taken in enumerate(self._taken):
            for words, leftwards in sides:
                if self._left <= words[0] and words[1] <= self._right and _free(taken, words):
                    taken.append((words[0] - _GAP, words[1] + _GAP))
                    for above in self._taken[:level]:
                        above.append(leader)
                    return Placed(words[1] if leftwards else words[0], level, leftwards)
            if not _free(taken, leader):
                break
        return None


def _free(taken: list[tuple[float, float]], wanted: tuple[float, float]) -> bool:
    return all(wanted[1] <= left or right <= wanted[0] for left, right in taken)

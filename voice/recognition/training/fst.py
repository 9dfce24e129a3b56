"""Finite-state transducers in the format that Vosk loads: OpenFST's `const` files, whose costs are added up.

Knows nothing of speech, and has only what the model's graphs need: it composes, determinises and reads none.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np

EPSILON = 0
"""The label that stands for nothing."""

_MAGIC = 2_125_659_606
_VERSION = 2  # of the const type, for files that are not aligned to 16 bytes
_STATE = np.dtype(
    [("final", "<f4"), ("first", "<u4"), ("arcs", "<u4"), ("inputless", "<u4"), ("outputless", "<u4")]
)
_ARC = np.dtype([("input", "<i4"), ("output", "<i4"), ("cost", "<f4"), ("target", "<i4")])

# Bits of the header, from OpenFST's fst/properties.h. What isn't claimed counts as unknown.
_EXPANDED = 1 << 0
_ACCEPTOR, _NOT_ACCEPTOR = 1 << 16, 1 << 17
_INPUT_EPSILONS, _NO_INPUT_EPSILONS = 1 << 24, 1 << 25
_OUTPUT_EPSILONS, _NO_OUTPUT_EPSILONS = 1 << 26, 1 << 27
_INPUT_SORTED, _NOT_INPUT_SORTED = 1 << 28, 1 << 29
_OUTPUT_SORTED, _NOT_OUTPUT_SORTED = 1 << 30, 1 << 31
_WEIGHTED, _UNWEIGHTED = 1 << 32, 1 << 33


class Side(Enum):
    """One of the two labels of an arc."""

    INPUT = "input"
    OUTPUT = "output"


@dataclass(frozen=True, slots=True)
class Arc:
    """A way from one state to another."""

    input: int
    """Label that is read, or `EPSILON`."""
    output: int
    """Label that is written, or `EPSILON`."""
    cost: float
    """Negative natural logarithm of a probability, or an addend of it."""
    target: int
    """Number of the state it leads to."""


class Transducer:
    """States, numbered from 0, where it starts; and the arcs between them."""

    def __init__(self) -> None:
        """With a start state only, which is not final."""
        self._arcs: list[list[Arc]] = [[]]
        self._finals: dict[int, float] = {}

    def __len__(self) -> int:
        """How many states there are."""
        return len(self._arcs)

    def add_state(self) -> int:
        """Add a state without arcs.

        Returns:
            Its number.
        """
        self._arcs.append([])
        return len(self._arcs) - 1

    def add_arc(self, source: int, arc: Arc) -> None:
        """Add an arc; several of the same labels may leave a state."""
        self._arcs[source].append(arc)

    def end_at(self, state: int, cost: float = 0.0) -> None:
        """Let a path end at a state."""
        self._finals[state] = cost

    def arcs(self, state: int) -> tuple[Arc, ...]:
        """The arcs that leave a state, in the order in which they were added."""
        return tuple(self._arcs[state])

    def to_bytes(self, sort_by: Side) -> bytes:
        """The content of a file, each state's arcs sorted by one label; equal for equal transducers."""
        other = "output" if sort_by is Side.INPUT else "input"
        states = np.zeros(len(self._arcs), _STATE)
        states["final"] = [self._finals.get(state, np.inf) for state in range(len(self._arcs))]
        states["arcs"] = [len(arcs) for arcs in self._arcs]
        states["first"] = np.cumsum(states["arcs"]) - states["arcs"]
        rows = [
            (state, arc.input, arc.output, arc.cost, arc.target)
            for state, arcs in enumerate(self._arcs)
            for arc in arcs
        ]
        table = np.array(rows, [("source", "<i4"), *((name, _ARC[name]) for name in _ARC.names or ())])
        table = np.sort(table, order=["source", sort_by.value, other, "target"], kind="stable")
        for name, label in (("inputless", "input"), ("outputless", "output")):
            bare = table["source"][table[label] == EPSILON]
            states[name] = np.bincount(bare, minlength=len(states))
        arcs = np.empty(len(table), _ARC)
        for name in _ARC.names or ():
            arcs[name] = table[name]
        weighted = bool(np.any(arcs["cost"]) or any(self._finals.values()))
        properties = _properties(table, sort_by, weighted=weighted)
        header = struct.pack("<i", _MAGIC) + _text("const") + _text("standard")
        header += struct.pack("<iiQqqq", _VERSION, 0, properties, 0, len(states), len(arcs))
        return header + states.tobytes() + arcs.tobytes()

    def write(self, path: Path, sort_by: Side) -> None:
        """Write a file, each state's arcs sorted by one label."""
        path.write_bytes(self.to_bytes(sort_by))


def _text(text: str) -> bytes:
    return struct.pack("<i", len(text)) + text.encode("ascii")


def _properties(table: np.ndarray[tuple[int], np.dtype[np.void]], sorted_by: Side, *, weighted: bool) -> int:
    same_source = table["source"][1:] == table["source"][:-1]

    def is_sorted(side: Side) -> bool:
        return side is sorted_by or not np.any(same_source & (np.diff(table[side.value]) < 0))

    def has_epsilons(side: Side) -> bool:
        return bool(np.any(table[side.value] == EPSILON))

    acceptor = bool(np.all(table["input"] == table["output"]))
    return (
        _EXPANDED
        | (_ACCEPTOR if acceptor else _NOT_ACCEPTOR)
        | (_INPUT_EPSILONS if has_epsilons(Side.INPUT) else _NO_INPUT_EPSILONS)
        | (_OUTPUT_EPSILONS if has_epsilons(Side.OUTPUT) else _NO_OUTPUT_EPSILONS)
        | (_INPUT_SORTED if is_sorted(Side.INPUT) else _NOT_INPUT_SORTED)
        | (_OUTPUT_SORTED if is_sorted(Side.OUTPUT) else _NOT_OUTPUT_SORTED)
        | (_WEIGHTED if weighted else _UNWEIGHTED)
    )

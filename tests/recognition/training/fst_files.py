"""Reads OpenFST's `const` files as their format says (fst/const-fst.h), by no code of the project."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from pathlib import Path

HEADER = struct.Struct("<iiQqqq")
STATE = struct.Struct("<fIIII")
ARC = struct.Struct("<iifi")
Row = tuple[int, int, float, int]


@dataclass(frozen=True)
class File:
    properties: int
    start: int
    finals: dict[int, float]
    arcs: list[list[Row]]
    epsilons: list[tuple[int, int]]


def read(path: Path) -> File:
    content = path.read_bytes()
    assert content[:4] == b"\xd6\xfd\xb2\x7e"
    kinds = b"\x05\x00\x00\x00const\x08\x00\x00\x00standard"
    assert content[4:].startswith(kinds)
    at = 4 + len(kinds)
    version, flags, properties, start, states, arcs = HEADER.unpack_from(content, at)
    assert (version, flags) == (2, 0)
    at += HEADER.size
    rows = [STATE.unpack_from(content, at + STATE.size * number) for number in range(states)]
    at += STATE.size * states
    assert len(content) == at + ARC.size * arcs
    all_arcs: list[Row] = [ARC.unpack_from(content, at + ARC.size * number) for number in range(arcs)]
    return File(
        properties,
        start,
        {number: row[0] for number, row in enumerate(rows) if row[0] < math.inf},
        [all_arcs[first : first + count] for _, first, count, _, _ in rows],
        [(inputless, outputless) for *_, inputless, outputless in rows],
    )

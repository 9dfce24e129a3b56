"""The table, for a terminal, and the same figures as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from .figures import Figure
from .measures import sections
from .scoring import Key

_LABEL, _CELL = 34, 15
_MISSING = "\N{EN DASH}"

Figures = Mapping[str, Mapping[Key, Figure]]
"""By row, in the order shown."""


def lines(figures: Figures) -> Iterator[str]:
    """One line a measure, one column an ear; in brackets the 95 % interval."""
    yield _line("", tuple(name[: _CELL - 1] for name in figures))
    for section in sections():
        if not any(measure.key in found for measure in section.measures for found in figures.values()):
            continue
        yield ""
        yield section.title
        for measure in section.measures:
            cells = tuple(str(found.get(measure.key, _MISSING)) for found in figures.values())
            yield _line(f"  {measure.label}", cells)


def _line(label: str, cells: Sequence[str]) -> str:
    return (f"{label:{_LABEL}}" + "".join(f"{cell:>{_CELL}}" for cell in cells)).rstrip()


def write(path: Path, figures: Figures, about: Mapping[str, Any]) -> None:
    """Write every figure with its counts and interval; keys are joined by slashes."""
    content = {
        "about": dict(about),
        "ears": {
            name: {"/".join(key): figure.as_json() for key, figure in found.items()}
            for name, found in figures.items()
        },
    }
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

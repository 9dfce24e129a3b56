"""Writes a routine as YAML, with notes behind what somebody should look at. Opens no files."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

import yaml

from voice.documents import Where
from voice.routine.format import RoutineFile, Step

_WIDTH = 100


def routine_text(routine: Mapping[str, Any], notes: Mapping[tuple[str | int, ...], str]) -> str:
    """The text of a routine file.

    Args:
        routine: The file's values, as YAML has them.
        notes: By the way to a value on one line, what is said behind it.
    """
    top = {key: value for key, value in routine.items() if key != "steps"}
    lines = _mapping(top, RoutineFile, notes, ())
    lines.append("steps:")
    for index, step in enumerate(routine["steps"]):
        body = "\n".join(_mapping(step, Step, notes, ("steps", index)))
        lines += ["", *("  - " + textwrap.indent(body, "    ")[4:]).splitlines()]
    return "\n".join(lines).replace("steps:\n\n", "steps:\n") + "\n"


def _mapping(
    values: Mapping[str, Any],
    model: type[RoutineFile | Step],
    notes: Mapping[tuple[str | int, ...], str],
    way: Where,
) -> list[str]:
    """Its lines, in the order in which the model has its keys."""
    order = [field.alias or name for name, field in model.model_fields.items()]
    lines: list[str] = []
    for key in sorted(values, key=order.index):
        written = yaml.safe_dump(
            {key: values[key]},
            allow_unicode=True,
            default_flow_style=None if isinstance(values[key], list) else False,  # None: lists on one line
            sort_keys=False,
            width=_WIDTH,
        ).splitlines()
        if note := notes.get((*way, key)):
            written[0] += f" # {note}"
        lines += written
    return lines

"""Small YAML files that outlive the program: whole at any time, readable by nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml

from voice import documents
from voice.documents import Shape, validate

from .replacing import replacing

Form = TypeVar("Form", bound=Shape)


def read(path: Path, form: type[Form]) -> Form:
    """What a file keeps; an empty form where nothing is kept yet.

    Raises:
        DocumentError: The file isn't right.
    """
    if not path.exists() or not path.read_bytes().strip():
        return form()
    return validate(documents.read(path), form)


def write(path: Path, values: dict[str, Any]) -> Path:
    """Replace a file by these values, and return where it is.

    Args:
        path: The file; its folder is made if it is not there.
        values: What to keep. What is None isn't written: a key without a value is a mistake in our documents.

    Raises:
        OSError: It can't be written; the file is as it was.
    """
    kept = _without_nothing(values)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part:
        part.touch(mode=0o600)
        part.write_text(yaml.safe_dump(kept, allow_unicode=True) if kept else "", encoding="utf-8")
    return path


def _without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _without_nothing(value) if isinstance(value, dict) else value
        for name, value in values.items()
        if value is not None
    }

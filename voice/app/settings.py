"""What is remembered from one day to the next: which microphone and which loudspeaker."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import yaml
from platformdirs import user_config_path
from pydantic import Field

from voice.documents import Shape, read, validate

_Name = Annotated[str, Field(min_length=1, pattern=r"\S")]


@dataclass(frozen=True, slots=True)
class Settings:
    """Names of devices; None: the system's default."""

    microphone: str | None = None
    loudspeaker: str | None = None


class _Form(Shape):
    microphone: _Name | None = None
    loudspeaker: _Name | None = None


def file() -> Path:
    """Where they are kept."""
    return user_config_path("easeup", appauthor=False) / "settings.yaml"


def load() -> Settings:
    """What is remembered; nothing, where nothing has been chosen.

    Raises:
        DocumentError: The file isn't right.
    """
    path = file()
    if not path.exists() or not path.read_bytes().strip():
        return Settings()
    form = validate(read(path), _Form)
    return Settings(form.microphone, form.loudspeaker)


def save(settings: Settings) -> Path:
    """Remember these, and return where; the file is whole at any time.

    Raises:
        OSError: It can't be written.
    """
    path = file()
    chosen = {name: value for name, value in asdict(settings).items() if value is not None}
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(yaml.safe_dump(chosen, allow_unicode=True) if chosen else "", encoding="utf-8")
    part.replace(path)
    return path

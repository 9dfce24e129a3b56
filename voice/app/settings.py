"""What is remembered from one day to the next: the devices, and what the soundcheck found with them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from voice import places
from voice.audio.delay import LONGEST_S
from voice.documents import DocumentError, Shape

from . import kept

_Name = Annotated[str, Field(min_length=1, pattern=r"\S")]


@dataclass(frozen=True, slots=True)
class Sounded:
    """A soundcheck that was held, and with what."""

    on: date
    microphone: str
    """Full name."""
    loudspeaker: str
    """Full name."""
    echo_delay_s: float | None
    """From a sound's being played to its being heard; None: no echo was found."""
    obeyed: int
    """How many a "stop" over the guide's voice was obeyed."""
    asked: int
    """Of how many."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Full names of devices, None: the system's default; and the last soundcheck."""

    microphone: str | None = None
    loudspeaker: str | None = None
    soundcheck: Sounded | None = None


class _SoundedForm(Shape):
    on: date
    microphone: _Name
    loudspeaker: _Name
    echo_delay_s: Annotated[float, Field(ge=0, le=LONGEST_S)] | None = None
    obeyed: Annotated[int, Field(ge=0)]
    asked: Annotated[int, Field(ge=1)]


class _Form(Shape):
    microphone: _Name | None = None
    loudspeaker: _Name | None = None
    soundcheck: _SoundedForm | None = None


def file() -> Path:
    """Where they are kept."""
    return places.config() / "settings.yaml"


def load() -> Settings:
    """What is remembered; nothing, where nothing has been chosen.

    Raises:
        DocumentError: The file isn't right.
    """
    form = kept.read(file(), _Form)
    sounded = None if form.soundcheck is None else Sounded(**form.soundcheck.model_dump())
    return Settings(form.microphone, form.loudspeaker, sounded)


def without_devices() -> Settings:
    """What is remembered but the devices; nothing, where the file isn't right, so that this mends it."""
    with suppress(DocumentError):
        return Settings(soundcheck=load().soundcheck)
    return Settings()


def save(settings: Settings) -> Path:
    """Remember these, and return where; the file is whole at any time.

    Raises:
        OSError: It can't be written.
    """
    return kept.write(file(), asdict(settings))

"""The models here and the publisher's, put together into one list."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from . import known
from .catalogue import Published, unusable
from .installed import Installed

State = Literal["built-in", "downloaded", "own", "own, not scored", "not installed"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list. None stands for what is not known."""

    name: str
    state: State
    is_used: bool
    language: str | None
    """For people."""
    download_bytes: int | None
    unpacked_bytes: int | None
    licence: str | None
    folder: str | None


def listing(
    installed: Iterable[Installed],
    published: Collection[Published],
    languages: Collection[str],
    used: Path | None,
) -> tuple[Listed, ...]:
    """The models here as they are chosen, then the publisher's that easeup can use; best first.

    Args:
        installed: Those here.
        published: The publisher's, all of them.
        languages: Those easeup has commands in.
        used: Folder of the model in use, if one can be used; it need not be in the list.
    """
    sizes = {model.name: model.size for model in published}
    here = [
        Listed(
            name=model.name,
            state="own, not scored" if model.is_unscored else model.origin,
            is_used=used is not None and model.folder.resolve() == used.resolve(),
            language=model.language,
            download_bytes=sizes.get(model.name) if model.origin == "downloaded" else None,
            unpacked_bytes=model.size,
            licence=model.licence,
            folder=str(model.folder),
        )
        for model in installed
    ]
    taken = {model.name for model in here}
    more = [
        Listed(
            name=model.name,
            state="not installed",
            is_used=False,
            language=model.language_name,
            download_bytes=model.size,
            unpacked_bytes=None,
            licence=known.licence(model.name),
            folder=None,
        )
        for model in sorted(published, key=lambda model: known.preference(model.name))
        if model.name not in taken and unusable(model, languages) is None
    ]
    return (*here, *more)

"""The models on this machine: the built-in one, downloaded ones and a user's own. Reaches no network."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from voice.recognition import models

from . import known, manifest
from .errors import StoreError
from .installing import UNFINISHED, alone, clear_away
from .unscored import is_unscored

Origin = Literal["built-in", "downloaded", "own"]


@dataclass(frozen=True, slots=True)
class Installed:
    """A model on this machine."""

    name: str
    folder: Path
    origin: Origin
    language: str | None
    """For people; None: not known."""
    licence: str | None
    """None: not known."""
    is_unscored: bool = False
    """`easeup train` made it, and nobody has measured yet how well it hears."""

    @property
    def size(self) -> int:
        """Bytes on the disk."""
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())


def installed(user_folder: Path) -> tuple[Installed, ...]:
    """Every model here, in the order in which they are chosen."""
    return (*(_of_user(folder) for folder in models.best_first(user_folder)), _built_in())


def find(name: str, user_folder: Path) -> Installed:
    """The model of a name; a user's comes before the built-in one.

    Raises:
        StoreError: There is none.
    """
    for model in installed(user_folder):
        if model.name == name:
            return model
    raise StoreError(f'there is no model "{name}" here; `easeup models` lists those there are')


def problems(model: Installed) -> tuple[str, ...]:
    """What is wrong with a model: files that are not as they were installed, and what Vosk would not take.

    Of a model that was not downloaded nobody knows how its files were; there only the latter is looked at.
    """
    found: list[str] = []
    if model.origin == "downloaded":
        try:
            found += manifest.changes(manifest.read(model.folder), model.folder)
        except StoreError as error:
            found.append(str(error))
    fault = models.fault(model.folder)
    return (*found, fault) if fault is not None else tuple(found)


def remove(name: str, user_folder: Path, cache: Path) -> None:
    """Take a user's model away: at once, so that half a model is never found.

    A link to a model elsewhere is taken away, and the model stays.

    Raises:
        StoreError: There is none of that name, or it is the built-in one.
        OSError: It can't be removed.
    """
    with alone(cache):
        model = find(name, user_folder)
        if model.origin == "built-in":
            raise StoreError(f"{name} is the built-in model, which stays: easeup needs one to hear with")
        clear_away(user_folder)
        if model.folder.is_symlink():
            model.folder.unlink()
            return
        going = user_folder / f"{UNFINISHED}{secrets.token_hex(4)}"
        model.folder.rename(going)
        shutil.rmtree(going)


def _built_in() -> Installed:
    return Installed(models.BUILT_IN.name, models.BUILT_IN, "built-in", "US English", "Apache-2.0")


def _of_user(folder: Path) -> Installed:
    if not manifest.is_downloaded(folder):
        return Installed(folder.name, folder, "own", None, None, is_unscored(folder))
    try:
        language = manifest.read(folder).language
    except StoreError:  # `verify` tells
        language = None
    return Installed(folder.name, folder, "downloaded", language, known.licence(folder.name))

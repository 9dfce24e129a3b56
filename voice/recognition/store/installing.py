"""Puts a published model into the user's folder: whole, checked and under its name, or not at all."""

from __future__ import annotations

import contextlib
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

from filelock import FileLock, Timeout

from voice.recognition import models

from . import manifest
from .archive import unpack
from .catalogue import Published
from .download import Tell, download, partial
from .errors import StoreError
from .web import Web

UNFINISHED = ".easeup-"
"""What the names of folders begin with that are being made or taken away; hidden ones are no models."""


def check_is_new(name: str, user_folder: Path) -> None:
    """See that nothing stands where a model would be put.

    Raises:
        StoreError: There is something.
    """
    taken = {path.name: path for path in user_folder.iterdir()} if user_folder.is_dir() else {}
    if name not in taken:
        return
    if manifest.is_downloaded(taken[name]):
        raise StoreError(f"{name} is installed already, in {taken[name]}")
    raise StoreError(f"{taken[name]} is there already, and not from `easeup models get`; it stays as it is")


def install(model: Published, user_folder: Path, cache: Path, web: Web, tell: Tell) -> Path:
    """Download and unpack a model.

    Args:
        model: What to install.
        user_folder: The user's models; made if it is not there.
        cache: Folder for what is under way.
        web: The network.
        tell: Told the progress of the download.

    Returns:
        The model's folder.

    Raises:
        StoreError: It can't be had, is not what it should be, or is there already.
        OSError: It can't be written.
    """
    with alone(cache), _room(user_folder) as room:
        check_is_new(model.name, user_folder)
        archive = download(model, cache, web, tell)
        try:
            _fill(room, model, archive)
        except KeyboardInterrupt:  # the archive is good: the next time goes on from there
            raise
        except BaseException:
            partial(model, cache).discard()
            raise
        room.rename(user_folder / model.name)
        partial(model, cache).discard()
    return user_folder / model.name


@contextmanager
def alone(cache: Path) -> Iterator[None]:
    """Let no other process install or remove models meanwhile.

    Raises:
        StoreError: Another one does.
    """
    cache.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(cache / "lock", timeout=0):
            yield
    except Timeout:
        raise StoreError("another `easeup models` is at work; wait until it has ended") from None


def clear_away(user_folder: Path) -> None:
    """Remove what an install or removal left that was killed."""
    for folder in user_folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _room(user_folder: Path) -> Iterator[Path]:
    """A hidden empty folder beside the models; made first, so that a read-only disk is found out at once."""
    user_folder.mkdir(parents=True, exist_ok=True)
    clear_away(user_folder)
    room = user_folder / f"{UNFINISHED}{secrets.token_hex(4)}"
    try:
        room.mkdir()
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)
        with contextlib.suppress(OSError):  # there are other models
            user_folder.rmdir()


def _fill(room: Path, model: Published, archive: Path) -> None:
    try:
        files = unpack(archive, room)
    except StoreError as error:
        raise StoreError(f"{model.name}: {error}; nothing of it is kept") from None
    fault = models.fault(room)
    if fault is not None:
        raise StoreError(f"{model.name} can't be used: {fault}; nothing of it is kept")
    files.pop(manifest.FILE, None)  # of somebody who packed an installed model
    record = manifest.Manifest(
        name=model.name,
        language=model.language_name,
        url=model.url,
        md5=model.md5,
        sha256=manifest.sha256(archive),
        installed=datetime.now(timezone.utc),
        files=files,
    )
    manifest.write(record, room)

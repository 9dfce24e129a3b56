"""The record of a downloaded model: where it came from, and what its files were when it was installed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from .errors import StoreError
from .writing import named_in_errors

FILE = "easeup-model.json"
"""In the model's folder. A folder without it is a user's own model."""


class FileRecord(BaseModel):
    """A file as it was installed."""

    model_config = ConfigDict(frozen=True)

    size: int
    """Bytes."""
    sha256: str


class Manifest(BaseModel):
    """Where a model came from, and its files."""

    model_config = ConfigDict(frozen=True)

    name: str
    language: str
    """For people, such as "US English"."""
    url: str
    md5: str
    """Of the archive, as its publisher gives it."""
    sha256: str
    """Of the archive, as it was here."""
    installed: datetime
    files: dict[str, FileRecord]
    """By path in the model's folder, with slashes."""


def is_downloaded(folder: Path) -> bool:
    """Whether a model's folder was made by `easeup models get`."""
    return (folder / FILE).is_file()


def write(manifest: Manifest, folder: Path) -> None:
    """Put the record into a model's folder."""
    with named_in_errors(folder / FILE):
        (folder / FILE).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")


def read(folder: Path) -> Manifest:
    """The record of a downloaded model.

    Raises:
        StoreError: It can't be read.
    """
    try:
        return Manifest.model_validate_json((folder / FILE).read_bytes())
    except (OSError, ValidationError):
        raise StoreError(f"{folder / FILE} is damaged") from None


def changes(manifest: Manifest, folder: Path) -> Iterator[str]:
    """What is not as it was installed: files that are missing, changed or new.

    New hidden files are passed over, for file browsers leave some.
    """
    found = set(_files(folder))
    for path, record in manifest.files.items():
        if path not in found:
            yield f"{path} is missing"
        elif not _is_unchanged(folder / path, record):
            yield f"{path} was changed"
    for path in sorted(found - manifest.files.keys() - {FILE}):
        if not path.rsplit("/")[-1].startswith("."):
            yield f"{path} was added"


def _files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()


def _is_unchanged(file: Path, record: FileRecord) -> bool:
    if file.is_symlink() or not file.is_file() or file.stat().st_size != record.size:
        return False
    return sha256(file) == record.sha256


def sha256(file: Path) -> str:
    """A file's SHA-256, in hexadecimal digits."""
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while piece := opened.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()

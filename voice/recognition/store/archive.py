"""Unpacks a model's archive, which may be anything, into an empty folder, and writes nowhere else."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from .download import megabytes
from .errors import StoreError
from .manifest import FileRecord
from .names import is_portable
from .writing import named_in_errors

MOST_ENTRIES = 1_000
"""Vosk's models have some 20 files."""
MOST_TIMES_LARGER = 20
"""Unpacked, Vosk's models are twice as large as packed."""
_LONGEST_PATH = 200
_ENCRYPTED = 0x1
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, NotImplementedError, ValueError, OSError, RuntimeError),
)
"""What zipfile raises for archives that are none."""
_CHUNK = 1 << 20


def unpack(archive: Path, into: Path) -> dict[str, FileRecord]:
    """Unpack an archive that holds one folder; the content of that folder comes into `into`.

    Args:
        archive: A zip.
        into: An empty folder.

    Returns:
        The files by their path in `into`, with slashes.

    Raises:
        StoreError: The archive is damaged, or has what a model has not: names that lead elsewhere or that not
            every system takes, two of the same name, links, encryption, too many files, too much in them.
        OSError: It can't be written.
    """
    with _opened(archive) as opened:
        entries = opened.infolist()
        _check_sizes(entries, archive.stat().st_size, into)
        for entry in entries:
            _check_kind(entry)
        paths = _paths(entries)
        return {
            path: _write(opened, entry, into.joinpath(*path.split("/")))
            for entry, path in zip(entries, paths, strict=True)
            if not entry.is_dir()
        }


def _opened(archive: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(archive)
    except _DAMAGED as error:
        raise StoreError(f"the archive is damaged ({error or type(error).__name__})") from None


def _check_sizes(entries: Sequence[zipfile.ZipInfo], packed: int, into: Path) -> None:
    if len(entries) > MOST_ENTRIES:
        raise StoreError(f"the archive holds {len(entries):,} files, far more than a model")
    total = sum(entry.file_size for entry in entries)
    if total > MOST_TIMES_LARGER * packed:
        raise StoreError(f"the archive would unpack to {megabytes(total)}, far more than a model of its size")
    free = shutil.disk_usage(into).free
    if total > free:
        raise StoreError(
            f"unpacked it needs {megabytes(total)} in {into.parent}, and {megabytes(free)} are free"
        )


def _check_kind(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise StoreError(f"the archive is encrypted ({entry.filename!r})")
    if entry.compress_type not in _PLAIN_METHODS:
        raise StoreError(f"the archive is packed in an unusual way ({entry.filename!r})")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise StoreError(f"the archive holds a link or a device ({entry.filename!r})")


def _paths(entries: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Each entry's path without the one folder that holds all."""
    tops = set()
    seen: dict[str, bool] = {}
    paths = []
    for entry in entries:
        top, *parts = member_parts(entry.orig_filename)
        tops.add(top)
        path = "/".join(parts)
        if not parts and not entry.is_dir():
            raise StoreError(f"the archive holds a file outside of the model's folder ({entry.filename!r})")
        # Windows and macOS take "A" and "a" for one name.
        folders = ["/".join(parts[:depth]).lower() for depth in range(len(parts))]
        if path.lower() in seen and not (entry.is_dir() and seen[path.lower()]):
            raise StoreError(f"the archive holds two files of one name ({entry.filename!r})")
        if any(not seen.setdefault(folder, True) for folder in folders):
            raise StoreError(f"the archive holds a file and a folder of one name ({entry.filename!r})")
        seen[path.lower()] = entry.is_dir()
        paths.append(path)
    if len(tops) != 1:
        raise StoreError(f"the archive holds {len(tops)} folders where a model has one")
    return paths


def member_parts(name: str) -> list[str]:
    """A member's folders and name.

    Raises:
        StoreError: It would lead elsewhere, or not every system takes it.
    """
    parts = name.removesuffix("/").split("/")
    if len(name) > _LONGEST_PATH or not all(is_portable(part) for part in parts):
        raise StoreError(f"the archive holds a file by a name that can't be used ({name[:_LONGEST_PATH]!r})")
    return parts


def _write(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> FileRecord:
    digest = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    with named_in_errors(target), target.open("xb") as file:
        for piece in _content(opened, entry):
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())  # else the folder's new name could outlive what is in it
        return FileRecord(size=file.tell(), sha256=digest.hexdigest())


def _content(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What is in a member; zipfile gives no more than its size and checks its CRC."""
    try:
        with opened.open(entry) as member:
            while piece := member.read(_CHUNK):
                yield piece
    except _DAMAGED as error:
        raise StoreError(f"the archive is damaged ({error or type(error).__name__})") from None

"""What can be wrong with the diary, in one line for a person."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_REFUSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
LITTLE_BYTES = 64 * 1024
"""With less room than this SQLite's "disk I/O error" means that there is none."""


class DiaryError(Exception):
    """The diary can't be kept, or can't be read; as text, one line: where, what, and how to mend it."""


class InUseError(DiaryError):
    """Another easeup keeps it."""


class DamagedError(DiaryError):
    """The file is no diary, or is broken."""

    def __init__(self, path: Path, why: str) -> None:
        """`why`: what was found, a few words."""
        super().__init__(
            f"{path}: the diary is damaged ({why}); the next massage begins a fresh one beside it"
        )
        self.why = why


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turn whatever a disk can do to the file into a `DiaryError`.

    Wrong use of SQLite stays what it is: that is a fault of the program.

    Raises:
        DiaryError: In the words of a person.
    """
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise
    except sqlite3.Error as error:
        raise _of_sqlite(path, error) from error
    except UnicodeDecodeError as error:  # even SQLite's own words may hold a damaged name
        raise DamagedError(path, "it holds text that is none") from error
    except (OverflowError, UnicodeEncodeError) as error:  # a number of twenty digits, a name that is no text
        raise DiaryError(f"{path}: this can't be kept in the diary: {error}") from error
    except OSError as error:
        raise _of_system(path, error) from error


def _of_sqlite(path: Path, error: sqlite3.Error) -> DiaryError:
    text = " ".join(str(error).split())
    # All others that SQLite raises are of a class below this one, and so is what it says of a damaged header.
    if type(error) is sqlite3.DatabaseError or text == "unsupported file format":
        return DamagedError(path, text)
    if "full" in text or ("disk I/O" in text and room(path) < LITTLE_BYTES):
        return _full(path)
    if "readonly" in text or "unable to open" in text:
        return _refused(path)
    if "locked" in text:
        return DiaryError(f"{path}: another program holds the diary; close it")
    return DiaryError(f"{path}: the diary can't be used: {text}")


def _of_system(path: Path, error: OSError) -> DiaryError:
    if error.errno in _FULL:
        return _full(path)
    if error.errno in _REFUSED:
        return _refused(path)
    return DiaryError(f"{path}: the diary can't be used: {error.strerror or error}")


def _full(path: Path) -> DiaryError:
    return DiaryError(f"{path}: the diary can't be kept, for the disk is full; make room on it")


def _refused(path: Path) -> DiaryError:
    return DiaryError(
        f"{path}: the diary can't be used, for its folder may not be read or written to; allow it, "
        "or name another folder by EASEUP_HOME"
    )


def room(path: Path) -> float:
    """Bytes that are free on the file's disk; infinite where nobody can tell."""
    try:
        return shutil.disk_usage(path.parent).free
    except OSError:
        return float("inf")

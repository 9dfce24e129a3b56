"""Forgetting: what is forgotten stands in no file of the diary's folder any more."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from .database import Database, lock
from .errors import plainly
from .opening import damaged, everything


def forget(database: Database, number: int) -> tuple[Path, ...]:
    """Forget one person: their name, what is known of them, their massages, and the journal.

    Damaged diaries that were set aside go too, for nobody can tell whose massages they hold. A person who
    isn't known is forgotten without a word, so that it can be done again where it broke off.

    Args:
        database: The diary, open for writing; no stretch of its journal may be under way.
        number: Who.

    Returns:
        The damaged diaries that were deleted.

    Raises:
        DiaryError: The disk doesn't allow it, or somebody is reading the diary: forget once more.
    """
    with database.writing() as connection:
        connection.execute("DELETE FROM person WHERE number = ?", [number])
        connection.execute("DELETE FROM stretch")
    database.scrub()
    gone = damaged(database.path)
    _delete(database.path, gone)
    return gone


def forget_everything(path: Path) -> tuple[Path, ...]:
    """Delete the diary, damaged ones that were set aside too, whatever their version or state.

    Returns:
        The files that were deleted; none, where there was no diary.

    Raises:
        DiaryError: Another easeup keeps the diary, or the disk doesn't allow it.
    """
    with plainly(path):
        if not path.parent.is_dir():
            return ()
        with ExitStack() as parts:
            lock(path, parts)
            gone = everything(path)
            _delete(path, gone)
    return gone


def _delete(path: Path, files: tuple[Path, ...]) -> None:
    with plainly(path):
        for file in files:
            file.unlink(missing_ok=True)

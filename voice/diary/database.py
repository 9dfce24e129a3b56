"""The diary's file, open: what is done to it is done whole or not at all. Knows no table's meaning.

One program writes at a time, which a lock beside the file sees to; reading needs no lock.

A transaction is the system's when it returns, so no crash of the program loses it, and `syncing` brings it
onto the disk a few milliseconds later. SQLite's own way (synchronous=FULL) waits for the disk in every
transaction: 6 ms at p50 and 10 ms at p99 instead of 0.3 and 0.5 (`python -m tests.benchmarks.journal`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from voice import places

from . import opening
from .errors import DiaryError, InUseError, plainly
from .syncing import Syncing


class Database:
    """An open diary; `connect` makes it."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        parts: ExitStack,
        *,
        syncing: Syncing | None = None,
        notice: str | None = None,
    ) -> None:
        """`parts` is what is closed with it."""
        self.path = path
        self.notice = notice
        """One line to be told: what was damaged, and where it is now; None: nothing was."""
        self._connection = connection
        self._parts = parts
        self._syncing = syncing

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file, with everything on the disk; closing again does nothing."""
        with suppress(sqlite3.Error, OSError):  # whoever closes it has kept what there was to keep
            self._parts.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One moment of the diary, whatever is written meanwhile.

        Raises:
            DiaryError: The disk, or what stands on it, doesn't allow it.
        """
        with plainly(self.path), self._transaction("DEFERRED"):
            yield self._connection

    @contextmanager
    def writing(self, *, at_leisure: bool = False) -> Iterator[sqlite3.Connection]:
        """All or nothing of what is done with the connection.

        Args:
            at_leisure: It may be lost if the power is cut before something else is written.

        Raises:
            DiaryError: The disk, or what stands on it, doesn't allow it; nothing is changed.
        """
        with plainly(self.path):
            if self._syncing is not None and self._syncing.failed is not None:
                raise self._syncing.failed
            with self._transaction("IMMEDIATE"):
                yield self._connection
        if self._syncing is not None and not at_leisure:
            self._syncing.want()

    def settle(self) -> None:
        """Move what stands in the log into the file, as far as nobody reads it.

        That takes some tens of milliseconds.

        Raises:
            DiaryError: The disk doesn't allow it; nothing is lost.
        """
        with plainly(self.path):
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def scrub(self) -> None:
        """Rewrite the file without a trace of what has been deleted.

        Raises:
            DiaryError: The disk doesn't allow it, or somebody is reading; it can be done again then.
        """
        with plainly(self.path):
            # The first empties the log of what it still holds, the second of what VACUUM has put into it.
            for statement in (_EMPTY_THE_LOG, "VACUUM", _EMPTY_THE_LOG):
                busy = self._connection.execute(statement).fetchone()
                if busy is not None and busy[0]:
                    raise sqlite3.OperationalError("database is locked")

    @contextmanager
    def _transaction(self, kind: str) -> Iterator[None]:
        self._connection.execute(f"BEGIN {kind}")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                if self._connection.in_transaction:  # SQLite undoes some by itself
                    self._connection.execute("ROLLBACK")
            raise


_EMPTY_THE_LOG = "PRAGMA wal_checkpoint(TRUNCATE)"


def file() -> Path:
    """Where the diary of this user is."""
    return places.data() / "diary.sqlite"


def connect(path: Path, *, write: bool) -> Database:
    """Open the diary.

    Args:
        path: Its file. Where there is none, writing begins one, and reading finds nothing kept.
        write: Whether something is to be kept. Then a damaged file is set aside, and `notice` says so.

    Raises:
        DiaryError: Another program keeps it; it is newer than this program; its folder can't be written to;
            the disk is full; or, for reading alone, it is damaged.
    """
    path = path.absolute()
    if not write:
        return _for_reading(path)
    with plainly(path), ExitStack() as parts:
        lock(path, parts)
        connection, notice = opening.for_writing(path)
        parts.callback(connection.close)
        syncing = None
        if opening.keeps_a_log(connection):
            syncing = Syncing(opening.log(path))
            parts.callback(syncing.close)
        return Database(path, connection, parts.pop_all(), syncing=syncing, notice=notice)


def lock(path: Path, parts: ExitStack) -> None:
    """Be the only one who writes, until `parts` is closed.

    Raises:
        DiaryError: Another is, or there can be no lock.
    """
    with plainly(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        one = FileLock(path.with_suffix(".lock"), timeout=0, mode=opening.OWNER_ONLY, thread_local=False)
        try:
            parts.enter_context(one)
        except Timeout:
            raise InUseError(f"{path}: another easeup keeps the diary; close that one") from None
        except NotImplementedError:
            raise DiaryError(f"{path}: its folder knows no locks; name another by EASEUP_HOME") from None


def _for_reading(path: Path) -> Database:
    with plainly(path), ExitStack() as parts:
        if opening.is_outdated(path):
            connect(path, write=True).close()
        connection = opening.for_reading(path)
        parts.callback(connection.close)
        return Database(path, connection, parts.pop_all())

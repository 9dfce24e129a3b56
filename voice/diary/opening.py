"""How the diary's file is opened: seen to be whole, ours and not too new; brought up to date; or set aside.

Only its owner can read it and what SQLite puts beside it, from the first byte on. A newer one stays as it is.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from .errors import LITTLE_BYTES, DamagedError, DiaryError, plainly, room
from .migrations import APPLICATION_ID, MIGRATIONS

OWNER_ONLY = 0o600
_PATIENCE_S = 2.0
"""How long to wait for another program's transaction."""
_LOG_PAGES = 4_000
"""So long, 16 MB, may the log grow before a transaction has to wait until it is moved into the file."""
_LOG_BYTES = 1 << 20
"""So long may it be when it has been moved."""
_BESIDE = ("-wal", "-shm", "-journal")
"""Endings of what SQLite puts beside its file."""


def log(path: Path) -> Path:
    """Where the latest transactions stand, until they are moved into the file itself."""
    return path.with_name(f"{path.name}-wal")


def keeps_a_log(connection: sqlite3.Connection) -> bool:
    """Whether it has such a log; where memory can't be shared, as on a network's disk, there is none."""
    return bool(connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal")


def everything(path: Path) -> tuple[Path, ...]:
    """The files of the diary that there are, with damaged ones that were set aside."""
    own = (path, *(path.with_name(path.name + ending) for ending in _BESIDE))
    return (*filter(os.path.lexists, own), *damaged(path))


def damaged(path: Path) -> tuple[Path, ...]:
    """The files of damaged diaries that were set aside."""
    return tuple(sorted(path.parent.glob(f"{path.stem}-damaged-*{path.suffix}*")))


def for_writing(path: Path) -> tuple[sqlite3.Connection, str | None]:
    """A connection that changes the file, and what is to be told of a damaged one that was set aside.

    Whoever calls holds the lock.

    Raises:
        DiaryError, sqlite3.Error, OSError: It can't be.
    """
    try:
        return _writable(path), None
    except DamagedError as error:
        aside = _set_aside(path)
        notice = (
            f"{path}: the diary was damaged ({error.why}); it is kept as {aside}, and a fresh one is begun"
        )
    return _writable(path), notice


def for_reading(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing; of an empty diary where none has been begun.

    Raises:
        DiaryError, sqlite3.Error: It is damaged or newer, or can't be read.
    """
    if _version(path) == 0:
        return _fresh(len(MIGRATIONS))
    connection = _opened(path, "ro")
    try:
        _check(path, connection)
    except BaseException:
        connection.close()
        raise
    return connection


def is_outdated(path: Path) -> bool:
    """Whether the file was written by an older easeup.

    Raises:
        DiaryError, sqlite3.Error: It is damaged or newer, or can't be read.
    """
    return 0 < _version(path) < len(MIGRATIONS)


def _writable(path: Path) -> sqlite3.Connection:
    if _version(path) == 0:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, OWNER_ONLY))
    for each in everything(path):  # a copy may have another mode; what SQLite makes has its file's
        each.chmod(OWNER_ONLY)
    connection = _opened(path, "rw")
    try:
        _check(path, connection)
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
        connection.execute(f"PRAGMA journal_size_limit = {_LOG_BYTES}")
        connection.execute(f"PRAGMA synchronous = {'NORMAL' if keeps_a_log(connection) else 'FULL'}")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        _migrate(connection, version, len(MIGRATIONS))
        _sync_folder(path.parent)
    except BaseException:
        connection.close()
        raise
    return connection


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    if path.with_name(f"{path.name}-journal").exists():
        mode = "rw"  # a crash where there is no log: what it left half done is undone by whoever comes first
    # Where nothing can be written SQLite can't watch for those who write, and there are none.
    unwritable = not os.access(path.parent, os.W_OK) or room(path) < LITTLE_BYTES
    still = mode == "ro" and unwritable and not _size(log(path))
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}{'&immutable=1' if still else ''}",
        uri=True,
        timeout=_PATIENCE_S,
        isolation_level=None,
        # It is opened where the program is put together, and used by the session's thread alone.
        check_same_thread=False,
    )
    connection.text_factory = _readable
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")  # nothing of a person in the system's folder
    except BaseException:
        connection.close()
        raise
    return connection


def _version(path: Path) -> int:
    """The version of the file, which stays as it is; 0: there is nothing in it."""
    if not _size(path):
        if _size(log(path)):
            raise DamagedError(path, "it is empty, and its log isn't")  # SQLite would delete the log
        return 0
    with plainly(path), closing(_opened(path, "ro")) as connection:
        version, ours = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("user_version", "application_id")
        )
        tables = int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    if ours != APPLICATION_ID and (version or tables):
        raise DamagedError(path, "it is not a diary")
    if version > len(MIGRATIONS):
        raise DiaryError(
            f"{path}: the diary is of version {version}, and this easeup knows {len(MIGRATIONS)} at most; "
            "update easeup"
        )
    return version


def _readable(text: bytes) -> str:
    """Text of the file, for a flipped bit in a name is no reason to read nothing at all."""
    return text.decode("utf-8", "replace")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _check(path: Path, connection: sqlite3.Connection) -> None:
    """See that it is whole.

    Raises:
        DamagedError: It is not.
        sqlite3.Error: That can't be known.
    """
    with plainly(path):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        with closing(_fresh(version)) as sound:
            if version and _tables(connection) != _tables(sound):
                raise DamagedError(path, "its tables are others")
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found == "ok" and (bad := connection.execute("PRAGMA foreign_key_check").fetchone()):
            found = f"a row of {bad[0]} belongs to none of {bad[2]}"
    if found != "ok":
        raise DamagedError(path, " ".join(str(found).split()))


def _tables(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def _fresh(version: int) -> sqlite3.Connection:
    """An empty diary of a version, in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _migrate(connection, 0, version)
    return connection


def _migrate(connection: sqlite3.Connection, version: int, to: int) -> None:
    for number, step in enumerate(MIGRATIONS[version:to], start=version + 1):
        try:
            connection.executescript(f"BEGIN IMMEDIATE; {step}; PRAGMA user_version = {number}; COMMIT;")
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _set_aside(path: Path) -> str:
    """Give a damaged file and its log other names, and return the file's."""
    stem = f"{path.stem}-damaged-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    name, again = f"{stem}{path.suffix}", 1
    while os.path.lexists(path.with_name(name)):
        again += 1
        name = f"{stem}-{again}{path.suffix}"
    # The log first: were it left behind alone, SQLite would delete it with the next file's beginning.
    for ending in ("-wal", "-journal", "", "-shm"):
        source = path.with_name(path.name + ending)
        if os.path.lexists(source):
            source.rename(path.with_name(name + ending))
    return name


def _sync_folder(folder: Path) -> None:
    """Bring onto the disk that there are new files."""
    if os.name == "nt":  # there a folder can't be opened, and need not be
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)

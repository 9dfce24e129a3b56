"""The diary's file, and what disks and other programs do to it."""

from __future__ import annotations

import random
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.diary.conftest import Disk
from tests.diary.diaries import filled, names, one_line
from voice.diary import migrations, opening
from voice.diary.database import Database, connect
from voice.diary.errors import DiaryError
from voice.diary.journal import Journal
from voice.diary.massages import entries
from voice.diary.people import load, rename
from voice.session.events import TimePassed
from voice.session.state import State

_HOLDER = """
import sys
from pathlib import Path
from voice.diary.database import Database, connect
with connect(Path(sys.argv[1]), write=True):
    print("holding", flush=True)
    sys.stdin.read()
"""


def modes(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_only_its_owner_can_read_it(path: Path) -> None:
    with connect(path, write=True):
        assert set(modes(path.parent)) == {
            "diary.lock",
            *(f"diary.sqlite{end}" for end in ("", "-wal", "-shm")),
        }
        assert set(modes(path.parent).values()) == {0o600}
    path.chmod(0o644)  # as it comes back from a copy
    with connect(path, write=True):
        assert set(modes(path.parent).values()) == {0o600}


def test_reading_where_there_is_none_finds_nothing_and_makes_nothing(path: Path) -> None:
    with connect(path, write=False) as database:
        assert load(database, 0.0, 0.0) == ()
    assert not path.parent.exists()


def test_reading_goes_on_while_another_writes(path: Path) -> None:
    with connect(path, write=True) as writer:
        rename(writer, 1, "Ada")
        with connect(path, write=False) as reader:
            assert names(reader) == ["Ada"]
            with reader.reading() as moment:
                moment.execute("SELECT * FROM person").fetchall()
                rename(writer, 2, "Ben")
                assert moment.execute("SELECT count(*) FROM person").fetchone() == (1,)
            assert names(reader) == ["Ada", "Ben"]
            with pytest.raises(DiaryError, match="may not be read or written to"):
                rename(reader, 1, "Eve")


def test_one_program_writes_at_a_time(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"holding\n"
        with pytest.raises(DiaryError, match="another easeup keeps the diary; close that one") as refused:
            connect(path, write=True)
        one_line(refused.value, path)
        other.kill()
    connect(path, write=True).close()  # a lock dies with its program


def test_a_transaction_is_whole_or_not_at_all(path: Path) -> None:
    with connect(path, write=True) as database:
        with pytest.raises(DiaryError, match="UNIQUE"):
            twice(database, "Ada")
        assert names(database) == []
        rename(database, 1, "Ben")
        assert names(database) == ["Ben"]


def twice(database: Database, name: str) -> None:
    with database.writing() as connection:
        for _ in range(2):
            connection.execute("INSERT INTO person (number, name) VALUES (1, ?)", [name])


def test_closing_twice_does_nothing_and_use_after_that_is_a_fault_of_the_program(path: Path) -> None:
    database = connect(path, write=True)
    database.close()
    database.close()
    with pytest.raises(sqlite3.ProgrammingError):
        rename(database, 1, "Ada")


def test_a_newer_file_is_refused_and_stays_as_it_is(path: Path) -> None:
    with connect(path, write=True) as database, database.writing() as connection:
        connection.execute(f"PRAGMA user_version = {len(migrations.MIGRATIONS) + 1}")
    before = path.read_bytes()
    for write in (True, False):
        with pytest.raises(
            DiaryError, match=r"is of version 2, and this easeup knows 1 at most; update easeup"
        ) as e:
            connect(path, write=write)
        one_line(e.value, path)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*damaged*"))


def test_an_older_file_is_brought_up_to_date_with_all_it_holds(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path)
    hat = "ALTER TABLE person ADD COLUMN hat TEXT NOT NULL DEFAULT 'none'"
    monkeypatch.setattr(opening, "MIGRATIONS", (*migrations.MIGRATIONS, hat))
    with connect(path, write=False) as database, database.reading() as connection:  # reading does it, too
        assert connection.execute("SELECT name, hat FROM person").fetchall() == [("Ada", "none")]
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)


def test_a_migration_that_breaks_off_leaves_the_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path)
    with monkeypatch.context() as patch:
        broken = "CREATE TABLE hat (colour TEXT); INSERT INTO nowhere VALUES (1)"
        patch.setattr(opening, "MIGRATIONS", (*migrations.MIGRATIONS, broken))
        with pytest.raises(DiaryError, match="no such table: nowhere"):
            connect(path, write=True)
    with connect(path, write=True) as database, database.reading() as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert not connection.execute("SELECT * FROM sqlite_master WHERE name = 'hat'").fetchall()


def overwritten(content: bytes, start: int, length: int) -> bytes:
    noise = random.Random(start).randbytes(length)  # noqa: S311 - repeatable, not secret
    return content[:start] + noise + content[start + length :]


DAMAGES = {
    "a text": b"Dear diary, today my back hurt.\n" * 50,
    "zeros": bytes(40_960),
}


@pytest.mark.parametrize("content", DAMAGES.values(), ids=DAMAGES.keys())
def test_what_is_no_diary_is_set_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert_set_aside(path, content)


def test_another_programs_file_is_set_aside(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE hat (colour TEXT)")
    assert_set_aside(path, path.read_bytes())


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_file_that_was_cut_short_is_set_aside(path: Path, kept: float) -> None:
    filled(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: round(len(whole) * kept)])
    assert_set_aside(path, path.read_bytes())


@pytest.mark.parametrize("share", [0.0, 0.2, 0.4, 0.6])
def test_a_file_with_overwritten_pages_is_set_aside(path: Path, share: float) -> None:
    filled(path)
    whole = path.read_bytes()
    path.write_bytes(overwritten(whole, round(len(whole) * share), len(whole) // 3))
    assert_set_aside(path, path.read_bytes())


def assert_set_aside(path: Path, content: bytes) -> None:
    """A damaged file is told of when it is read, and moved when it is to be written."""
    with pytest.raises(DiaryError, match="the diary is damaged") as told:
        connect(path, write=False)
    one_line(told.value, path)
    assert path.read_bytes() == content
    with connect(path, write=True) as database:
        assert database.notice is not None
        assert "\n" not in database.notice
        assert names(database) == []
        rename(database, 1, "Ada")
    aside = [file for file in path.parent.glob("diary-damaged-*") if file.suffix == ".sqlite"]
    assert [file.read_bytes() for file in aside] == [content]
    assert aside[0].name in database.notice
    with connect(path, write=True) as database:
        assert database.notice is None
        assert names(database) == ["Ada"]


@pytest.mark.parametrize(
    ("piece", "other"),
    [
        (b"screened_until REAL", b"screened_unxil REAL"),  # in what SQLite reads to know the tables
        (b"Ada", b"A\xff\xfe"),  # no text
    ],
)
def test_a_flipped_bit_that_breaks_no_page(path: Path, piece: bytes, other: bytes) -> None:
    filled(path)
    whole = path.read_bytes()
    assert piece in whole
    path.write_bytes(whole.replace(piece, other))
    if piece == b"Ada":
        with connect(path, write=True) as database:
            assert names(database) == ["A\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}"]
    else:
        assert_set_aside(path, path.read_bytes())


def test_two_that_are_set_aside_in_a_second_are_both_kept(path: Path) -> None:
    path.parent.mkdir()
    for content in ("one " * 200, "two " * 200, "three " * 200):
        path.write_text(content)
        connect(path, write=True).close()
    assert len([file for file in path.parent.glob("*damaged*") if file.suffix == ".sqlite"]) == 3


def test_a_log_without_its_file_is_kept_too(path: Path) -> None:
    filled(path)
    log = b"what was written last" * 100
    path.write_bytes(b"")
    opening.log(path).write_bytes(log)
    with connect(path, write=True) as database:
        assert database.notice is not None
    assert [file.read_bytes() for file in path.parent.glob("*damaged*-wal")] == [log]


def test_an_empty_file_is_a_beginning(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with connect(path, write=False) as database:
        assert names(database) == []
    with connect(path, write=True) as database:
        assert database.notice is None


def test_whatever_is_overwritten_nothing_but_plain_words_come(path: Path) -> None:
    filled(path)
    whole = path.read_bytes()
    draw = random.Random(6)  # noqa: S311
    told = set_aside_again = 0
    for _ in range(60):
        start = draw.randrange(len(whole))
        path.write_bytes(overwritten(whole, start, draw.choice([1, 10, 100, 5000])))
        try:
            with connect(path, write=False) as database:
                everything_is_read(database.path)
        except DiaryError as error:
            one_line(error, path)
            told += 1
        try:
            with connect(path, write=True) as database:
                set_aside_again += database.notice is not None
                journal = Journal(database)
                journal.begin(State(()), "", 0.0, 0.0)
                journal.append(TimePassed(), 1.0, 1.0)
        except DiaryError as error:
            one_line(error, path)
        for file in path.parent.glob("diary*sqlite*"):
            file.unlink()
    assert told > 10
    assert set_aside_again > 10


def everything_is_read(path: Path) -> None:
    with connect(path, write=False) as database:
        load(database, 0.0, 0.0)
        entries(database)
        Journal(database).last()


def test_a_page_that_is_damaged_while_it_is_used_is_told(path: Path) -> None:
    filled(path)
    with connect(path, write=True) as database:
        whole = path.read_bytes()
        with path.open("r+b") as file:  # the same file, not another in its place
            file.write(overwritten(whole, 100, len(whole) - 100))
        database._connection.execute("PRAGMA shrink_memory")  # what it remembers of the file
        with pytest.raises(DiaryError, match="the diary is damaged") as told:
            rename(database, 7, "Ada")
        one_line(told.value, path)


def test_a_full_disk_is_told_and_the_session_before_it_is_whole(disk: Disk) -> None:
    path = disk("size=400k", remount=True) / "diary.sqlite"
    with connect(path, write=True) as database:
        journal = Journal(database)
        journal.begin(State(()), "program", 0.0, 1e9)
        written: list[float] = []
        with pytest.raises(DiaryError, match="the disk is full; make room on it") as told:
            append_until_it_fails(journal, written)
        one_line(told.value, path)
        disk("size=8m", remount=True)
        with pytest.raises(DiaryError, match="the disk is full"):  # with one missing, no more are added
            journal.append(TimePassed(), 1e6, 1e9)
        with pytest.raises(DiaryError, match="the disk is full"):
            journal.alive(1e6, 1e9)
        stretch = journal.last()
        assert stretch is not None
        assert len(written) > 10
        assert [now for now, _ in stretch.events] == written
        journal.begin(State(()), "program", 0.0, 1e9)  # there is room again
        journal.append(TimePassed(), 1.0, 1e9)
    with connect(path, write=True) as database:
        stretch = Journal(database).last()
        assert stretch is not None
        assert len(stretch.events) == 1


def append_until_it_fails(journal: Journal, written: list[float]) -> None:
    for now in map(float, range(100_000)):
        journal.append(TimePassed(), now, 1e9 + now)
        written.append(now)


def test_a_disk_that_is_full_from_the_start(disk: Disk) -> None:
    folder = disk("size=64k", remount=True)
    (folder / "film").write_bytes(bytes(60_000))
    with pytest.raises(DiaryError, match="the disk is full; make room on it") as told:
        connect(folder / "easeup" / "diary.sqlite", write=True)
    one_line(told.value, folder)
    disk("size=8m", remount=True)
    with connect(folder / "easeup" / "diary.sqlite", write=True) as database:
        assert database.notice is None  # it broke off at the beginning, and begins again


def test_a_folder_that_cant_be_written_to(disk: Disk) -> None:
    path = disk("size=8m", remount=True) / "diary.sqlite"
    with connect(path, write=True) as database:
        rename(database, 1, "Ada")
    disk("ro", remount=True)
    with pytest.raises(DiaryError, match="may not be read or written to; allow it, or name another") as told:
        connect(path, write=True)
    one_line(told.value, path)
    with connect(path, write=False) as reader:
        assert names(reader) == ["Ada"]
    with pytest.raises(DiaryError, match="may not be read or written to"):
        connect(path.parent / "new" / "diary.sqlite", write=True)


def test_a_file_where_the_folder_should_be_and_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder" / "diary.sqlite").mkdir(parents=True)
    for path in (tmp_path / "file" / "diary.sqlite", tmp_path / "folder" / "diary.sqlite"):
        with pytest.raises(DiaryError) as told:
            connect(path, write=True)
        one_line(told.value, path)


def test_a_transaction_that_a_crash_left_half_done_is_undone(path: Path, tmp_path: Path) -> None:
    """As it is where SQLite can keep no log; the files of the moment before the crash are copies."""
    filled(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        for statement in ("journal_mode = DELETE", "cache_size = 1"):
            other.execute(f"PRAGMA {statement}").fetchall()
        other.execute("BEGIN")
        other.execute("UPDATE event SET content = content || hex(randomblob(500))")
        other.execute("UPDATE person SET name = 'Eve'")
        for file in path.parent.glob("diary.sqlite*"):
            (tmp_path / file.name).write_bytes(file.read_bytes())
    for write in (False, True):
        copy = tmp_path / str(write) / path.name
        copy.parent.mkdir()
        for end in ("", "-journal"):
            (copy.parent / f"{path.name}{end}").write_bytes((tmp_path / f"{path.name}{end}").read_bytes())
        with connect(copy, write=write) as database:
            assert database.notice is None
            assert names(database) == ["Ada"]
            assert Journal(database).last() is not None


@pytest.mark.parametrize("name", ["ein Jahr: 100 %?#&.sqlite", "'; DROP TABLE person; --.sqlite"])
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    with connect(tmp_path / name, write=True) as database:
        rename(database, 1, "Ada")
    with connect(tmp_path / name, write=False) as database:
        assert names(database) == ["Ada"]

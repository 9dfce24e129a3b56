"""What is forgotten is in no file any more: the bytes are looked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.diary.diaries import AT, ENTRY, filled, names, one_line
from voice.diary.database import Database, connect
from voice.diary.errors import DiaryError
from voice.diary.forgetting import forget, forget_everything
from voice.diary.journal import Journal
from voice.diary.massages import entries, keep
from voice.diary.people import load, rename, save
from voice.session.events import Heard
from voice.session.intents import Intent, IntentName
from voice.session.people import Known
from voice.session.state import State

SECRETS = (
    "Gwendolyn",
    "a-secret-routine",
    "a secret title",
    "a-secret-step",
    "a secret place",
    "secret-topic",
)


def live(database: Database, number: int, name: str) -> None:
    """Many massages of a person, with secrets in every table, and a journal."""
    secret = replace(ENTRY.pain[0], step_id=SECRETS[3], regions=(SECRETS[4],))
    for ordinal in range(40):
        entry = replace(ENTRY, person=number, routine_id=SECRETS[1], title=SECRETS[2] * 9, pain=(secret,) * 5)
        keep(database, number, ordinal, entry)
    rename(database, number, name)
    for level in (3, 2, 1):
        save(database, Known(number, tender=((SECRETS[4], level),)), 0.0, AT.timestamp())
    journal = Journal(database)
    journal.begin(State((), people=(Known(tender=((SECRETS[4], 2),)),)), SECRETS[1], 0.0, 0.0)
    for moment in range(100):
        journal.append(Heard(Intent(IntentName.ASK, about=SECRETS[5]), SECRETS[0]), float(moment), 0.0)


def told_in(folder: Path) -> set[str]:
    """Which secrets stand in any file of a folder."""
    everything = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    return {secret for secret in SECRETS if secret.encode() in everything}


def test_a_person_is_really_gone_and_the_others_stay(path: Path) -> None:
    filled(path)
    with connect(path, write=True) as database:
        live(database, 2, SECRETS[0])
        assert told_in(path.parent) == set(SECRETS)  # so this way of looking finds them
        assert forget(database, 2) == ()
        assert told_in(path.parent) == set()  # at once, not only when it is closed
        assert names(database) == ["Ada"]
        assert len(entries(database)) == 60
        assert Journal(database).last() is None
    assert told_in(path.parent) == set()


def test_damaged_diaries_go_with_a_person(path: Path) -> None:
    with connect(path, write=True) as database:
        live(database, 2, SECRETS[0])
    with path.open("r+b") as file:
        file.write(b"damage")
    with connect(path, write=True) as database:
        assert database.notice is not None
        assert told_in(path.parent) == set(SECRETS)
        gone = forget(database, 2)
        assert told_in(path.parent) == set()
    assert [file.suffix for file in gone][:1] == [".sqlite"]
    assert not any(file.exists() for file in gone)


def test_who_is_not_known_is_forgotten_without_a_word(path: Path) -> None:
    filled(path)
    with connect(path, write=True) as database:
        assert forget(database, 9) == ()
        assert names(database) == ["Ada"]


def test_somebody_who_reads_is_in_the_way_and_once_they_are_gone_it_is_done(path: Path) -> None:
    filled(path)
    with connect(path, write=True) as database:
        live(database, 2, SECRETS[0])
        with connect(path, write=False) as reader:
            with reader.reading() as connection:
                connection.execute("SELECT * FROM person").fetchall()
                with pytest.raises(DiaryError, match="another program holds the diary; close it") as told:
                    forget(database, 2)
                one_line(told.value, path)
            assert forget(database, 2) == ()
        assert told_in(path.parent) == set()


def test_everything_is_really_gone(path: Path) -> None:
    with connect(path, write=True) as database:
        live(database, 2, SECRETS[0])
        with pytest.raises(DiaryError, match="another easeup keeps the diary"):
            forget_everything(path)
    path.write_text(path.read_text("latin-1")[:5000])
    connect(path, write=True).close()
    with connect(path, write=True) as database:
        live(database, 1, SECRETS[0])
    gone = forget_everything(path)
    assert path in gone
    assert any("damaged" in file.name for file in gone)
    assert {file.name for file in path.parent.iterdir()} <= {"diary.lock"}
    assert forget_everything(path) == ()
    with connect(path, write=True) as database:
        assert load(database, 0.0, 0.0) == ()


def test_where_nothing_was_kept_there_is_nothing_to_forget(path: Path) -> None:
    assert forget_everything(path) == ()
    assert not path.parent.exists()

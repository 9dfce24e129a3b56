"""A diary that holds something of everything, and what is said of it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from voice.diary.database import Database, connect
from voice.diary.entry import Entry, Kind, PainStop
from voice.diary.journal import Journal
from voice.diary.massages import keep
from voice.diary.people import load, rename, save
from voice.session.events import Heard
from voice.session.intents import Intent, IntentName
from voice.session.people import Known
from voice.session.plan import Side
from voice.session.state import State

AT = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=timezone.utc)
STOP = PainStop(AT + timedelta(minutes=4), Kind.SHARP, "press", "Press", Side.LEFT, ("buttocks", "hips"))
ENTRY = Entry(
    person=1,
    routine_id="lower-back",
    title="The lower back",
    began=AT,
    ended=AT + timedelta(minutes=30),
    finished=True,
    worked=1234.5678901234567,
    planned=1800.0,
    before=4,
    after=7,
    pain=(STOP, PainStop(AT + timedelta(minutes=9), Kind.UNSAID, "rest", "Rest", None, ())),
)


def filled(path: Path, massages: int = 60) -> None:
    """Make a diary of some pages in every table, and close it."""
    with connect(path, write=True) as database:
        rename(database, 1, "Ada")
        save(database, Known(1, screened_until=100.0, tender=(("neck", 2),)), 0.0, AT.timestamp())
        for ordinal in range(massages):
            keep(database, 1, ordinal, ENTRY)
        journal = Journal(database)
        journal.begin(State(()), "program", 0.0, AT.timestamp())
        for number in range(massages):
            journal.append(Heard(Intent(IntentName.NEXT)), float(number), AT.timestamp() + number)


def names(database: Database) -> list[str]:
    """Of the people who are known."""
    return [person.name for person in load(database, 0.0, AT.timestamp())]


def one_line(error: Exception, path: Path) -> None:
    """What is told is one line, and names the place."""
    assert "\n" not in str(error)
    assert str(path) in str(error)

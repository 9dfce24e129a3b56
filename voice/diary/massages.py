"""The massages that the diary tells of."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timezone
from typing import Any

from voice.session.plan import Side

from .database import Database
from .entry import Entry, Kind, PainStop
from .errors import DiaryError


def keep(database: Database, stretch_id: int, ordinal: int, entry: Entry) -> None:
    """Keep a massage as it stands now; one that was kept before is replaced, however it stood.

    Args:
        database: The diary, open for writing.
        stretch_id: The journal's stretch in which it began.
        ordinal: Which of that stretch's massages it is.
        entry: The massage.

    Raises:
        DiaryError: It can't be kept; it is as it was.
    """
    with database.writing() as connection:
        connection.execute("INSERT INTO person (number) VALUES (?) ON CONFLICT DO NOTHING", [entry.person])
        connection.execute(
            "INSERT INTO massage (stretch, ordinal, person, routine_id, title, began, ended, finished,"
            " worked, planned, before, after) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (stretch, ordinal) DO UPDATE SET person = excluded.person,"
            " routine_id = excluded.routine_id, title = excluded.title, began = excluded.began,"
            " ended = excluded.ended, finished = excluded.finished, worked = excluded.worked,"
            " planned = excluded.planned, before = excluded.before, after = excluded.after",
            [
                *(stretch_id, ordinal, entry.person, entry.routine_id, entry.title),
                entry.began.timestamp(),
                None if entry.ended is None else entry.ended.timestamp(),
                *(entry.finished, entry.worked, entry.planned, entry.before, entry.after),
            ],
        )
        (massage,) = connection.execute(
            "SELECT id FROM massage WHERE stretch = ? AND ordinal = ?", [stretch_id, ordinal]
        ).fetchone()
        connection.execute("DELETE FROM pain WHERE massage = ?", [massage])
        connection.executemany(
            "INSERT INTO pain (massage, ordinal, at, kind, step_id, step, side, regions)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [_row(massage, number, stop) for number, stop in enumerate(entry.pain)],
        )


def entries(database: Database, person: int | None = None) -> tuple[Entry, ...]:
    """The massages kept, oldest first.

    Args:
        database: The diary.
        person: Whose; None: everybody's.

    Raises:
        DiaryError: They can't be read.
    """
    with database.reading() as connection:
        rows = connection.execute(
            "SELECT id, person, routine_id, title, began, ended, finished, worked, planned, before, after"
            " FROM massage WHERE ? IS NULL OR person = ? ORDER BY began, id",
            [person, person],
        ).fetchall()
        try:
            return tuple(_entry(connection, row) for row in rows)
        except (ValueError, TypeError, OverflowError) as error:
            raise DiaryError(
                f"{database.path}: another easeup wrote this diary ({error}); update easeup"
            ) from error


def _row(massage: int, ordinal: int, stop: PainStop) -> tuple[Any, ...]:
    side = None if stop.side is None else stop.side.value
    regions = json.dumps(stop.regions, ensure_ascii=False)
    return massage, ordinal, stop.at.timestamp(), stop.kind.value, stop.step_id, stop.step, side, regions


def _entry(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Entry:
    massage, person, routine_id, title, began, ended, finished, worked, planned, before, after = row
    stops = connection.execute(
        "SELECT at, kind, step_id, step, side, regions FROM pain WHERE massage = ? ORDER BY ordinal",
        [massage],
    )
    return Entry(
        *(person, routine_id, title, _moment(began), None if ended is None else _moment(ended)),
        *(bool(finished), worked, planned, before, after),
        pain=tuple(
            PainStop(
                *(_moment(at), Kind(kind), step_id, step),
                None if side is None else Side(side),
                tuple(json.loads(regions)),
            )
            for at, kind, step_id, step, side, regions in stops.fetchall()
        ),
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)

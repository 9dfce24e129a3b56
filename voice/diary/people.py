"""The people of one device: what is known of each from one massage to the next."""

from __future__ import annotations

import sqlite3
from typing import Any

from voice.session.habits import KEPT_S
from voice.session.people import Known, Past
from voice.session.plan import DEEPEST, LIGHTEST
from voice.session.screening import VALID_S, Care

from .database import Database
from .errors import DiaryError

_DAY_S = 24 * 3600.0
_WRONG_BY_S = 60.0
"""A clock may be set right by so much without an answer's seeming to come from the future."""


def load(database: Database, now: float, at: float) -> tuple[Known, ...]:
    """Everybody who is known, by number.

    Answers to the screening that come from the future, as of a clock that was wrong, count as none; a massage
    that ended within the next day counts as just over, one that ended later does not count.

    Args:
        database: The diary.
        now: On the session's clock.
        at: The same moment in unix seconds.

    Raises:
        DiaryError: It can't be read.
    """
    with database.reading() as connection:
        return tuple(
            Known(
                number=number,
                name=name,
                care=Care(bool(gentle), bool(no_points)),
                screened_until=_on_the_clock(screened_until, now, at),
                tender=_tender(connection, number),
                ease=ease,
                massages=_massages(connection, number, now, at),
            )
            for number, name, gentle, no_points, screened_until, ease in connection.execute(
                "SELECT number, name, gentle, no_points, screened_until, ease FROM person ORDER BY number"
            ).fetchall()
        )


def save(database: Database, person: Known, now: float, at: float) -> None:
    """Keep what is known of a person now, all but their massages and their name: these stand for themselves.

    Args:
        database: The diary, open for writing.
        person: Who.
        now: On the session's clock.
        at: The same moment in unix seconds.

    Raises:
        DiaryError: It can't be kept; what was known is as it was.
    """
    left = person.screened_until - now
    with database.writing() as connection:
        _meet(connection, person.number)
        connection.execute(
            "UPDATE person SET gentle = ?, no_points = ?, screened_until = ?, ease = ? WHERE number = ?",
            [
                person.care.gentle,
                person.care.no_points,
                at + left if left > 0 else None,
                person.ease,
                person.number,
            ],
        )
        connection.execute("DELETE FROM tender WHERE person = ?", [person.number])
        connection.executemany(
            "INSERT INTO tender (person, ordinal, region, level) VALUES (?, ?, ?, ?)",
            [(person.number, ordinal, *place) for ordinal, place in enumerate(person.tender)],
        )


def rename(database: Database, number: int, name: str) -> None:
    """Give a person a name, or another; with an empty one only the number is left.

    Raises:
        DiaryError: It can't be kept, or somebody else is called so.
    """
    with database.writing() as connection:
        _meet(connection, number)
        others = connection.execute("SELECT number, name FROM person WHERE number != ?", [number])
        for other, taken in others.fetchall():
            if name and taken.casefold() == name.casefold():
                raise DiaryError(f"person {other} is called {taken} already; take another name")
        connection.execute("UPDATE person SET name = ? WHERE number = ?", [name, number])


def _meet(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("INSERT INTO person (number) VALUES (?) ON CONFLICT DO NOTHING", [number])


def _on_the_clock(until: float | None, now: float, at: float) -> float:
    left = 0.0 if until is None else until - at
    return now + min(left, VALID_S) if 0 < left <= VALID_S + _WRONG_BY_S else 0.0


def _tender(connection: sqlite3.Connection, number: int) -> tuple[tuple[str, int], ...]:
    rows: list[Any] = connection.execute(
        "SELECT region, level FROM tender WHERE person = ? ORDER BY ordinal", [number]
    ).fetchall()
    return tuple((region, max(LIGHTEST, min(DEEPEST, level))) for region, level in rows)


def _massages(connection: sqlite3.Connection, number: int, now: float, at: float) -> tuple[Past, ...]:
    rows: list[Any] = connection.execute(
        "SELECT ended, routine_id, before, after,"
        " EXISTS (SELECT 1 FROM pain WHERE pain.massage = massage.id) FROM massage"
        " WHERE person = ? AND worked > 0 AND ended BETWEEN ? AND ? ORDER BY ended, id",
        [number, at - KEPT_S, at + _DAY_S],
    ).fetchall()
    return tuple(
        Past(now + min(0.0, ended - at), routine_id, before, after, bool(hurt))
        for ended, routine_id, before, after, hurt in rows
    )

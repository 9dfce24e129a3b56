"""The journal: every event of a session, written down before anything is done about it.

The state of a session is what it began with and its events, so this is all that is needed to go on after
anything. It does not replay them, and it reads no clock.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from voice.session.events import Event
from voice.session.state import State

from .database import Database
from .encoding import EncodingError, event_from_text, event_to_text, opening_from_text, opening_to_text
from .errors import DiaryError


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was written down since the guide was last at rest."""

    id: int
    """Never given twice in one diary."""
    opening: State
    """Before the first event; without plans, questions and what has been spoken."""
    fingerprint: str
    """Of its program's plans and questions; where this program's differs, it can't be replayed."""
    began_now: float
    """On the session's clock."""
    began_at: float
    """Unix seconds."""
    events: tuple[tuple[float, Event], ...]
    """Each with its time on the session's clock."""
    events_at: tuple[float, ...]
    """The same times in unix seconds, as the system's clock had them: it may have been set between two."""
    now: float
    """The latest moment known of it, on the session's clock: its last event or heartbeat."""
    at: float
    """The same moment in unix seconds."""


class Journal:
    """Writes down one stretch after the other."""

    def __init__(self, database: Database) -> None:
        """`database` is open for writing and stays open; nothing is written yet."""
        self._database = database
        self._stretch: int | None = None
        self._events = 0
        self._torn: DiaryError | None = None
        """Why an event is missing from the stretch, so that nothing that comes after it may be added."""

    def last(self) -> Stretch | None:
        """The stretch that was written last; None: there is none.

        Raises:
            DiaryError: It can't be read, or this easeup doesn't know what it tells of.
        """
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT id, opening, fingerprint, began_now, began_at, alive_now, alive_at"
                " FROM stretch ORDER BY id DESC LIMIT 1"
            ).fetchone()
            if row is None:
                return None
            stretch, opening, program, began_now, began_at, *alive = row
            rows = connection.execute(
                "SELECT now, at, content FROM event WHERE stretch = ? ORDER BY ordinal", [stretch]
            ).fetchall()
        # The system's clock may have been set back, the session's never is.
        latest = max([tuple(alive), *((now, at) for now, at, _ in rows[-1:])], key=lambda moment: moment[0])
        try:
            return Stretch(
                id=stretch,
                opening=opening_from_text(opening),
                fingerprint=program,
                began_now=began_now,
                began_at=began_at,
                events=tuple((now, event_from_text(content)) for now, _, content in rows),
                events_at=tuple(at for _, at, _ in rows),
                now=latest[0],
                at=latest[1],
            )
        except EncodingError as error:
            raise DiaryError(
                f"{self._database.path}: the last session can't be taken up again, "
                f"for another easeup wrote it down ({error})"
            ) from error

    def begin(self, opening: State, fingerprint: str, now: float, at: float) -> int:
        """Begin a stretch, and forget those before it. Takes some tens of milliseconds.

        Args:
            opening: The state of the session, before the first event that will be appended.
            fingerprint: Of the program's plans and questions.
            now: On the session's clock.
            at: The same moment in unix seconds.

        Returns:
            The stretch's id.

        Raises:
            DiaryError: It can't be written; then nothing can be appended, and the last stretch is as it was.
        """
        self._stretch, self._torn = None, None
        self._database.settle()  # now, rather than in the middle of a massage
        with self._database.writing() as connection:
            connection.execute("DELETE FROM stretch")
            row = connection.execute(
                "INSERT INTO stretch (fingerprint, opening, began_now, began_at, alive_now, alive_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [fingerprint, opening_to_text(opening), now, at, now, at],
            )
            begun = int(row.lastrowid or 0)
        self._stretch, self._events = begun, 0
        return begun

    def resume(self, stretch: Stretch) -> None:
        """Append to the last stretch from here on; its session goes on.

        Args:
            stretch: What `last` gave.
        """
        self._stretch, self._events, self._torn = stretch.id, len(stretch.events), None

    def append(self, event: Event, now: float, at: float) -> None:
        """Write an event down; only then may anything be done about it.

        Args:
            event: What happened; the words that were said are left out.
            now: On the session's clock.
            at: The same moment in unix seconds; it may go back.

        Raises:
            DiaryError: It is not written, and nor will anything be until the next `begin`: a session without
                one of its events would be replayed into something that never was.
        """
        self._write(
            "INSERT INTO event (stretch, ordinal, now, at, content) VALUES (?, ?, ?, ?, ?)",
            [self._stretch, self._events, now, at, event_to_text(event)],
        )
        self._events += 1

    def alive(self, now: float, at: float) -> None:
        """Note that the session was there at this moment; the last of these may be lost in a power cut.

        Raises:
            DiaryError: As of `append`.
        """
        self._write(
            "UPDATE stretch SET alive_now = ?, alive_at = ? WHERE id = ?",
            [now, at, self._stretch],
            at_leisure=True,
        )

    def _write(self, statement: str, values: list[object], *, at_leisure: bool = False) -> None:
        if self._torn is not None:
            raise self._torn
        try:
            with self._database.writing(at_leisure=at_leisure) as connection:
                if connection.execute(statement, values).rowcount != 1:
                    raise sqlite3.IntegrityError("the session it belongs to has been forgotten")
        except DiaryError as error:
            self._torn = error
            raise

"""Nothing is lost: each event is written down before it is acted on, and replayed when the program starts.

Where nothing can be kept, that is said once, and the massage goes on without.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import TypeVar

from voice.diary import massages, people
from voice.diary.database import Database, connect, file
from voice.diary.encoding import fingerprint
from voice.diary.errors import DiaryError
from voice.diary.journal import Journal, Stretch
from voice.diary.noting import Noting
from voice.session import advance
from voice.session.events import Event, Interrupted, Recovered
from voice.session.people import GUEST, Known
from voice.session.resting import at_rest
from voice.session.state import State

from .conversation import Turned

Result = TypeVar("Result")

_ALIVE_EVERY_S = 0.5
"""How often it is noted that a massage goes on: so much of its time may be worked twice after a power cut."""
_EVENTS_AT_REST = 200
"""A guide that stands by hears people talk; nobody has to know about so many of them."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """Where a session goes on."""

    state: State
    now: float = 0.0
    """On the session's clock, which stood while nobody was there."""
    catching_up: tuple[Event, ...] = ()
    """What has happened to it since then."""


class Keeping:
    """The diary of a session, for as long as it can be kept."""

    def __init__(
        self,
        database: Database | None,
        complain: Callable[[str], object],
        clock: Callable[[], float],
    ) -> None:
        """Keep it in an open diary; None: nowhere.

        Args:
            database: Open for writing.
            complain: Given one line when something can't be kept, or taken up.
            clock: Unix seconds.
        """
        self._kept = None if database is None else _Kept(database, clock)
        self._complain = complain
        self._alive = float("-inf")

    @classmethod
    def opened(
        cls, parts: ExitStack, complain: Callable[[str], object], clock: Callable[[], float] = time.time
    ) -> Keeping:
        """Open the diary, until `parts` is closed; otherwise as when one is made."""
        try:
            database = parts.enter_context(connect(file(), write=True))
        except DiaryError as error:
            complain(f"{error}. This massage is not written down.")
            return cls(None, complain, clock)
        if database.notice is not None:
            complain(database.notice)
        return cls(database, complain, clock)

    def recall(self, first: State) -> Recalled:
        """The session as it was left, or a first one that knows the people.

        Args:
            first: A session before its first event, as this program begins one.
        """
        return self._if_possible(lambda kept: kept.recall(first, self._complain)) or Recalled(first)

    def happens(self, event: Event, now: float) -> None:
        """Write an event down, before anything is done about it."""
        self._if_possible(lambda kept: kept.append(event, now))

    def turned(self, turn: Turned) -> None:
        """Keep what has become of people and massages."""
        self._if_possible(lambda kept: kept.turned(turn))

    def alive(self, state: State, now: float) -> None:
        """The session is there and works; called as often as one likes."""
        if not at_rest(state) and now - self._alive >= _ALIVE_EVERY_S:
            self._alive = now
            self._if_possible(lambda kept: kept.alive(now))

    def _if_possible(self, keep: Callable[[_Kept], Result]) -> Result | None:
        """After a first fault nothing more: a journal without one of its events tells of another session."""
        if self._kept is None:
            return None
        try:
            return keep(self._kept)
        except DiaryError as error:
            self._kept = None
            self._complain(f"{error}. The massage goes on without being written down.")
            return None


class _Kept:
    """A diary that can be kept; whatever can't be is a `DiaryError`."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock
        self._journal = Journal(database)
        self._fingerprint = ""
        self._noting = Noting()
        self._stretch = 0
        self._events = 0

    def recall(self, first: State, complain: Callable[[str], object]) -> Recalled:
        """See `Keeping`."""
        self._fingerprint = fingerprint(first.plans, first.questions)
        known = people.load(self._database, 0.0, self._clock())
        if known:
            first = replace(first, people=known, receiver=known[0].number)
        try:
            stretch = self._journal.last()
            if stretch is not None:
                return self._taken_up(stretch, first)
        except Exception as error:  # noqa: BLE001 - what can't be replayed would end every start of the program
            complain(f"The last massage can't be taken up again: {error}")
        self._noting = Noting()
        self._begin(first, 0.0)
        return Recalled(first)

    def _taken_up(self, stretch: Stretch, first: State) -> Recalled:
        """Where a stretch of the journal ends."""
        if stretch.fingerprint != self._fingerprint:
            raise DiaryError("the routines have changed since")
        state = replace(stretch.opening, plans=first.plans, questions=first.questions)
        for (now, event), at in zip(stretch.events, stretch.events_at, strict=True):
            before, state = state, advance(state, event, now).state
            self._note(_Step(stretch.id, before, event, state, now, at))
        self._journal.resume(stretch)
        self._stretch, self._events = stretch.id, len(stretch.events)
        names = {person.number: person.name for person in first.people}
        called = tuple(replace(each, name=names.get(each.number, each.name)) for each in state.people)
        # Whatever had failed then is looked at anew.
        recovered = (Recovered(part) for part in sorted(state.failed))
        away = Interrupted(max(0.0, self._clock() - stretch.at))
        return Recalled(
            replace(state, favourite=first.favourite, people=called), stretch.now, (*recovered, away)
        )

    def append(self, event: Event, now: float) -> None:
        """An event, before anything is done about it."""
        self._journal.append(event, now, self._clock())
        self._events += 1

    def turned(self, turn: Turned) -> None:
        """What has become of people and massages; where nothing is under way, a new stretch is begun."""
        after = turn.transition.state
        self._note(_Step(self._stretch, turn.before, turn.event, after, turn.now, self._clock()))
        if at_rest(after) and (not at_rest(turn.before) or self._events >= _EVENTS_AT_REST):
            self._begin(after, turn.now)

    def alive(self, now: float) -> None:
        """The session is there."""
        self._journal.alive(now, self._clock())

    def _begin(self, state: State, now: float) -> None:
        self._stretch = self._journal.begin(state, self._fingerprint, now, self._clock())
        self._events, self._noting = 0, Noting()

    def _note(self, step: _Step) -> None:
        """What a turn changes, when it happens and when it is replayed."""
        at = datetime.fromtimestamp(step.at, timezone.utc)
        noted = self._noting.turned(step.before, step.event, step.after, step.now, at)
        if noted is not None:
            massages.keep(self._database, step.stretch, noted.ordinal, noted.entry)
        was = {person.number: person for person in step.before.people}
        for person in step.after.people:
            if person.number != GUEST and _known(person) != _known(was.get(person.number)):
                people.save(self._database, person, step.now, step.at)


@dataclass(frozen=True, slots=True)
class _Step:
    """One turn, as it was or as it is replayed."""

    stretch: int
    before: State
    event: Event
    after: State
    now: float
    """On the session's clock."""
    at: float
    """Unix seconds."""


def _known(person: Known | None) -> object:
    """What the diary keeps of a person by itself."""
    return person and (person.care, person.screened_until, person.tender, person.ease)

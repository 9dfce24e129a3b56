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
from voice.diary.errors import DiaryError, InUseError
from voice.diary.journal import Journal, Stretch
from voice.diary.noting import Noted, Noting
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
        look_up: Callable[[State], Recalled] = Recalled,
    ) -> None:
        """Keep it in an open diary; None: nowhere.

        Args:
            database: Open for writing.
            complain: Given one line when something can't be kept, or taken up.
            clock: Unix seconds.
            look_up: Where a session goes on for which there is no database.
        """
        self._kept = None if database is None else _Kept(database, clock)
        self._look_up = look_up
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
            taken = isinstance(error, InUseError)
            return cls(None, complain, clock, lambda first: _looked_up(first, complain, clock, taken=taken))
        if database.notice is not None:
            complain(database.notice)
        return cls(database, complain, clock)

    def recall(self, first: State) -> Recalled:
        """The session as it was left, or a first one that knows the people.

        Args:
            first: A session before its first event, as this program begins one.
        """
        if self._kept is None:
            return self._look_up(first)
        recalled = self._if_possible(lambda kept: kept.recall(first, self._complain)) or Recalled(first)
        # What has been read holds, though it may be that nothing can be written.
        self._if_possible(lambda kept: kept.go_on(recalled))
        return recalled

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
        self._left: Stretch | None = None
        """What was taken up, until it goes on."""
        self._replayed: list[_Change] = []

    def recall(self, first: State, complain: Callable[[str], object]) -> Recalled:
        """See `Keeping`; nothing is written yet."""
        self._fingerprint = fingerprint(first.plans, first.questions)
        first = _knowing(first, people.load(self._database, 0.0, self._clock()))
        try:
            stretch = self._journal.last()
            if stretch is not None:
                return self._taken_up(stretch, first)
        except Exception as error:  # noqa: BLE001 - what can't be replayed would end every start of the program
            complain(f"The last massage can't be taken up again: {error}")
        self._replayed.clear()
        return Recalled(first)

    def _taken_up(self, stretch: Stretch, first: State) -> Recalled:
        """Where a stretch of the journal ends."""
        if stretch.fingerprint != self._fingerprint:
            raise DiaryError("the routines have changed since")
        state = replace(stretch.opening, plans=first.plans, questions=first.questions)
        for (now, event), at in zip(stretch.events, stretch.events_at, strict=True):
            before, state = state, advance(state, event, now).state
            self._replayed.append(self._change(_Step(stretch.id, before, event, state, now, at)))
        names = {person.number: person.name for person in first.people}
        called = tuple(replace(each, name=names.get(each.number, each.name)) for each in state.people)
        # Whatever had failed then is looked at anew.
        recovered = (Recovered(part) for part in sorted(state.failed))
        away = Interrupted(max(0.0, self._clock() - stretch.at))
        self._left = stretch
        return Recalled(
            replace(state, favourite=first.favourite, people=called), stretch.now, (*recovered, away)
        )

    def go_on(self, recalled: Recalled) -> None:
        """Write down what was replayed, and be ready for what comes."""
        for change in self._replayed:
            self._write(change)
        self._replayed.clear()
        if self._left is None:
            self._begin(recalled.state, recalled.now, self._clock())
        elif at_rest(recalled.state):
            # Not the old one: what comes now comes to a session that this program was begun with.
            self._begin(recalled.state, recalled.now, self._left.at)
        else:
            self._journal.resume(self._left)
            self._stretch, self._events = self._left.id, len(self._left.events)

    def append(self, event: Event, now: float) -> None:
        """An event, before anything is done about it."""
        self._journal.append(event, now, self._clock())
        self._events += 1

    def turned(self, turn: Turned) -> None:
        """What has become of people and massages; where nothing is under way, a new stretch is begun."""
        after = turn.transition.state
        at = self._clock()
        self._write(self._change(_Step(self._stretch, turn.before, turn.event, after, turn.now, at)))
        if at_rest(after) and (not at_rest(turn.before) or self._events >= _EVENTS_AT_REST):
            self._begin(after, turn.now, at)

    def alive(self, now: float) -> None:
        """The session is there."""
        self._journal.alive(now, self._clock())

    def _begin(self, state: State, now: float, at: float) -> None:
        self._stretch = self._journal.begin(state, self._fingerprint, now, at)
        self._events, self._noting = 0, Noting()

    def _change(self, step: _Step) -> _Change:
        """What a turn changes, when it happens and when it is replayed."""
        moment = datetime.fromtimestamp(step.at, timezone.utc)
        noted = self._noting.turned(step.before, step.event, step.after, step.now, moment)
        was = {person.number: person for person in step.before.people}
        met = (person for person in step.after.people if person.number != GUEST)
        changed = tuple(person for person in met if _kept_of(person) != _kept_of(was.get(person.number)))
        return _Change(step.stretch, noted, changed, step.now, step.at)

    def _write(self, change: _Change) -> None:
        if change.noted is not None:
            massages.keep(self._database, change.stretch, change.noted.ordinal, change.noted.entry)
        for person in change.people:
            people.save(self._database, person, change.now, change.at)


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


@dataclass(frozen=True, slots=True)
class _Change:
    """What of a turn stands in the diary, besides the journal."""

    stretch: int
    noted: Noted | None
    people: tuple[Known, ...]
    now: float
    """On the session's clock."""
    at: float
    """Unix seconds."""


def _kept_of(person: Known | None) -> object:
    """What the diary keeps of a person by itself."""
    return person and (person.care, person.screened_until, person.tender, person.ease)


def _knowing(first: State, known: tuple[Known, ...]) -> State:
    """The same session with these people, if there are any."""
    return replace(first, people=known, receiver=known[0].number) if known else first


def _looked_up(
    first: State, complain: Callable[[str], object], clock: Callable[[], float], *, taken: bool
) -> Recalled:
    """What a diary tells that can't be written: what hurt is spared and a stop stays a stop all the same.

    What another program is in the midst of is that one's.
    """
    try:
        with connect(file(), write=False) as database:
            if taken:
                return Recalled(_knowing(first, people.load(database, 0.0, clock())))
            return _Kept(database, clock).recall(first, complain)
    except DiaryError:
        return Recalled(first)

"""What a session's turns amount to in the diary: one entry a massage, with what hurt. Pure.

A fold over turns, so that the same turns make the same entries, when they happen and when they are replayed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from voice.session import course, soreness
from voice.session.events import Event, Heard, Interrupted
from voice.session.intents import IntentName
from voice.session.people import GUEST, Past
from voice.session.plan import Beat
from voice.session.state import AskingAboutPain, Finished, Massage, State

from .entry import Entry, Kind, PainStop


@dataclass(frozen=True, slots=True)
class Noted:
    """An entry as it is by now, and which of the stretch's it is."""

    ordinal: int
    entry: Entry


class Noting:
    """The entries of one stretch of the journal."""

    def __init__(self) -> None:
        self._ordinal = 0
        self._entry: Entry | None = None
        self._past: Past | None = None
        """What the session keeps of that massage, once it is over."""

    def turned(self, before: State, event: Event, after: State, now: float, at: datetime) -> Noted | None:
        """Take one turn.

        Args:
            before: The session.
            event: What happened.
            after: What came of it.
            now: On the session's clock.
            at: The same moment, aware.

        Returns:
            The entry that has changed by it, if one has. A guest's massages are in no diary.
        """
        was = self._entry
        if self._entry is None and after.receiver != GUEST:
            self._entry = _begun(after, at)
        if self._entry is not None:
            self._hurt(before, event, at)
            self._ended(before, after, now, _left_at(event, at))
        noted = None if self._entry is None or self._entry == was else Noted(self._ordinal, self._entry)
        if self._past is not None and (after.massage is None or not after.massage.kept):
            self._ordinal, self._entry, self._past = self._ordinal + 1, None, None
        return noted

    def _hurt(self, before: State, event: Event, at: datetime) -> None:
        entry, massage = self._entry, before.massage
        kind = _kind(before, event)
        if entry is None or massage is None or kind is None:
            return
        stops = entry.pain
        if isinstance(before.phase, AskingAboutPain):  # the answer to what was asked at the last one
            stops, last = stops[:-1], stops[-1:]
            stops = (*stops, *(replace(stop, kind=kind) for stop in last))
        else:
            beat = _where(massage)
            stops = (*stops, PainStop(at, kind, beat.step_id, beat.title, beat.side, beat.region))
        self._entry = replace(entry, pain=stops)

    def _ended(self, before: State, after: State, now: float, at: datetime) -> None:
        """The session has kept it among the person's massages, or what it has kept has changed."""
        if self._entry is None or before.massage is None:
            return
        # Of the person it was given to: at the closing question somebody else may say who they are.
        kept = _latest(after, self._entry.person)
        if kept is None or kept == self._past or kept == _latest(before, self._entry.person):
            return
        first, self._past = self._past is None, kept
        massage = after.massage or before.massage
        closing = isinstance(after.phase, Finished) and after.massage is not None
        self._entry = replace(
            self._entry,
            # A clock that was set back is no reason to end before the beginning.
            ended=max(at, self._entry.began) if first else self._entry.ended,
            finished=self._entry.finished or closing,
            worked=course.worked_in_all(massage if massage.kept else before.massage, now),
            before=kept.before,
            after=kept.after,
        )


def _begun(state: State, at: datetime) -> Entry | None:
    """The entry of a massage whose clock runs for the first time."""
    massage = state.massage
    if massage is None or massage.working_since is None:
        return None
    plan = massage.plan
    return Entry(
        *(state.receiver, plan.routine_id, plan.title, at, None, False, 0.0, plan.seconds),
        before=massage.comfort,
    )


def _kind(before: State, event: Event) -> Kind | None:
    """What kind of pain this turn tells of."""
    asked = isinstance(before.phase, AskingAboutPain)
    match event:
        case Heard(intent=intent) if intent.name is IntentName.NUMB:
            return Kind.NUMB
        case Heard(intent=intent) if intent.name is IntentName.PAIN:
            return Kind.SHARP if asked else Kind.UNSAID
        case Heard(intent=intent) if asked and intent.name is IntentName.TOO_MUCH:
            return Kind.TOO_HARD
        case _:
            return None


def _where(massage: Massage) -> Beat:
    return soreness.where_hands_are(massage)[0].beat


def _left_at(event: Event, at: datetime) -> datetime:
    """When it was left: a massage that is over because the program was away was left when that began."""
    return at - timedelta(seconds=event.seconds) if isinstance(event, Interrupted) else at


def _latest(state: State, number: int) -> Past | None:
    massages = next((person.massages for person in state.people if person.number == number), ())
    return massages[-1] if massages else None

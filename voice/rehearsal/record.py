"""What happened in a session, as values: collected while it runs, frozen, in the order of time.

Pure: reads no clock and writes no files. `transcript`, `events` and `timeline` make reports of it. All times
are seconds of audio time since the beginning.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from voice.session.actions import Earcon
from voice.session.events import RejectionReason
from voice.session.intents import Intent
from voice.session.plan import Side


@dataclass(frozen=True, slots=True)
class Narration:
    """The guide spoke."""

    at: float
    until: float | None
    """When it fell silent; None while it speaks."""
    utterance_id: int
    text: str
    asks: bool
    """Whether it ends in a question that waits for an answer."""
    cut: bool = False
    """Whether it was silenced before its end."""


@dataclass(frozen=True, slots=True)
class PartnerSpeech:
    """The scripted partner spoke."""

    at: float
    until: float | None
    """When the last word ended; None while it lasts."""
    text: str


@dataclass(frozen=True, slots=True)
class Understood:
    """Words were heard and taken for a command."""

    at: float
    text: str
    intent: Intent


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something was heard and not taken for a command."""

    at: float
    text: str
    reason: RejectionReason


@dataclass(frozen=True, slots=True)
class Sounded:
    """An earcon was played."""

    at: float
    earcon: Earcon


@dataclass(frozen=True, slots=True)
class Work:
    """A stretch of time in which a step's timer ran."""

    at: float
    until: float | None
    """When the timer stopped; None while it runs."""
    step_number: int
    """From 1."""
    title: str
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of time in which the session was in one state."""

    at: float
    until: float | None
    """When another state followed; None while it lasts."""
    name: str


Span = Narration | PartnerSpeech | Work | Phase
"""Entries that last."""
Entry = Span | Understood | Rejected | Sounded

SpanT = TypeVar("SpanT", Narration, PartnerSpeech, Work, Phase)
EntryT = TypeVar("EntryT", Narration, PartnerSpeech, Work, Phase, Understood, Rejected, Sounded)


class Record:
    """Collects what happens; each method is called when it happens, with `now` never less than before.

    A method that begins or ends something gives the entry back as it then stands, so that a live transcript
    can print it; None when nothing has changed. At most one narration, one remark of the partner, one timer
    and one phase go on at a time: the next one ends the one before it.
    """

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._open: dict[type[Entry], int] = {}
        """Where the entries stand that still go on."""
        self._until = 0.0

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything so far, in the order in which it began."""
        return tuple(self._entries)

    @property
    def until(self) -> float:
        """When the last thing happened."""
        return self._until

    def narration_began(self, now: float, utterance_id: int, text: str, asks: bool) -> Narration:
        """The first sample of an utterance is played."""
        self._end_narration(now, cut=True)
        return self._add(Narration(now, None, utterance_id, text, asks), lasts=True)

    def narration_ended(self, now: float, utterance_id: int, cut: bool) -> Narration | None:
        """The guide fell silent. The end of an utterance that is over already is ignored."""
        narration = self._under_way(Narration)
        if narration is None or narration.utterance_id != utterance_id:
            return None
        return self._end_narration(now, cut=cut)

    def partner_began(self, now: float, text: str) -> PartnerSpeech:
        """The partner begins a remark."""
        self._end(PartnerSpeech, now)
        return self._add(PartnerSpeech(now, None, text), lasts=True)

    def partner_ended(self, now: float) -> PartnerSpeech | None:
        """The partner's last word has ended."""
        return self._end(PartnerSpeech, now)

    def heard(self, now: float, text: str, intent: Intent) -> Understood:
        """`text` was taken for a command."""
        return self._add(Understood(now, text, intent))

    def rejected(self, now: float, text: str, reason: RejectionReason) -> Rejected:
        """`text` was not taken for a command."""
        return self._add(Rejected(now, text, reason))

    def earcon(self, now: float, earcon: Earcon) -> Sounded:
        """An earcon was played."""
        return self._add(Sounded(now, earcon))

    def phase(self, now: float, name: str) -> Phase | None:
        """The session is in the state `name`; None when it was in it already."""
        phase = self._under_way(Phase)
        if phase is not None and phase.name == name:
            return None
        self._end(Phase, now)
        return self._add(Phase(now, None, name), lasts=True)

    def work_began(self, now: float, step_number: int, title: str, side: Side | None = None) -> Work:
        """A step's timer runs, from its beginning or again."""
        self._end(Work, now)
        return self._add(Work(now, None, step_number, title, side), lasts=True)

    def work_ended(self, now: float) -> Work | None:
        """The timer stopped: paused, up, or the step was left."""
        return self._end(Work, now)

    def forget_what_is_over(self) -> None:
        """Keep only what still goes on: for a program that stands by for weeks."""
        still = sorted(self._open.items(), key=lambda item: item[1])
        self._entries = [self._entries[index] for _, index in still]
        self._open = {kind: index for index, (kind, _) in enumerate(still)}

    def close(self, now: float) -> None:
        """The session is over: whatever still goes on ends now, and speech that does is cut short."""
        self._end_narration(now, cut=True)
        self._end(PartnerSpeech, now)
        self._end(Work, now)
        self._end(Phase, now)
        self._until = max(self._until, now)

    def _under_way(self, kind: type[SpanT]) -> SpanT | None:
        entry = self._entries[self._open[kind]] if kind in self._open else None
        return entry if isinstance(entry, kind) else None

    def _add(self, entry: EntryT, *, lasts: bool = False) -> EntryT:
        if lasts:
            self._open[type(entry)] = len(self._entries)
        self._entries.append(entry)
        self._until = max(self._until, entry.at)
        return entry

    def _end(self, kind: type[SpanT], now: float) -> SpanT | None:
        entry = self._under_way(kind)
        return None if entry is None else self._settle(replace(entry, until=now), now)

    def _end_narration(self, now: float, *, cut: bool) -> Narration | None:
        entry = self._under_way(Narration)
        return None if entry is None else self._settle(replace(entry, until=now, cut=cut), now)

    def _settle(self, entry: SpanT, now: float) -> SpanT:
        """Put an entry that has ended in the place of the one that went on."""
        self._entries[self._open.pop(type(entry))] = entry
        self._until = max(self._until, now)
        return entry

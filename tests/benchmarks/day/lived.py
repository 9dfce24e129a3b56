"""A day in one process: by text on a clock of its own, or by voice in the simulated room."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from voice.app.by_text import ManualClock, SilentSpeaker
from voice.app.chronicle import Chronicle
from voice.app.conversation import Conversation
from voice.app.keeping import Keeping
from voice.app.lockstep import LockStepSession
from voice.app.opening import first_state, language
from voice.app.vocabulary import CommandsInUse
from voice.audio.room import Echo, SimulatedRoom
from voice.rehearsal.record import Record
from voice.routine import shelf
from voice.session import legal
from voice.session.events import (
    Event,
    Heard,
    NotUnderstood,
    Opened,
    RejectionReason,
    SpeechFinished,
    TimePassed,
)
from voice.session.state import PhaseName, State
from voice.synthesis.speech import Voice

from .clients import Clients

_TICK_S = 0.01
"""The clock's step: what waits in the live program for the next event wakes no later."""
_ASK_S = 0.5
_WARM_S = 3600.0
"""Memory is compared with that after the first hour, when everything has been used once."""
_BEGAN = 1_800_000_000.0
_SEED = 1
_CLIENTS_VOICE = "gmw/en-gb-x-rp"
_ECHO = Echo(-20.0, 80.0)


@dataclass(slots=True)
class Day:
    """What was seen."""

    now: float = 0.0
    """Seconds of it that have passed."""
    late_ms: list[float] = field(default_factory=list)
    """Of each deadline."""
    memory_mb: list[float] = field(default_factory=list)
    """At the end of each hour, with what the voice's process has."""
    massages: int = 0
    """Those that came to their end, asked for or not."""
    at_work_s: float = 0.0
    complaints: list[str] = field(default_factory=list)

    def watch(self, now: float, before: State, after: State) -> None:
        """`after` is the session's state at `now`, a tick after `before`."""
        self.now = now
        if after.phase.name is PhaseName.GUIDING:
            self.at_work_s += _TICK_S
        if after.phase.name is PhaseName.FINISHED is not before.phase.name:
            self.massages += 1
        if now >= (len(self.memory_mb) + 1) * _WARM_S:
            self.memory_mb.append(_resident_mb())


def by_text(hours: float, advance: Callable[[float], None], *, keeps: bool) -> Day:
    """Hours without a sound, with or without a diary: all that is written down, decided and said."""
    day, clock = Day(), ManualClock()
    speaker, record, spoken_in = SilentSpeaker(clock), Record(), language()
    clients, commands = _clients(), CommandsInUse(spoken_in)
    with ExitStack() as parts:
        keeping = _keeping(parts, day) if keeps else Keeping(None, day.complaints.append, time.time)
        state = keeping.recall(first_state(None, seed=_SEED)).state
        talk = Conversation(state, spoken_in.prompts, speaker, [Chronicle(record), keeping], keeping.happens)
        talk.handle(Opened(), clock.now)
        asks = _every(_ASK_S)
        while clock.now < hours * 3600:
            before = talk.state
            clock.wait_until(clock.now + _TICK_S)
            if speaker.ends_at is not None and speaker.ends_at <= clock.now and speaker.speaking is not None:
                ended = speaker.speaking
                speaker.cut_short()
                talk.handle(SpeechFinished(ended), clock.now)
            due = talk.deadline
            if due is not None and due <= clock.now:
                began = time.perf_counter()
                talk.handle(TimePassed(), clock.now)
                day.late_ms.append(1000 * (clock.now - due + time.perf_counter() - began))
            if asks(clock.now):
                if (said := clients.says(talk.state, clock.now)) is not None:
                    talk.handle(_understood(commands, talk.state, said), clock.now)
                keeping.alive(talk.state, clock.now)
                advance(_ASK_S / 3600)
            _tidy(record, before, talk.state)
            day.watch(clock.now, before, talk.state)
    return day


def by_voice(hours: float, advance: Callable[[float], None], model: Path) -> Day:
    """Hours of the whole product in the simulated room: what is said is heard, what is narrated is spoken."""
    day, clients = Day(), _clients()
    room = SimulatedRoom(echo=_ECHO)
    with ExitStack() as parts:
        voice = parts.enter_context(Voice(_CLIENTS_VOICE))
        keeping = _keeping(parts, day)
        session = LockStepSession(room, None, model, parts, keeping=keeping)
        session.open()
        asks = _every(_ASK_S)
        while session.now < hours * 3600:
            before, due = session.conversation.state, session.conversation.deadline
            session.step()
            if due is not None and due <= session.now:
                day.late_ms.append(1000 * (session.now - due))
            after = session.conversation.state
            if asks(session.now):
                if not room.partner_speaking and (said := clients.says(after, session.now)) is not None:
                    room.speak(voice.render(said).pcm)
                keeping.alive(after, session.now)
                advance(_ASK_S / 3600)
            _tidy(session.record, before, after)
            day.watch(session.now, before, after)
    return day


def _clients() -> Clients:
    chance = random.Random(_SEED)  # noqa: S311 - repeatable, not secret
    return Clients(chance, [plan.title for plan in shelf()])


def _keeping(parts: ExitStack, day: Day) -> Keeping:
    return Keeping.opened(parts, day.complaints.append, lambda: _BEGAN + day.now)


def _every(seconds: float) -> Callable[[float], bool]:
    """Whether so much time has passed since this was last so."""
    due = 0.0

    def passed(now: float) -> bool:
        nonlocal due
        if now < due:
            return False
        due = now + seconds
        return True

    return passed


def _understood(commands: CommandsInUse, state: State, said: str) -> Event:
    intent = commands.at(state).match(said, legal(state.phase.name))
    if intent is None:
        return NotUnderstood(RejectionReason.OUT_OF_VOCABULARY, said)
    return Heard(intent, said)


def _tidy(record: Record, before: State, after: State) -> None:
    """As the live program does when it stands by again."""
    if after.phase.name is PhaseName.CHOOSING is not before.phase.name:
        record.forget_what_is_over()


def _resident_mb() -> float:
    """What this process and those it has started have in memory; Linux only."""
    return sum(_pages(pid) for pid in ("self", *_children())) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _children() -> Iterator[str]:
    for thread in Path("/proc/self/task").iterdir():
        yield from (thread / "children").read_text(encoding="ascii").split()


def _pages(pid: str) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])

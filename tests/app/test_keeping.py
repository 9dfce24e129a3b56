"""A session is kept while it is held, taken up where it was left, and goes on where nothing can be kept."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from tests.diary.conftest import Disk, disk
from voice.app.conversation import Turned
from voice.app.keeping import Keeping
from voice.app.opening import first_state
from voice.diary import massages, people
from voice.diary.database import connect, file
from voice.diary.entry import Entry, Kind
from voice.session import advance, course
from voice.session.events import Event, Failed, Heard, Interrupted, Opened, Part, SpeechFinished, TimePassed
from voice.session.intents import Intent
from voice.session.intents import IntentName as I
from voice.session.people import GUEST, Known
from voice.session.plan import Side
from voice.session.state import PhaseName as P
from voice.session.state import State

__all__ = ["disk"]

BEGAN = 1_800_000_000.0
FIRST = replace(first_state(None), questions=())
ROUTINE = "lower-back-strokes"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("EASEUP_HOME", str(tmp_path / "home"))
    yield tmp_path / "home"
    while _OPEN:
        _OPEN.pop().ends()


_OPEN: list[Session] = []


class Session:
    """A program that keeps a session, on clocks that are moved by hand."""

    def __init__(self, at: float = BEGAN, first: State = FIRST) -> None:
        self.at = at
        self.complaints: list[str] = []
        self._parts = ExitStack()
        _OPEN.append(self)
        self.keeping = Keeping.opened(self._parts, self.complaints.append, lambda: self.at)
        recalled = self.keeping.recall(first)
        self.state, self.now = recalled.state, recalled.now
        self.deadline: float | None = None
        self.taken_up = recalled.state
        self.caught_up = recalled.catching_up
        for event in (*recalled.catching_up, Opened()):
            self.send(event)

    def send(self, event: Event) -> None:
        before, turn = self.state, advance(self.state, event, self.now)
        self.keeping.happens(event, self.now)
        self.state, self.deadline = turn.state, turn.deadline
        self.keeping.turned(Turned(self.now, before, event, turn, {}))

    def ask(self, *names: I, **slots: object) -> Session:
        for name in names:
            self.send(Heard(replace(Intent(name), **slots)))  # type: ignore[arg-type]
        return self

    def wait(self, seconds: float) -> Session:
        """Let time pass; the guide says what it has to say in a second."""
        for _ in range(round(seconds)):
            self.now += 1.0
            self.at += 1.0
            if self.state.speaking is not None:
                self.send(SpeechFinished(self.state.speaking.utterance_id))
            if self.deadline is not None and self.deadline <= self.now:
                self.send(TimePassed())
            self.keeping.alive(self.state, self.now)
        return self

    def work(self, seconds: float = 20.0, **slots: object) -> Session:
        return self.ask(I.START, routine=ROUTINE).ask(I.READY, **slots).wait(seconds)

    @property
    def left(self) -> float | None:
        assert self.state.massage is not None
        return course.left(self.state.massage, self.now)

    def ends(self) -> None:
        """As a program does that is killed, but for the lock: nothing more is written."""
        self._parts.close()


def kept(person: int | None = None) -> tuple[Entry, ...]:
    with connect(file(), write=False) as database:
        return massages.entries(database, person)


def test_a_massage_is_taken_up_where_it_was() -> None:
    one = Session().work(20.0)
    left = one.left
    one.ends()
    two = Session(one.at + 600.0)
    assert (two.state.phase.name, two.left, two.complaints) == (P.PAUSED, left, [])
    assert two.caught_up == (Interrupted(600.0),)
    assert two.taken_up == replace(one.state, said=two.taken_up.said)
    two.ask(I.CARRY_ON).wait(4.0)
    assert two.state.phase.name is P.GUIDING
    assert two.left == pytest.approx(left - 3.0 if left else 0.0)


def test_again_and_again_it_is_the_same_massage() -> None:
    session = Session().work(20.0)
    for _ in range(5):
        session.ends()
        session = Session(session.at + 60.0).ask(I.CARRY_ON).wait(10.0)
    session.ask(I.FINISH, I.YES).wait(3.0).ask(I.RATE, number=8).wait(10.0)
    [entry] = kept()
    assert (entry.routine_id, entry.finished, entry.before, entry.after) == (ROUTINE, True, None, 8)
    assert entry.ended is not None
    assert (entry.ended - entry.began).total_seconds() > 300.0
    assert 50.0 < entry.worked < 70.0


def test_what_had_failed_is_looked_at_anew() -> None:
    one = Session().work()
    one.send(Failed(Part.MICROPHONE))
    one.ends()
    two = Session(one.at)
    assert two.state.failed == frozenset()
    assert two.ask(I.CARRY_ON).state.phase.name is P.GUIDING


@pytest.mark.parametrize("away", [1.0, 3600.0 * 50])
def test_a_stop_stays_a_stop(away: float) -> None:
    one = Session().work().ask(I.STOP)
    one.ends()
    two = Session(one.at + away)
    assert two.state.phase.name is P.STOPPED
    assert two.ask(I.NEXT).state.phase.name is P.STOPPED


def test_a_massage_that_was_left_for_hours_is_over() -> None:
    one = Session().work(60.0)
    one.ends()
    two = Session(one.at + 4 * 3600.0)
    assert two.state.phase.name is P.CHOOSING
    [entry] = kept()
    assert entry.ended is not None
    assert (entry.finished, entry.ended.timestamp(), entry.worked > 30.0) == (False, one.at, True)


def test_a_clock_that_was_set_back_loses_nothing() -> None:
    one = Session().work()
    left = one.left
    one.ends()
    two = Session(one.at - 3600.0)
    assert (two.state.phase.name, two.left) == (P.PAUSED, left)
    assert two.caught_up == (Interrupted(0.0),)


def test_pain_is_told_with_step_side_and_kind() -> None:
    session = Session().ask(I.START, routine="self-balls").ask(I.RATE, number=3).ask(I.READY).wait(30.0)
    session.ask(I.PAIN, I.TOO_MUCH).wait(10.0).ask(I.PAIN, I.STOP).ask(I.CARRY_ON).wait(10.0)
    session.ask(I.NUMB).wait(10.0)
    [entry] = kept()
    assert [stop.kind for stop in entry.pain] == [Kind.TOO_HARD, Kind.UNSAID, Kind.NUMB]
    assert entry.before == 3
    assert not entry.finished
    plan = next(plan for plan in FIRST.plans if plan.routine_id == "self-balls")
    assert entry.pain[0].step_id == plan.beats[0].step_id
    assert entry.pain[0].regions == plan.beats[0].region
    assert entry.pain[0].side in {plan.beats[0].side, Side.LEFT, None}


def test_everybody_has_their_own_and_a_guest_has_none() -> None:
    session = Session().work().ask(I.LIGHTER).wait(3.0).ask(I.FINISH, I.YES).wait(20.0)
    session.ask(I.PERSON, number=2).work().ask(I.PAIN, I.TOO_MUCH).wait(5.0).ask(I.FINISH, I.YES).wait(20.0)
    guest = replace(
        session.state,
        people=(*session.state.people, Known(GUEST, hurts_until=session.now + 60.0)),
        receiver=GUEST,
    )
    session.state = guest
    session.work().ask(I.FINISH, I.YES).wait(20.0)
    assert [entry.person for entry in kept()] == [1, 2]
    with connect(file(), write=False) as database:
        one, two = people.load(database, 0.0, session.at)
    assert (one.ease, one.tender) == (-1, ())
    assert two.tender
    assert [past.hurt for past in two.massages] == [True]
    session.ends()
    again = Session(session.at + 60.0, replace(FIRST, seed=5))
    assert {person.number for person in again.state.people} == {GUEST, 1, 2}


@pytest.mark.parametrize("known", [True, False])
def test_who_comes_next_changes_nothing_of_the_one_before(known: bool) -> None:
    session = Session()
    if known:
        session.ask(I.PERSON, number=2).work().ask(I.FINISH, I.YES).ask(I.RATE, number=9).wait(20.0)
        session.ask(I.PERSON, number=1).wait(5.0)
    session.work(number=None).ask(I.FINISH, I.YES).wait(1.0)
    before = kept(1)
    session.ask(I.PERSON, number=2).work()
    assert kept(1) == before
    assert len(kept(2)) == (2 if known else 1)
    assert [entry.after for entry in kept(2)][:-1] == [9] * known


def test_a_clock_set_back_ends_nothing_before_it_began() -> None:
    session = Session().work()
    session.at -= 3600.0
    session.ask(I.FINISH, I.YES).wait(20.0)
    [entry] = kept()
    assert entry.ended == entry.began


def test_a_name_that_was_given_meanwhile_is_known() -> None:
    one = Session().ask(I.PERSON, number=2).work()
    one.ends()
    with connect(file(), write=True) as database:
        people.rename(database, 2, "Ann")
    assert Session(one.at).state.person.name == "Ann"


def test_other_routines_make_another_session_of_the_same_people() -> None:
    one = Session().work().ask(I.PAIN, I.TOO_MUCH).wait(5.0)
    one.ends()
    two = Session(one.at, replace(FIRST, plans=FIRST.plans[1:]))
    assert two.state.phase.name is P.CHOOSING
    assert two.state.person.tender == one.state.person.tender
    assert len(two.complaints) == 1
    assert "routines have changed" in two.complaints[0]


def test_what_cant_be_replayed_is_told_and_left(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Session().work()
    one.ends()

    def broken(*_: object) -> None:
        raise RuntimeError("cannot be")

    with monkeypatch.context() as patched:
        patched.setattr("voice.app.keeping.advance", broken)
        two = Session(one.at)
    assert two.complaints == ["The last massage can't be taken up again: cannot be"]
    assert two.state.phase.name is P.CHOOSING
    two.ends()
    assert Session(two.at).complaints == []


def test_a_massage_of_another_program_start_is_replayed_as_it_was() -> None:
    one = Session().wait(10.0)
    one.ends()
    favourite = replace(FIRST, favourite=ROUTINE)
    two = Session(one.at + 5.0, favourite).ask(I.START, I.READY).wait(20.0)
    assert two.state.phase.name is P.GUIDING
    two.ends()
    three = Session(two.at + 5.0, favourite)
    assert three.taken_up == replace(two.state, said=three.taken_up.said)


def test_a_second_program_goes_on_without_a_diary() -> None:
    one = Session().work().ask(I.PAIN, I.TOO_MUCH).wait(5.0)
    two = Session(one.at)
    assert two.state.person.tender == one.state.person.tender, "it can be read"
    two.work()
    assert two.state.phase.name is P.GUIDING
    assert len(two.complaints) == 1
    assert "another easeup" in two.complaints[0]
    assert one.complaints == []


def test_a_disk_that_fills_up_is_told_once_and_the_massage_goes_on(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = disk("size=300k", remount=True)
    monkeypatch.setenv("EASEUP_HOME", str(folder))
    session = Session().work()
    while not session.complaints:
        session.wait(5.0).ask(I.REPEAT)
        if session.state.phase.name is not P.GUIDING:
            session.ask(I.YES, I.START, I.READY)
    session.wait(60.0)
    session.ends()
    [complaint] = session.complaints
    assert "full" in complaint
    assert session.state.massage is not None


def test_what_hurt_is_known_though_the_disk_is_full(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = disk("size=400k", remount=True)
    monkeypatch.setenv("EASEUP_HOME", str(folder))
    one = Session().work().ask(I.PAIN, I.TOO_MUCH).wait(5.0).ask(I.FINISH, I.YES).wait(20.0)
    one.ends()
    with suppress(OSError), (folder / "others").open("wb", buffering=0) as others:
        while True:
            others.write(bytes(4096))
    two = Session(one.at + 60.0)
    assert two.state.person.tender == one.state.person.tender != ()
    [complaint] = two.complaints
    assert "full" in complaint


def test_a_stop_stays_a_stop_though_nothing_can_be_written(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EASEUP_HOME", str(disk("size=400k", remount=True)))
    one = Session().work().ask(I.STOP)
    one.ends()
    disk("ro", remount=True)
    two = Session(one.at + 60.0)
    assert two.state.phase.name is P.STOPPED
    assert two.left == one.left
    [complaint] = two.complaints
    assert "EASEUP_HOME" in complaint
    assert two.ask(I.CARRY_ON).wait(5.0).state.phase.name is P.GUIDING


def test_a_folder_that_is_read_only_is_told_and_the_massage_goes_on(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EASEUP_HOME", str(disk("ro", remount=True)))
    session = Session().work()
    session.ends()
    assert session.state.phase.name is P.GUIDING
    [complaint] = session.complaints
    assert "EASEUP_HOME" in complaint


def test_a_damaged_diary_is_set_aside_and_the_massage_goes_on(home: Path) -> None:
    one = Session().work(120.0)
    one.ends()
    content = bytearray(file().read_bytes())
    content[4096:12288] = random.Random(1).randbytes(8192)  # noqa: S311 - repeatable, not secret
    file().write_bytes(content)
    two = Session(one.at).work()
    assert two.state.phase.name is P.GUIDING
    [complaint] = two.complaints
    assert "damaged" in complaint
    assert list((home / "data").glob("diary-damaged-*.sqlite"))


def test_a_guide_that_stands_by_for_long_does_not_pile_up_what_it_hears() -> None:
    session = Session().wait(5.0)
    for _ in range(1000):
        session.ask(I.NEXT)
    session.ends()
    with connect(file(), write=False) as database, database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM event").fetchone()[0] <= 210

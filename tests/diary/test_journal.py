"""The journal gives back exactly what was written down."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.diary.diaries import one_line
from tests.session.walking import Walk
from voice.diary.database import connect
from voice.diary.encoding import fingerprint
from voice.diary.errors import DiaryError
from voice.diary.forgetting import forget
from voice.diary.journal import Journal, Stretch
from voice.session import advance
from voice.session.events import Event, Heard, Opened, TimePassed
from voice.session.intents import Intent, IntentName
from voice.session.state import State

FINITE = st.floats(allow_nan=False, allow_infinity=False)
REST = State(())


def kept(path: Path) -> Stretch:
    with connect(path, write=False) as database:
        stretch = Journal(database).last()
    assert stretch is not None
    return stretch


def test_a_session_is_what_it_began_with_and_its_events(path: Path) -> None:
    walk = Walk(screening=False)
    opening, program = walk.state, fingerprint(walk.state.plans, walk.state.questions)
    with connect(path, write=True) as database:
        journal = Journal(database)
        assert journal.last() is None
        journal.begin(opening, program, walk.now, 1e9)
        for name in (IntentName.START, IntentName.READY, IntentName.LIGHTER, IntentName.PAIN):
            walk.now += 3.25
            event = Heard(Intent(name), "words")
            journal.append(event, walk.now, 1e9 + walk.now)
            walk.send(event)
    stretch = kept(path)
    assert stretch.fingerprint == program
    state = replace(stretch.opening, plans=opening.plans, questions=opening.questions, said=opening.said)
    for now, happened in stretch.events:
        state = advance(state, happened, now).state
    assert state == walk.state
    assert (stretch.now, stretch.at) == (walk.now, 1e9 + walk.now)


@given(moments=st.lists(st.tuples(FINITE, FINITE), max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
def test_times_come_back_to_the_last_bit(path: Path, moments: list[tuple[float, float]]) -> None:
    with connect(path, write=True) as database:
        journal = Journal(database)
        journal.begin(REST, "", 0.1, 0.2)
        for now, at in moments:
            journal.append(TimePassed(), now, at)
    stretch = kept(path)
    assert list(zip((now for now, _ in stretch.events), stretch.events_at, strict=True)) == moments
    assert (stretch.began_now, stretch.began_at) == (0.1, 0.2)


def test_a_stretch_without_events_knows_when_it_began_and_when_it_was_alive(path: Path) -> None:
    with connect(path, write=True) as database:
        journal = Journal(database)
        number = journal.begin(REST, "", 5.0, 1e9)
        assert journal.last() == Stretch(number, REST, "", 5.0, 1e9, (), (), 5.0, 1e9)
        journal.alive(65.0, 1e9 + 60)
        assert journal.last() == Stretch(number, REST, "", 5.0, 1e9, (), (), 65.0, 1e9 + 60)


def test_the_latest_moment_is_the_session_clocks_even_where_the_systems_was_set_back(path: Path) -> None:
    with connect(path, write=True) as database:
        journal = Journal(database)
        journal.begin(REST, "", 0.0, 1e9)
        journal.append(Opened(), 10.0, 1e9 + 10)
        journal.alive(20.0, 1e9 + 20 - 3600)
        stretch = journal.last()
        assert stretch is not None
        assert (stretch.now, stretch.at) == (20.0, 1e9 + 20 - 3600)
        journal.append(TimePassed(), 30.0, 1e9 + 30 - 3600)
        stretch = journal.last()
        assert stretch is not None
        assert (stretch.now, stretch.at) == (30.0, 1e9 + 30 - 3600)


def test_a_new_stretch_takes_the_place_of_the_old_one_under_another_number(path: Path) -> None:
    with connect(path, write=True) as database:
        journal = Journal(database)
        first = journal.begin(REST, "", 0.0, 0.0)
        journal.append(Opened(), 1.0, 1.0)
        second = journal.begin(replace(REST, volume=5), "", 2.0, 2.0)
        assert second > first
    with connect(path, write=True) as database:
        third = Journal(database).begin(REST, "", 0.0, 0.0)
        assert third > second
        with database.reading() as connection:
            assert connection.execute("SELECT count(*) FROM event").fetchone() == (0,)
            assert connection.execute("SELECT count(*) FROM stretch").fetchone() == (1,)


def test_a_session_that_was_broken_off_goes_on(path: Path) -> None:
    with connect(path, write=True) as database:
        journal = Journal(database)
        journal.begin(REST, "", 0.0, 0.0)
        journal.append(Opened(), 1.0, 1.0)
    with connect(path, write=True) as database:
        journal = Journal(database)
        stretch = journal.last()
        assert stretch is not None
        journal.resume(stretch)
        journal.append(TimePassed(), 2.0, 2.0)
    assert kept(path).events == ((1.0, Opened()), (2.0, TimePassed()))


def test_nothing_can_be_appended_where_nothing_was_begun(path: Path) -> None:
    with connect(path, write=True) as database:
        journal = Journal(database)
        with pytest.raises(DiaryError) as told:
            journal.append(Opened(), 0.0, 0.0)
        one_line(told.value, path)
        with pytest.raises(DiaryError):
            journal.alive(0.0, 0.0)


def test_a_session_that_was_forgotten_meanwhile_is_told(path: Path) -> None:
    with connect(path, write=True) as database:
        journal = Journal(database)
        journal.begin(REST, "", 0.0, 0.0)
        forget(database, 1)
        with pytest.raises(DiaryError, match="has been forgotten"):
            journal.alive(1.0, 1.0)
        with pytest.raises(DiaryError, match="has been forgotten"):
            journal.append(Opened(), 1.0, 1.0)
        journal.begin(REST, "", 2.0, 2.0)
        journal.append(Opened(), 3.0, 3.0)


@pytest.mark.parametrize("event", [Opened(), Heard(Intent(IntentName.MORE_TIME, seconds=math.inf))])
def test_a_time_that_is_none_is_refused_and_infinity_is_a_time(path: Path, event: Event) -> None:
    with connect(path, write=True) as database:
        journal = Journal(database)
        journal.begin(REST, "", 0.0, 0.0)
        journal.append(event, 1.0, math.inf)
        with pytest.raises(DiaryError):
            journal.append(event, math.nan, 2.0)
        stretch = journal.last()
    assert stretch is not None
    assert stretch.events == ((1.0, event),)
    assert stretch.events_at == (math.inf,)


def test_what_another_easeup_wrote_down_is_told_and_a_new_stretch_can_begin(path: Path) -> None:
    with connect(path, write=True) as database:
        journal = Journal(database)
        journal.begin(REST, "", 0.0, 0.0)
        journal.append(Heard(Intent(IntentName.NEXT)), 1.0, 1.0)
        with database.writing() as connection:
            connection.execute("UPDATE event SET content = replace(content, 'next', 'levitate')")
        with pytest.raises(DiaryError, match="can't be taken up again, for another easeup wrote it") as told:
            journal.last()
        one_line(told.value, path)
        journal.begin(REST, "", 2.0, 2.0)
        assert journal.last() is not None


def test_the_file_grows_no_further_than_its_longest_stretch(path: Path) -> None:
    with connect(path, write=True) as database:
        journal = Journal(database)
        for _ in range(8):
            journal.begin(REST, "", 0.0, 0.0)
            for number in range(500):
                journal.append(Heard(Intent(IntentName.NEXT)), float(number), 0.0)
    assert path.stat().st_size < 200_000

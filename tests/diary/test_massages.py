"""The diary's massages come back as they were kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.diary.diaries import AT, ENTRY, one_line
from voice.diary.database import connect
from voice.diary.entry import Entry, Kind, PainStop
from voice.diary.errors import DiaryError
from voice.diary.massages import entries, keep
from voice.session.plan import Side

MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(timezone.utc))  # noqa: DTZ001
TEXTS = st.text(st.characters(codec="utf-8"))
SECONDS = st.floats(0, allow_nan=False, allow_infinity=False)
COMFORT = st.none() | st.integers(0, 10)
STOPS = st.builds(
    PainStop,
    *(MOMENTS, st.sampled_from(Kind), TEXTS, TEXTS, st.none() | st.sampled_from(Side)),
    st.lists(TEXTS, max_size=3).map(tuple),
)
ENTRIES = st.builds(
    Entry,
    *(st.integers(1, 9), TEXTS, TEXTS, MOMENTS, st.none() | MOMENTS, st.booleans(), SECONDS, SECONDS),
    *(COMFORT, COMFORT, st.lists(STOPS, max_size=3).map(tuple)),
)


@given(st.lists(ENTRIES, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
def test_they_come_back_in_the_order_of_time(path: Path, kept: list[Entry]) -> None:
    with connect(path, write=True) as database:
        with database.writing() as connection:
            connection.execute("DELETE FROM massage")
        for ordinal, entry in enumerate(kept):
            keep(database, 1, ordinal, entry)
        assert list(entries(database)) == sorted(kept, key=lambda entry: entry.began)
        assert all(entry.person == 2 for entry in entries(database, 2))
        assert len(entries(database, 2)) == len([entry for entry in kept if entry.person == 2])


def test_kept_again_it_is_the_same_one(path: Path) -> None:
    running = replace(ENTRY, ended=None, finished=False, after=None, pain=ENTRY.pain[:1])
    with connect(path, write=True) as database:
        keep(database, 1, 0, running)
        keep(database, 1, 0, running)
        assert entries(database) == (running,)
        keep(database, 1, 0, ENTRY)
        assert entries(database) == (ENTRY,)
        keep(database, 1, 1, replace(ENTRY, began=AT + timedelta(days=1)))
        keep(database, 2, 0, replace(ENTRY, began=AT + timedelta(days=2)))
        assert len(entries(database)) == 3


def test_another_zone_is_the_same_moment(path: Path) -> None:
    here = timezone(timedelta(hours=5, minutes=30))
    with connect(path, write=True) as database:
        keep(database, 1, 0, replace(ENTRY, began=AT.astimezone(here)))
        assert entries(database) == (ENTRY,)
        assert entries(database)[0].began.tzinfo is timezone.utc


@pytest.mark.parametrize("comfort", [-1, 11])
def test_comfort_has_its_bounds(path: Path, comfort: int) -> None:
    with connect(path, write=True) as database:
        with pytest.raises(DiaryError) as told:
            keep(database, 1, 0, replace(ENTRY, before=comfort))
        one_line(told.value, path)
        assert entries(database) == ()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE pain SET kind = 'tickling'",
        "UPDATE pain SET side = 'back'",
        "UPDATE pain SET regions = '['",
        "UPDATE pain SET at = 1e300",
        "UPDATE massage SET began = -1e300",
    ],
)
def test_what_another_easeup_wrote_is_told(path: Path, change: str) -> None:
    with connect(path, write=True) as database:
        keep(database, 1, 0, ENTRY)
        with database.writing() as connection:
            connection.execute(change)
        with pytest.raises(DiaryError, match="update easeup") as told:
            entries(database)
        one_line(told.value, path)

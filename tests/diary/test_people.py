"""Who is known, from one massage to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.diary.diaries import AT, ENTRY, names, one_line
from voice.diary.database import Database, connect
from voice.diary.errors import DiaryError
from voice.diary.massages import keep
from voice.diary.people import load, rename, save
from voice.session.people import Known, Past
from voice.session.screening import VALID_S, Care

UNIX = AT.timestamp()
ADA = Known(2, "", Care(gentle=True), 500.0, (("neck", 1), ("hips", 4)), -2)


def only(database: Database, now: float, at: float) -> Known:
    (person,) = load(database, now, at)
    return person


def test_a_person_is_known_on_the_next_sessions_clock(path: Path) -> None:
    with connect(path, write=True) as database:
        save(database, ADA, 100.0, UNIX)
        rename(database, 2, "Ada")
    with connect(path, write=False) as database:  # after a minute, on a clock that has just begun
        assert only(database, 3.0, UNIX + 60) == replace(ADA, name="Ada", screened_until=343.0)
        assert only(database, 3.0, UNIX + 401).screened_until == 0.0


def test_saving_again_replaces_all_but_the_name(path: Path) -> None:
    with connect(path, write=True) as database:
        rename(database, 2, "Ada")
        save(database, ADA, 0.0, UNIX)
        save(database, Known(2, "Eve", ease=1), 0.0, UNIX)
        assert only(database, 0.0, UNIX) == Known(2, "Ada", ease=1)


@pytest.mark.parametrize(
    ("set_by", "left"),
    [(0.0, VALID_S), (-1.0, VALID_S), (-3600.0, None), (3600.0, VALID_S - 3600), (1e12, None)],
)
def test_answers_from_the_future_count_as_none(path: Path, set_by: float, left: float | None) -> None:
    with connect(path, write=True) as database:
        save(database, Known(screened_until=10.0 + VALID_S), 10.0, UNIX)
        until = only(database, 0.0, UNIX + set_by).screened_until
    assert until == (0.0 if left is None else pytest.approx(left))


def test_massages_of_the_last_fourteen_days_are_known(path: Path) -> None:
    def ended(days: float, *, finished: bool = True) -> None:
        moment = AT - timedelta(days=days)
        entry = replace(ENTRY, ended=moment, began=moment - timedelta(hours=1), finished=finished)
        keep(database, 1, round(days * 100), replace(entry, title=str(days)))

    with connect(path, write=True) as database:
        for days in (1, 13.9, 14.1, 3, -0.01, -5):
            ended(days)
        ended(2, finished=False)
        keep(database, 2, 0, replace(ENTRY, ended=None, finished=False))
        keep(database, 3, 0, replace(ENTRY, person=3, ended=AT, before=None, after=None))
        first, third = load(database, 1000.0, UNIX)
    known = [(round((1000.0 - past.ended) / 86400, 6), past.before, past.after) for past in first.massages]
    assert known == [
        (13.9, 4, 7),
        (3, 4, 7),
        (2, 4, 7),  # ended early
        (1, 4, 7),
        (0, 4, 7),
    ]  # one by a clock that has been set back since
    assert third.massages == (Past(1000.0, "lower-back", None, None, hurt=True),)


def test_no_two_people_are_called_the_same(path: Path) -> None:
    with connect(path, write=True) as database:
        rename(database, 1, "Ada")
        with pytest.raises(DiaryError, match="person 1 is called Ada already; take another name"):
            rename(database, 2, "ADA")
        rename(database, 1, "ada")
        rename(database, 3, "")
        rename(database, 4, "")
        assert names(database) == ["ada", "", ""]


@pytest.mark.parametrize(("number", "name"), [(0, "Ada"), (-1, "Ada"), (10**20, "Ada"), (1, "\udcff")])
def test_what_cant_be_kept_is_told(path: Path, number: int, name: str) -> None:
    with connect(path, write=True) as database:
        with pytest.raises(DiaryError) as told:
            rename(database, number, name)
        one_line(told.value, path)
        assert load(database, 0.0, UNIX) == ()


def test_a_clock_of_another_age_is_no_crash(path: Path) -> None:
    with connect(path, write=True) as database:
        keep(database, 1, 0, ENTRY)
        save(database, ADA, 0.0, UNIX)
        for year in (1970, 2000, 2300):
            moment = datetime(year, 1, 1, tzinfo=timezone.utc).timestamp()
            first, ada = load(database, 0.0, moment)
            assert (ada.screened_until, first.massages) == (0.0, ()), "nothing is believed of another age"
            assert ada.tender == ADA.tender

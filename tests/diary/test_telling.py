from __future__ import annotations

import re
from datetime import timedelta, timezone

import pytest

from tests.diary.made_up import BEGINNING, diary, massage, stop
from voice.diary.entry import Entry, Kind
from voice.diary.telling import EMPTY, told

UTC = timezone.utc


def test_a_diary_is_a_table_with_what_hurt_and_a_summary() -> None:
    entries = (
        massage(before=4, after=7),
        massage(
            BEGINNING + timedelta(days=3),
            routine=2,
            before=5,
            finished=False,
            worked=330.0,
            pain=(stop(BEGINNING, 1), stop(BEGINNING, 0, Kind.TOO_HARD)),
        ),
    )
    assert told(entries, {}, UTC).splitlines() == [
        "date              massage                            minutes  comfort",
        "2026-09-07 18:05  Five strokes for the lower back    14       4 -> 7",
        "2026-09-10 18:05  Tennis balls under the lower back  6 of 10  5 -> ?",
        "    pain: Heel of the hand on the hip, left: sharp (hips, buttocks)",
        "    pain: Thumb circles: too hard (lower back)",
        "",
        "2 massages, 20 minutes of work, from 2026-09-07 to 2026-09-10. Comfort rose by",
        "3. 2 pain stops: 1 sharp, 1 too hard.",
    ]


def test_an_empty_diary_says_what_to_do() -> None:
    assert told((), {}) == EMPTY
    assert "easeup run" in EMPTY


def test_people_stand_apart_by_name_or_number() -> None:
    lines = told((massage(), massage(person=2)), {2: "Ann"}, UTC).splitlines()
    assert [line for line in lines if line.endswith(":")] == ["Person 1:", "Ann:"]
    assert "Person 1" not in told((massage(),), {}, UTC)


def test_days_are_those_of_the_clock_on_the_wall() -> None:
    late = massage(BEGINNING.replace(hour=23))
    assert "2026-09-08 01:05" in told((late,), {}, timezone(timedelta(hours=2)))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (((4, 7), (5, 6)), "Comfort rose by 2 on average, over 2 massages."),
        (((4, 4),), "Comfort stayed the same."),
        (((4, 3), (4, 2), (4, 3)), "Comfort fell by 1.3 on average"),
        (((None, 3), (4, None)), "work, on 2026-09-07. No pain stops."),
    ],
)
def test_the_summary_says_how_comfort_changed(
    changes: tuple[tuple[int | None, int | None], ...], words: str
) -> None:
    entries = [massage(before=before, after=after) for before, after in changes]
    assert words in " ".join(told(entries, {}, UTC).split())


@pytest.mark.parametrize("count", [1, 2, 200])
def test_every_massage_has_its_line_and_no_line_is_wider_than_a_terminal(count: int) -> None:
    entries = diary(count)
    lines = told(entries, {1: "Ann"}, UTC).splitlines()
    assert len([line for line in lines if re.match(r"\d{4}-\d\d-\d\d \d\d:", line)]) == count
    assert len([line for line in lines if "pain: " in line]) == sum(len(entry.pain) for entry in entries)
    assert max(map(len, lines)) <= 80


def test_a_long_title_is_cut_and_a_long_step_wrapped() -> None:
    entry = massage(pain=(stop(BEGINNING, 1),))
    long = Entry(
        1, "it", "Every stroke that there is, " * 9, entry.began, None, False, 0.0, 99.0, pain=entry.pain
    )
    lines = told((long,), {}, UTC).splitlines()
    assert max(map(len, lines)) <= 80
    assert "..." in lines[1]

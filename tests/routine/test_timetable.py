from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from voice.routine import load, plan, shelf, timetable
from voice.session.plan import Audience, Beat, Plan

FULL = Path(__file__).parent / "sound" / "every-key.yaml"


def test_the_timetable_for_the_eye() -> None:
    assert timetable(plan(load(FULL))).splitlines() == [
        "Every key (every-key)",
        "  for       self",
        "  position  on your back",
        "  needs     two tennis balls, a wall",
        "  total     3m and the open steps",
        "",
        "  at     for         step                side   pressure   tempo    0:00   3:00+",
        "  0:00   1m30s       1. Warm up                 2 light    7.5/min  ######",
        "  1:30   20s hold    2. Press (1 of 2)   right  1 feather                 =",
        "  1:50   20s hold    2. Press (2 of 2)   right  1 feather                  ==",
        "  2:10   20s hold    2. Press (1 of 2)   left   1 feather                    =",
        "  2:30   20s hold    2. Press (2 of 2)   left   1 feather                     =",
        "  2:50   until next  3. Rest (optional)         1 feather                      >",
        "  2:50+  10s         4. Rise                    1 feather                      #",
        "",
        '  # work    = hold, counted out    > until "next"',
    ]


def simple(*lengths: float | None, title: str = "Glide") -> Plan:
    beats = (Beat("a", number, title, "Glide.", duration=each) for number, each in enumerate(lengths, 1))
    return Plan("mine", "Mine", Audience.SELF, "sitting", beats=tuple(beats))


def test_columns_in_which_nothing_stands_leave_their_room_to_the_bars() -> None:
    assert timetable(simple(60.0, 180.0)).splitlines()[-3:] == [
        "  at    for  step      pressure  0:00                                       4:00",
        "  0:00  1m   1. Glide  2 light   ############",
        "  1:00  3m   2. Glide  2 light               " + 35 * "#",
    ]


def test_without_any_length_every_bar_is_one_mark() -> None:
    assert [line[-1] for line in timetable(simple(None, None)).splitlines()[-4:-2]] == [">", ">"]


@pytest.mark.parametrize("title", ["Glide", "A very long title, such as somebody writes who means it well"])
@pytest.mark.parametrize("count", [1, 3, 49])
def test_eighty_columns_are_enough(title: str, count: int) -> None:
    made = simple(*([3600.0] * count), None, title=title)
    beats = tuple(
        replace(
            beat,
            repetition=number,
            repetitions=count + 1,
            tempo=12.5,
            hold=beat.duration is not None,
            pressure=1,
        )
        for number, beat in enumerate(made.beats, 1)
    )
    table = timetable(replace(made, beats=beats, position="face down, " * 20))
    assert max(map(len, table.splitlines())) <= 80
    assert f"({count} of {count + 1})" in table


def test_the_bars_of_bundled_routines_follow_one_another() -> None:
    for each in shelf():
        ends = 0
        drawn: list[str] = []
        timetable(each, lambda bar, _, drawn=drawn: drawn.append(bar) or bar)  # type: ignore[misc]  # a lambda that notes
        assert len(drawn) == len(each.beats)
        for bar in drawn:
            begins = len(bar) - len(bar.lstrip())
            assert abs(begins - ends) <= 1
            ends = len(bar)

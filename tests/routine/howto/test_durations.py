from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.routine.howto.durations import parse, text


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("PT1M30S", 90),
        ("PT90S", 90),
        ("PT1H", 3600),
        ("P1D", 86_400),
        ("P2W", 1_209_600),
        ("P0Y0M0DT0H1M30S", 90),
        ("PT0.5S", 0.5),
        ("PT1,5M", 90),
        ("P0DT5S", 5),
    ],
)
def test_what_has_a_certain_length(written: str, seconds: float) -> None:
    assert parse(written) == seconds


@given(st.integers(1, 10**6))
def test_there_and_back(seconds: int) -> None:
    assert parse(text(seconds)) == seconds


@pytest.mark.parametrize(
    ("written", "words"),
    [
        *(
            (each, "is not an ISO 8601 duration")
            for each in ("-PT5S", "P", "PT", "P1DT", "PT5", "5M", "pt5s")
        ),
        *(
            (each, "is not an ISO 8601 duration")
            for each in ("PT1.5M30S", "PT5S ", "PT5S\n", "PT٣S", "PT1M1M")
        ),
        ("PT" + 400 * "9" + "S", "is not an ISO 8601 duration"),
        ("30 minutes", "is not an ISO 8601 duration"),
        ("P1Y", "have no certain length"),
        ("P1M", "have no certain length"),
        ("PT0S", "is no time at all"),
        (90, "write a length of time as PT90S or PT1M30S"),
        (None, "write a length of time as PT90S or PT1M30S"),
    ],
)
def test_what_has_none_is_told_how_to_write_one(written: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse(written)


def test_hours_are_written_out() -> None:
    assert [text(each) for each in (45, 120, 90, 3600, 3690)] == [
        "PT45S",
        "PT2M",
        "PT1M30S",
        "PT1H",
        "PT1H1M30S",
    ]

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.routine import durations


@given(st.integers(1, 3600))
def test_what_is_written_reads_back(seconds: int) -> None:
    assert durations.parse(durations.text(seconds)) == seconds


@given(st.text(alphabet="0123456789ms: .-\n"))
def test_what_reads_at_all_is_a_length_from_a_second_to_an_hour(written: str) -> None:
    try:
        seconds = durations.parse(written)
    except ValueError:
        return
    assert 1 <= seconds <= 3600
    assert durations.parse(durations.text(seconds)) == seconds


@pytest.mark.parametrize(
    ("written", "seconds"), [("90s", 90), ("1m30s", 90), ("2m", 120), ("1s", 1), ("60m", 3600)]
)
def test_the_ways_to_write_one(written: str, seconds: int) -> None:
    assert durations.parse(written) == seconds


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("1:30", '"1:30" is not a duration; write 1m30s'),
        ("0:45", '"0:45" is not a duration; write 45s'),
        (90, "90 has no unit; write 1m30s"),
        (0, "0 has no unit; write a duration as 90s, 1m30s or 2m"),
        (True, "write a duration as 90s, 1m30s or 2m"),
        ("", '"" is not a duration; write a duration as 90s, 1m30s or 2m'),
        ("90s\n", '"90s\n" is not a duration; write a duration as 90s, 1m30s or 2m'),
        ("1m90s", '"1m90s" is not a duration; write a duration as 90s, 1m30s or 2m'),
    ],
)
def test_other_ways_are_told_how(written: object, message: str) -> None:
    with pytest.raises(ValueError, match="write") as caught:
        durations.parse(written)
    assert str(caught.value) == message

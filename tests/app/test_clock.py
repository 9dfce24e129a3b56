"""The session's clock stands while the program does."""

from __future__ import annotations

import pytest

from voice.app.clock import Reading, SessionClock, read


class Clocks:
    def __init__(self) -> None:
        self.at = Reading(100.0, 1000.0, 5000.0)

    def __call__(self) -> Reading:
        return self.at

    def go(self, ticks: float, total: float, wall: float) -> None:
        self.at = Reading(self.at.ticks + ticks, self.at.total + total, self.at.wall + wall)


@pytest.mark.parametrize(
    ("gone", "absent", "now"),
    [
        ((0.25, 0.25, 0.25), None, 7.25),
        ((60.0, 60.0, 60.0), 60.0, 7.0),  # the program was suspended
        ((0.1, 3600.0, 3600.0), 3600.0, 7.0),  # the machine slept, and the ticks stood
        ((0.25, 0.25, -3599.75), 0.0, 7.25),  # the clock was set back
        ((0.25, 0.25, 86400.0), 0.0, 7.25),  # or ahead
        ((0.25, 0.25, 1.5), None, 7.25),  # or put right by a little
    ],
)
def test_what_nobody_was_there_for_does_not_count(
    gone: tuple[float, float, float], absent: float | None, now: float
) -> None:
    clocks = Clocks()
    clock = SessionClock(7.0, clocks)
    clocks.go(*gone)
    assert clock.absence() == absent
    assert clock.now == pytest.approx(now)
    clocks.go(0.25, 0.25, 0.25)
    assert clock.absence() is None
    assert clock.now == pytest.approx(now + 0.25)


def test_whoever_looks_at_it_first_finds_that_it_stood() -> None:
    clocks = Clocks()
    clock = SessionClock(0.0, clocks)
    clocks.go(60.0, 60.0, 60.0)
    assert clock.now == 0.0, "nothing comes due before anybody has asked about the absence"
    clocks.go(0.2, 0.2, 0.2)
    assert clock.now == pytest.approx(0.2), "and it goes on at once"
    clocks.go(30.0, 30.0, 30.0)
    assert clock.absence() == 90.0
    assert clock.absence() is None


def test_the_machines_clocks() -> None:
    first, second = read(), read()
    assert 0 <= second.ticks - first.ticks < 1.0
    assert 0 <= second.total - first.total < 1.0

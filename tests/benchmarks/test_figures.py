from __future__ import annotations

import pytest

from tests.benchmarks.recognition.figures import Delays, Rate, Share, design_effect, garwood, wilson


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_intervals(k: int, n: int, low: float, high: float) -> None:
    assert wilson(k, n) == pytest.approx((low, high), abs=5e-5)


def test_wilson_is_the_same_from_both_sides() -> None:
    low, high = wilson(3, 40)
    assert wilson(37, 40) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(
    ("k", "low", "high"),
    # Half the quantiles of chi squared with 2k and 2k + 2 degrees of freedom.
    [(0, 0, 3.68888), (1, 0.0253178, 5.57164), (4, 1.08987, 10.2416), (25, 16.1787, 36.9049)],
)
def test_a_count_of_events_has_its_exact_interval(k: int, low: float, high: float) -> None:
    assert garwood(k) == pytest.approx((low, high), rel=1e-4)


def test_a_share_tells_its_counts_and_interval() -> None:
    assert Share(57, 58).as_json() == {
        "k": 57,
        "n": 58,
        "value": pytest.approx(0.98276, abs=1e-5),
        "low": pytest.approx(0.9086, abs=1e-4),
        "high": pytest.approx(0.9969, abs=1e-4),
        "interval": "Wilson, n over the design effect of the speakers",
        "design effect": 1.0,
    }
    assert str(Share(57, 58)) == "98.3 (91-100)"


def test_clips_of_people_who_are_heard_always_or_never_are_worth_one_each() -> None:
    always, never = (5, 5), (0, 5)
    assert design_effect([always, never] * 10) == pytest.approx(5 * 20 / 19)
    assert Share.of([always, never] * 10).interval == pytest.approx(wilson(9.5, 19))


def test_people_who_differ_by_chance_only_widen_nothing() -> None:
    assert design_effect([(3, 5), (2, 5)] * 10) == 1.0


def test_of_one_person_or_of_no_misses_the_spread_is_unknown() -> None:
    assert design_effect([(3, 5)]) == 1.0
    assert design_effect([(5, 5), (4, 4)]) == 1.0


def test_a_rate_is_of_one_hour() -> None:
    assert Rate(3, 0.5).value == 6.0
    assert Rate(3, 0.5).as_json()["low"] == pytest.approx(2 * garwood(3)[0])


def test_delays_know_their_middle_and_their_late_ones() -> None:
    spread = Delays.of([each / 100 for each in range(101)])
    assert spread is not None
    assert (spread.p50, spread.p95) == pytest.approx((0.5, 0.95))
    assert spread.n == 101
    assert Delays.of([0.3]) is None

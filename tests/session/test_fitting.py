"""A massage as long as it is wished, and as careful as it has to be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.session.walking import BEATS, PLAN
from voice.session.fitting import fitted
from voice.session.plan import Plan
from voice.session.screening import Care
from voice.session.sparing import begun_lighter, spared

GLIDE, *HOLDS, KNEAD, REST = BEATS
CLOSING = replace(GLIDE, step_id="close", step_number=5, duration=60.0)
EXTRA = replace(KNEAD, step_id="extra", step_number=3, duration=60.0, optional=True)
WARM = replace(KNEAD, step_id="warm", step_number=4, duration=60.0, optional=True)
WHOLE = replace(PLAN, beats=(GLIDE, *HOLDS, EXTRA, WARM, CLOSING))
"""Strokes of 60, 60, 60 and 60 seconds, holds of 120 in all."""


def steps(plan: Plan) -> list[str]:
    return [beat.step_id for beat in plan.steps]


def holds(plan: Plan) -> list[float | None]:
    return [beat.duration for beat in plan.beats if beat.hold]


@pytest.mark.parametrize("seconds", [270.0, 300.0, 420.0, 540.0])
def test_strokes_grow_shorter_or_longer_in_proportion_and_holds_stay(seconds: float) -> None:
    plan = fitted(WHOLE, seconds)
    assert abs(plan.seconds - seconds) <= 4 * 2.5
    assert holds(plan) == [30.0] * 4
    assert steps(plan) == steps(WHOLE)
    strokes = {beat.duration for beat in plan.beats if not beat.hold}
    assert len(strokes) == 1


def test_the_last_optional_step_goes_first() -> None:
    assert steps(fitted(WHOLE, 235.0)) == ["glide", "press", "extra", "close"]
    assert steps(fitted(WHOLE, 180.0)) == ["glide", "press", "close"]


def test_what_is_not_optional_stays_whatever_is_asked() -> None:
    plan = fitted(WHOLE, 30.0)
    assert steps(plan) == ["glide", "press", "close"]
    assert [beat.duration for beat in plan.beats if not beat.hold] == [30.0, 30.0]


def test_steps_are_counted_anew() -> None:
    assert [beat.step_number for beat in fitted(WHOLE, 180.0).steps] == [1, 2, 3]


def test_nothing_grows_beyond_twice_its_length() -> None:
    assert fitted(WHOLE, 6000.0).seconds == 4 * 120 + 120


def test_what_is_over_or_under_way_stays_as_it_is() -> None:
    plan = fitted(WHOLE, 30.0, WHOLE.beats[:6])  # extra is under way
    assert plan.beats[:6] == WHOLE.beats[:6]
    assert steps(plan) == ["glide", "press", "extra", "close"]


def test_steps_that_end_by_next_have_no_length_to_change() -> None:
    assert fitted(PLAN, 600.0).beats[-1].duration is None


def test_routines_of_holds_only_lose_the_optional_ones() -> None:
    still = replace(PLAN, beats=(HOLDS[0], replace(HOLDS[1], step_id="more", step_number=3, optional=True)))
    assert steps(fitted(still, 60.0)) == ["press", "more"]
    assert steps(fitted(still, 40.0)) == ["press"]


def test_gentle_is_never_more_than_light() -> None:
    plan = spared(PLAN, Care(gentle=True))
    assert {beat.pressure for beat in plan.beats} == {1, 2}
    assert max(beat.max_pressure for beat in plan.beats) == 2
    assert len(plan.beats) == len(PLAN.beats)


def test_without_points_no_compression_is_left() -> None:
    pressing = replace(
        PLAN, beats=tuple(replace(b, technique="compression") if b.hold else b for b in PLAN.beats)
    )
    plan = spared(pressing, Care(gentle=True, no_points=True))
    assert [(beat.step_number, beat.step_id) for beat in plan.beats] == [
        (1, "glide"),
        (2, "knead"),
        (3, "rest"),
    ]


def test_a_tender_place_begins_lighter_and_may_grow_firmer() -> None:
    knead = begun_lighter(PLAN, (("lumbar", 1),)).beats[5]
    assert (knead.pressure, knead.max_pressure) == (1, KNEAD.max_pressure)
    assert begun_lighter(PLAN, (("lumbar", 5),)) == PLAN

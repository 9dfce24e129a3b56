"""What holds for the five lower-back strokes of guide E as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from voice.resources import folder
from voice.routine import Routine, Step, load

DISTANCE = "two inches, five centimetres"


@pytest.fixture(scope="module")
def routine() -> Routine:
    return load(folder("routines") / "lower-back-strokes.yaml")


def texts(step: Step) -> Iterator[str]:
    yield from filter(None, (step.say, step.tip, step.why, step.care))
    yield from (cue.say for cue in step.cues)


def sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.?!])\s+", text) if sentence]


def test_five_strokes_and_the_first_again(routine: Routine) -> None:
    assert [step.id for step in routine.steps] == [
        "glide-and-fan", "circles", "thumbs", "pulls", "finger-run", "return-to-glide"
    ]  # fmt: skip
    first, last = routine.steps[0], routine.steps[-1]
    assert (first.technique, first.region, first.tempo) == (last.technique, last.region, last.tempo)


def test_the_giver_is_at_the_top_of_the_thigh_and_for_the_fourth_at_one_side(routine: Routine) -> None:
    where = {
        step.id: "top of the thigh" in sentences(step.say)[0 if step.id != "return-to-glide" else 1]
        for step in routine.steps
    }
    assert where.pop("pulls") is False
    assert all(where.values())
    assert "at the side" in routine.steps[3].say
    assert routine.steps[3].sides == ("left", "right")
    assert not any(step.sides for step in routine.steps if step.id != "pulls")


def test_the_distance_stands_where_the_guide_has_it(routine: Routine) -> None:
    stating = {step.id for step in routine.steps if DISTANCE in step.say}
    assert stating == {"glide-and-fan", "thumbs", "finger-run", "return-to-glide"}


def test_it_may_be_firmer_only_where_the_guide_says(routine: Routine) -> None:
    assert {step.id: (step.pressure, step.max_pressure) for step in routine.steps} == {
        "glide-and-fan": (2, 3),
        "circles": (2, 2),
        "thumbs": (2, 3),
        "pulls": (4, 4),
        "finger-run": (2, 2),
        "return-to-glide": (2, 3),
    }
    for step in routine.steps:
        allowed = {"firmer", "firmly", "firm"} & set(re.findall(r"\w+", " ".join(texts(step))))
        assert bool(allowed) == (step.id in {"glide-and-fan", "thumbs", "pulls"})

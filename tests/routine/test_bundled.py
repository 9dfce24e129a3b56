"""The bundled routines against the facts of their guides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.routine.facts import REGIONS, ROUTINES, TECHNIQUES, Facts
from tests.session.walking import Walk
from voice.resources import folder
from voice.routine import Routine, Step, find, load, plan
from voice.session.intents import IntentName

GUIDES = Path(__file__).parents[3] / "shared" / "guides"
RUN = 8
"""Words in a row that only somebody who copies has in common with a guide."""

each_routine = pytest.mark.parametrize("name", ROUTINES)


def bundled(name: str) -> Routine:
    return load(folder("routines") / f"{name}.yaml")


def texts(step: Step) -> Iterator[str]:
    yield from filter(None, (step.say, step.tip, step.why, step.care))
    yield from (cue.say for cue in step.cues)


def everything(routine: Routine) -> Iterator[str]:
    yield from (routine.title, routine.position, *routine.needs)
    for step in routine.steps:
        yield from (step.title, *texts(step))


def missing(facts: tuple[str, ...], told: str) -> list[str]:
    return [fact for fact in facts if fact.lower() not in told.lower()]


def test_every_bundled_routine_is_in_the_table() -> None:
    assert {path.stem for path in folder("routines").glob("*.yaml")} == ROUTINES.keys()


@pytest.mark.parametrize(("name", "facts"), ROUTINES.items(), ids=ROUTINES)
def test_the_steps_are_those_of_the_guides_in_their_order(name: str, facts: Facts) -> None:
    assert [
        (step.id, "".join(step.sources or ()), step.pressure, step.max_pressure, step.optional)
        for step in bundled(name).steps
    ] == [(told.id, told.sources, *told.pressure, told.optional) for told in facts.steps]


@pytest.mark.parametrize(("name", "facts"), ROUTINES.items(), ids=ROUTINES)
def test_every_fact_is_told(name: str, facts: Facts) -> None:
    routine = bundled(name)
    lost = {"laid out": missing(facts.laid_out, " ".join((routine.position, *routine.needs)))}
    for step, told in zip(routine.steps, facts.steps, strict=True):
        lost[step.id] = missing(told.said, " ".join(texts(step)))
    assert {where: facts for where, facts in lost.items() if facts} == {}


@pytest.mark.parametrize(("name", "facts"), ROUTINES.items(), ids=ROUTINES)
def test_holds_counts_and_sides(name: str, facts: Facts) -> None:
    for step, told in zip(bundled(name).steps, facts.steps, strict=True):
        sides = None if step.sides is None else [side.value for side in step.sides]
        assert (step.id, step.hold, step.repeat) == (told.id, told.hold, told.repeat)
        assert sides == (["left", "right"] if told.both_sides else None), step.id


@pytest.mark.parametrize(("name", "facts"), ROUTINES.items(), ids=ROUTINES)
def test_it_lasts_as_long_as_it_should_also_when_time_is_short(name: str, facts: Facts) -> None:
    beats = find(name).beats
    least, most = (60 * minutes for minutes in facts.minutes)
    shortest = sum(beat.duration or 0.0 for beat in beats if not beat.optional)
    assert least <= shortest <= sum(beat.duration or 0.0 for beat in beats) <= most
    assert all(beat.duration for beat in beats)


@each_routine
def test_each_step_is_complete(name: str) -> None:
    for step in bundled(name).steps:
        assert step.tip, step.id
        assert step.why, step.id
        assert step.care, step.id
        assert step.max_pressure < 5, "none of the guides asks for the deepest"


@each_routine
def test_one_vocabulary_of_places_and_techniques(name: str) -> None:
    for step in bundled(name).steps:
        assert set(step.region) <= REGIONS
        assert step.technique in TECHNIQUES


def test_no_name_is_kept_that_no_routine_uses() -> None:
    steps = [step for name in ROUTINES for step in bundled(name).steps]
    assert {region for step in steps for region in step.region} == REGIONS
    assert {step.technique for step in steps} == TECHNIQUES


def test_the_last_step_of_a_massage_is_gentle_and_cannot_be_left_out() -> None:
    for name in ROUTINES:
        last = bundled(name).steps[-1]
        assert last.pressure <= 2
        assert not last.optional


@each_routine
def test_numbers_and_units_are_words(name: str) -> None:
    for text in everything(bundled(name)):
        assert not re.search(r"[0-9%()/]|\b(cm|in|sec|min)\.", text), text


@each_routine
def test_each_title_is_that_of_one_step(name: str) -> None:
    titles = [step.title.lower() for step in bundled(name).steps]
    assert len(set(titles)) == len(titles)


@each_routine
def test_comfort_is_claimed_and_never_a_cure(name: str) -> None:
    for text in everything(bundled(name)):
        assert not re.search(r"\b(cure|heal|treat|therap|fix|toxin|lactic)", text, re.IGNORECASE), text


@each_routine
def test_nobody_is_told_that_it_is_too_anything(name: str) -> None:
    for text in everything(bundled(name)):
        assert not re.search(
            r"\b(stop\w*|pain\w*|ouch|hurt\w*|numb\w*|tingl\w*|too \w+)\b", text, re.IGNORECASE
        )


@each_routine
def test_facts_come_from_the_guides_and_sentences_do_not(name: str) -> None:
    if not GUIDES.is_dir():
        pytest.skip("the guides are not part of the repository")
    routine = bundled(name)
    assert set(routine.sources) <= set("ABCDE")
    theirs = {run for guide in GUIDES.glob("?-*.txt") for run in runs(guide.read_text("utf-8"))}
    assert len(theirs) > 4_000
    for text in everything(routine):
        assert not theirs & set(runs(text)), text


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


INCLUDED = [
    (routine.id, where, step_id)
    for routine in map(bundled, sorted(ROUTINES))
    for step_id, where in routine.written_in.items()
    if where != routine.id
]
"""Ids of a routine, of one that it includes a step of, and of this step."""


def test_there_are_steps_that_two_routines_share() -> None:
    assert ("whole-back", "lower-back-strokes", "circles") in INCLUDED
    assert ("whole-back", "upper-back-strokes", "pinch") in INCLUDED


@pytest.mark.parametrize(("including", "written_in", "step_id"), INCLUDED)
def test_a_step_that_hurt_sharply_comes_back_in_no_routine(
    including: str, written_in: str, step_id: str
) -> None:
    for hurting, later in ((including, written_in), (written_in, including)):
        walk = Walk(plans=(plan(bundled(hurting)), plan(bundled(later))))
        walk.ask(IntentName.START, routine=hurting)
        walk.ask(IntentName.READY)
        steps = [beat.step_id for beat in walk.state.plans[0].steps]
        walk.ask(IntentName.GO_TO_STEP, step=steps.index(step_id) + 1)
        walk.hush()
        walk.ask(IntentName.PAIN)
        walk.ask(IntentName.PAIN)  # sharp
        walk.ask(IntentName.FINISH)
        walk.hush()
        walk.ask(IntentName.START, routine=later)
        assert walk.state.massage is not None
        assert step_id not in {beat.step_id for beat in walk.state.massage.plan.beats}
        others = {beat.step_id for beat in walk.state.plans[1].beats} - {step_id}
        assert {beat.step_id for beat in walk.state.massage.plan.beats} == others

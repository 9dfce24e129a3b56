"""The bundled routine against the facts of guide E."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from voice.resources import folder
from voice.routine import Routine, Step, find, load

GUIDE = Path(__file__).parents[3] / "shared" / "guides" / "E-lower-and-upper-back-strokes.txt"
DISTANCE = "two inches, five centimetres"
COMMANDS = {
    "again", "back", "begin", "carry on", "continue", "done", "faster", "finish", "firmer", "go on", "good",
    "help", "how", "it feels good", "lighter", "louder", "next", "no", "ouch", "pause", "quieter", "ready",
    "repeat", "resume", "skip", "slower", "start", "switch", "switch sides", "that feels good", "wait", "why",
    "yes",
}  # fmt: skip


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


def test_each_stroke_is_complete(routine: Routine) -> None:
    for step in routine.steps:
        assert step.tip, step.id
        assert step.why, step.id
        assert step.care, step.id
        assert step.tempo, step.id
    assert all("spine" in (step.care or "") for step in routine.steps)


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


def test_it_takes_eight_to_ten_minutes() -> None:
    assert 8 * 60 <= find("lower-back-strokes").seconds <= 10 * 60


def test_it_is_written_for_the_ear(routine: Routine) -> None:
    for text in [routine.position, *routine.needs, *(text for step in routine.steps for text in texts(step))]:
        assert not re.search(r"[0-9%()/]", text), text
        for sentence in sentences(text):
            assert len(sentence.split()) <= 18, sentence


def test_it_never_sounds_like_a_command(routine: Routine) -> None:
    for text in [routine.title, *(text for step in routine.steps for text in (step.title, *texts(step)))]:
        assert not re.search(
            r"\b(stop\w*|pain\w*|ouch|hurt\w*|numb\w*|tingl\w*|too \w+)\b", text, re.IGNORECASE
        )
        clauses = {clause.strip().lower() for clause in re.split(r"[.,;:?!]", text)}
        assert not clauses & COMMANDS, text


def test_facts_come_from_the_guide_and_sentences_do_not(routine: Routine) -> None:
    if not GUIDE.is_file():
        pytest.skip("the guides are not part of the repository")
    words = re.findall(r"\w+", GUIDE.read_text("utf-8").lower())
    theirs = {tuple(words[start : start + 8]) for start in range(len(words))}
    assert routine.sources == ("E",)
    for step in routine.steps:
        for text in texts(step):
            ours = re.findall(r"\w+", text.lower())
            copied = [ours[start : start + 8] for start in range(len(ours) - 7)]
            assert not any(tuple(run) in theirs for run in copied), text

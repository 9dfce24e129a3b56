"""Whatever can be said, the built-in model has to know every word of it: Vosk drops others without an error."""

from __future__ import annotations

import pytest

from voice.language import Language, Vocabulary
from voice.language.numbers import LARGEST_READ, Numbers
from voice.recognition.models import BUILT_IN
from voice.routine import shelf
from voice.session.intents import IntentName

LARGEST_MB = 6.0


@pytest.fixture(scope="module")
def known() -> set[str]:
    lines = (BUILT_IN / "graph" / "words.txt").read_text(encoding="utf-8").splitlines()
    return {line.split()[0] for line in lines}


def test_the_words_of_every_command_template(language: Language, known: set[str]) -> None:
    titles = Vocabulary(
        routines=tuple((plan.routine_id, plan.title) for plan in shelf()),
        steps=tuple((beat.step_number, beat.title) for plan in shelf() for beat in plan.steps),
    )
    for name in IntentName:
        phrases = language.commands(titles).phrases([name])
        assert phrases
        assert {word for phrase in phrases for word in phrase.split()} <= known


def test_the_words_of_every_number(known: set[str]) -> None:
    numbers = Numbers("en")
    assert {word for number in range(LARGEST_READ + 1) for word in numbers.say(number).split()} <= known


def test_the_decoys(language: Language, known: set[str]) -> None:
    grammar = language.commands(Vocabulary()).grammar(set(IntentName))
    assert {word for phrase in grammar for word in phrase.split()} <= known


def test_it_is_small() -> None:
    size = sum(path.stat().st_size for path in BUILT_IN.rglob("*") if path.is_file())
    assert size <= LARGEST_MB * 1e6

"""The built-in model knows every word that can be said to easeup, and is small."""

from __future__ import annotations

import pytest

from voice.language import Commands, Language, Vocabulary
from voice.language.numbers import LARGEST_READ, Numbers
from voice.recognition.models import BUILT_IN
from voice.routine import shelf
from voice.session.intents import IntentName

LARGEST_MB = 6


@pytest.fixture(scope="module")
def known() -> set[str]:
    lines = (BUILT_IN / "graph" / "words.txt").read_text(encoding="utf-8").splitlines()
    return {line.split()[0] for line in lines}


@pytest.fixture(scope="module")
def commands(language: Language) -> Commands:
    """With the titles of all that comes with easeup."""
    plans = shelf()
    titles = dict.fromkeys(beat.title for plan in plans for beat in plan.steps)
    return language.commands(
        Vocabulary(tuple((plan.routine_id, plan.title) for plan in plans), tuple(enumerate(titles, 1)))
    )


@pytest.mark.parametrize("intent", IntentName)
def test_every_word_of_every_command(commands: Commands, known: set[str], intent: IntentName) -> None:
    said = {word for phrase in commands.phrases([intent]) for word in phrase.split()}
    assert said
    assert said <= known


def test_every_number(known: set[str]) -> None:
    numbers = Numbers("en")
    said = {word for number in range(LARGEST_READ + 1) for word in numbers.say(number).split()}
    assert {"zero", "nineteen", "ninety"} <= said <= known


def test_every_decoy(language: Language, known: set[str]) -> None:
    grammar = language.commands().grammar(())
    assert len(grammar) > 300
    assert {word for phrase in grammar for word in phrase.split()} <= known


def test_it_is_small() -> None:
    size = sum(path.stat().st_size for path in BUILT_IN.rglob("*") if path.is_file())
    assert size <= LARGEST_MB * 1e6

from __future__ import annotations

import pytest

pytest.importorskip("pocketsphinx", reason="the train extra is not installed")

from voice.language import Language
from voice.recognition.training import vocabulary
from voice.recognition.training.vocabulary import Vocabulary
from voice.session.intents import IntentName


@pytest.fixture(scope="module")
def english() -> Vocabulary:
    return vocabulary.of_language("en")


def test_it_holds_every_word_of_every_grammar(english: Vocabulary) -> None:
    commands = Language.load("en").commands()
    for legal in (set(IntentName), set[IntentName]()):
        assert {word for phrase in commands.grammar(legal) for word in phrase.split()} <= set(english.words)
    assert {word for phrase in commands.phrases(IntentName) for word in phrase.split()} <= set(
        english.commands
    )


def test_it_holds_the_titles_of_routines_and_steps_and_numbers(english: Vocabulary) -> None:
    assert {"strokes", "lower", "glide", "fan", "ninety", "twelve"} <= set(english.commands)


def test_commands_of_one_word_stand_apart(english: Vocabulary) -> None:
    assert {"stop", "ouch", "next", "lighter", "yes"} <= set(english.alone)
    assert not {"the", "go", "top", "two"} & set(english.alone)


def test_other_peoples_titles_can_be_heard(english: Vocabulary) -> None:
    assert {"sunday", "evening", "feet", "scalp", "tennis", "calves", "forearms"} <= set(english.words)


def test_more_frequent_words_can_be_asked_for(english: Vocabulary) -> None:
    fewer = vocabulary.of_language("en", frequent=100)
    assert set(fewer.words) < set(english.words)
    assert fewer.commands == english.commands


def test_the_narration_has_no_names_of_fields(english: Vocabulary) -> None:
    assert {"breathe", "spine", "comfortable"} <= set(english.narration)
    assert "pressure" in english.narration
    assert "positions" not in english.narration

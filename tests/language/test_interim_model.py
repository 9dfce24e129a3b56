"""Which commands can be spoken to the built-in model, which knows few words; the others have to be typed."""

from __future__ import annotations

from pathlib import Path

import pytest

import voice
from voice.language import Commands
from voice.session.intents import IntentName

WORDS = Path(voice.__file__).parent / "recognition" / "builtin" / "interim-en" / "graph" / "words.txt"

OUT_OF_REACH = {
    IntentName.LIST_ROUTINES,
    IntentName.GO_TO_STEP,
    IntentName.NUMB,
    IntentName.WHERE_AM_I,
    IntentName.WHATS_NEXT,
    IntentName.WHY,
}


@pytest.fixture(scope="module")
def known() -> set[str]:
    if not WORDS.is_file():
        pytest.skip("the built-in model is another one now")
    return {line.split()[0] for line in WORDS.read_text(encoding="utf-8").splitlines()}


def test_which_intents_the_built_in_model_cannot_hear(commands: Commands, known: set[str]) -> None:
    unheard = {
        name
        for name in IntentName
        if not any(set(phrase.split()) <= known for phrase in commands.phrases([name]))
    }
    assert unheard == OUT_OF_REACH


@pytest.mark.parametrize(
    "phrase",
    [
        "start one",
        "go back",
        "again",
        "this hurts",
        "too hard",
        "thirty seconds more",
        "minute more",
        "how long left",
        "skip ten seconds",
        "say that slower",
        "switch",
        "done",
    ],
)
def test_wordings_for_its_words(commands: Commands, known: set[str], phrase: str) -> None:
    assert set(phrase.split()) <= known
    assert commands.match(phrase)

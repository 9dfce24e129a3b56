"""The English language, read once, with a routine under way."""

from __future__ import annotations

import pytest

from voice.language import Commands, Language, Prompts, Vocabulary

VOCABULARY = Vocabulary(
    routines=(("lower-back-strokes", "Lower back strokes"), ("balls", "Two tennis balls, for yourself")),
    steps=((1, "Long strokes"), (2, "Circles with both palms"), (3, "Thumb circles 2"), (4, "The next step")),
)


@pytest.fixture(scope="session")
def language() -> Language:
    return Language.load("en")


@pytest.fixture(scope="session")
def commands(language: Language) -> Commands:
    return language.commands(VOCABULARY)


@pytest.fixture(scope="session")
def prompts(language: Language) -> Prompts:
    return language.prompts

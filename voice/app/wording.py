"""Looks how a routine's texts will do when they are spoken. It changes nothing, and refuses nothing.

The microphone hears the loudspeaker: what easeup says itself had better be no command. And a listener with
oily hands hears every sentence once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from voice.documents import Problem, Where, read
from voice.language import Commands, Language
from voice.language.words import words
from voice.session.intents import URGENT

LONGEST_SENTENCE = 18
"""Words."""
_ENDS_A_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_ENDS_A_CLAUSE = re.compile(r"[.,;:?!\N{EM DASH}\N{EN DASH}()\"]")
_STEP_TEXTS = ("title", "say", "tip", "why", "care")


def doubts(path: Path, language: Language) -> tuple[Problem, ...]:
    """What would better be worded otherwise, in order of place; included steps are their own file's.

    Args:
        path: Of a routine that loads without problems.
        language: In which it is spoken.

    Raises:
        DocumentError: The file cannot be read.
    """
    document, commands = read(path), language.commands()
    return tuple(
        document.problem(where, doubt)
        for where, text in _spoken(document.value)
        for doubt in chain(_too_long(text), _commands(text, commands), _urgent(text, commands))
    )


def _spoken(routine: Any) -> Iterator[tuple[Where, str]]:
    """Each text that is read out, and the way to it."""
    for key in ("title", "position"):
        yield (key,), routine[key]
    for index, item in enumerate(routine.get("needs", ())):
        yield ("needs", index), item
    for index, step in enumerate(routine["steps"]):
        for key in _STEP_TEXTS:
            if key in step:
                yield ("steps", index, key), step[key]
        for position, cue in enumerate(step.get("cues", ())):
            yield ("steps", index, "cues", position, "say"), cue["say"]


def _sentences(text: str) -> list[str]:
    return _ENDS_A_SENTENCE.split(" ".join(text.split()))


def _too_long(text: str) -> Iterator[str]:
    for sentence in _sentences(text):
        if (count := len(sentence.split())) > LONGEST_SENTENCE:
            yield f'{count} words in a sentence, {LONGEST_SENTENCE} are enough for the ear: "{sentence}"'


def _commands(text: str, commands: Commands) -> Iterator[str]:
    """Sentences and clauses that ask for something by themselves."""
    sentences = (sentence.rstrip(".?!") for sentence in _sentences(text))
    clauses = (clause.strip() for clause in _ENDS_A_CLAUSE.split(text))
    for part in dict.fromkeys(chain(sentences, clauses)):
        if (intent := commands.match(part)) and intent.name not in URGENT:
            yield f'"{part}" is a command by itself ({intent.name}); the microphone hears the loudspeaker'


def _urgent(text: str, commands: Commands) -> Iterator[str]:
    """Phrases that count among other words, too."""
    said = f" {' '.join(words(text))} "
    found = [phrase for phrase in commands.urgent if f" {phrase} " in said]
    for phrase in found:
        if not any(phrase != other and f" {phrase} " in f" {other} " for other in found):
            yield f'"{phrase}" would be taken for a stop; the microphone hears the loudspeaker'

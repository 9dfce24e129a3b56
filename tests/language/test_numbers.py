from __future__ import annotations

import pytest

from voice.language.durations import say_duration
from voice.language.numbers import Numbers
from voice.language.prompt_file import read_prompts
from voice.language.words import words
from voice.resources import folder

ENGLISH = Numbers("en")
WORDINGS = read_prompts(folder("prompts") / "en" / "prompts.yaml").durations


def test_numbers_are_said_and_read_back() -> None:
    assert {number: ENGLISH.read(ENGLISH.say(number).split()) for number in range(100)} == {
        number: [number] for number in range(100)
    }


@pytest.mark.parametrize(
    ("number", "said"), [(0, "zero"), (13, "thirteen"), (21, "twenty one"), (120, "one hundred twenty")]
)
def test_how_numbers_are_said(number: int, said: str) -> None:
    assert ENGLISH.say(number) == said


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("one minute thirty", [1, "minute", 30]),
        ("twenty five thirty", [25, 30]),
        ("twenty twenty", [20, 20]),
        ("Twenty-one steps", [21, "steps"]),
        ("30s", [30, "s"]),
        ("007", [7]),
        ("1234567", ["1234567"]),
        ("someone", ["someone"]),
        ("", []),
    ],
)
def test_numbers_among_words(text: str, read: list[str | int]) -> None:
    assert ENGLISH.read(words(text)) == read


def test_other_languages_count_in_their_own_words() -> None:
    assert Numbers("de").say(7) == "sieben"


def test_a_language_nobody_counts_in() -> None:
    with pytest.raises(ValueError, match="xx"):
        Numbers("xx")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-3, "a moment"),
        (0.4, "a moment"),
        (1, "one second"),
        (9.5, "ten seconds"),
        (40, "forty seconds"),
        (59.4, "fifty nine seconds"),
        (59.5, "one minute"),
        (61, "one minute and one second"),
        (65, "one minute and five seconds"),
        (90, "one minute thirty"),
        (119.4, "one minute fifty nine"),
        (119.5, "two minutes"),
        (127, "two minutes"),
        (128, "two minutes fifteen"),
        (165, "two minutes forty five"),
        (179, "three minutes"),
        (599, "ten minutes"),
        (620, "ten minutes fifteen"),
        (150, "two and a half minutes"),
        (545, "nine minutes"),
        (3600, "sixty minutes"),
    ],
)
def test_lengths_of_time(seconds: float, said: str) -> None:
    assert say_duration(seconds, WORDINGS, ENGLISH) == said

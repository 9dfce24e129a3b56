from __future__ import annotations

import pytest

from voice.recognition.own_voice import OwnVoice

QUESTION = "Stopped. Hands off. Is it sharp, numb or tingling, or only too hard?"
LONG = "Have oil at hand. " * 20 + "Say ready when all is in place."


def saying(text: str, *, at: float = 0.0, ended: float | None = None) -> OwnVoice:
    own = OwnVoice()
    own.begins(text, at, 150)
    if ended is not None:
        own.ends(ended)
    return own


@pytest.mark.parametrize(
    ("heard", "at"),
    [("stop", 0.8), ("stop stop", 1.0), ("[unk] sharp", 2.9), ("numb", 3.3), ("too hard", 5.6)],
)
def test_words_heard_when_the_guide_says_them_are_its_own(heard: str, at: float) -> None:
    assert saying(QUESTION).explains(heard, at, at_end=True)
    assert saying(QUESTION, at=100.0).explains(heard, 100.0 + at, at_end=True)


@pytest.mark.parametrize("heard", ["next", "ouch", "too much", "carry on"])
def test_other_words_are_a_persons(heard: str) -> None:
    assert not any(saying(QUESTION).explains(heard, tenth / 10, at_end=True) for tenth in range(60))


def test_a_word_that_comes_much_later_in_the_narration_is_a_persons() -> None:
    own = saying(LONG)
    assert not own.explains("ready", 10.0, at_end=True)
    assert own.explains("ready", 25.0, at_end=True)


def test_stop_is_a_persons_while_the_guide_says_anything_else() -> None:
    own = saying("Slide both hands gently up to the waist. Start at the top, one step at a time.")
    assert not any(own.explains("stop", tenth / 10, at_end=False) for tenth in range(80))


def test_a_slow_voice_says_its_words_later() -> None:
    own = OwnVoice()
    own.begins(LONG, 0.0, 75)
    assert not own.explains("ready", 25.0, at_end=True)
    assert own.explains("ready", 50.0, at_end=True)


def test_an_answer_after_the_question_is_a_persons() -> None:
    own = saying(QUESTION, ended=4.8)
    assert own.explains("hard", 5.3, at_end=False), "an echo of the last words"
    assert not own.explains("hard", 5.5, at_end=False)
    assert own.explains("too hard", 5.9, at_end=True)
    assert not own.explains("too hard", 6.1, at_end=True)


def test_before_anything_was_said_everything_is_a_persons() -> None:
    assert not OwnVoice().explains("start", 0.5, at_end=True)


def test_the_line_before_is_still_heard_when_the_next_has_begun() -> None:
    own = saying("Press a little lighter.", ended=1.6)
    own.begins("Half way.", 1.7, 150)
    assert own.explains("lighter", 2.4, at_end=True)
    assert own.explains("half", 2.4, at_end=True)
    assert not own.explains("lighter", 3.0, at_end=True)


def test_a_line_that_was_cut_short_is_over() -> None:
    own = saying(LONG)
    own.begins("Half way.", 20.0, 150)
    own.ends(21.0)
    assert not own.explains("ready", 25.0, at_end=True)

from __future__ import annotations

import pytest

from voice.recognition.own_voice import OwnVoice

QUESTION = "Stopped. Hands off. Is it sharp, numb or tingling, or only too hard?"


def saying(text: str, *, ended: float | None = None) -> OwnVoice:
    own = OwnVoice()
    own.begins(text)
    if ended is not None:
        own.ends(ended)
    return own


@pytest.mark.parametrize("heard", ["sharp", "too hard", "[unk] numb", "stop", "stop stop"])
def test_the_words_of_the_narration_are_the_guides_own(heard: str) -> None:
    assert saying(QUESTION).explains(heard, 5.0, urgent=False)


@pytest.mark.parametrize("heard", ["next", "ouch", "too much", "carry on"])
def test_other_words_are_a_persons(heard: str) -> None:
    assert not saying(QUESTION).explains(heard, 5.0, urgent=False)


def test_stop_is_a_persons_while_the_guide_says_anything_else() -> None:
    assert not saying("Slide both hands gently up to the waist.").explains("stop", 5.0, urgent=True)
    assert not saying("Start at the top of the step.").explains("stop", 5.0, urgent=True)


def test_an_answer_after_the_question_is_a_persons() -> None:
    own = saying(QUESTION, ended=10.0)
    assert own.explains("sharp", 10.5, urgent=True), "an echo of the last words"
    assert not own.explains("sharp", 10.7, urgent=True)
    assert own.explains("too hard", 11.1, urgent=False)
    assert not own.explains("too hard", 11.3, urgent=False)


def test_before_anything_was_said_everything_is_a_persons() -> None:
    assert not OwnVoice().explains("start", 0.5, urgent=False)

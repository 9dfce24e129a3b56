from __future__ import annotations

import pytest

from tests.benchmarks.decision.hearing import CHOSEN, REPORTED, half
from tests.benchmarks.decision.policies import (
    Alone,
    AnyPartial,
    Anywhere,
    NotAtTheBeginning,
    Rewritten,
    contained,
    longest_command,
    without_unknown,
)
from tests.benchmarks.recognition.listening import PHRASES, ByRule, headline
from voice.recognition.decision import Decision
from voice.recognition.hypothesis import Hypothesis
from voice.recognition.training.split import is_held_out

LISTENING = headline()


def final(text: str) -> list[Hypothesis]:
    return [Hypothesis(text, is_final=True, at=1.0)]


def test_any_partial_is_believed_at_once() -> None:
    partial = Hypothesis("oh stop that now", is_final=False, at=0.08)
    assert [each.text for each in AnyPartial(LISTENING).believed([partial, *final("stop")])] == ["stop that"]
    assert [each.text for each in AnyPartial(LISTENING).believed(final("next"))] == ["next"]
    assert not list(AnyPartial(LISTENING).believed(final("stopped")))


@pytest.mark.parametrize(
    ("text", "alone", "after", "product", "anywhere"),
    [
        ("stop", True, True, True, True),
        ("please stop", False, True, True, True),
        ("stop you there", False, False, True, True),
        ("oh stop you there", False, False, False, True),
        ("nonstop", False, False, False, False),
    ],
)
def test_what_may_stand_around_a_stop(
    text: str, *, alone: bool, after: bool, product: bool, anywhere: bool
) -> None:
    rules = {Alone: alone, NotAtTheBeginning: after, Decision: product, Anywhere: anywhere}
    for rule, believes in rules.items():
        assert bool(list(ByRule(LISTENING, decision=rule()).believed(final(text)))) is believes, rule


def test_finals_can_be_believed_without_the_unknown_around_them() -> None:
    around = Rewritten(ByRule(LISTENING), without_unknown)
    assert [each.text for each in around.believed(final("[unk] next [unk]"))] == ["next"]
    assert without_unknown("how [unk] long") == "how [unk] long"
    assert without_unknown("[unk]") == ""


def test_the_longest_command_is_found_within_a_text() -> None:
    assert longest_command("oh how long now", PHRASES.__contains__) == "how long"
    assert longest_command("nothing here", PHRASES.__contains__) == "nothing here"
    assert contained("that hurts a lot", PHRASES) == "that hurts"


def test_nobody_is_chosen_by_and_reported() -> None:
    speakers = [f"{number:08x}" for number in range(400)]
    halves = {speaker: half(speaker) for speaker in speakers}
    assert all((halves[each] == REPORTED) == is_held_out(each) for each in speakers)
    assert 0.3 < sum(each == CHOSEN for each in halves.values()) / 400 < 0.45

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.recognition.decision import HOLD_S, NEAR_NATS, WORD_BONUS, Accepted, Decision, Rejection
from voice.recognition.hypothesis import Alternative, Hypothesis
from voice.session.events import RejectionReason

URGENT = ("stop", "stop that", "that hurts", "ouch")
COMMANDS = (*URGENT, "next", "go back", "more time", "thirty seconds more", "no", "no pain at all")
PHRASES = (*COMMANDS, "step", "seconds")

Verdict = Accepted | Rejection


def partial(at: float, text: str) -> Hypothesis:
    return Hypothesis(text, is_final=False, at=at)


def final(at: float, text: str) -> Hypothesis:
    return Hypothesis(text, is_final=True, at=at)


def verdicts(*hypotheses: Hypothesis, hold: float = 0.24) -> list[Verdict]:
    decision = Decision()
    decision.expect(PHRASES, set(COMMANDS).__contains__, URGENT, hold)
    return _all(decision, hypotheses)


def _all(decision: Decision, hypotheses: Iterable[Hypothesis]) -> list[Verdict]:
    return [verdict for each in hypotheses if (verdict := decision.judge(each))]


def test_an_urgent_partial_acts_when_it_has_held() -> None:
    early = [partial(1.00, "stop"), partial(1.08, "stop"), partial(1.16, "stop")]
    assert verdicts(*early) == []
    assert verdicts(*early, partial(1.24, "stop")) == [Accepted("stop", 1.24, urgent=True)]


def test_a_word_that_a_stop_is_heard_as_is_suspected_and_counts_alone() -> None:
    decision = Decision()
    decision.expect(PHRASES, set(COMMANDS).__contains__, URGENT, 0.24, {"step": "stop"})
    suspected = []
    for heard in (partial(1.0, "go"), partial(1.08, "step"), partial(1.16, "go step"), partial(1.9, "next")):
        assert decision.judge(heard) is None
        suspected.append(decision.suspects)
    assert suspected == [None, "step", "step", None]
    assert _all(decision, [partial(2.0, "step"), final(2.8, "[unk] step")]) == [
        Accepted("stop", 2.8, urgent=True, heard="step")
    ]
    assert decision.suspects is None
    assert _all(decision, [final(3.6, "go step")]) == [
        Rejection(RejectionReason.NOT_A_WHOLE_PHRASE, "go step", 3.6)
    ]


def test_what_may_be_urgent_is_suspected_until_it_is_known() -> None:
    decision = Decision()
    decision.expect(PHRASES, set(COMMANDS).__contains__, URGENT, 0.24)
    suspected = []
    for heard in (
        partial(1.0, "step"),
        partial(1.08, "stop"),
        partial(1.16, "stop that"),
        final(1.24, "next"),
    ):
        decision.judge(heard)
        suspected.append(decision.suspects)
    assert suspected == [None, "stop", "stop that", None]
    for heard in (partial(2.0, "stop"), partial(2.24, "stop")):
        suspected.append(decision.suspects)
        decision.judge(heard)
    assert suspected[4:] == [None, "stop"]
    assert decision.suspects is None  # it is believed


def test_a_hold_is_not_missed_by_a_rounding_error() -> None:
    for start in range(1, 2000):
        began = start * 0.08
        held = [partial(began + n * 0.08, "stop") for n in range(4)]
        assert len(verdicts(*held)) == 1


def test_no_hold_believes_the_first_partial() -> None:
    assert verdicts(partial(1.0, "stop"), hold=0) == [Accepted("stop", 1.0, urgent=True)]


def test_other_words_or_none_break_the_hold() -> None:
    for text in ("", "step", "stop next"):
        assert verdicts(
            partial(1.00, "stop"), partial(1.16, text), partial(1.24, "stop"), partial(1.40, "stop")
        ) == []  # fmt: skip


@pytest.mark.parametrize(
    ("text", "phrase"),
    [("stop stop stop", "stop"), ("stop that", "stop that"), ("ouch that hurts", "that hurts")],
)
def test_what_begins_with_an_urgent_phrase_needs_no_longer_hold(text: str, phrase: str) -> None:
    assert verdicts(partial(1.0, text), partial(1.24, text)) == [Accepted(phrase, 1.24, urgent=True)]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("[unk] stop", "stop"),
        ("[unk] that that hurts", "that hurts"),
        ("no no stop", "stop"),
        ("next stop", "stop"),
        ("too hard stop", "stop"),
        ("step stop", "stop"),
    ],
)
def test_what_may_come_before_an_urgent_phrase(text: str, phrase: str) -> None:
    early = [partial(1.0, text), partial(1.24, text), partial(1.4, text)]
    assert verdicts(*early) == []
    assert verdicts(*early, partial(1.48, text)) == [Accepted(phrase, 1.48, urgent=True)]


@pytest.mark.parametrize("text", ["stop [unk]", "stop next", "hurts", "that"])
def test_what_is_not_urgent(text: str) -> None:
    assert verdicts(partial(1.0, text), partial(1.24, text), partial(1.48, text)) == []


def test_a_change_among_urgent_phrases_keeps_the_hold() -> None:
    assert verdicts(partial(1.00, "ouch"), partial(1.16, "ouch that"), partial(1.24, "ouch that hurts")) == [
        Accepted("that hurts", 1.24, urgent=True)
    ]
    assert verdicts(partial(1.00, "ouch"), partial(1.24, "ouch that")) == [
        Accepted("ouch", 1.24, urgent=True)
    ]
    assert verdicts(partial(1.00, "stop"), partial(1.16, "stop that"), partial(1.24, "stop that")) == [
        Accepted("stop that", 1.24, urgent=True)
    ]


def test_an_urgent_phrase_ends_the_story_of_its_utterance() -> None:
    held = [partial(1.00, "stop"), partial(1.24, "stop")]
    assert verdicts(
        *held, partial(1.32, "stop"), partial(1.64, "stop next"), partial(2.5, "ouch"), final(3.0, "ouch")
    ) == [Accepted("stop", 1.24, urgent=True)]
    assert verdicts(*held, final(1.80, "stop"), final(3.0, "next")) == [
        Accepted("stop", 1.24, urgent=True),
        Accepted("next", 3.0, urgent=False),
    ]


def test_what_is_left_of_the_word_is_not_another_utterance() -> None:
    assert verdicts(
        partial(1.00, "stop"),
        partial(1.24, "stop"),
        partial(1.32, ""),
        partial(1.56, ""),
        partial(1.64, "no"),
        final(2.24, "no"),
    ) == [Accepted("stop", 1.24, urgent=True)]


def test_after_a_moment_of_quiet_the_next_utterance_counts() -> None:
    assert verdicts(
        partial(1.00, "stop"), partial(1.24, "stop"), partial(1.32, ""), partial(1.76, ""), final(2.5, "next")
    ) == [Accepted("stop", 1.24, urgent=True), Accepted("next", 2.5, urgent=False)]


def test_a_final_is_late_but_not_too_late_for_stop() -> None:
    assert verdicts(partial(1.0, "step"), final(1.8, "stop")) == [Accepted("stop", 1.8, urgent=True)]
    for text in ("[unk] stop", "stop [unk]", "stop next"):
        assert verdicts(final(1.8, text)) == [Accepted("stop", 1.8, urgent=True)]


@pytest.mark.parametrize("text", ["next", "go back", "thirty seconds more"])
def test_other_commands_wait_for_the_final(text: str) -> None:
    partials = [partial(1 + n * 0.08, text) for n in range(20)]
    assert verdicts(*partials) == []
    assert verdicts(*partials, final(2.6, text)) == [Accepted(text, 2.6, urgent=False)]


def test_a_command_that_ends_in_an_urgent_phrase_is_itself() -> None:
    decision = Decision()
    decision.expect(("no", "no pain", "pain"), {"no", "no pain", "pain"}.__contains__, ("pain",))
    assert _all(decision, [partial(1.0, "no pain"), partial(1.5, "no pain"), final(2.0, "no pain")]) == [
        Accepted("no pain", 2.0, urgent=False)
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[unk]", RejectionReason.OUT_OF_VOCABULARY),
        ("[unk] [unk]", RejectionReason.OUT_OF_VOCABULARY),
        ("step", RejectionReason.OUT_OF_VOCABULARY),
        ("seconds", RejectionReason.OUT_OF_VOCABULARY),
        ("step [unk] step", RejectionReason.OUT_OF_VOCABULARY),
        ("[unk] next", RejectionReason.NOT_A_WHOLE_PHRASE),
        ("next [unk]", RejectionReason.NOT_A_WHOLE_PHRASE),
        ("go", RejectionReason.NOT_A_WHOLE_PHRASE),
        ("seconds more", RejectionReason.NOT_A_WHOLE_PHRASE),
        ("next next", RejectionReason.NOT_A_WHOLE_PHRASE),
    ],
)
def test_why_a_final_is_rejected(text: str, reason: RejectionReason) -> None:
    assert verdicts(partial(1.0, text), final(1.8, text)) == [Rejection(reason, text, 1.8)]


def test_silence_is_nothing() -> None:
    assert verdicts(partial(1.0, ""), partial(4.9, ""), final(5.0, "")) == []


@pytest.mark.parametrize("text", ["", "[unk]", "seconds", "next next"])
def test_a_flicker_is_reported_once_and_at_the_end(text: str) -> None:
    assert verdicts(
        partial(1.00, "stop"),
        partial(1.16, "step"),
        partial(1.24, "stop"),
        partial(1.4, text),
        final(2, text),
    ) == [Rejection(RejectionReason.DID_NOT_HOLD, "stop", 2)]


def test_a_flicker_is_forgotten_with_its_utterance() -> None:
    assert verdicts(partial(1.0, "stop"), final(2, "next"), final(4, "step")) == [
        Accepted("next", 2, urgent=False),
        Rejection(RejectionReason.OUT_OF_VOCABULARY, "step", 4),
    ]


def test_a_hold_goes_on_when_other_phrases_are_listened_for() -> None:
    decision = Decision()
    decision.expect(PHRASES, set(COMMANDS).__contains__, URGENT)
    decision.judge(partial(1.0, "stop"))
    decision.expect(("yes", *URGENT), {"yes", *URGENT}.__contains__, URGENT)
    assert decision.judge(partial(1.24, "stop")) == Accepted("stop", 1.24, urgent=True)


def test_nothing_is_a_command_before_it_is_said_what_is() -> None:
    assert Decision().judge(final(1.0, "stop")) == Rejection(RejectionReason.OUT_OF_VOCABULARY, "stop", 1.0)


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "stop", "[unk] stop", "step", "next", "stop next"]), st.booleans()),
        max_size=60,
    )
)
def test_at_most_one_verdict_an_utterance_and_stop_never_overlooked(heard: list[tuple[str, bool]]) -> None:
    decision = Decision()
    decision.expect(PHRASES, set(COMMANDS).__contains__, URGENT)
    held = 0.0
    for number, (text, is_final) in enumerate(heard):
        spent = decision._spent
        verdict = decision.judge(Hypothesis(text, is_final, number * 0.08))
        held = held + 0.08 if text.endswith("stop") and not is_final and not spent else 0.0
        if spent:
            assert verdict is None
        elif held - 0.08 > HOLD_S - 1e-9 or (is_final and text.endswith("stop")):
            assert isinstance(verdict, Accepted)
            assert verdict.urgent
            held = 0.0
        elif not is_final:
            assert verdict is None


def choosing(*alternatives: tuple[str, float]) -> Hypothesis:
    found = tuple(Alternative(text, score) for text, score in alternatives)
    return Hypothesis(found[0].text, is_final=True, at=1.8, alternatives=found)


def test_what_nobody_says_is_struck_out() -> None:
    for text in ("more", "go", "step next", "next next"):
        assert verdicts(choosing((text, 90.0), ("next", 88.0), ("[unk]", 87.5))) == [
            Accepted("next", 1.8, urgent=False)
        ]
    for unlikely in (("go go", 89.0), ("next", 89.9 - NEAR_NATS)):
        assert verdicts(choosing(("more", 90.0), unlikely)) == [
            Rejection(RejectionReason.NOT_A_WHOLE_PHRASE, "more", 1.8)
        ]


@pytest.mark.parametrize("talk", ["step", "[unk]", "step seconds [unk]"])
def test_talk_stays_talk(talk: str) -> None:
    (verdict,) = verdicts(choosing((talk, 90.0), ("next", 89.9)))
    assert isinstance(verdict, Rejection)
    assert verdict.text == talk


def test_words_speak_for_a_command() -> None:
    def found(ahead: float, *, command: str) -> bool:
        return verdicts(choosing(("[unk]", 90.0 + min(ahead, NEAR_NATS)), (command, 90.0))) == [
            Accepted(command, 1.8, urgent=False)
        ]

    assert not found(0.1, command="next")
    assert found(WORD_BONUS - 0.1, command="go back")
    assert not found(WORD_BONUS + 0.1, command="go back")
    assert found(WORD_BONUS + 0.1, command="thirty seconds more")


def test_a_stop_is_not_weighed_against_more_words() -> None:
    for stop in ("stop", "[unk] stop", "next stop", "stop [unk]", "stop more"):
        assert verdicts(choosing((stop, 90.0), ("thirty seconds more", 89.9))) == [
            Accepted("stop", 1.8, urgent=True)
        ]
    assert verdicts(choosing(("more stop more", 90.0), ("stop", 88.0), ("next", 87.5))) == [
        Accepted("stop", 1.8, urgent=True)
    ]


def test_no_command_passes_a_stop_that_is_likelier() -> None:
    near = choosing(("[unk]", 90.0), ("[unk] stop", 89.9), ("go back", 89.0))
    assert verdicts(near) == [Rejection(RejectionReason.OUT_OF_VOCABULARY, "[unk]", 1.8)]
    assert verdicts(partial(1.0, "stop"), near) == [Rejection(RejectionReason.DID_NOT_HOLD, "stop", 1.8)]


def test_a_stop_is_obeyed_right_after_the_guides_own() -> None:
    somebody = False
    decision = Decision(lambda *_, **__: somebody)
    decision.expect(PHRASES, set(COMMANDS).__contains__, URGENT, 0.24, {"step": "stop"})
    own = [partial(1.0 + 0.08 * number, "stop") for number in range(8)]
    assert _all(decision, [*own, partial(1.7, "step")]) == []
    assert decision.suspects is None
    somebody = True
    assert _all(decision, [partial(1.8, "stop"), partial(1.96, "stop"), partial(2.04, "stop")]) == [
        Accepted("stop", 2.04, urgent=True)
    ]


def test_what_the_guide_said_itself_is_no_phrase_in_the_end() -> None:
    asked: list[tuple[str, bool, bool]] = []

    def nobodys(text: str, *, urgent: bool, at_end: bool) -> bool:
        asked.append((text, urgent, at_end))
        return False

    decision = Decision(nobodys)
    decision.expect(PHRASES, set(COMMANDS).__contains__, URGENT, 0.24, {"step": "stop"})
    for text, phrase in (("[unk] stop", "stop"), ("next", "next"), ("[unk] step", "step")):
        assert decision.judge(final(1.0, text)) == Rejection(RejectionReason.OWN_VOICE, phrase, 1.0)
    assert asked == [("stop", True, True), ("next", False, True), ("step", True, True)]
    assert decision.judge(final(2.0, "seconds")) == Rejection(
        RejectionReason.OUT_OF_VOCABULARY, "seconds", 2.0
    )

"""What is written down is read back as exactly the same value, and anything else is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.session.walking import OTHER, PLAN, QUESTIONS, Walk
from voice.diary.encoding import (
    EncodingError,
    event_from_text,
    event_to_text,
    fingerprint,
    opening_from_text,
    opening_to_text,
)
from voice.session.events import Event, Heard, NotUnderstood, RejectionReason, TimePassed
from voice.session.intents import Intent, IntentName
from voice.session.people import Hurts, Known
from voice.session.plan import Audience
from voice.session.screening import Care
from voice.session.state import (
    AskingAboutPain,
    Choosing,
    Finished,
    Guiding,
    Paused,
    Phase,
    Screening,
    State,
    Stopped,
)

EVENTS = st.one_of(*map(st.from_type, get_args(Event)))
PHASES = st.one_of(*map(st.from_type, get_args(Phase)))


@given(EVENTS)
def test_every_event_comes_back_without_its_words(event: Event) -> None:
    kept = event_from_text(event_to_text(event))
    silent = replace(event, text="") if isinstance(event, Heard | NotUnderstood) else event
    assert repr(kept) == repr(silent)  # as text, for NaN is not itself


@given(st.text(min_size=8))
def test_no_words_that_were_said_are_written(words: str) -> None:
    said = json.dumps(words)[1:-1]
    assert said not in event_to_text(Heard(Intent(IntentName.NEXT), words))
    assert said not in event_to_text(NotUnderstood(RejectionReason.OWN_VOICE, words))


@given(PHASES, st.from_type(Hurts), st.from_type(Care), st.floats(allow_nan=False))
def test_every_opening_comes_back(phase: Phase, hurts: Hurts, care: Care, until: float) -> None:
    sore = Known(2, "Ida", care, until, (("neck", 2),), hurts=hurts)
    opening = State((), phase=phase, people=(Known(), sore), receiver=2)
    assert opening_from_text(opening_to_text(opening)) == opening


@pytest.mark.parametrize(
    "phase",
    [
        Choosing(Audience.SELF, "neck", 600.0, "neck"),
        Guiding(),
        Finished(),
        Stopped(Guiding()),
        Paused(Screening(None), reminded=True),
        AskingAboutPain(Guiding(), 2),
    ],
)
def test_phases_that_look_alike_stay_apart(phase: Phase) -> None:
    kept = opening_from_text(opening_to_text(State((), phase=phase)))
    assert type(kept.phase) is type(phase)
    assert kept.phase == phase


def test_a_session_in_mid_massage_comes_back_without_what_the_program_brings() -> None:
    walk = Walk(screening=False).work()
    walk.ask(IntentName.PAIN)
    kept = opening_from_text(opening_to_text(walk.state))
    assert kept.massage == walk.state.massage
    assert kept == replace(walk.state, plans=(), questions=(), said=())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "7",
        "[]",
        '{"is":"Sneezed"}',
        '{"is":"Opened","loudly":true}',
        '{"is":"Failed"}',
        '{"is":"Failed","part":"left-ear"}',
        '{"is":"SpeechFinished","utterance_id":1.5}',
        '{"is":"SpeechFinished","utterance_id":true}',
        '{"is":"Heard","intent":{"is":"Opened"},"text":""}',
    ],
)
def test_what_stands_for_no_event_is_refused(text: str) -> None:
    with pytest.raises(EncodingError):
        event_from_text(text)


def test_another_easeups_intent_is_named() -> None:
    text = event_to_text(Heard(Intent(IntentName.NEXT))).replace('"next"', '"levitate"')
    with pytest.raises(EncodingError, match="'levitate' is not a valid IntentName"):
        event_from_text(text)


def test_an_opening_of_other_fields_is_refused() -> None:
    content = json.loads(opening_to_text(State(())))
    del content["volume"]
    with pytest.raises(EncodingError, match="'State' is no State, or one with other fields"):
        opening_from_text(json.dumps(content))
    with pytest.raises(EncodingError):
        opening_from_text(event_to_text(TimePassed()))


def test_a_fingerprint_tells_programs_apart() -> None:
    same = fingerprint((PLAN, OTHER), QUESTIONS)
    assert same == fingerprint((PLAN, OTHER), QUESTIONS)
    softer = replace(PLAN, beats=(replace(PLAN.beats[0], pressure=1), *PLAN.beats[1:]))
    others = [fingerprint((OTHER, PLAN), QUESTIONS), fingerprint((softer, OTHER), QUESTIONS)]
    others.append(fingerprint((PLAN, OTHER), QUESTIONS[:1]))
    assert same not in others

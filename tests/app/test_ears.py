"""What the guide has asked for can be heard, and itself it doesn't hear."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from voice.app.hearing import ASKED_FOR
from voice.app.lockstep import LockStepSession
from voice.audio.room import Echo, SimulatedRoom
from voice.language import Commands, Language
from voice.recognition.models import BUILT_IN
from voice.rehearsal.record import Narration, Understood
from voice.routine import shelf
from voice.session import legal
from voice.session.events import Heard
from voice.session.intents import Intent, IntentName
from voice.session.state import PhaseName
from voice.synthesis.speech import Voice


@pytest.fixture(scope="module")
def commands() -> Commands:
    return Language.load("en").commands()


@pytest.mark.parametrize("phase", ASKED_FOR)
def test_what_is_asked_for_is_listened_for(commands: Commands, phase: PhaseName) -> None:
    grammar = commands.grammar(legal(phase))
    for intent in ASKED_FOR[phase]:
        assert intent in legal(phase)
        assert commands.example(intent) in grammar


def test_where_the_guide_asks() -> None:
    assert {PhaseName.CHOOSING, PhaseName.SCREENING, PhaseName.PREPARING, PhaseName.CHECKING_IN} <= set(
        ASKED_FOR
    )


@pytest.fixture
def loud() -> Iterator[tuple[SimulatedRoom, LockStepSession]]:
    """A session whose voice comes back as loud as a partner speaks."""
    with ExitStack() as parts:
        room = SimulatedRoom(echo=Echo(8.0, 80.0, 0.35))
        session = LockStepSession(room, shelf()[0], BUILT_IN, parts)
        session.open()
        yield room, session


def pass_time(session: LockStepSession, seconds: float) -> None:
    until = session.now + seconds
    while session.now < until:
        session.step()


def heard(session: LockStepSession) -> list[str]:
    return [entry.text for entry in session.record.entries if isinstance(entry, Understood) and entry.text]


def test_what_the_guide_says_is_no_command(loud: tuple[SimulatedRoom, LockStepSession]) -> None:
    _, session = loud
    pass_time(session, 12.0)
    (welcome,) = (entry for entry in session.record.entries if isinstance(entry, Narration))
    assert "start" in welcome.text
    assert "stop" in welcome.text
    assert not welcome.cut
    assert heard(session) == []


def test_what_a_person_says_over_it_is_one(loud: tuple[SimulatedRoom, LockStepSession]) -> None:
    room, session = loud
    with Voice("gmw/en-gb-x-rp") as voice:
        said = voice.render("stop", 150).pcm
    session.conversation.handle(Heard(Intent(IntentName.START)), session.now)
    pass_time(session, 6.0)
    assert session.conversation.state.speaking is not None
    room.speak(said)
    pass_time(session, 2.0)
    assert heard(session) == ["stop"]
    assert session.conversation.state.phase.name is PhaseName.STOPPED

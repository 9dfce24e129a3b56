"""What the guide has asked for can be heard, and itself it doesn't hear."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import numpy as np
import numpy.typing as npt
import pytest

from voice.app.hearing import ASKED_FOR, Hearing
from voice.app.lockstep import LockStepSession
from voice.app.opening import first_state, language
from voice.app.vocabulary import CommandsInUse
from voice.audio.exchange import MicrophoneBlock
from voice.audio.format import BLOCK, BLOCK_SECONDS, RATE, Pcm16, Samples, amplitude, rms, to_pcm16
from voice.audio.room import Echo, SimulatedRoom
from voice.language import Commands, Language
from voice.recognition.decision import HOLD_S
from voice.recognition.hypothesis import Hypothesis
from voice.recognition.models import BUILT_IN
from voice.recognition.recognizer import Recognizer
from voice.rehearsal.record import Narration, Understood
from voice.routine import find
from voice.session import legal
from voice.session.events import Heard
from voice.session.intents import Intent, IntentName
from voice.session.state import PhaseName
from voice.synthesis.speech import Voice

TEXT = (
    "Warm a little oil between your palms, and lay them flat on the lower back. Glide up over the back to "
    "the shoulders, out to the sides, and lightly down again. Keep your arms straight, and lean in. "
)
NOTHING = np.zeros(BLOCK, dtype=np.float32)


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
        session = LockStepSession(room, find("lower-back-strokes"), BUILT_IN, parts)
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


def test_it_falls_silent_at_what_may_be_a_stop_until_that_is_known() -> None:
    mixer, room, recognizer = _Calls(), SimulatedRoom(), Recognizer(BUILT_IN)
    hearing = Hearing(recognizer, mixer)
    hearing.expect(CommandsInUse(language(recognizer)).at(first_state(None)), PhaseName.GUIDING)
    with Voice("gmw/en-us") as voice:
        room.speak(voice.render("stop", 150).pcm)
    believed: list[float] = []
    for _ in range(200):
        events = hearing.hear(MicrophoneBlock(room.step(NOTHING), mixer.now, to_pcm16(NOTHING)))
        believed += [mixer.now for event in events if isinstance(event, Heard)]
        mixer.now += BLOCK_SECONDS
    assert len(believed) == 1
    (hushed, quiet), (sounds, not_quiet) = mixer.hushes
    assert quiet
    assert not not_quiet
    assert hushed <= believed[0] - HOLD_S / 2
    assert sounds == pytest.approx(believed[0] + BLOCK_SECONDS)  # the stop is carried out by then


def understood(hearing: Hearing, room: SimulatedRoom, since: int, seconds: int) -> list[Heard]:
    """What is heard in a room in which nothing is played."""
    blocks = (
        MicrophoneBlock(room.step(NOTHING), number * BLOCK_SECONDS, to_pcm16(NOTHING))
        for number in range(since * 100, (since + seconds) * 100)
    )
    return [event for block in blocks for event in hearing.hear(block) if isinstance(event, Heard)]


def test_what_hurts_is_no_more_than_a_stop_while_it_may_be_an_echo() -> None:
    room, recognizer = SimulatedRoom(), Recognizer(BUILT_IN)
    hearing = Hearing(recognizer, _Calls())
    hearing.expect(CommandsInUse(language(recognizer)).at(first_state(None)), PhaseName.GUIDING)
    with Voice("gmw/en-us") as voice:
        said = voice.render("it tingles", 150).pcm

    def told(since: int) -> list[tuple[str, IntentName]]:
        return [(event.text, event.intent.name) for event in understood(hearing, room, since, 3)]

    hearing.narration_begins(TEXT, 150)
    room.speak(said)
    assert told(0) == [("it tingles", IntentName.STOP)]
    hearing.narration_ends()
    assert told(3) == []
    room.speak(said)
    assert told(6) == [("it tingles", IntentName.NUMB)]


def test_silence_is_not_recognized_and_what_follows_it_is() -> None:
    room, recognizer = SimulatedRoom(), _Counting(BUILT_IN)
    hearing = Hearing(recognizer, _Calls())
    hearing.expect(CommandsInUse(language(recognizer)).at(first_state(None)), PhaseName.GUIDING)
    with Voice("gmw/en-us") as voice:
        said = voice.render("stop", 150).pcm

    assert understood(hearing, room, 0, 10) == []
    assert recognizer.seconds < 6.0
    before = recognizer.seconds
    assert understood(hearing, room, 10, 10) == []
    assert recognizer.seconds == before
    room.speak(said)
    assert [event.text for event in understood(hearing, room, 20, 3)] == ["stop"]


class _Counting(Recognizer):
    """Counts what it has to listen to."""

    seconds = 0.0

    def hear(self, block: npt.NDArray[np.int16]) -> tuple[Hypothesis, ...]:
        self.seconds += len(block) / RATE
        return super().hear(block)


def test_who_speaks_over_it_soon_after_a_break_in_the_sound_is_understood() -> None:
    room = _Breaking(SimulatedRoom(echo=Echo(8.0, 80.0, 0.35)))
    with ExitStack() as parts:
        voice = parts.enter_context(Voice("gmw/en-gb-x-rp"))
        session = LockStepSession(room, find("lower-back-strokes"), BUILT_IN, parts)
        session.open()
        come_to_work(session)
        say(session, IntentName.REPEAT)
        for word, later in (("next", 0.05), ("stop", 0.02)):
            pass_time(session, 2.0)
            room.breaks_off(later)
            pass_time(session, 0.5)
            assert session.conversation.state.speaking is not None
            room.room.speak(voice.render(word, 150).pcm)
            pass_time(session, 2.0)
        assert heard(session) == ["next", "stop"]


@pytest.mark.parametrize("before_s", [0.3, 0.15, 0.0, -0.15])
def test_who_speaks_right_at_a_break_in_the_sound_may_have_said_stop(before_s: float) -> None:
    room = _Breaking(SimulatedRoom(echo=Echo(0.0, 80.0, 0.35), seed=3))
    hearing = Hearing(Recognizer(BUILT_IN), _Calls())
    hearing.expect(CommandsInUse(language(Recognizer(BUILT_IN))).at(first_state(None)), PhaseName.GUIDING)
    with Voice("gmw/en-gb-x-rp") as voice:
        narration, stop = voice.render(TEXT, 150).pcm, voice.render("stop", 150).pcm
    narration = np.tile(narration * (amplitude(-23) / rms(narration)), 2)
    hearing.narration_begins(TEXT * 2, 150)
    said_at, told = 1200, []
    for number, block in enumerate(narration[: 14 * RATE].reshape(-1, BLOCK).astype(np.float32)):
        if number == said_at:
            room.room.speak(stop)
        if number == said_at + round(100 * before_s):
            room.breaks_off(0.05)
        hearing.hear(MicrophoneBlock(room.step(block), number * BLOCK_SECONDS, to_pcm16(block)))
        if said_at + 42 <= number < said_at + 110:  # when the recognizer may hear the word
            told.append(hearing._is_somebodys("stop", urgent=True, at_end=False))
    assert all(told)


def come_to_work(session: LockStepSession) -> None:
    """Answer, with nobody in the room, until the guide speaks of the first step, and let it end."""
    answers = {
        PhaseName.CHOOSING: IntentName.START,
        PhaseName.SCREENING: IntentName.NO,
        PhaseName.PREPARING: IntentName.READY,
    }
    while (phase := session.conversation.state.phase.name) is not PhaseName.GUIDING:
        pass_time(session, 1.0)
        if session.conversation.state.speaking is None:
            say(session, answers[phase])
    while session.conversation.state.speaking is not None:
        session.step()


def say(session: LockStepSession, intent: IntentName) -> None:
    session.conversation.handle(Heard(Intent(intent)), session.now)


class _Breaking:
    """A room in which the echo can be made to come later."""

    def __init__(self, room: SimulatedRoom) -> None:
        self.room = room
        self._heard = np.zeros(0, dtype=np.int16)

    def breaks_off(self, seconds: float) -> None:
        self._heard = np.zeros(round(seconds * RATE), dtype=np.int16)

    def step(self, loudspeaker: Samples) -> Pcm16:
        self._heard = np.concatenate((self._heard, self.room.step(loudspeaker)))
        block, self._heard = self._heard[:BLOCK], self._heard[BLOCK:]
        return block


class _Calls:
    """Notes down when the narration was to make room."""

    def __init__(self) -> None:
        self.now = 0.0
        self.hushes: list[tuple[float, bool]] = []

    def duck(self, ducked: bool) -> None:
        pass

    def hush(self, hushed: bool) -> None:
        self.hushes.append((self.now, hushed))

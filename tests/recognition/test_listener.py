from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from tests.recognition.conftest import Say, Sound, blocks, quiet
from voice.language import Commands, Language
from voice.recognition.listener import Listener
from voice.recognition.models import ModelError
from voice.recognition.recognizer import RATE, Recognizer
from voice.session.events import Heard, NotUnderstood, RejectionReason
from voice.session.intents import Intent, IntentName
from voice.synthesis.speech import Voice

Event = Heard | NotUnderstood


@pytest.fixture(scope="module")
def commands() -> Commands:
    return Language.load("en").commands()


@pytest.fixture
def listener(recognizer: Recognizer, commands: Commands) -> Listener:
    listener = Listener(recognizer)
    listener.expect(commands.grammar(set(IntentName)), commands.match, commands.urgent)
    return listener


def hear(listener: Listener, *sounds: Sound) -> list[tuple[float, Event]]:
    """The events, each with the seconds of these sounds after which it came."""
    heard: list[tuple[float, Event]] = []
    for number, block in enumerate(blocks(*sounds), start=1):
        heard += [(number * 0.01, event) for event in listener.hear(block)]
    return heard


def events(heard: Iterable[tuple[float, Event]]) -> list[Event]:
    return [event for _, event in heard]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("next", Intent(IntentName.NEXT)),
        ("go back", Intent(IntentName.BACK)),
        ("lighter", Intent(IntentName.LIGHTER)),
        ("how long", Intent(IntentName.HOW_LONG)),
        ("thirty seconds more", Intent(IntentName.MORE_TIME, seconds=30.0)),
        ("ouch", Intent(IntentName.PAIN)),
    ],
)
def test_speech_becomes_an_intent(listener: Listener, say: Say, text: str, intent: Intent) -> None:
    assert events(hear(listener, quiet(0.5), say(text), quiet(1.5))) == [Heard(intent, text)]


def test_stop_is_obeyed_before_its_utterance_ends(listener: Listener, say: Say) -> None:
    stop = say("stop")
    ((at, event),) = hear(listener, quiet(0.5), stop, quiet(3))
    assert event == Heard(Intent(IntentName.STOP), "stop")
    # The utterance would end half a second after the word.
    assert at - 0.5 - len(stop) / RATE < 0.45


def test_a_stop_that_was_obeyed_is_not_kept_to_be_heard_again(listener: Listener, say: Say) -> None:
    for block in blocks(quiet(0.5), say("stop"), quiet(1)):
        if listener.hear(block):
            break
    listener.hear(quiet(0.01))
    assert not listener._recognizer._utterance


def test_no_stop_is_a_stop(listener: Listener, say: Say) -> None:
    said = np.concatenate((say("no"), quiet(0.1), say("no"), quiet(0.1), say("stop")))
    assert events(hear(listener, quiet(0.5), said, quiet(2))) == [Heard(Intent(IntentName.STOP), "stop")]


@pytest.mark.parametrize("part", [0.2, 0.5, 0.8])
def test_stop_is_kept_when_what_is_listened_for_changes_in_its_midst(
    listener: Listener, commands: Commands, say: Say, part: float
) -> None:
    stop = say("stop")
    cut = round(len(stop) * part)
    heard = hear(listener, quiet(0.5), stop[:cut])
    listener.expect(commands.grammar({IntentName.CARRY_ON}), commands.match, commands.urgent)
    heard += hear(listener, stop[cut:], quiet(2))
    assert events(heard) == [Heard(Intent(IntentName.STOP), "stop")]


def test_a_stop_is_heard_once_although_listening_goes_on_for_other_things(
    listener: Listener, commands: Commands, say: Say
) -> None:
    sound = iter([*blocks(quiet(0.5), say("stop"), quiet(1.0), say("continue"), quiet(1.5))])
    heard: list[Event] = []
    for block in sound:
        for event in listener.hear(block):
            heard.append(event)
            listener.expect(commands.grammar({IntentName.CARRY_ON}), commands.match, commands.urgent)
    assert heard == [
        Heard(Intent(IntentName.STOP), "stop"),
        Heard(Intent(IntentName.CARRY_ON), "continue"),
    ]


def test_other_speech_is_told_as_not_understood(listener: Listener, say: Say) -> None:
    heard = events(hear(listener, quiet(0.5), say("the weather in Vienna is lovely"), quiet(2)))
    assert heard
    assert all(isinstance(event, NotUnderstood) for event in heard)
    assert all(event.reason is not RejectionReason.DID_NOT_HOLD for event in heard)  # type: ignore[union-attr]  # see above


def test_silence_and_noise_yield_nothing(listener: Listener) -> None:
    noise = np.random.default_rng(1).normal(0, 200, 10 * RATE).astype(np.int16)
    assert hear(listener, quiet(11), noise, quiet(2)) == []


def test_a_model_that_cannot_hear_stop_is_refused(recognizer: Recognizer, commands: Commands) -> None:
    urgent = [phrase for phrase in commands.urgent if "stop" not in phrase]
    with pytest.raises(ModelError, match="without that nobody is safe"):
        Listener(recognizer).expect(commands.grammar(set()), commands.match, urgent)


def test_start_is_not_taken_for_stop_while_nobody_is_being_worked_on(
    recognizer: Recognizer, commands: Commands, say: Say
) -> None:
    listener = Listener(recognizer)
    phrases = commands.grammar({IntentName.START})
    listener.expect(phrases, commands.match, commands.urgent, hurried=False)
    assert events(hear(listener, quiet(0.5), say("start"), quiet(1.5)))[-1] == Heard(
        Intent(IntentName.START), "start"
    )
    ((at, event),) = hear(listener, quiet(0.5), say("stop"), quiet(3))
    assert event == Heard(Intent(IntentName.STOP), "stop")
    assert at < 0.5 + len(say("stop")) / RATE + 0.6, "a stop still acts before its utterance ends"


@pytest.mark.parametrize("seed", range(3))
def test_what_has_been_asked_for_is_expected(recognizer: Recognizer, commands: Commands, seed: int) -> None:
    # British "start" in the hiss of a microphone: hardly to be told from "stop" where neither is expected.
    with Voice("gmw/en-gb-x-rp") as voice:
        word = np.asarray(voice.render("start", 140).pcm * 32_767, np.int16)
    sound = np.concatenate((quiet(1.0), word, quiet(2.0)))
    noisy = (sound + np.random.default_rng(seed).normal(0, 33, len(sound))).astype(np.int16)
    listener = Listener(recognizer)
    phrases = commands.grammar({IntentName.START, IntentName.LIST_ROUTINES})
    listener.expect(phrases, commands.match, commands.urgent, expected=["start"], hurried=False)
    assert events(hear(listener, noisy)) == [Heard(Intent(IntentName.START), "start")]

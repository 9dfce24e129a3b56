"""The guide speaks on and on, and nobody else says a word: whatever its ears take for a command is false."""

from __future__ import annotations

import queue
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace

from tests.benchmarks.recognition.narration import texts
from voice.app.conversation import Turned
from voice.app.ears import Ears
from voice.app.hearing import Hearing
from voice.app.opening import first_state, language
from voice.app.vocabulary import CommandsInUse
from voice.audio.exchange import LockStep, MicrophoneBlock, Room
from voice.audio.format import RATE
from voice.audio.mixer import FIRST_LEVEL, Mixer
from voice.recognition.models import BUILT_IN
from voice.recognition.recognizer import Recognizer
from voice.routine import find
from voice.session import Transition, advance
from voice.session.events import Heard, NotUnderstood, Opened, RejectionReason, SpeechFinished, TimePassed
from voice.session.intents import URGENT, Intent, IntentName
from voice.session.state import PhaseName, Purpose, Speaking, State
from voice.synthesis.rates import words_per_minute
from voice.synthesis.speech import Voice

_GAP_S = 1.0
"""Between two texts, so that their utterances end."""
_SLOWEST, _FASTEST = 2, 4
"""Levels of speech that are drawn from."""


@dataclass(frozen=True, slots=True)
class Alarms:
    """What was heard in so much narration."""

    hours: float
    urgent: tuple[str, ...]
    """Stops and pain."""
    others: tuple[str, ...]
    disowned: int
    """Taken for the guide's own voice, as they were."""


def at_work() -> State:
    """A session that works on the first step, and has told all of it."""
    state = first_state(find("lower-back-strokes"))
    answers = {
        PhaseName.CHOOSING: IntentName.START,
        PhaseName.SCREENING: IntentName.NO,
        PhaseName.PREPARING: IntentName.READY,
    }
    now, state = 0.0, advance(state, Opened(), 0.0).state
    while state.phase.name is not PhaseName.GUIDING or state.speaking is not None:
        now += 1.0
        if state.speaking is not None:
            event: Heard | SpeechFinished | TimePassed = SpeechFinished(state.speaking.utterance_id)
        elif state.phase.name in answers:
            event = Heard(Intent(answers[state.phase.name]))
        else:
            event = TimePassed()
        state = advance(state, event, now).state
    return state


def narrate(room: Room, hours: float, seed: int, progress: Callable[[float], None]) -> Alarms:
    """Let it say all it can say, in another order and at other speeds each time, and listen.

    Args:
        room: Where nobody else is.
        hours: Of narration, and the gaps between.
        seed: Of order and speeds.
        progress: Called with seconds of audio.
    """
    mixer = Mixer()
    mixer.volume(FIRST_LEVEL)
    blocks: queue.Queue[MicrophoneBlock] = queue.Queue(1)
    finished: list[int] = []
    sound = LockStep(mixer, blocks, finished.append, room)
    recognizer, state = Recognizer(BUILT_IN), at_work()
    hearing = Hearing(recognizer, mixer)
    ears = Ears(hearing, CommandsInUse(language(recognizer)), state)
    urgent, others, disowned = list[str](), list[str](), 0
    with ExitStack() as parts:
        voice = parts.enter_context(Voice())
        for number, (text, speed) in enumerate(_said(seed), start=1):
            pcm = voice.render(text, words_per_minute(speed)).pcm
            speaking = replace(state, speaking=Speaking(number, Purpose.ANSWER), speech_rate=speed)
            ears.turned(_turn(sound.audio_time, state, speaking, {number: text}))
            mixer.say(number, pcm)
            silent_at = None
            while silent_at is None or sound.audio_time < silent_at + _GAP_S:
                sound.step()
                if finished:
                    finished.clear()
                    silent_at = sound.audio_time
                    ears.turned(_turn(sound.audio_time, speaking, state, {}))
                for event in ears.hear(blocks.get_nowait()):
                    if isinstance(event, Heard):
                        (urgent if event.intent.name in URGENT else others).append(f"{event.text} ({text})")
                    elif isinstance(event, NotUnderstood) and event.reason is RejectionReason.OWN_VOICE:
                        disowned += 1
            progress(len(pcm) / RATE + _GAP_S)
            if sound.audio_time >= hours * 3600:
                break
    return Alarms(sound.audio_time / 3600, tuple(urgent), tuple(others), disowned)


def _said(seed: int) -> Iterator[tuple[str, int]]:
    draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
    said = texts()
    while True:
        for text in draw.sample(said, len(said)):
            yield text, draw.randint(_SLOWEST, _FASTEST)


def _turn(now: float, before: State, after: State, texts: dict[int, str]) -> Turned:
    return Turned(now, before, TimePassed(), Transition(after, (), None), texts)

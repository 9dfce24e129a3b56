"""The guide speaks on and on, and nobody else says a word: whatever its ears take for a command is false."""

from __future__ import annotations

import queue
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tests.benchmarks.recognition.narration import texts
from voice.app.conversation import Turned
from voice.app.ears import Ears
from voice.app.hearing import Hearing
from voice.app.opening import first_state, language
from voice.app.vocabulary import CommandsInUse
from voice.audio.exchange import LockStep, MicrophoneBlock, Room
from voice.audio.format import Samples
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

from .acoustics import Acoustics

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
    breaks: int = 0
    """How often the sound broke off."""


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


class Narrator:
    """The guide at work in a room: says what it is given, and listens."""

    def __init__(self, room: Room, echo_delay_s: float | None = None) -> None:
        """Make one; `echo_delay_s`: what a soundcheck has found of the echo, if there was one."""
        self._mixer = Mixer()
        self._mixer.volume(FIRST_LEVEL)
        self._blocks: queue.Queue[MicrophoneBlock] = queue.Queue(1)
        self._finished: list[int] = []
        self._sound = LockStep(self._mixer, self._blocks, self._finished.append, room)
        recognizer, self._silent = Recognizer(BUILT_IN), at_work()
        hearing = Hearing(recognizer, self._mixer, echo_delay_s)
        self._ears = Ears(hearing, CommandsInUse(language(recognizer)), self._silent)
        self._texts = 0
        self._speaking = self._silent

    @property
    def now(self) -> float:
        """Audio time, in seconds."""
        return self._sound.audio_time

    def begins(self, text: str, pcm: Samples, speed: int) -> None:
        """It says this, at that level of speed, from the next block on."""
        self._texts += 1
        speaking = Speaking(self._texts, Purpose.ANSWER)
        self._speaking = replace(self._silent, speaking=speaking, speech_rate=speed)
        self._ears.turned(_turn(self.now, self._silent, self._speaking, {self._texts: text}))
        self._mixer.say(self._texts, pcm)

    @property
    def speaks(self) -> bool:
        """Whether it is saying something."""
        return self._speaking is not self._silent

    def step(self) -> tuple[Heard | NotUnderstood, ...]:
        """Let 10 ms pass; what was heard."""
        self._sound.step()
        if self._finished:
            self._finished.clear()
            self._ears.turned(_turn(self.now, self._speaking, self._silent, {}))
            self._speaking = self._silent
        return self._ears.hear(self._blocks.get_nowait())


def narrate(room: Room, hours: float, seed: int) -> Alarms:
    """Let it say all it can say, in another order and at other speeds each time, and listen.

    Args:
        room: Where nobody else is.
        hours: Of narration, and the gaps between.
        seed: Of order and speeds.
    """
    narrator = Narrator(room)
    urgent, others, disowned = list[str](), list[str](), 0
    with Voice() as voice:
        for text, speed in said(seed):
            narrator.begins(text, voice.render(text, words_per_minute(speed)).pcm, speed)
            silent_at = None
            while silent_at is None or narrator.now < silent_at + _GAP_S:
                for event in narrator.step():
                    if isinstance(event, Heard):
                        (urgent if event.intent.name in URGENT else others).append(f"{event.text} ({text})")
                    elif event.reason is RejectionReason.OWN_VOICE:
                        disowned += 1
                if silent_at is None and not narrator.speaks:
                    silent_at = narrator.now
            if narrator.now >= hours * 3600:
                break
    return Alarms(narrator.now / 3600, tuple(urgent), tuple(others), disowned)


def sum_of(some: Sequence[Alarms]) -> Alarms:
    """All of them together."""
    return Alarms(
        sum(each.hours for each in some),
        tuple(text for each in some for text in each.urgent),
        tuple(text for each in some for text in each.others),
        sum(each.disowned for each in some),
    )


def narrate_in(acoustics: Acoustics, level_db: float, hours: float, seed: int) -> Alarms:
    """`narrate` in a room, whose narration is played at that level, in dBFS while speaking."""
    return narrate(acoustics.room(level_db, seed), hours, seed)


def said(seed: int) -> Iterator[tuple[str, int]]:
    """All it can say, again and again, each with a level of speed."""
    draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
    every = texts()
    while True:
        for text in draw.sample(every, len(every)):
            yield text, draw.randint(_SLOWEST, _FASTEST)


def _turn(now: float, before: State, after: State, texts: dict[int, str]) -> Turned:
    return Turned(now, before, TimePassed(), Transition(after, (), None), texts)

"""A massage that is kept in the diary, to be killed: somebody answers and asks at random, in a hurry.

Prints a line of JSON for everything that was acted on, after it was; the first is what it was taken up with.
"""

from __future__ import annotations

import json
import random
import sys
import time
from contextlib import ExitStack
from dataclasses import replace

from voice.app.by_text import SilentSpeaker
from voice.app.conversation import Conversation, Turned
from voice.app.keeping import Keeping
from voice.app.opening import first_state, language
from voice.routine import find
from voice.session import course
from voice.session.events import (
    Event,
    Heard,
    NotUnderstood,
    Opened,
    RejectionReason,
    SpeechFinished,
    TimePassed,
)
from voice.session.intents import Intent, IntentName
from voice.session.state import Manner, PhaseName, State

SPEED = 60.0
"""Seconds of the session in one of the machine's."""
_LOOK_S = 0.5
_ANSWERS = {
    PhaseName.CHOOSING: [Intent(IntentName.START)],
    PhaseName.PREPARING: [Intent(IntentName.READY), Intent(IntentName.RATE, number=4)],
    PhaseName.CHECKING_IN: [Intent(IntentName.YES), Intent(IntentName.LIGHTER)],
    PhaseName.PAUSED: [Intent(IntentName.CARRY_ON)],
    PhaseName.STOPPED: [Intent(IntentName.CARRY_ON)],
    PhaseName.ASKING_ABOUT_PAIN: [Intent(IntentName.TOO_MUCH), Intent(IntentName.PAIN)],
    PhaseName.CONFIRMING: [Intent(IntentName.NO), Intent(IntentName.YES)],
    PhaseName.FINISHED: [Intent(IntentName.RATE, number=8)],
}
_WISHES = [
    Intent(name)
    for name in (
        *(IntentName.NEXT, IntentName.LIGHTER, IntentName.FIRMER, IntentName.PAUSE, IntentName.STOP),
        *(IntentName.PAIN, IntentName.MORE_TIME, IntentName.HOW_LONG, IntentName.WHY, IntentName.FINISH),
    )
]


def first(seed: int) -> State:
    """A session before its first event, of few words and without the questions: so more of it is work."""
    return replace(
        first_state(find("whole-back"), seed=seed), questions=(), manner=Manner.BRIEF, speech_rate=5
    )


class Clock:
    """Seconds of the session, which began at `start`."""

    def __init__(self, start: float) -> None:
        self._start, self._began = start, time.monotonic()

    @property
    def now(self) -> float:
        return self._start + (time.monotonic() - self._began) * SPEED

    def wait_until(self, moment: float) -> None:
        time.sleep(max(0.0, moment - self.now) / SPEED)


def where(state: State, now: float) -> dict[str, object]:
    """What has to be right after everything."""
    massage = state.massage
    return {
        "now": now,
        "phase": state.phase.name,
        "beat": None if massage is None else massage.index,
        "left": None if massage is None else course.left(massage, now),
        "worked": None if massage is None else course.worked(massage, now),
        "utterances": state.utterances,
    }


class Telling:
    """A witness that prints what was acted on."""

    def __init__(self) -> None:
        self.acted = 0

    def turned(self, turn: Turned) -> None:
        self.acted += 1
        self.tell(turn.transition.state, turn.now)

    def tell(self, state: State, now: float) -> None:
        print(json.dumps({"acted": self.acted, **where(state, now)}), flush=True)


def wanted(state: State, chance: random.Random, stays_stopped: float = 0.99) -> Event | None:
    """What somebody says now, if anything; asked twice a second, they leave it stopped with this chance."""
    if chance.random() < 0.02:
        return NotUnderstood(RejectionReason.OUT_OF_VOCABULARY, "somebody's words")
    if state.phase.name is PhaseName.GUIDING:
        return Heard(chance.choice(_WISHES)) if chance.random() < 0.01 else None
    if state.speaking is not None:
        return None
    patience = 1 - stays_stopped if state.phase.name is PhaseName.STOPPED else 0.3
    return Heard(chance.choice(_ANSWERS[state.phase.name])) if chance.random() < patience else None


def main(seed: int) -> None:
    """Until it is killed."""
    chance, telling = random.Random(seed), Telling()  # noqa: S311 - repeatable, not secret
    with ExitStack() as parts:
        keeping = Keeping.opened(parts, lambda text: print(json.dumps({"complaint": text}), flush=True))
        recalled = keeping.recall(first(seed))
        clock = Clock(recalled.now)
        speaker = SilentSpeaker(clock)
        talk = Conversation(recalled.state, language().prompts, speaker, [telling, keeping], keeping.happens)
        telling.tell(talk.state, recalled.now)
        for event in (*recalled.catching_up, Opened()):
            talk.handle(event, clock.now)
        while True:
            clock.wait_until(clock.now + _LOOK_S)
            now = clock.now
            if speaker.ends_at is not None and speaker.ends_at <= now and speaker.speaking is not None:
                ended = speaker.speaking
                speaker.cut_short()
                talk.handle(SpeechFinished(ended), now)
            if talk.deadline is not None and talk.deadline <= now:
                talk.handle(TimePassed(), now)
            if (wish := wanted(talk.state, chance)) is not None:
                talk.handle(wish, clock.now)
            keeping.alive(talk.state, clock.now)
            telling.tell(talk.state, clock.now)


if __name__ == "__main__":
    main(int(sys.argv[1]))

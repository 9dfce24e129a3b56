"""The product at work in a room, somebody who says "stop", and whether it is obeyed."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np

from tests.benchmarks.recognition.clips import Clip, word_end
from voice.app.lockstep import LockStepSession
from voice.audio.exchange import Room
from voice.audio.format import Pcm16, Samples, from_pcm16
from voice.audio.room import SimulatedRoom, speech_level
from voice.recognition.models import BUILT_IN
from voice.routine import find
from voice.session.events import Heard
from voice.session.intents import Intent, IntentName
from voice.session.state import PhaseName

from .acoustics import Acoustics

CUT_S = 0.012
"""From a stop believed to zeros: the next block, and 2 ms of fading."""
HUSH_S = 0.03
"""From a stop suspected to zeros: the next block, and 20 ms of gliding."""
_TOO_LATE_S = 1.5
"""After the word's end: so long nobody waits with pain."""
_INTO_NARRATION_S = (0.3, 3.0)
"""How long it has been speaking when somebody says "stop"."""
_SILENT_S = 0.6
_PATIENCE_S = 180.0
_ANSWERS: Mapping[PhaseName, IntentName] = {
    PhaseName.CHOOSING: IntentName.START,
    PhaseName.SCREENING: IntentName.NO,
    PhaseName.PREPARING: IntentName.READY,
    PhaseName.PAUSED: IntentName.CARRY_ON,
    PhaseName.STOPPED: IntentName.CARRY_ON,
    PhaseName.ASKING_ABOUT_PAIN: IntentName.TOO_MUCH,
    PhaseName.CHECKING_IN: IntentName.YES,
    PhaseName.CONFIRMING: IntentName.NO,
}
"""What leads back to the work, given to the session as if it had been heard."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One "stop", and what came of it."""

    speaker: str
    delay: float | None
    """Seconds from the word's end to silence, negative before it; None: it was not obeyed."""
    believed: float | None = None
    """Seconds from the word's end to the moment from which on silence lasts; None: not, or not known."""


class Loudspeaker:
    """A room that remembers what was played in it."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self.played: list[Samples] = []

    def step(self, loudspeaker: Samples) -> Pcm16:
        """Let 10 ms pass."""
        self.played.append(loudspeaker.copy())
        return self._room.step(loudspeaker)


def narration_db() -> float:
    """Level of the narration as it is played at first, in dBFS while speaking."""
    with ExitStack() as parts:
        heard = Loudspeaker(SimulatedRoom())
        session = LockStepSession(heard, find("lower-back-strokes"), BUILT_IN, parts)
        session.open()
        session.step()
        while session.conversation.state.speaking is not None:
            session.step()
        return 20 * float(np.log10(speech_level(np.concatenate(heard.played))))


class Guide:
    """A session that is led from step to step, and stopped now and then."""

    def __init__(self, acoustics: Acoustics, level_db: float, parts: ExitStack, seed: int) -> None:
        """Open it; `level_db` is the narration's level as it is played."""
        self._chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self._room = acoustics.room(level_db, seed)
        self._session = LockStepSession(self._room, find("lower-back-strokes"), BUILT_IN, parts)
        self._session.open()
        self._step()

    @property
    def seconds(self) -> float:
        """Audio time."""
        return self._session.now

    def stop(self, clip: Clip, *, narrating: bool) -> Trial:
        """Say "stop", while it narrates or while it works in silence, and wait for what happens."""
        self._lead_to_work(narrating=narrating)
        self._room.speak(from_pcm16(clip.sound))
        ends = self._session.now + word_end(clip.sound)
        hushed: float | None = None
        ears = self._session._ears
        assert ears is not None  # a model was given
        hearing = ears._hearing
        while self._session.now < ends + _TOO_LATE_S:
            self._step()
            believed = self._session.now - ends
            if self._phase is PhaseName.STOPPED:
                cut = believed + CUT_S
                return Trial(clip.speaker, cut if hushed is None else min(cut, hushed + HUSH_S), believed)
            if not hearing._hushed:
                hushed = None
            elif hushed is None:
                hushed = believed
        return Trial(clip.speaker, None)

    @property
    def _phase(self) -> PhaseName:
        return self._session.conversation.state.phase.name

    @property
    def _speaks(self) -> bool:
        return self._session.conversation.state.speaking is not None

    def _step(self) -> None:
        self._session.step()

    def _say(self, intent: IntentName) -> None:
        self._session.conversation.handle(Heard(Intent(intent)), self._session.now)

    def _lead_to_work(self, *, narrating: bool) -> None:
        given_up = self._session.now + _PATIENCE_S
        while self._session.now < given_up:
            if self._phase is not PhaseName.GUIDING:
                if not self._speaks and (answer := _ANSWERS.get(self._phase)):
                    self._say(answer)
            elif narrating and not self._speaks:
                self._say(IntentName.REPEAT)
            if self._stays(self._chance.uniform(*_INTO_NARRATION_S) if narrating else _SILENT_S, narrating):
                return
        raise RuntimeError(f"the guide didn't come to work, it is {self._phase}")

    def _stays(self, seconds: float, narrating: bool) -> bool:
        """Let time pass; whether it has been at work all the while, speaking or silent."""
        until = self._session.now + seconds
        while self._session.now < until:
            self._step()
            if self._phase is not PhaseName.GUIDING or self._speaks != narrating:
                return False
        return True


def obeyed(acoustics: Acoustics, level_db: float, said: Sequence[Clip], seed: int = 1) -> list[Trial]:
    """What becomes of each of these, one after the other in one room."""
    with ExitStack() as parts:
        guide = Guide(acoustics, level_db, parts, seed)
        return [guide.stop(clip, narrating=acoustics.ratio is not None) for clip in said]

"""Renders a whole massage into a sound file: what is heard by somebody who says only what has to be said.

Nobody listens here, so the session is told what is asked for; everything else is real, in lock-step.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from voice.audio.room import SimulatedRoom
from voice.audio.wav import WavWriter
from voice.rehearsal.audacity import label_track
from voice.session import course
from voice.session.intents import IntentName
from voice.session.plan import Plan
from voice.session.state import Guiding, Massage, PhaseName, State

from .lockstep import LockStepSession
from .replacing import replacing

_ANSWERS = {
    PhaseName.CHOOSING: IntentName.START,
    PhaseName.SCREENING: IntentName.NO,
    PhaseName.PREPARING: IntentName.READY,
}
"""What has to be said before the first step."""
_ANSWER_AFTER_S = 1.0
"""Silence before an answer, and after the closing words."""
_OPEN_STEP_S = 10.0
"""Silence on a step that lasts until "next", after all that is said on it, before that is said."""


def labels_beside(sound: Path) -> Path:
    """Where the timing of a sound file is written."""
    return sound.with_suffix(".labels.txt")


def preview(plan: Plan, out: Path, progress: Callable[[float], object] = lambda _: None) -> float:
    """Write the sound of a whole massage, and its timing beside it: both whole, or neither.

    Args:
        plan: The massage.
        out: The WAV to write; what is there is replaced, and so are its labels.
        progress: Given, every 10 ms of sound, how much is done: from 0 to 1.

    Returns:
        How long it is, in seconds.

    Raises:
        DocumentError: A bundled file is wrong.
        AudioFileError: The sound can't be written.
        VoiceUnavailable: The voice can't speak.
        OSError: The folder or the labels can't be written.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with replacing(out) as sound, replacing(labels_beside(out)) as labels, ExitStack() as parts:
        room = SimulatedRoom()
        session = LockStepSession(room, plan, None, parts)
        listener = parts.enter_context(WavWriter(sound))
        session.open()
        begun, silent_since = False, 0.0
        while True:
            session.step()
            listener.write(room.bystander_block)
            state = session.conversation.state
            if state.speaking is not None:
                silent_since = session.now
            if state.massage is not None:
                begun = True
                progress(_done(state.massage, session.now))
            silence = session.now - silent_since
            over = state.massage is None or state.phase.name is PhaseName.FINISHED
            if begun and over and silence >= _ANSWER_AFTER_S:
                break
            if (asked := _due(state, silence)) is not None:
                session.ask_for(asked)
        session.record.close(session.now)
        labels.write_text(label_track(session.record), encoding="utf-8")
    return session.now


def _done(massage: Massage, now: float) -> float:
    """The share of the beats that is over, counting what is worked of the one that goes on."""
    worked = min(1.0, course.worked(massage, now) / massage.length) if massage.length else 0.0
    return (massage.index + worked) / len(massage.plan.beats)


def _due(state: State, silence: float) -> IntentName | None:
    """What has to be said now, after so many seconds of silence, for the massage to go on."""
    if isinstance(state.phase, Guiding):
        waits = state.massage is not None and _waits_for_next(state.massage)
        return IntentName.NEXT if waits and silence >= _OPEN_STEP_S else None
    return _ANSWERS.get(state.phase.name) if silence >= _ANSWER_AFTER_S else None


def _waits_for_next(massage: Massage) -> bool:
    """Whether the step that is being done has no end of its own, and nothing to say any more."""
    return massage.told and massage.length is None and len(massage.cues_said) == len(massage.beat.cues)

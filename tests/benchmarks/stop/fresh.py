"""A "stop" into the first words that the guide says, when the echo canceller knows nothing of the room."""

from __future__ import annotations

from collections.abc import Sequence

from tests.benchmarks.recognition.clips import Clip, word_end
from tests.benchmarks.recognition.figures import Share
from voice.audio.format import from_pcm16
from voice.session.events import Heard
from voice.session.intents import URGENT
from voice.synthesis.rates import words_per_minute
from voice.synthesis.speech import Voice

from .acoustics import DELAY_MS, Acoustics
from .alone import Narrator, said

INTO_S = (0.5, 1.5, 3.0)
"""How long it has been speaking when somebody says "stop"."""
_SPEED = 3
_LONG = 100
"""Characters: it speaks for longer than all this takes."""
_TOO_LATE_S = 1.5


def obeyed(
    acoustics: Acoustics, level_db: float, clips: Sequence[Clip], into_s: float, *, known: bool
) -> Share:
    """How many are obeyed, each in a room of its own.

    Args:
        acoustics: Of the room.
        level_db: Of the narration as it is played, in dBFS while speaking.
        clips: Recordings of "stop".
        into_s: Seconds of narration before each.
        known: Whether a soundcheck has told the echo's delay.
    """
    heard = 0
    with Voice() as voice:
        long = (text for text, _ in said(seed=4) if len(text) > _LONG)
        for seed, (clip, text) in enumerate(zip(clips, long, strict=False)):
            room = acoustics.room(level_db, seed)
            narrator = Narrator(room, DELAY_MS / 1000 if known else None)
            narrator.begins(text, voice.render(text, words_per_minute(_SPEED)).pcm, _SPEED)
            while narrator.now < into_s:
                narrator.step()
            room.speak(from_pcm16(clip.sound))
            ends = narrator.now + word_end(clip.sound)
            stopped = False
            while not stopped and narrator.now < ends + _TOO_LATE_S:
                events = narrator.step()
                stopped = any(isinstance(each, Heard) and each.intent.name in URGENT for each in events)
            heard += stopped
    return Share(heard, len(clips))

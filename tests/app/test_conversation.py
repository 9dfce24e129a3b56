"""A conversation begins with the voice that its session has, also one that is taken up."""

from __future__ import annotations

from dataclasses import replace

from voice.app.by_text import ManualClock, SilentSpeaker
from voice.app.conversation import Conversation
from voice.app.opening import first_state, language


class _Speaker(SilentSpeaker):
    level = 3

    def volume(self, level: int) -> None:
        self.level = level


def _spoken(speech_rate: int) -> float:
    """Seconds that ten words take."""
    speaker = _Speaker(ManualClock())
    state = replace(first_state(None), volume=5, speech_rate=speech_rate)
    Conversation(state, language().prompts, speaker)
    assert speaker.level == 5
    speaker.say(1, ("one two three four five six seven eight nine ten",))
    assert speaker.ends_at is not None
    return speaker.ends_at


def test_a_session_that_is_taken_up_sounds_as_it_did() -> None:
    assert _spoken(1) > _spoken(3) > _spoken(5)

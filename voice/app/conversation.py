"""The session loop: an event goes in, the session decides, and its actions are carried out in order.

Owns the session's state. Whoever runs it gives it every event with its time, one at a time, from one thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from voice.language import Prompts
from voice.session import Transition, advance
from voice.session.actions import (
    Action,
    Chime,
    CutShort,
    Earcon,
    KeepTempo,
    Say,
    SetSpeechRate,
    SetVolume,
    Silence,
)
from voice.session.events import Event
from voice.session.state import State


class Speaker(Protocol):
    """What a session speaks through; `SpeechFinished` comes back by whatever way the sound goes."""

    def say(self, utterance_id: int, texts: tuple[str, ...]) -> None:
        """Begin to speak; nothing else is being spoken."""

    def cut_short(self) -> None:
        """End the utterance; earcons and the tempo beat go on."""

    def silence(self) -> None:
        """End everything that sounds, at once."""

    def chime(self, earcon: Earcon) -> None:
        """Play an earcon."""

    def tempo(self, strokes_per_minute: float | None) -> None:
        """Play a soft beat, or none."""

    def volume(self, level: int) -> None:
        """Loudness of the narration, 1 to 5."""

    def speech_rate(self, level: int) -> None:
        """Speed of the narration from the next utterance on, 1 to 5."""


@dataclass(frozen=True, slots=True)
class Turned:
    """One turn of the conversation, for those who watch it."""

    now: float
    before: State
    event: Event
    transition: Transition
    texts: Mapping[int, str]
    """The words of the utterances that began, by their ids."""


class Witness(Protocol):
    """Somebody who watches a conversation."""

    def turned(self, turn: Turned) -> None:
        """A turn has been taken, and its actions carried out."""


class Conversation:
    """A session with a voice."""

    def __init__(
        self,
        state: State,
        prompts: Prompts,
        speaker: Speaker,
        witnesses: Iterable[Witness] = (),
        before_acting: Callable[[Event, float], object] | None = None,
    ) -> None:
        """Make one; it begins with the first event, which is `Opened`.

        Args:
            state: The session.
            prompts: Words the lines.
            speaker: Speaks them.
            witnesses: Watch every turn.
            before_acting: Given each event and its time before anything is done about it.
        """
        self.state = state
        self.deadline: float | None = None
        """When `TimePassed` is due."""
        self._prompts = prompts
        self._speaker = speaker
        self._witnesses = tuple(witnesses)
        self._before_acting = before_acting
        # A session that is taken up was made louder or slower by another program.
        speaker.volume(state.volume)
        speaker.speech_rate(state.speech_rate)

    def handle(self, event: Event, now: float) -> None:
        """Answer one event; `now` never goes back."""
        before = self.state
        transition = advance(before, event, now)
        if self._before_acting is not None:
            self._before_acting(event, now)
        self.state, self.deadline = transition.state, transition.deadline
        texts: dict[int, str] = {}
        for action in transition.actions:
            if isinstance(action, Say):
                lines = tuple(self._prompts.render(spoken) for spoken in action.lines)
                texts[action.utterance_id] = " ".join(lines)
                self._speaker.say(action.utterance_id, lines)
            else:
                self._carry_out(action)
        turn = Turned(now, before, event, transition, texts)
        for witness in self._witnesses:
            witness.turned(turn)

    def _carry_out(self, action: Action) -> None:
        match action:
            case CutShort():
                self._speaker.cut_short()
            case Silence():
                self._speaker.silence()
            case Chime(earcon=earcon):
                self._speaker.chime(earcon)
            case KeepTempo(strokes_per_minute=tempo):
                self._speaker.tempo(tempo)
            case SetVolume(level=level):
                self._speaker.volume(level)
            case SetSpeechRate(level=level):
                self._speaker.speech_rate(level)
            case Say():
                raise RuntimeError("an utterance is spoken line by line")

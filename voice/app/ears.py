"""The ears of a session: listens for what can be said in its state.

Watches the conversation on the session's thread and listens on its own; a new expectation is taken up with
the next block.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voice.audio.alignment import AlignedCanceller
from voice.audio.ducking import Ducking
from voice.audio.exchange import MicrophoneBlock
from voice.audio.near_end import NearEnd
from voice.language import Commands
from voice.recognition.listener import Listener
from voice.recognition.own_voice import OwnVoice
from voice.recognition.recognizer import Recognizer
from voice.session import legal
from voice.session.events import Heard, NotUnderstood, RejectionReason
from voice.session.intents import URGENT, IntentName
from voice.session.state import HANDS_ON, PhaseName, State
from voice.synthesis.rates import words_per_minute

from .conversation import Turned
from .vocabulary import CommandsInUse

ASKED_FOR: Mapping[PhaseName, tuple[IntentName, ...]] = {
    PhaseName.CHOOSING: (IntentName.START,),
    PhaseName.SCREENING: (IntentName.YES, IntentName.NO),
    PhaseName.PREPARING: (IntentName.READY,),
    PhaseName.CHECKING_IN: (IntentName.YES, IntentName.NO),
    PhaseName.PAUSED: (IntentName.CARRY_ON,),
    PhaseName.STOPPED: (IntentName.CARRY_ON,),
    PhaseName.CONFIRMING: (IntentName.YES, IntentName.NO),
    PhaseName.FINISHED: (IntentName.START,),
}
"""What the guide has asked for in a phase, so it is what will be said there more than anything else."""


_URGENT_SPAN_S = 1.0
"""Within so long before a stop is believed, somebody has to have said it."""
_PHRASE_SPAN_S = 2.5
"""The same of a phrase, which is known when silence has followed it."""


class Ears:
    """Sound in, events out. A witness of the conversation it listens for."""

    def __init__(
        self,
        recognizer: Recognizer,
        commands: CommandsInUse,
        state: State,
        duck: Callable[[bool], None] = lambda _: None,
    ) -> None:
        """Listen for what can be said in `state`.

        Args:
            recognizer: Who listens.
            commands: What can be said.
            state: Of the session at first.
            duck: Told when the narration is to step back, and when to come forward; on the thread that
                listens.

        Raises:
            ModelError: The model can't be used.
        """
        self._echo = AlignedCanceller()
        self._near_end = NearEnd()
        self._own_voice = OwnVoice()
        self._ducking = Ducking()
        self._duck = duck
        self._audio_time = 0.0
        self._listener = Listener(recognizer)
        self._commands = commands
        self._wanted = self._expectation(state)
        self._taken_up = self._wanted
        self._expect()

    def _expectation(self, state: State) -> tuple[Commands, PhaseName]:
        return self._commands.at(state), state.phase.name

    def turned(self, turn: Turned) -> None:
        """The session may be in another phase now, in another massage, and saying something else."""
        state = turn.transition.state
        self._wanted = self._expectation(state)
        if state.speaking is None:
            self._own_voice.ends(self._audio_time)
        elif state.speaking.utterance_id in turn.texts:
            text = turn.texts[state.speaking.utterance_id]
            self._own_voice.begins(text, self._audio_time, words_per_minute(state.speech_rate))

    def hear(self, block: MicrophoneBlock) -> tuple[Heard | NotUnderstood, ...]:
        """Listen on to 10 ms of sound."""
        if self._wanted != self._taken_up:
            self._taken_up = self._wanted
            self._expect()
        self._audio_time = block.at
        cleaned = self._echo.clean(block)
        self._near_end.hear(cleaned, block.at)
        events = tuple(map(self._disowned, self._listener.hear(cleaned.samples)))
        self._step_back(known=bool(events))
        return events

    def _step_back(self, *, known: bool) -> None:
        """Let the narration step back for who speaks, until it is `known` what was said."""
        before = self._ducking.ducked
        self._ducking.hear(self._near_end.speaks)
        if known:
            self._ducking.settle()
        if self._ducking.ducked != before:
            self._duck(self._ducking.ducked)

    def _disowned(self, event: Heard | NotUnderstood) -> Heard | NotUnderstood:
        """What the guide has said itself is no command."""
        if isinstance(event, Heard):
            urgent = event.intent.name in URGENT
            somebody = self._near_end.sounded(
                self._audio_time - (_URGENT_SPAN_S if urgent else _PHRASE_SPAN_S)
            )
            heard_before = self._own_voice.explains(event.text, self._audio_time, urgent=urgent)
            if not somebody or (heard_before and not (urgent and self._near_end.trusted)):
                return NotUnderstood(RejectionReason.OWN_VOICE, event.text)
        return event

    def _expect(self) -> None:
        commands, phase = self._taken_up
        self._listener.expect(
            commands.grammar(legal(phase)),
            commands.match,
            commands.urgent,
            expected=[commands.example(intent) for intent in ASKED_FOR.get(phase, ())],
            hurried=phase in HANDS_ON,
        )

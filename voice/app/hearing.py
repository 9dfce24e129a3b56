"""From microphone blocks to events: the echo taken out, the words recognized, the guide's own disowned.

Knows what is listened for and what the guide is saying, because it is told; holds no state of a session.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voice.audio.alignment import AlignedCanceller
from voice.audio.ducking import Ducking
from voice.audio.echo import SILENCE
from voice.audio.exchange import MicrophoneBlock
from voice.audio.near_end import NearEnd
from voice.language import Commands
from voice.recognition.listener import Listener
from voice.recognition.own_voice import OwnVoice
from voice.recognition.recognizer import Recognizer
from voice.session import legal
from voice.session.events import Heard, NotUnderstood, RejectionReason
from voice.session.intents import URGENT, IntentName
from voice.session.state import HANDS_ON, PhaseName

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


class Hearing:
    """Sound in, events out; `expect` has to be called before `hear`."""

    def __init__(
        self, recognizer: Recognizer, duck: Callable[[bool], None], echo_delay_s: float | None = None
    ) -> None:
        """Make one.

        Args:
            recognizer: Who listens.
            duck: Told when the narration is to step back, and when to come forward; on the thread that
                calls `hear`.
            echo_delay_s: From a sound's being played to its being heard, where that was measured before.
        """
        self._echo = AlignedCanceller(echo_delay_s)
        self.cleaned = SILENCE
        """The last block, as it is without the echo."""
        self._near_end = NearEnd()
        self._own_voice = OwnVoice()
        self._ducking = Ducking()
        self._duck = duck
        self._audio_time = 0.0
        self._listener = Listener(recognizer)

    def expect(self, commands: Commands, phase: PhaseName) -> None:
        """Listen for what can be said in a phase.

        Raises:
            ModelError: The model can hear none of the phrases that ask to stop.
        """
        self._listener.expect(
            commands.grammar(legal(phase)),
            commands.match,
            commands.urgent,
            expected=[commands.example(intent) for intent in ASKED_FOR.get(phase, ())],
            hurried=phase in HANDS_ON,
        )

    def narration_begins(self, text: str, words_per_minute: float) -> None:
        """The guide begins to say this."""
        self._own_voice.begins(text, self._audio_time, words_per_minute)

    def narration_ends(self) -> None:
        """It has said it, or was cut short."""
        self._own_voice.ends(self._audio_time)

    def hear(self, block: MicrophoneBlock) -> tuple[Heard | NotUnderstood, ...]:
        """Listen on to 10 ms of sound."""
        self._audio_time = block.at
        self.cleaned = self._echo.clean(block)
        self._near_end.hear(self.cleaned, block.at)
        events = tuple(map(self._disowned, self._listener.hear(self.cleaned.samples)))
        self._step_back(known=bool(events))
        return events

    @property
    def somebody_speaks(self) -> bool:
        """Whether somebody sounds over the narration and over what noise goes on all the time."""
        return self._near_end.speaks

    @property
    def echo_delay_s(self) -> float | None:
        """From a sound's being played to its being heard; None while nothing is known."""
        return self._echo.delay_s

    def _step_back(self, *, known: bool) -> None:
        """Let the narration step back for who speaks, until it is `known` what was said."""
        before = self._ducking.ducked
        self._ducking.hear(self.somebody_speaks)
        if known:
            self._ducking.settle()
        if self._ducking.ducked != before:
            self._duck(self._ducking.ducked)

    def _disowned(self, event: Heard | NotUnderstood) -> Heard | NotUnderstood:
        """What the guide has said itself is no command."""
        if not isinstance(event, Heard):
            return event
        urgent = event.intent.name in URGENT
        span = _URGENT_SPAN_S if urgent else _PHRASE_SPAN_S
        somebody = self._near_end.sounded(self._audio_time - span)
        saying_it = self._own_voice.explains(event.text, self._audio_time, urgent=urgent)
        if somebody and (not saying_it or (urgent and self._near_end.trusted)):
            return event
        return NotUnderstood(RejectionReason.OWN_VOICE, event.text)

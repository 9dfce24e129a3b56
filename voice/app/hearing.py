"""From microphone blocks to events: the echo taken out, the words recognized, the guide's own disowned.

The guide makes room for who speaks: it steps back at a voice, and falls silent at what may be a stop, for as
long as it takes to be sure. So it costs nothing to be sure.

Knows what is listened for and what the guide is saying, because it is told; holds no state of a session.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Protocol

from voice.audio.alignment import AlignedCanceller
from voice.audio.ducking import Ducking
from voice.audio.echo import SILENCE
from voice.audio.exchange import MicrophoneBlock
from voice.audio.gate import Gate
from voice.audio.near_end import LEAST_S, NearEnd
from voice.audio.postfilter import Postfilter
from voice.language import Commands
from voice.recognition.hypothesis import UNKNOWN
from voice.recognition.listener import Listener
from voice.recognition.own_voice import OwnVoice
from voice.recognition.recognizer import Recognizer
from voice.session import legal
from voice.session.events import Heard, NotUnderstood
from voice.session.intents import URGENT, Intent, IntentName
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
_WORD_SPAN_S = 1.0
"""Within so long before a stop is believed while it is said, somebody has to have sounded."""
_PHRASE_SPAN_S = 2.5
"""The same of what is known when silence has followed it."""
_LETTER_S = 0.02
"""Beside the guide's own voice somebody has to have sounded for so long for each letter of a phrase: a
quarter of the time that it takes to say it. Most of what noise and the echo that is left made up together
sounded for less, 0.06 to 0.24 s of phrases of 6 to 15 letters; 36 that synthetic voices said sounded for 0.28
to 1.1 s (simulated)."""


class Foreground(Protocol):
    """What plays, and can make room; it is told on the thread that calls `Hearing.hear`."""

    def duck(self, ducked: bool) -> None:
        """Step back while somebody speaks, or come forward again."""

    def hush(self, hushed: bool) -> None:
        """Let nothing sound for a moment, while all goes on; or let it sound again."""


class Hearing:
    """Sound in, events out; `expect` has to be called before `hear`."""

    def __init__(
        self, recognizer: Recognizer, foreground: Foreground, echo_delay_s: float | None = None
    ) -> None:
        """Make one.

        Args:
            recognizer: Who listens.
            foreground: Makes room for who speaks.
            echo_delay_s: From a sound's being played to its being heard, where that was measured before.
        """
        self._echo = AlignedCanceller(echo_delay_s)
        self.cleaned = SILENCE
        """The last block, as it is without the echo."""
        self._near_end = NearEnd()
        self._postfilter = Postfilter()
        self._gate = Gate()
        self._own_voice = OwnVoice()
        self._ducking = Ducking()
        self._foreground = foreground
        self._hushed = False
        self._mistaken: Mapping[str, str] = {}
        self._audio_time = 0.0
        self._listener = Listener(recognizer, self._is_somebodys)

    def expect(self, commands: Commands, phase: PhaseName) -> None:
        """Listen for what can be said in a phase.

        Raises:
            ModelError: The model can hear none of the phrases that ask to stop.
        """
        self._mistaken = commands.mistaken
        self._listener.expect(
            commands.grammar(legal(phase)),
            partial(commands.match, asked=legal(phase)),
            commands.urgent,
            expected=[commands.example(intent) for intent in ASKED_FOR.get(phase, ())],
            mistaken=commands.mistaken,
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
        # A block later than it is known: whoever falls silent at a stop does so before it sounds again.
        self._hush(self._hushed and self._suspects)
        self.cleaned = self._echo.clean(block)
        self._near_end.hear(self.cleaned, block.at)
        # Silence decides what a suspicion was; so it has to be heard, too.
        sounds = self._near_end.anything or self._listener.suspects is not None
        trusted = self._near_end.trusted and not self._near_end.lost
        sound = self._gate.let_through(self._postfilter.filter(self.cleaned, trusted=trusted), sounds=sounds)
        events = () if sound is None else tuple(map(self._cautious, self._listener.hear(sound)))
        self._step_back(known=bool(events))
        self._hush(self._hushed or self._suspects)
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
            self._foreground.duck(self._ducking.ducked)

    def _hush(self, hushed: bool) -> None:
        if hushed != self._hushed:
            self._hushed = hushed
            self._foreground.hush(hushed)

    @property
    def _suspects(self) -> bool:
        """Whether somebody may be saying stop right now."""
        return self._listener.suspects is not None

    def _is_somebodys(self, text: str, *, urgent: bool, at_end: bool) -> bool:
        """Whether somebody may have said it: has sounded, or nobody can tell; and the guide has not."""
        now, near_end = self._audio_time, self._near_end
        since = now - (_PHRASE_SPAN_S if at_end else _WORD_SPAN_S)
        guides_own = self._own_voice.explains(text, now, at_end=at_end)
        # Where echo cannot be told from somebody, a stop too many is better than one too few.
        if urgent and near_end.was_lost(since) and not guides_own:
            return True
        if near_end.lost and self._own_voice.lately(now):
            return False
        if not near_end.sounded(since, self._least_s(text, at_end=at_end)):
            return False
        # Both may say it at once, which is known where echo is known to go. But the guide says "step" all the
        # time: what is only like a stop has to give way to that, in the end.
        like_a_stop = at_end and text in self._mistaken
        return not guides_own or (urgent and not like_a_stop and near_end.trusted)

    def _cautious(self, event: Heard | NotUnderstood) -> Heard | NotUnderstood:
        """While it may be an echo, what hurts is only a stop: that can be taken back, an end cannot."""
        now, near_end = self._audio_time, self._near_end
        if not isinstance(event, Heard) or event.intent.name not in URGENT or not self._own_voice.lately(now):
            return event
        if near_end.unproved or near_end.was_lost(now - _PHRASE_SPAN_S):
            return replace(event, intent=Intent(IntentName.STOP))
        return event

    def _least_s(self, text: str, *, at_end: bool) -> float:
        """For how long somebody has sounded who said this."""
        if not self._own_voice.lately(self._audio_time):
            return LEAST_S
        letters = sum(len(word) for word in text.split() if word != UNKNOWN)
        said = 1.0 if at_end else 0.5  # of what is still being said half may be to come
        return max(LEAST_S, _LETTER_S * letters * said)

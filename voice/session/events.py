"""What can happen to a session. Every change of a session comes from one of these."""

from __future__ import annotations

from dataclasses import dataclass

from .intents import Intent
from .names import Name


class Part(Name):
    """A part of the machine that can fail."""

    MICROPHONE = "microphone"
    LOUDSPEAKER = "loudspeaker"
    RECOGNIZER = "recognizer"
    VOICE = "voice"


class RejectionReason(Name):
    """Why something that was heard was not taken for a command."""

    OUT_OF_VOCABULARY = "out-of-vocabulary"
    """Only words that are no command's."""
    NOT_A_WHOLE_PHRASE = "not-a-whole-phrase"
    """Words of commands among others, or a piece of a command."""
    DID_NOT_HOLD = "did-not-hold"
    """A partial that flickered to an urgent phrase and away again."""
    OWN_VOICE = "own-voice"
    """What the guide itself was saying."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The program is up."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A person asked for something."""

    intent: Intent
    text: str = ""
    """The words it was asked in."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Somebody spoke, and it was no command. `text` is what the recognizer made of it."""

    reason: RejectionReason
    text: str = ""


@dataclass(frozen=True, slots=True)
class SpeechFinished:
    """The last sample of an utterance has been played."""

    utterance_id: int


@dataclass(frozen=True, slots=True)
class TimePassed:
    """The deadline of the last transition has come."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A part of the machine failed."""

    part: Part


@dataclass(frozen=True, slots=True)
class Recovered:
    """A part that had failed works again."""

    part: Part


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The program was away: it had ended, or stood still, or the machine slept. Its clock stood meanwhile."""

    seconds: float
    """How long, as far as the wall clock tells; never negative."""


Event = Opened | Heard | NotUnderstood | SpeechFinished | TimePassed | Failed | Recovered | Interrupted

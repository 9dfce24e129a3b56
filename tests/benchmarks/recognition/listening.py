"""What is listened for, and how a phrase is believed. Hears nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from voice.app.hearing import ASKED_FOR
from voice.language import Commands, Language, Vocabulary
from voice.recognition.decision import HOLD_S, Accepted, Decision
from voice.recognition.hypothesis import Hypothesis
from voice.routine import find, shelf
from voice.session import legal
from voice.session.intents import IntentName
from voice.session.state import PhaseName

URGENT = ("stop", "stop that", "ouch", "that hurts")
PHRASES = (
    *URGENT,
    *("yes", "no", "go", "next", "back", "start", "ready", "pause", "wait", "continue", "repeat", "again"),
    *("skip", "switch sides", "lighter", "softer", "too hard", "firmer", "harder", "slower", "faster"),
    *("how long", "more time", "help", "louder", "quieter", "finish", "done"),
)
"""The grammar of the headline figures, with [unk]; the first four are urgent."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Phrases, and what they mean."""

    phrases: tuple[str, ...]
    match: Callable[[str], Hashable | None]
    """What a whole text asks for; equal for texts that ask for the same; None if it is no command."""
    urgent: tuple[str, ...]
    expected: tuple[str, ...] = ()
    """Those that are expected more than others."""
    mistaken: Mapping[str, str] = field(default_factory=dict)
    """Words that count as an urgent phrase where they are alone."""


def headline() -> Listening:
    """The 32 phrases, each of which means itself."""
    return Listening(PHRASES, lambda text: text if text in PHRASES else None, URGENT)


def commands() -> Commands:
    """All commands, with the titles of one bundled routine, as when it is under way."""
    routines = tuple((plan.routine_id, plan.title) for plan in shelf())
    steps = tuple((beat.step_number, beat.title) for beat in find("lower-back-strokes").steps)
    return Language.load().commands(Vocabulary(routines, steps))


def while_guiding(known: Commands) -> Listening:
    """What the product listens for while hands are at work: commands and decoys."""
    phrases = known.grammar(legal(PhaseName.GUIDING))
    return Listening(phrases, cache(known.match), known.urgent, ("stop",), known.mistaken)


def while_asked(known: Commands) -> Listening:
    """What the product listens for when it has asked for a yes or no while hands are at work."""
    asked = (*map(known.example, ASKED_FOR[PhaseName.CHECKING_IN]), "stop")
    phrases = known.grammar(legal(PhaseName.CHECKING_IN))
    return Listening(phrases, cache(known.match), known.urgent, asked, known.mistaken)


def while_choosing(known: Commands) -> Listening:
    """What the product listens for while nobody's hands are at work and it has asked for a start."""
    start = known.example(IntentName.START)
    return Listening(known.grammar(legal(PhaseName.CHOOSING)), cache(known.match), known.urgent, (start,))


def whole_vocabulary(known: Commands, *, decoys: bool) -> Listening:
    """Every phrase of every intent; with decoys as if everything were legal in one state."""
    phrases = known.grammar(frozenset(IntentName)) if decoys else known.phrases(IntentName)
    return Listening(phrases, cache(known.match), known.urgent)


@dataclass(slots=True)
class WholePhrases:
    """Believes a final that is a whole phrase, and nothing else."""

    listening: Listening

    def believed(self, hypotheses: Sequence[Hypothesis]) -> Iterator[Accepted]:
        """The phrases of one clip, in order."""
        for each in hypotheses:
            if each.is_final and self.listening.match(each.text) is not None:
                yield Accepted(each.text, each.at, each.text in self.listening.urgent)


@dataclass(slots=True)
class ByRule:
    """Believes what the product believes."""

    listening: Listening
    hold: float = HOLD_S
    decision: Decision = field(default_factory=Decision)

    def __post_init__(self) -> None:
        match = self.listening.match
        self.decision.expect(
            self.listening.phrases,
            lambda text: match(text) is not None,
            self.listening.urgent,
            self.hold,
            self.listening.mistaken,
        )

    def believed(self, hypotheses: Sequence[Hypothesis]) -> Iterator[Accepted]:
        """The phrases of one clip, in order; what comes after it is another utterance."""
        for each in hypotheses:
            verdict = self.decision.judge(each)
            if isinstance(verdict, Accepted):
                yield verdict
        self.decision.judge(Hypothesis("", is_final=True, at=hypotheses[-1].at if hypotheses else 0.0))


class Belief(Protocol):
    """A rule by which phrases are believed."""

    def believed(self, hypotheses: Sequence[Hypothesis]) -> Iterator[Accepted]:
        """The phrases of one clip, in order."""

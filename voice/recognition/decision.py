"""Which hypotheses count: urgent phrases while they are being spoken, everything else as a whole utterance.

Pure policy over hypotheses and their times: no recognizer, no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from voice.session.events import RejectionReason

from .hypothesis import Hypothesis

HOLD_S = 0.24
"""Seconds for which a partial has to be urgent. Measured with the built-in model, on single words and
sentences of people (tests/benchmarks/decision); the median and the 95th percentile are from the
word's end:

    chosen by   | "stop" of 112 | p50, p95 ms | other words taken, of 1211 | alarms in an hour of sentences
    any partial | 98.2 %        | -30, 134    | 61                         | 172
    0.00 s      | 98.2 %        | -30, 134    | 61                         | 172
    0.08 s      | 97.3 %        |  50, 225    | 26                         | 75
    0.16 s      | 96.4 %        | 140, 335    | 11                         | 39
    0.24 s      | 96.4 %        | 225, 415    | 6                          | 28
    0.32 s      | 96.4 %        | 305, 495    | 5                          | 20
    finals only | 95.5 %        | 800, 876    | 5                          | 2

On the speakers kept apart 0.24 s gave 99.2 % of 122; 210, 329 ms; 9 of 1303; 16 an hour. The model was
trained on the same corpus, so strangers will be heard less well.
"""

UNHURRIED_HOLD_S = 0.48
"""The same while nobody's hands are at work. "start" sounds like "stop" until it is over: with four synthetic
voices its partials were "stop" for up to 0.4 s, so that a massage could hardly be started by voice."""

QUIET_S = 0.5
"""So long without a word, and an utterance in which an urgent phrase was heard is over. The rest of its
last word would show within 0.35 s."""
_ROUNDING = 1e-6
"""Times are sums of 80 ms in floating point; what lasts just long enough must not fail by their rounding."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A phrase was said."""

    text: str
    at: float
    """Seconds of audio when it was clear."""
    urgent: bool


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something was said, and it is no phrase to act on."""

    reason: RejectionReason
    text: str
    at: float
    """Seconds of audio."""


class Decision:
    """Judges hypotheses one after another; remembers the utterance under way."""

    def __init__(self) -> None:
        """Make one that accepts nothing until `expect`."""
        self._hold = HOLD_S
        self._is_command: Callable[[str], bool] = lambda _: False
        self._phrases: Collection[str] = ()
        self._command_words: frozenset[str] | None = None
        self._urgent: frozenset[tuple[str, ...]] = frozenset()
        self._urgent_words: frozenset[str] = frozenset()
        self._since: float | None = None
        self._flickered: str | None = None
        self._quiet_since: float | None = None
        self._spent = False

    def expect(
        self,
        phrases: Collection[str],
        is_command: Callable[[str], bool],
        urgent: Collection[str],
        hold: float = HOLD_S,
    ) -> None:
        """Judge by these from now on; an utterance under way stays the same utterance.

        Args:
            phrases: What is listened for, commands and decoys.
            is_command: Whether a whole text is a command.
            urgent: The phrases that act before their utterance ends.
            hold: Seconds of audio for which an urgent phrase has to stay what was heard.
        """
        self._hold = hold
        self._phrases = phrases
        self._is_command = is_command
        self._command_words = None
        self._urgent = frozenset(tuple(phrase.split()) for phrase in urgent)
        self._urgent_words = frozenset(word for phrase in self._urgent for word in phrase)

    def judge(self, hypothesis: Hypothesis) -> Accepted | Rejection | None:
        """What a hypothesis amounts to; None for one that brings nothing new.

        After an urgent phrase nothing more comes of its utterance. That lasts until a final, or until nothing
        is said for a moment, as the recognizer may have been told to forget it.
        """
        if self._spent:
            self._spent = not self._is_over(hypothesis)
            return None
        urgent = self._urgent_ending(hypothesis.text)
        if hypothesis.is_final:
            return self._at_the_end(hypothesis, urgent)
        if urgent is None:
            self._since = None
            return None
        self._flickered = urgent
        if self._since is None:
            self._since = hypothesis.at
        if hypothesis.at - self._since < self._hold - _ROUNDING:
            return None
        self._forget()
        self._spent = True
        self._quiet_since = hypothesis.at
        return Accepted(urgent, hypothesis.at, urgent=True)

    def _is_over(self, hypothesis: Hypothesis) -> bool:
        """Whether an utterance that gives nothing more has ended."""
        if hypothesis.is_final:
            return True
        if hypothesis.text:
            self._quiet_since = None
            return False
        if self._quiet_since is None:
            self._quiet_since = hypothesis.at
        return hypothesis.at - self._quiet_since >= QUIET_S - _ROUNDING

    def _at_the_end(self, hypothesis: Hypothesis, urgent: str | None) -> Accepted | Rejection | None:
        flickered, text, at = self._flickered, hypothesis.text, hypothesis.at
        self._forget()
        if urgent is None and not self._is_command(text):
            urgent = self._urgent_beginning(text)
        if urgent is not None:
            return Accepted(urgent, at, urgent=True)
        # Only as a whole: with unknown speech allowed around it, 1 % more of people's "yes" and "go" were
        # heard, and 57 instead of 34 of 2143 other recordings were taken for a command.
        if self._is_command(text):
            return Accepted(text, at, urgent=False)
        if flickered is not None:
            return Rejection(RejectionReason.DID_NOT_HOLD, flickered, at)
        if not text:
            return None
        return Rejection(self._why_not(text), text, at)

    def _urgent_ending(self, text: str) -> str | None:
        """The urgent phrase that a text ends with, the longest of several.

        Before it there may be anything: "no, stop", "too hard, stop" and "oh please stop" are what people
        say. In an hour of sentences that costs 12 false alarms on one half of them and 2 on the other; a stop
        that is missed costs more. After it, "that" of "ouch, that hurts" takes nothing back.
        """
        words = tuple(text.split())
        if words not in self._urgent and self._is_command(text):
            return None
        end = len(words)
        while end:
            for start in range(end):
                if words[start:end] in self._urgent:
                    return " ".join(words[start:end])
            end -= 1
            if words[end] not in self._urgent_words:
                break
        return None

    def _urgent_beginning(self, text: str) -> str | None:
        """The urgent phrase that a whole utterance begins with: "stop, you are hurting me"."""
        words = tuple(text.split())
        beginnings = (words[:end] for end in range(len(words), 0, -1))
        return next((" ".join(each) for each in beginnings if each in self._urgent), None)

    def _why_not(self, text: str) -> RejectionReason:
        if self._command_words is None:  # takes 20 ms for all phrases, and most utterances are commands
            commands = filter(self._is_command, self._phrases)
            self._command_words = frozenset(word for each in commands for word in each.split())
        if text in self._phrases or self._command_words.isdisjoint(text.split()):
            return RejectionReason.OUT_OF_VOCABULARY
        return RejectionReason.NOT_A_WHOLE_PHRASE

    def _forget(self) -> None:
        self._since = self._flickered = None

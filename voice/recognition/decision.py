"""Which hypotheses count: urgent phrases while they are being spoken, everything else as a whole utterance.

Pure policy over hypotheses and their times: no recognizer, no clock. Whether the guide has said it itself is
told by whoever knows; nothing the guide says comes between a stop and its being obeyed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from voice.session.events import RejectionReason

from .hypothesis import UNKNOWN, Hypothesis

HOLD_S = 0.24
"""Seconds for which a partial has to be urgent. Chosen among all that is listened for while hands are at
work, on single words and sentences of people whom the model was trained with (tests/benchmarks/decision); the
median and the 95th percentile are from the word's end, noise is the kitchen's at 5 dB:

                | "stop" of 102, in noise | p50, p95 ms | other words, of 640 | alarms in an hour of sentences
    any partial | 100 %, 95 %             |  80, 240    | 3.1 %               | 229
    0.00 s      | 100 %, 95 %             |  80, 240    | 3.1 %               | 11
    0.08 s      | 100 %, 95 %             | 160, 369    | 2.0 %               | 3
    0.16 s      | 100 %, 94 %             | 240, 450    | 1.4 %               | 0
    0.24 s      | 100 %, 94 %             | 320, 529    | 1.2 %               | 0
    0.32 s      | 100 %, 94 %             | 400, 609    | 1.2 %               | 0
    finals only | 100 %, 94 %             | 830, 950    | 0.8 %               | 0

Of people who were never heard, 54 of 58 "stop" with each of these but the last, which loses four; in noise
54, and 53 from 0.24 s on. Of their 360 other words 4.4, 2.8, 2.5, 1.9, 1.9 and 0.8 % are taken for one, from
0.00 s on.
"""

UNHURRIED_HOLD_S = 0.48
"""The same while nobody's hands are at work: of people who were never heard no alarm in an hour of sentences,
in place of 4 with 0.24 s; they decided, for those of the training give none with either."""

AFTER_OTHERS_HOLD_S = 0.48
"""The same where something else was said before in the same breath: in talk "[unk] stop" comes and goes. Of
people who were never heard, alarms in an hour of 1,571 sentences read aloud, of the same in noise, and of 80
others; no "stop" of 58 was lost:

    0.24 s | 60, 79, 21
    0.32 s | 45, 67, 13
    0.40 s | 41, 61, 4
    0.48 s | 40, 59, 4
    0.56 s | 39, 59, 4

Were a stop believed only when it is all that is said, it would be 13, 21 and 4, and "no, stop" would be lost.
With finals only it is 3, 6 and 4; four "stop" of 58 are lost, and all come a second after the word.
Of people whom the model was trained with it is 11 alarms in an hour of sentences with 0.24 s, in noise 14;
with 0.32 s none and 3; from 0.40 s on none at all, so between those the strangers have decided.
"""

QUIET_S = 0.5
"""So long without a word, and an utterance in which an urgent phrase was heard is over. The rest of its
last word would show within 0.35 s."""
WORD_BONUS = 2.0
"""Nats that the likeliest command is ahead of other speech for each of its words after the first: the more
words, the less likely it is that they are heard by chance. Of 223 phrases of several words, said by synthetic
voices of the training, 178 were heard right in place of 151 without it (of others 201 and 178), and 4.2 % of
other single words were taken for a command in place of 3.6 %."""
NEAR_NATS = 3.0
"""An alternative less likely than the likeliest by more is none. The built-in model gives no others."""
_ROUNDING = 1e-6
"""Times are sums of 80 ms in floating point; what lasts just long enough must not fail by their rounding."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A phrase was said."""

    text: str
    """The phrase."""
    at: float
    """Seconds of audio when it was clear."""
    urgent: bool
    heard: str = ""
    """The word that it was heard as, where that is another."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something was said, and it is no phrase to act on."""

    reason: RejectionReason
    text: str
    at: float
    """Seconds of audio."""


class IsSomebodys(Protocol):
    """Whether somebody has said what was heard just now, and not the guide itself."""

    def __call__(self, text: str, /, *, urgent: bool, at_end: bool) -> bool:
        """Tell.

        Args:
            text: As it was heard.
            urgent: Whether it is one of the phrases that act before their utterance ends.
            at_end: Whether it is known because its utterance has ended; else it is being said.
        """


def anybodys(_: str, *, urgent: bool, at_end: bool) -> bool:  # noqa: ARG001 - as IsSomebodys is called
    """The guide is silent, so it has said nothing."""
    return True


class Decision:
    """Judges hypotheses one after another; remembers the utterance under way."""

    def __init__(
        self,
        is_somebodys: IsSomebodys = anybodys,
        *,
        word_bonus: float = WORD_BONUS,
        after_others_hold: float = AFTER_OTHERS_HOLD_S,
    ) -> None:
        """Make one that accepts nothing until `expect`."""
        self._is_somebodys = is_somebodys
        self._word_bonus = word_bonus
        self._after_others_hold = after_others_hold
        self._hold = HOLD_S
        self._is_command: Callable[[str], bool] = lambda _: False
        self._phrases: Collection[str] = ()
        self._decoys: frozenset[str] = frozenset()
        self._command_words: frozenset[str] | None = None
        self._urgent: frozenset[tuple[str, ...]] = frozenset()
        self._urgent_words: frozenset[str] = frozenset()
        self._mistaken: Mapping[str, str] = {}
        self._resembles: str | None = None
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
        mistaken: Mapping[str, str] | None = None,
    ) -> None:
        """Judge by these from now on; an utterance under way stays the same utterance.

        Args:
            phrases: What is listened for, commands and decoys.
            is_command: Whether a whole text is a command.
            urgent: The phrases that act before their utterance ends.
            hold: Seconds of audio for which an urgent phrase has to stay what was heard.
            mistaken: Words that mean nothing alone, each with the urgent phrase that is often heard as it.
        """
        self._mistaken = mistaken or {}
        self._hold = hold
        self._phrases = phrases
        self._is_command = is_command
        self._command_words = None
        single = (phrase for phrase in phrases if " " not in phrase)
        self._decoys = frozenset((UNKNOWN, *(word for word in single if not is_command(word))))
        self._urgent = frozenset(tuple(phrase.split()) for phrase in urgent)
        self._urgent_words = frozenset(word for phrase in self._urgent for word in phrase)

    @property
    def suspects(self) -> str | None:
        """What seems to be an urgent phrase and has not held for long enough yet, as it is heard."""
        return self._resembles if self._since is None else self._flickered

    def judge(self, hypothesis: Hypothesis) -> Accepted | Rejection | None:
        """What a hypothesis amounts to; None for one that brings nothing new.

        After an urgent phrase nothing more comes of its utterance. That lasts until a final, or until nothing
        is said for a moment, as the recognizer may have been told to forget it.
        """
        if self._spent:
            self._spent = not self._is_over(hypothesis)
            return None
        self._resembles = None
        if hypothesis.is_final:
            return self._at_the_end(self._likeliest(hypothesis), hypothesis.at)
        urgent = self._urgent_ending(hypothesis.text)
        if urgent is None:
            self._since = None
            last = hypothesis.text.rpartition(" ")[2]
            if last in self._mistaken and self._is_somebodys(last, urgent=True, at_end=False):
                self._resembles = last
            return None
        if not self._is_somebodys(urgent, urgent=True, at_end=False):
            self._since = None  # and should somebody say it now, it begins now
            return None
        self._flickered = urgent
        if self._since is None:
            self._since = hypothesis.at
        first = self._urgent_beginning(hypothesis.text) is not None
        hold = self._hold if first else max(self._hold, self._after_others_hold)
        if hypothesis.at - self._since < hold - _ROUNDING:
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

    def _likeliest(self, final: Hypothesis) -> str:
        """Which of its alternatives a final is.

        Vosk knows of a grammar which word follows which, not where a phrase begins and ends: "less" and
        "the skip" are as good to it as "yes" and "skip". So what nobody says is struck out. No command
        passes a stop that is likelier than itself.
        """
        near = (each for each in final.alternatives if each.score >= final.alternatives[0].score - NEAR_NATS)
        possible = [each for each in near if self._can_be_said(each.text)]
        if not possible:
            return final.text
        for each in possible:
            if self._urgent_in(each.text) is not None:
                break
            if self._is_command(each.text):
                bonus = self._word_bonus * (len(each.text.split()) - 1)
                return each.text if each.score + bonus >= possible[0].score else possible[0].text
        return possible[0].text

    def _can_be_said(self, text: str) -> bool:
        """Whether a text is a command, talk, or anything that begins or ends with an urgent phrase."""
        return (
            self._is_command(text)
            or self._decoys.issuperset(text.split())
            or self._urgent_in(text) is not None
        )

    def _at_the_end(self, text: str, at: float) -> Accepted | Rejection | None:
        flickered = self._flickered
        self._forget()
        accepted = self._accepted_at_the_end(text, at)
        if accepted is not None:
            heard = accepted.heard or accepted.text
            if self._is_somebodys(heard, urgent=accepted.urgent, at_end=True):
                return accepted
            return Rejection(RejectionReason.OWN_VOICE, heard, at)
        if flickered is not None:
            return Rejection(RejectionReason.DID_NOT_HOLD, flickered, at)
        if not text:
            return None
        return Rejection(self._why_not(text), text, at)

    def _accepted_at_the_end(self, text: str, at: float) -> Accepted | None:
        urgent = self._urgent_in(text)
        if urgent is not None:
            return Accepted(urgent, at, urgent=True)
        # Only as a whole: people who talk to each other say words of commands all the time.
        if self._is_command(text):
            return Accepted(text, at, urgent=False)
        alone = [word for word in text.split() if word != UNKNOWN]
        if len(alone) == 1 and alone[0] in self._mistaken:
            return Accepted(self._mistaken[alone[0]], at, urgent=True, heard=alone[0])
        return None

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

    def _urgent_in(self, text: str) -> str | None:
        """The urgent phrase that a whole utterance ends or begins with."""
        urgent = self._urgent_ending(text)
        return self._urgent_beginning(text) if urgent is None and not self._is_command(text) else urgent

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

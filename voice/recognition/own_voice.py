"""Whether what was heard is what the guide itself was saying: the microphone hears the loudspeaker.

Pure: knows the words of the narration and about when each is spoken, and nothing of sound. It is the second
line of defence, behind the echo canceller, which has to learn a room before it is any good. All times are
seconds of audio.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .hypothesis import UNKNOWN

_FINAL_LAG_S = 1.2
"""A whole phrase is known so long after its last word at the latest: echo, and the silence that ends it."""
_PARTIAL_LAG_S = 0.6
"""What is being said sooner: it does not wait for silence."""
_WORD_S = 1.0
"""A word takes no longer, and a sound before an utterance delays it by less."""
_CHARACTERS = 9.8
"""Characters a second and 100 words a minute: espeak-ng spoke 16 texts of more than 80 with 8.9 to 10.4."""
_UNSURE = 0.15
"""By how much of the time since the beginning a word may be earlier or later than computed."""
_STEM = 4
"""Letters after which a longer word may be heard for a shorter one: "stop" in "stopped"."""


@dataclass(frozen=True, slots=True)
class _Said:
    word: str
    earliest: float
    latest: float
    """When it ends."""


@dataclass(slots=True)
class _Utterance:
    words: tuple[_Said, ...]
    ended: float | None = None
    """None while it is being said."""

    def may_be_heard(self, at: float, lag: float) -> bool:
        return self.ended is None or at <= self.ended + lag


class OwnVoice:
    """Remembers what is being said, and a moment longer."""

    def __init__(self) -> None:
        self._utterances: list[_Utterance] = []

    def begins(self, text: str, at: float, words_per_minute: float) -> None:
        """An utterance begins; one that had not ended was cut short."""
        self.ends(at)
        rate = _CHARACTERS * words_per_minute / 100
        words = tuple(
            _Said(
                found[0],
                at + (1 - _UNSURE) * found.start() / rate,
                at + (1 + _UNSURE) * found.end() / rate + _WORD_S,
            )
            for found in re.finditer(r"[^\W\d_]+", text.lower())
        )
        # Of one that ended just now the last words are still to be heard.
        lately = [each for each in self._utterances if each.may_be_heard(at, _FINAL_LAG_S)]
        self._utterances = [*lately, _Utterance(words)]

    def ends(self, at: float) -> None:
        """It has ended, or was cut short."""
        if self._utterances and self._utterances[-1].ended is None:
            self._utterances[-1].ended = at

    def lately(self, at: float) -> bool:
        """Whether a whole phrase that was believed at that time may hold anything of it."""
        return any(each.may_be_heard(at, _FINAL_LAG_S) for each in self._utterances)

    def explains(self, text: str, at: float, *, at_end: bool) -> bool:
        """Whether a phrase that was heard by that time may be the guide's own.

        Args:
            text: As it was heard.
            at: Audio time.
            at_end: Whether it is known because its utterance has ended; else it is being said.
        """
        lag = _FINAL_LAG_S if at_end else _PARTIAL_LAG_S
        now = {
            said.word
            for utterance in self._utterances
            if utterance.may_be_heard(at, lag)
            for said in utterance.words
            if said.earliest <= at <= said.latest + lag
        }
        heard = [word for word in text.split() if word != UNKNOWN]
        return bool(now) and all(
            any(said == word or (len(word) >= _STEM and said.startswith(word)) for said in now)
            for word in heard
        )

"""Whether what was heard is what the guide itself was saying: the microphone hears the loudspeaker.

Pure: knows the words of the narration and when they were spoken, and nothing of sound. It is the second line
of defence, behind the echo canceller, which has to learn a room before it is any good.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .hypothesis import UNKNOWN

_FINAL_LAG_S = 1.2
"""A whole phrase is known so long after its last word at the latest: echo, and the silence that ends it."""
_URGENT_LAG_S = 0.6
"""An urgent one sooner: it does not wait for silence."""
_STEM = 4
"""Letters after which a longer word may be heard for a shorter one: "stop" in "stopped"."""


class OwnVoice:
    """Remembers what is being said, and a moment longer."""

    def __init__(self) -> None:
        self._words: frozenset[str] = frozenset()
        self._ended: float | None = None
        """Seconds of audio; None while it is being said, or when nothing has been."""

    def begins(self, text: str) -> None:
        """An utterance begins."""
        self._words = frozenset(re.findall(r"[^\W\d_]+", text.lower()))
        self._ended = None

    def ends(self, at: float) -> None:
        """It has ended, or was cut short, at so many seconds of audio."""
        if self._ended is None:
            self._ended = at

    def explains(self, text: str, at: float, *, urgent: bool) -> bool:
        """Whether a phrase that was believed at `at` seconds of audio may be the guide's own."""
        lag = _URGENT_LAG_S if urgent else _FINAL_LAG_S
        if self._ended is not None and at > self._ended + lag:
            return False
        heard = [word for word in text.split() if word != UNKNOWN]
        return bool(self._words) and all(_is_among(word, self._words) for word in heard)


def _is_among(heard: str, said: Iterable[str]) -> bool:
    return any(word == heard or (len(heard) >= _STEM and word.startswith(heard)) for word in said)

"""What a recognizer takes the sound of an utterance for. Values only."""

from __future__ import annotations

from dataclasses import dataclass

UNKNOWN = "[unk]"
"""Stands in a text for speech that is none of the words listened for."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a final hypothesis."""

    text: str
    start: float
    """Seconds of audio."""
    end: float
    """Seconds of audio."""
    confidence: float
    """0 to 1; with a grammar often 1.0 for a wrong word, so nothing is decided by it."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What the utterance so far may be, or what it was."""

    text: str
    """Words parted by single spaces; empty while nothing has been recognised."""
    words: tuple[Word, ...]
    """Those of `text` with their times, if it is final; none before."""
    is_final: bool
    """Whether the utterance has ended; the next hypothesis is about another one."""
    at: float
    """Seconds of audio at the end of the sound that was heard for it."""

"""What a recognizer takes the sound of an utterance for. Values only."""

from __future__ import annotations

from dataclasses import dataclass

UNKNOWN = "[unk]"
"""Stands in a text for speech that is none of the words listened for."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """What an utterance may have been."""

    text: str
    score: float
    """In nats: how much likelier it is than another alternative of the same utterance is their difference."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What the utterance so far may be, or what it was."""

    text: str
    """Words parted by single spaces; empty while nothing has been recognised."""
    is_final: bool
    """Whether the utterance has ended; the next hypothesis is about another one."""
    at: float
    """Seconds of audio at the end of the sound that was heard for it."""
    alternatives: tuple[Alternative, ...] = ()
    """Of a final: likeliest first, which is `text`. None of a partial."""

"""One massage, as the diary tells of it. Plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from voice.session.names import Name
from voice.session.plan import Side


class Kind(Name):
    """What kind of pain it was."""

    SHARP = "sharp"
    NUMB = "numb"
    TOO_HARD = "too-hard"
    UNSAID = "unsaid"
    """It hurt, and nobody said how."""


@dataclass(frozen=True, slots=True)
class PainStop:
    """A moment at which something hurt."""

    at: datetime
    """Aware, in UTC."""
    kind: Kind
    step_id: str
    step: str
    """The step's title."""
    side: Side | None
    """None: the step has no sides."""
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One massage of one person."""

    person: int
    """Their number, from 1."""
    routine_id: str
    title: str
    began: datetime
    """Aware, in UTC."""
    ended: datetime | None
    """Aware, in UTC; None: it never came to an end (the power was cut, and it was never taken up again)."""
    finished: bool
    """Whether it went on to the closing words."""
    worked: float
    """Seconds of work."""
    planned: float
    """Seconds of work that its plan has."""
    before: int | None = None
    """Comfort before it, 0 worst to 10 best; None: not said."""
    after: int | None = None
    """Comfort after it, 0 worst to 10 best; None: not said."""
    pain: tuple[PainStop, ...] = ()

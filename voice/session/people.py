"""What is known of a person from earlier massages, on the session's clock."""

from __future__ import annotations

from dataclasses import dataclass

from .screening import NO_CARE, Care


@dataclass(frozen=True, slots=True)
class Past:
    """A massage that was finished."""

    ended: float
    """On the session's clock: mostly before its zero."""
    routine_id: str
    before: int | None
    """Comfort before it, 0 worst to 10 best; None: not said."""
    after: int | None
    """Comfort after it."""


@dataclass(frozen=True, slots=True)
class Known:
    """A person."""

    number: int = 1
    """From 1."""
    name: str = ""
    """Empty: only the number is known."""
    care: Care = NO_CARE
    screened_until: float = 0.0
    """Until then the questions aren't asked again."""
    tender: tuple[tuple[str, int], ...] = ()
    """Regions that hurt the last time, with the level at which they begin."""
    ease: int = 0
    """Preferred pressure: levels above (+) or below (-) the routine's."""
    massages: tuple[Past, ...] = ()
    """Those finished in the last 14 days, oldest first."""

"""Whom the guide knows, and what it has to mind with each. Values only.

Times are on the session's clock, as everywhere in `voice.session`: what is kept between two runs of the
program is moved to it by whoever reads it.
"""

from __future__ import annotations

from dataclasses import dataclass

from .screening import NO_CARE, Care

GUEST = 0
"""The number of somebody who was not introduced: known until the next one comes, and never kept."""


@dataclass(frozen=True, slots=True)
class Hurts:
    """What has hurt, and is spared for the rest of the session."""

    caps: tuple[tuple[str, int], ...] = ()
    """Regions that hurt, each with the level that must not be passed."""
    barred: frozenset[tuple[str, str]] = frozenset()
    """Origins of the steps that hurt sharply; they are not done again, whichever routine includes them."""


UNHURT = Hurts()
"""Nothing is spared."""


@dataclass(frozen=True, slots=True)
class Past:
    """A massage that was had."""

    ended: float
    """When."""
    routine_id: str
    before: int | None = None
    """How comfortable it was before, 0 (worst) to 10; None: not said."""
    after: int | None = None
    """How comfortable it was then."""
    hurt: bool = False
    """Whether it had to be stopped or eased because something hurt."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a receiver from one massage to the next."""

    number: int = 1
    """What "person two" calls them by."""
    name: str = ""
    """As it was typed once; empty: none."""
    care: Care = NO_CARE
    """What the answers to the screening ask for."""
    screened_until: float = 0.0
    """Until then nothing is asked again."""
    tender: tuple[tuple[str, int], ...] = ()
    """Regions that hurt the time before, with the level at which they begin the next time."""
    ease: int = 0
    """Pressure levels above (+) or below (-) those of the routines, as it was liked the last time."""
    massages: tuple[Past, ...] = ()
    """Those of the last two weeks, the oldest first."""
    hurts: Hurts = UNHURT
    """What hurt in the massage before."""
    hurts_until: float = 0.0
    """A massage that begins before this belongs to the same session and spares the same places."""

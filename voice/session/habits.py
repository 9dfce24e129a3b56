"""What a person's last massages say about the next one. Pure.

As the guides have it: two or three massages a week are enough to begin with, and soreness that lasts is for a
doctor to look at.
"""

from __future__ import annotations

from dataclasses import replace

from .lines import Prompt
from .people import Known, Past

WEEK_S = 7 * 24 * 3600.0
KEPT_S = 2 * WEEK_S
"""So long a massage counts."""
ENOUGH_A_WEEK = 3
SORE = 3
"""As comfortable as this or less is sore, 0 to 10."""
SORE_TIMES = 3
"""So often in a row is not the massage's to mend."""


def advice(person: Known, now: float) -> Prompt | None:
    """What is to be said before a massage, if anything; the graver of two."""
    lately = person.massages[-SORE_TIMES:]
    if len(lately) == SORE_TIMES and all(_sore(past) for past in lately):
        return Prompt.SORE_FOR_LONG
    if sum(now - past.ended < WEEK_S for past in person.massages) >= ENOUGH_A_WEEK:
        return Prompt.OFTEN
    return None


def _sore(past: Past) -> bool:
    return past.hurt or (past.before is not None and past.before <= SORE)


def with_massage(massages: tuple[Past, ...], past: Past) -> tuple[Past, ...]:
    """One more; those that no longer count are left out."""
    return (*(each for each in massages if past.ended - each.ended < KEPT_S), past)


def shifted(person: Known, seconds: float) -> Known:
    """The same person on a clock that stood for so many seconds: what lay ahead is so much nearer."""
    return replace(
        person,
        screened_until=person.screened_until - seconds,
        hurts_until=person.hurts_until - seconds,
        massages=tuple(replace(past, ended=past.ended - seconds) for past in person.massages),
    )

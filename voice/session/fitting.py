"""Makes a plan last as long as is wished, as far as that is good. Pure: plans in, plans out.

Strokes grow shorter or longer in proportion; holds keep their time, for they need it. Where half of a step
would not be enough, optional steps are left out, the last one first. What is not optional always stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .plan import Beat, Plan

SHORTEST, LONGEST = 0.5, 2.0
"""A step lasts at least half, and at most twice, as long as the routine has it."""
_GRAIN_S = 5.0
"""Lengths are multiples of this, so that they can be said."""


def fitted(plan: Plan, seconds: float, done: int = 0) -> Plan:
    """The plan with its work brought near a length.

    Args:
        plan: What is to be fitted.
        seconds: How long the beats from `done` on are to last in all.
        done: So many beats at its beginning are over or under way, and stay as they are.

    Returns:
        The plan; its steps are numbered anew where some were left out.
    """
    ahead = list(plan.beats[done:])
    begun = {beat.step_id for beat in plan.beats[:done]}
    while _share(ahead, seconds) < SHORTEST:
        optional = [beat.step_id for beat in ahead if beat.optional and beat.step_id not in begun]
        if not optional:
            break
        ahead = [beat for beat in ahead if beat.step_id != optional[-1]]
    share = max(SHORTEST, min(LONGEST, _share(ahead, seconds)))
    fitting = [beat if beat.hold else replace(beat, duration=_scaled(beat.duration, share)) for beat in ahead]
    return replace(plan, beats=numbered((*plan.beats[:done], *fitting)))


def numbered(beats: Sequence[Beat]) -> tuple[Beat, ...]:
    """Beats with their steps counted from 1 without a gap."""
    numbers = {number: at for at, number in enumerate(sorted({beat.step_number for beat in beats}), start=1)}
    return tuple(replace(beat, step_number=numbers[beat.step_number]) for beat in beats)


def _share(beats: Sequence[Beat], seconds: float) -> float:
    """What the strokes' lengths have to be multiplied by; above 1 too where there is nothing to multiply."""
    strokes = sum(beat.duration or 0.0 for beat in beats if not beat.hold)
    holds = sum(beat.duration or 0.0 for beat in beats if beat.hold)
    return (seconds - holds) / strokes if strokes else (SHORTEST if seconds >= holds else 0.0)


def _scaled(duration: float | None, share: float) -> float | None:
    return None if duration is None else max(_GRAIN_S, _GRAIN_S * round(duration * share / _GRAIN_S))

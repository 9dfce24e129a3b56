"""Makes a plan last as long as is wished, as far as that is good. Pure: plans in, plans out.

Strokes grow shorter or longer in proportion; holds keep their time, for they need it. Where half of a step
would not be enough, optional steps are left out, the last one first. What is not optional always stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .plan import Beat, Plan, Side

SHORTEST, LONGEST = 0.5, 2.0
"""A step lasts at least half, and at most twice, as long as the routine has it."""
_GRAIN_S = 5.0
"""Lengths are multiples of this, so that they can be said."""


def fitted(plan: Plan, seconds: float, begun: Sequence[Beat] = ()) -> Plan:
    """The plan with its work brought near a length.

    Args:
        plan: What is to be fitted, as long as it is by itself.
        seconds: How long the beats after those begun are to last in all.
        begun: The beats of it that are over or under way; they stay as they are, and what is left of the
            last one's step stays like it.

    Returns:
        The plan; its steps are numbered anew where some were left out.
    """
    done = {_key(beat) for beat in begun}
    last = begun[-1] if begun else None
    same = [beat for beat in plan.beats if last and beat.step_id == last.step_id and _key(beat) not in done]
    under_way = [replace(beat, duration=last.duration if last else None) for beat in same]
    ids = [beat.step_id for beat in plan.beats]
    after = len(ids) - ids[::-1].index(last.step_id) if last and last.step_id in ids else 0
    ahead = list(plan.beats[after:])
    left = seconds - sum(beat.duration or 0.0 for beat in under_way)
    while _share(ahead, left) < SHORTEST:
        optional = [beat.step_id for beat in ahead if beat.optional]
        if not optional:
            break
        ahead = [beat for beat in ahead if beat.step_id != optional[-1]]
    share = max(SHORTEST, min(LONGEST, _share(ahead, left)))
    fitting = [beat if beat.hold else replace(beat, duration=_scaled(beat.duration, share)) for beat in ahead]
    return replace(plan, beats=numbered((*begun, *under_way, *fitting)))


def _key(beat: Beat) -> tuple[str, Side | None, int]:
    return beat.step_id, beat.side, beat.repetition


def numbered(beats: Sequence[Beat]) -> tuple[Beat, ...]:
    """Beats with their steps counted from 1 without a gap, in their order."""
    numbers = {step: at for at, step in enumerate(dict.fromkeys(beat.step_id for beat in beats), start=1)}
    return tuple(replace(beat, step_number=numbers[beat.step_id]) for beat in beats)


def _share(beats: Sequence[Beat], seconds: float) -> float:
    """What the strokes' lengths have to be multiplied by; above 1 too where there is nothing to multiply."""
    strokes = sum(beat.duration or 0.0 for beat in beats if not beat.hold)
    holds = sum(beat.duration or 0.0 for beat in beats if beat.hold)
    return (seconds - holds) / strokes if strokes else (SHORTEST if seconds >= holds else 0.0)


def _scaled(duration: float | None, share: float) -> float | None:
    return None if duration is None else max(_GRAIN_S, _GRAIN_S * round(duration * share / _GRAIN_S))

"""Makes a plan as careful as a person needs it. Pure: plans in, plans out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .fitting import numbered
from .plan import Beat, Plan
from .screening import Care

GENTLE = 2
"""Light: the most that is right where there must be no depth."""
DEEP = 4
"""A step that is meant to be as firm as this makes no sense without its depth."""
PRESSURE_POINTS = frozenset({"compression", "point-search"})
"""Techniques that press steadily on one place, or look for it."""


def spared(plan: Plan, care: Care) -> Plan:
    """The plan as the answers to the screening want it; it may have no beats left."""
    beats = [beat for beat in plan.beats if not (care.no_points and beat.technique in PRESSURE_POINTS)]
    if care.gentle:
        beats = [
            replace(_at_most(beat, GENTLE), max_pressure=min(GENTLE, beat.max_pressure))
            for beat in beats
            if beat.pressure < DEEP
        ]
    return replace(plan, beats=numbered(beats))


def begun_lighter(plan: Plan, tender: Iterable[tuple[str, int]]) -> Plan:
    """The plan with those regions begun no firmer than at these levels; it may grow firmer when asked to."""
    levels = dict(tender)
    return replace(plan, beats=tuple(_lighter(beat, levels) for beat in plan.beats))


def _lighter(beat: Beat, levels: dict[str, int]) -> Beat:
    level = min((levels[region] for region in beat.region if region in levels), default=beat.pressure)
    return _at_most(beat, level)


def _at_most(beat: Beat, level: int) -> Beat:
    return beat if beat.pressure <= level else replace(beat, pressure=level, eased=True)

"""Makes a plan as careful as a person needs it. Pure: plans in, plans out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .fitting import numbered
from .plan import Beat, Plan
from .screening import Care

GENTLE = 2
"""Light: the most that is right where there must be no depth."""
PRESSURE_POINTS = "compression"
"""The technique that presses steadily on one place."""


def spared(plan: Plan, care: Care) -> Plan:
    """The plan as the answers to the screening want it; it may have no beats left."""
    beats = [beat for beat in plan.beats if not (care.no_points and beat.technique == PRESSURE_POINTS)]
    if care.gentle:
        beats = [
            replace(beat, pressure=min(GENTLE, beat.pressure), max_pressure=min(GENTLE, beat.max_pressure))
            for beat in beats
        ]
    return replace(plan, beats=numbered(beats))


def begun_lighter(plan: Plan, tender: Iterable[tuple[str, int]]) -> Plan:
    """The plan with those regions begun no firmer than at these levels; it may grow firmer when asked to."""
    levels = dict(tender)
    return replace(plan, beats=tuple(_lighter(beat, levels) for beat in plan.beats))


def _lighter(beat: Beat, levels: dict[str, int]) -> Beat:
    level = min((levels[region] for region in beat.region if region in levels), default=beat.pressure)
    return replace(beat, pressure=min(level, beat.pressure))

"""What hurts and where: what is spared in this massage, and what begins lighter in the next one. Pure."""

from __future__ import annotations

from dataclasses import replace

from . import course
from .plan import DEEPEST, LIGHTEST
from .state import Massage


def with_ease_noted(massage: Massage) -> Massage:
    """It had to be lighter on the beat's regions once more."""
    times = dict(massage.eased)
    for region in massage.beat.region:
        times[region] = times.get(region, 0) + 1
    return replace(massage, eased=tuple(sorted(times.items())))


def eased_most(massage: Massage) -> int:
    """How often it had to be lighter on one of the beat's regions."""
    return max((times for region, times in massage.eased if region in massage.beat.region), default=0)


def where_hands_are(massage: Massage) -> tuple[Massage, ...]:
    """The beat as it is done now; until it has been told, also the one before, where hands may still be."""
    if massage.told or massage.left_index is None:
        return (massage,)
    return (replace(massage, index=massage.left_index), massage)


def with_regions_capped(massage: Massage, levels_lighter: int) -> Massage:
    """The regions that hands are on are never again worked firmer than so many levels below now."""
    caps = dict(massage.hurts.caps)
    for place in where_hands_are(massage):
        level = max(LIGHTEST, course.pressure(place) - levels_lighter)
        for region in place.beat.region:
            caps[region] = min(level, caps.get(region, DEEPEST))
    return replace(massage, hurts=replace(massage.hurts, caps=tuple(sorted(caps.items()))))


def with_step_barred(massage: Massage) -> Massage:
    """The step that hands are on is not done again."""
    step = massage.plan.origin(where_hands_are(massage)[0].beat)
    return replace(massage, hurts=replace(massage.hurts, barred=massage.hurts.barred | {step}))


def tender_after(massage: Massage, before: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """The places that begin lighter the next time: what hurt now, and what hurt before and was not worked."""
    has_worked = massage.worked_before + massage.worked > 0
    beats = massage.plan.beats[: massage.index + 1] if has_worked else ()
    worked_on = {region for beat in beats for region in beat.region}
    kept = {region: level for region, level in before if region not in worked_on}
    return tuple(sorted({**kept, **dict(massage.hurts.caps)}.items()))

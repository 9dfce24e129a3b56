"""Which routines are what somebody needs. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from .plan import Plan
from .state import Choosing

_SHARE = 0.2
"""A routine is for a place when at least a fifth of its work is there."""
MOST = 3
"""So many are named; nobody remembers more."""


def on(plan: Plan, region: str) -> float:
    """The share of a plan's work on a region, 0 to 1; "back" is every region that ends with it."""
    there = sum(
        beat.duration or 0.0 for beat in plan.beats if any(_is_in(each, region) for each in beat.region)
    )
    return there / plan.seconds if plan.seconds else 0.0


def _is_in(place: str, region: str) -> bool:
    return place == region or place.endswith(f"-{region}")


def _places(plan: Plan, region: str) -> set[str]:
    """The places of a region that a plan works on: for the back, the lower and the upper one."""
    return {each for beat in plan.beats for each in beat.region if _is_in(each, region)}


def found(plans: Sequence[Plan], wanted: Choosing) -> tuple[int, ...]:
    """The plans that fit what is wanted, by index: the most fitting first, at most `MOST`."""
    fitting = [index for index, plan in enumerate(plans) if _fits(plan, wanted)]
    if wanted.region is not None:
        region = wanted.region
        fitting.sort(key=lambda index: (-len(_places(plans[index], region)), -on(plans[index], region)))
    if wanted.seconds is not None:  # any can be fitted; those that are nearest stay most like themselves
        seconds = wanted.seconds
        fitting.sort(key=lambda index: abs(plans[index].seconds - seconds))
    return tuple(fitting[:MOST])


def _fits(plan: Plan, wanted: Choosing) -> bool:
    if wanted.audience is not None and plan.audience is not wanted.audience:
        return False
    return wanted.region is None or on(plan, wanted.region) >= _SHARE

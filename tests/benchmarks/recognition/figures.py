"""Figures with how sure they are. Pure arithmetic."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

Z = 1.959964
"""Of the normal distribution, for 95 %."""
_NEAR = 1e-9
_MANY = 100


def wilson(k: float, n: float) -> tuple[float, float]:
    """The 95 % interval of a share of k in n, each 0 to 1 (E. B. Wilson 1927, score interval); n > 0."""
    share, z2 = k / n, Z * Z / n
    centre = share + z2 / 2
    spread = Z * math.sqrt(share * (1 - share) / n + z2 / (4 * n))
    low, high = (centre - spread) / (1 + z2), (centre + spread) / (1 + z2)
    return (low if k else 0.0, high if k < n else 1.0)  # exact at the ends, where rounding is not


def design_effect(groups: Collection[tuple[int, int]]) -> float:
    """How many times wider than by chance alone a share's variance is, for its clips are not all strangers.

    One person's clips are alike, so fifty-eight of twenty-four people say less than of fifty-eight. The share
    is a ratio of sums over people (W. G. Cochran, Sampling Techniques, 3rd ed. 1977, section 2.11).

    Args:
        groups: Hits, and clips, of each person.

    Returns:
        1 or more; 1 too where it can't be known: of one person, or where all or none are hits.
    """
    k, n = sum(hits for hits, _ in groups), sum(clips for _, clips in groups)
    if len(groups) == 1 or k in {0, n}:
        return 1.0
    share = k / n
    between = math.fsum((hits - share * clips) ** 2 for hits, clips in groups)
    return max(1.0, between * len(groups) / (len(groups) - 1) / (n * share * (1 - share)))


def garwood(k: int) -> tuple[float, float]:
    """The exact 95 % interval of a Poisson count (F. Garwood 1936)."""
    tail, most = 0.025, 2 * k + 10.0
    low = _where(lambda mean: 1 - _at_most(k - 1, mean) >= tail, most) if k else 0.0
    return low, _where(lambda mean: _at_most(k, mean) <= tail, most)


def _at_most(k: int, mean: float) -> float:
    """The chance of k events or fewer, where so many are expected."""
    return sum(math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(k + 1))


def _where(is_beyond: Callable[[float], bool], most: float) -> float:
    """The least number between 0 and `most` that is beyond, by halving."""
    low, high = 0.0, most
    while high - low > _NEAR * most:
        middle = (low + high) / 2
        low, high = (low, middle) if is_beyond(middle) else (middle, high)
    return high


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    k: int
    n: int
    design_effect: float = 1.0
    """What `design_effect` gives for the people behind it."""

    @classmethod
    def of(cls, groups: Collection[tuple[int, int]]) -> Share:
        """Of the hits, and the clips, of each person."""
        return cls(sum(hits for hits, _ in groups), sum(clips for _, clips in groups), design_effect(groups))

    @property
    def value(self) -> float:
        """0 to 1."""
        return self.k / self.n

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval, 0 to 1: Wilson's for as many strangers as these clips are worth."""
        return wilson(self.k / self.design_effect, self.n / self.design_effect)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{_percent(self.value)} ({100 * low:.0f}-{100 * high:.0f})"

    def as_json(self) -> dict[str, Any]:
        """With its interval."""
        low, high = self.interval
        return {
            "k": self.k,
            "n": self.n,
            "value": self.value,
            "low": low,
            "high": high,
            "interval": "Wilson, n over the design effect of the speakers",
            "design effect": self.design_effect,
        }


@dataclass(frozen=True, slots=True)
class Rate:
    """So many in so many hours of audio."""

    k: int
    hours: float

    @property
    def value(self) -> float:
        """Of one hour."""
        return self.k / self.hours

    def __str__(self) -> str:
        low, high = (bound / self.hours for bound in garwood(self.k))
        return f"{self.value:.{0 if self.value >= _MANY else 1}f} ({low:.0f}-{high:.0f})"

    def as_json(self) -> dict[str, Any]:
        """With its interval."""
        low, high = (bound / self.hours for bound in garwood(self.k))
        return {
            "k": self.k,
            "hours": self.hours,
            "value": self.value,
            "low": low,
            "high": high,
            "interval": "Garwood",
        }


@dataclass(frozen=True, slots=True)
class Delays:
    """The spread of some delays."""

    p50: float
    """Seconds."""
    p95: float
    """Seconds."""
    n: int

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Delays | None:
        """Of these; None if they are fewer than two."""
        if len(seconds) < 2:
            return None
        cuts = quantiles(seconds, n=20, method="inclusive")
        return cls(cuts[9], cuts[18], len(seconds))

    def __str__(self) -> str:
        return f"{self.p50:.2f}, {self.p95:.2f} s"

    def as_json(self) -> dict[str, Any]:
        """As it is."""
        return {"p50": self.p50, "p95": self.p95, "n": self.n, "unit": "s"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A single measurement."""

    value: float
    unit: str
    digits: int

    def __str__(self) -> str:
        return f"{self.value:.{self.digits}f} {self.unit}".rstrip()

    def as_json(self) -> dict[str, Any]:
        """As it is."""
        return {"value": self.value, "unit": self.unit}


Figure = Share | Rate | Delays | Amount


def _percent(share: float) -> str:
    return f"{100 * share:.0f}" if share in {0.0, 1.0} else f"{100 * share:.1f}"

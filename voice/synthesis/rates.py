"""How fast the guide speaks: five levels, in words per minute."""

from __future__ import annotations

SLOWEST_LEVEL, FASTEST_LEVEL = 1, 5

_WORDS_PER_MINUTE = (120, 135, 150, 165, 180)

SLOWEST, FASTEST = 80, 450
"""Words per minute between which espeak-ng sounds as asked; beyond them it silently does something else."""

USUAL = 150
"""Words per minute of level 3."""


def words_per_minute(level: int) -> int:
    """Words per minute of a speech-rate level, 1 (slowest) to 5 (fastest); ValueError beyond them."""
    if not SLOWEST_LEVEL <= level <= FASTEST_LEVEL:
        raise ValueError(f"speech rate {level} is not between {SLOWEST_LEVEL} and {FASTEST_LEVEL}")
    return _WORDS_PER_MINUTE[level - SLOWEST_LEVEL]

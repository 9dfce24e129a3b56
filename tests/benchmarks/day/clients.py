"""What is said on a day of a practice: nine people come again and again, and the hands ask and answer."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from voice.session.state import PhaseName, State

_PEOPLE = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_BETWEEN_S = (30.0, 600.0)
"""From one massage to the next."""
_WISHES = {
    **dict.fromkeys(("next", "lighter", "firmer", "how long", "why", "repeat", "pause"), 6),
    **dict.fromkeys(("one minute more", "slower", "louder", "quieter", "ouch", "stop", "finish"), 2),
}
"""And how often each, while hands are at work."""
_ANSWERS: Mapping[PhaseName, Sequence[str]] = {
    PhaseName.SCREENING: ("no",),
    PhaseName.PREPARING: ("ready", "five"),
    PhaseName.CHECKING_IN: ("yes", "lighter"),
    PhaseName.PAUSED: ("continue",),
    PhaseName.STOPPED: ("continue",),
    PhaseName.ASKING_ABOUT_PAIN: ("too hard", "pain"),
    PhaseName.CONFIRMING: ("yes", "no"),
    PhaseName.FINISHED: ("eight",),
}
_PATIENCE_S = 5.0
"""They say what they want, and then wait for an answer."""
_AT_WORK = 0.004
"""Chance of a wish, each time they are asked: one in two minutes."""
_TO_THE_GUIDE = 0.3
_TO_EACH_OTHER = 0.003
_CHATTER = "and then the neighbour came along"


class Clients:
    """Everybody who comes, and the hands that work; asked twice a second."""

    def __init__(self, chance: random.Random, titles: Sequence[str]) -> None:
        """`titles`: of the routines there are."""
        self._chance = chance
        self._titles = titles
        self._arrives: float | None = None
        self._greeting: list[str] = []
        self._patient_until = 0.0

    def says(self, state: State, now: float) -> str | None:
        """What is said at this moment, if anything."""
        if now < self._patient_until:
            return None
        said = self._says(state, now)
        if said is not None:
            self._patient_until = now + _PATIENCE_S
        return said

    def _says(self, state: State, now: float) -> str | None:
        phase = state.phase.name
        if self._chance.random() < _TO_EACH_OTHER:
            return _CHATTER
        if phase is PhaseName.GUIDING:
            return self._wish() if self._chance.random() < _AT_WORK else None
        if state.speaking is not None or self._chance.random() > _TO_THE_GUIDE:
            return None
        if phase is PhaseName.CHOOSING:
            return self._arrival(now)
        self._arrives = None
        self._greeting.clear()
        return self._chance.choice(_ANSWERS[phase])

    def _wish(self) -> str:
        return self._chance.choices(tuple(_WISHES), tuple(_WISHES.values()))[0]

    def _arrival(self, now: float) -> str | None:
        if self._arrives is None:
            self._arrives = now + self._chance.uniform(*_BETWEEN_S)
        if now < self._arrives:
            return None
        if not self._greeting:  # they come, or were not understood
            person, title = self._chance.choice(_PEOPLE), self._chance.choice(self._titles)
            self._greeting = [f"person {person}", f"start {title}"]
        return self._greeting.pop(0)

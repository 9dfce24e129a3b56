"""What is remembered of the person from one massage to the next: the answers to the screening, and what hurt.

No audio, and nothing of what was said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, Field

from voice import places
from voice.documents import Shape
from voice.session.people import Known
from voice.session.plan import DEEPEST, LIGHTEST
from voice.session.screening import NO_CARE, VALID_S, Care
from voice.session.state import State

from . import kept
from .conversation import Turned

_Level = Annotated[int, Field(ge=LIGHTEST, le=DEEPEST)]


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the guide has asked, and what it has to mind."""

    screened: datetime | None = None
    """When the questions were answered; None: not yet, or not by this person."""
    care: Care = NO_CARE
    tender: tuple[tuple[str, int], ...] = ()
    """Regions that hurt the last time, with the level at which they begin."""


class _Form(Shape):
    screened: AwareDatetime | None = None
    gentle: bool = False
    no_points: bool = False
    tender: dict[str, _Level] = Field(default_factory=dict)


def file() -> Path:
    """Where it is kept."""
    return places.data() / "person.yaml"


def load() -> Person:
    """Who is remembered; nobody, where nobody has been asked.

    Raises:
        DocumentError: The file isn't right.
    """
    form = kept.read(file(), _Form)
    return Person(form.screened, Care(form.gentle, form.no_points), tuple(sorted(form.tender.items())))


def save(person: Person) -> Path:
    """Remember a person, and return where.

    Raises:
        OSError: It can't be written.
    """
    return kept.write(
        file(),
        {
            "screened": person.screened,
            **{name: value for name, value in asdict(person.care).items() if value},
            "tender": dict(person.tender) or None,
        },
    )


def recalled(state: State, person: Person, now: float, today: datetime) -> State:
    """A session that knows a person.

    Args:
        state: The session before its first event.
        person: Who is remembered.
        now: Seconds on the session's clock.
        today: The date and time, with its zone.

    Returns:
        The session. Answers from the future, as of a clock that was wrong, count as none.
    """
    known = Known(tender=person.tender)
    if person.screened is not None and 0 <= (age := (today - person.screened).total_seconds()) < VALID_S:
        known = replace(known, care=person.care, screened_until=now + VALID_S - age)
    return replace(state, people=(known,))


class Remembering:
    """A witness of the conversation that keeps what has to be known the next time."""

    def __init__(self, complain: Callable[[str], object]) -> None:
        """`complain` is given one line, once, when nothing can be kept."""
        self._complain = complain
        self._told = False

    def turned(self, turn: Turned) -> None:
        """Keep the answers and the tender places when they have changed."""
        before, after = turn.before, turn.transition.state
        if _known(before) == _known(after):
            return
        left = _first(after).screened_until - turn.now
        asked = datetime.now(timezone.utc) - timedelta(seconds=VALID_S - left) if left > 0 else None
        try:
            save(Person(asked, _first(after).care, _first(after).tender))
        except OSError as error:
            if not self._told:
                self._complain(f"nothing can be remembered of this massage: {error}")
            self._told = True


def _first(state: State) -> Known:
    """Who is kept: a guest is not."""
    return next(person for person in state.people if person.number == 1)


def _known(state: State) -> tuple[float, Care, tuple[tuple[str, int], ...]]:
    first = _first(state)
    return first.screened_until, first.care, first.tender

"""Who is massaged: everybody has their own answers, pains and likings."""

from __future__ import annotations

from dataclasses import replace

from voice.session.people import Known
from voice.session.turn import Turn


def meet(turn: Turn, person: Known) -> None:
    """This person is the receiver from now on; who has the same number is forgotten for it."""
    others = tuple(each for each in turn.state.people if each.number != person.number)
    people = tuple(sorted((*others, person), key=lambda each: each.number))
    turn.state = replace(turn.state, people=people, receiver=person.number)

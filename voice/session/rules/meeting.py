"""Who is massaged: everybody has their own answers, pains and likings."""

from __future__ import annotations

from dataclasses import replace

from voice.session.lines import Line, Prompt
from voice.session.people import GUEST, Known
from voice.session.rules import flow
from voice.session.state import Choosing
from voice.session.turn import Turn, line


def meet(turn: Turn, person: Known) -> None:
    """This person is the receiver from now on; who has the same number is forgotten for it."""
    others = tuple(each for each in turn.state.people if each.number != person.number)
    people = tuple(sorted((*others, person), key=lambda each: each.number))
    turn.state = replace(turn.state, people=people, receiver=person.number)


def introduce(turn: Turn) -> Line:
    """Somebody says who they are: from now on it is them; returns the greeting."""
    number = turn.intent.number or 1
    turn.state = replace(turn.state, introduced=True)
    known = next((each for each in turn.state.people if each.number == number), None)
    if known is None:
        meet(turn, Known(number))
        return line(Prompt.PERSON_NEW, number=number)
    meet(turn, known)
    return line(Prompt.PERSON_NAMED, name=known.name) if known.name else line(Prompt.PERSON, number=number)


def greet(turn: Turn) -> None:
    """While nobody is massaged."""
    turn.enter(Choosing())
    turn.state = replace(turn.state, massage=None)
    flow.reply(turn, introduce(turn))


def part_from_guest(turn: Turn) -> None:
    """A guest who has not come again within the hour is forgotten; who comes now is asked everything."""
    guest = turn.person
    if guest.number != GUEST or turn.now < guest.hurts_until:
        return
    people = tuple(each for each in turn.state.people if each.number != GUEST) or (Known(),)
    turn.state = replace(turn.state, people=people, receiver=people[0].number)
    turn.person = replace(turn.person, screened_until=0.0)

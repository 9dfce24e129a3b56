"""How it feels, from zero to ten: asked before and after, and never insisted on."""

from __future__ import annotations

from dataclasses import replace

from voice.session.lines import Prompt
from voice.session.rules import flow
from voice.session.turn import Turn, line


def note_before(turn: Turn) -> None:
    """The number before the first step; "ready" is waited for as before."""
    number = turn.intent.number or 0
    turn.massage = replace(turn.massage, comfort=number)
    flow.ask_again(turn, line(Prompt.COMFORT, number=number))


def note_after(turn: Turn) -> None:
    """The number after the last step."""
    if turn.state.massage is None or not turn.massage.kept:
        return  # a number among people: nothing was asked
    past = turn.person.massages[-1]
    turn.person = replace(
        turn.person, massages=(*turn.person.massages[:-1], replace(past, after=turn.intent.number))
    )
    if past.before is None:
        turn.say(line(Prompt.COMFORT_THANKS))
    else:
        turn.say(line(Prompt.COMFORT_BEFORE, before=past.before))

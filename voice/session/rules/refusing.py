"""What is asked for at the wrong moment. Each reason has a name; none changes the massage."""

from __future__ import annotations

from voice.session.actions import Earcon
from voice.session.lines import Prompt
from voice.session.rules import flow
from voice.session.turn import Turn, line


def nothing_under_way(turn: Turn) -> None:
    """There is no massage to do this to; a guide that stands by does not talk into people's talk."""
    turn.chime(Earcon.NOT_UNDERSTOOD)


def after_the_end(turn: Turn) -> None:
    """The closing words are not talked over."""
    turn.chime(Earcon.NOT_UNDERSTOOD)


def answer_first(turn: Turn) -> None:
    """A question is open: ask it again."""
    flow.ask_again(turn)


def not_yet_begun(turn: Turn) -> None:
    """The first step has not begun."""
    flow.ask_again(turn, line(Prompt.NOT_YET_BEGUN))


def already_under_way(turn: Turn) -> None:
    """One massage at a time."""
    flow.reply(turn, line(Prompt.ALREADY_UNDER_WAY))


def already_going(turn: Turn) -> None:
    """It is going on as it is."""
    turn.chime(Earcon.HEARD)


def nothing_asked(turn: Turn) -> None:
    """Yes or no, and nothing was asked: people say it to each other all the time, and that is theirs."""


def carry_on_first(turn: Turn) -> None:
    """Paused: only "carry on" leads back to the work."""
    turn.say(line(Prompt.CARRY_ON_FIRST))


def latched(turn: Turn) -> None:
    """Stopped: only a deliberate phrase leads on, and nothing is spoken before it."""
    turn.chime(Earcon.NOT_UNDERSTOOD)


REFUSALS = frozenset(
    {
        nothing_under_way,
        after_the_end,
        answer_first,
        not_yet_begun,
        already_under_way,
        already_going,
        nothing_asked,
        carry_on_first,
        latched,
    }
)
"""Cells with one of these are pairs that do not go together."""

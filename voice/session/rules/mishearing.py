"""Somebody spoke, and it was no command: a sound, a short reminder, examples, and then quiet."""

from __future__ import annotations

from dataclasses import replace

from voice.session.actions import Earcon
from voice.session.events import NotUnderstood, RejectionReason
from voice.session.lines import Prompt
from voice.session.rules import answering, flow
from voice.session.state import AskingAboutPain, Screening
from voice.session.turn import Turn, line

_TO_US = frozenset({RejectionReason.OUT_OF_VOCABULARY, RejectionReason.NOT_A_WHOLE_PHRASE})
"""Where a question is open, whatever was said was meant for the guide."""
_EXAMPLES_AT = 2
"""So many in a row, and examples are given."""


def overhear(turn: Turn) -> None:
    """People talk to each other; that is theirs."""


def not_understood(turn: Turn) -> None:
    """What was nearly a command was meant for the guide; talk among people goes unremarked."""
    if _rejection(turn) is RejectionReason.NOT_A_WHOLE_PHRASE and _missed(turn) == 1:
        flow.reply(turn, line(Prompt.NOT_CAUGHT))


def answer_not_understood(turn: Turn) -> None:
    """A question is open: it is put again in short."""
    if _rejection(turn) in _TO_US and _missed(turn) == 1:
        if isinstance(turn.state.phase, Screening):
            flow.ask(turn, line(Prompt.YES_OR_NO))
        else:
            flow.ask_again(turn)


def _missed(turn: Turn) -> int:
    """A sound, and examples the second time; gives how often in a row, 0 where nothing may be said now."""
    turn.chime(Earcon.NOT_UNDERSTOOD)
    if turn.state.speaking is not None:  # over the guide's own words, more words would be no help
        return 0
    misses = turn.state.misses + 1
    turn.state = replace(turn.state, misses=misses)
    if misses == _EXAMPLES_AT:
        if isinstance(turn.state.phase, AskingAboutPain):
            flow.ask_again(turn)
        else:
            answering.help_now(turn)
    return misses


def _rejection(turn: Turn) -> RejectionReason:
    match turn.occasion:
        case NotUnderstood(reason=reason):
            return reason
        case occasion:
            raise RuntimeError(f"{occasion} is no rejection")

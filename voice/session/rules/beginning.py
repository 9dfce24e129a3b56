"""Everything is laid out, or nothing comes of it."""

from __future__ import annotations

from voice.session.lines import Prompt
from voice.session.rules import flow
from voice.session.turn import Turn, line


def first_step(turn: Turn) -> None:
    """Everything is ready: the first step."""
    flow.return_to_work(turn)


def finish_before_beginning(turn: Turn) -> None:
    """No massage after all."""
    flow.end_before_beginning(turn, line(Prompt.NOT_TODAY))

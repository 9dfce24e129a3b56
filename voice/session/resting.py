"""What a session carries from one massage to the next, and when there is nothing else to it. Pure."""

from __future__ import annotations

from .state import Choosing, State


def at_rest(state: State) -> bool:
    """Whether nothing is under way: nobody is spoken to, and nothing is waited for."""
    return (
        state.phase == Choosing()
        and state.massage is None
        and state.speaking is None
        and state.answer_by is None
    )

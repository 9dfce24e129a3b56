"""Which commands are in use: those of the language, with the titles that can be named at the moment."""

from __future__ import annotations

from voice.language import Commands, Language, Vocabulary
from voice.session.plan import Plan
from voice.session.state import State


class CommandsInUse:
    """Makes the commands for a session's state, and keeps them while the massage stays the same."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._made: tuple[tuple[Plan, ...], Plan | None] | None = None
        self._commands = language.commands()

    def at(self, state: State) -> Commands:
        """What can be said in this state; the same object for as long as the titles are the same."""
        plan = None if state.massage is None else state.massage.plan
        if self._made != (state.plans, plan):
            self._made = (state.plans, plan)
            steps = () if plan is None else tuple((beat.step_number, beat.title) for beat in plan.steps)
            routines = tuple((each.routine_id, each.title) for each in state.plans)
            self._commands = self._language.commands(Vocabulary(routines, steps))
        return self._commands

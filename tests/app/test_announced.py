"""What is announced of a routine before its first step is what its plan holds."""

from __future__ import annotations

import pytest

from voice.app.opening import first_state
from voice.routine import shelf
from voice.session import advance
from voice.session.actions import Say
from voice.session.events import Heard, Opened
from voice.session.intents import Intent, IntentName
from voice.session.lines import Line, Listing, Prompt, Span, Value
from voice.session.plan import Plan
from voice.session.state import PhaseName

PLANS = shelf()


def told(*intents: Intent) -> dict[Prompt, dict[str, Value]]:
    """The fields of all that is said in answer to these, in a session that knows every routine."""
    state = advance(first_state(None), Opened(), 0.0).state
    said: dict[Prompt, dict[str, Value]] = {}
    for now, intent in enumerate(intents, start=1):
        while True:
            transition = advance(state, Heard(intent), float(now))
            state = transition.state
            for action in transition.actions:
                if isinstance(action, Say):
                    said |= {
                        each.prompt: dict(each.fields) for each in action.lines if isinstance(each, Line)
                    }
            if intent.name is not IntentName.NO or state.phase.name is not PhaseName.SCREENING:
                break
    return said


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.routine_id)
def test_its_work_time_and_what_it_needs(plan: Plan) -> None:
    start = Intent(IntentName.START, routine=plan.routine_id)
    said = told(start, Intent(IntentName.NO), Intent(IntentName.HOW_LONG))
    assert said[Prompt.HOW_LONG_WHOLE] == {"left": Span(plan.seconds)}
    assert said[Prompt.PREPARE] == {"title": plan.title, "position": plan.position}
    assert said[Prompt.PREPARE_NEEDS] == {"needs": Listing(plan.needs)}


def test_with_several_routines_it_asks_which() -> None:
    said = told(Intent(IntentName.START))
    titles = Listing(tuple(plan.title for plan in PLANS), numbered=True)
    assert said[Prompt.WHICH_ROUTINE] == {"routines": titles}

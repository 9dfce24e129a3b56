"""What is announced of a routine before its first step is what its plan holds."""

from __future__ import annotations

import pytest

from voice.app.opening import first_state
from voice.language import Language
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
    now = 0.0
    for intent in intents:
        while True:
            now += 2.0  # so much of a question is heard before it is answered
            transition = advance(state, Heard(intent), now)
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
    length = Span(plan.seconds)
    assert said[Prompt.PREPARE] == {"title": plan.title, "length": length, "position": plan.position}
    assert said[Prompt.PREPARE_NEEDS] == {"needs": Listing(plan.needs)}


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.routine_id)
def test_the_announced_time_is_the_plans_within_two_hundredths(plan: Plan) -> None:
    english = Language.load()
    spoken = english.prompts.render(Line(Prompt.ROUTINE_FITTED, (("length", Span(plan.seconds)),)))
    length = spoken.removeprefix("Then it takes ").rstrip(".")
    understood = english.commands().match(f"add {length}")
    assert understood is not None
    assert understood.seconds == pytest.approx(plan.seconds, rel=0.02)


def test_the_list_names_every_routine_by_its_number() -> None:
    said = told(Intent(IntentName.LIST_ROUTINES))
    titles = Listing(tuple(plan.title for plan in PLANS), numbers=tuple(range(1, len(PLANS) + 1)))
    assert said[Prompt.ROUTINES] == {"routines": titles}

"""The table is whole, and every cell answers without falling over."""

from __future__ import annotations

import pytest

from tests.session.walking import PLAN, QUESTIONS, Walk
from voice.session import advance, legal
from voice.session.actions import Chime, Say, Silence
from voice.session.course import Due
from voice.session.events import (
    Event,
    Failed,
    Heard,
    Interrupted,
    NotUnderstood,
    Opened,
    Part,
    Recovered,
    RejectionReason,
)
from voice.session.intents import URGENT, Intent, IntentName
from voice.session.rules import attending, stopping
from voice.session.rules.choosing import begin_what_was_found
from voice.session.rules.comfort import note_after
from voice.session.rules.refusing import REFUSALS, after_the_end, latched, nothing_asked
from voice.session.state import (
    AskingAboutPain,
    CheckingIn,
    Choosing,
    Confirming,
    Finished,
    Guiding,
    Massage,
    Paused,
    Phase,
    PhaseName,
    Preparing,
    Screening,
    State,
    Stopped,
)
from voice.session.table import TABLE, Happening
from voice.session.turn import Turn

PHASES: dict[PhaseName, Phase] = {
    phase.name: phase
    for phase in (
        Choosing(),
        Screening(),
        Preparing(),
        Guiding(),
        CheckingIn(),
        Paused(Guiding()),
        Stopped(Guiding()),
        AskingAboutPain(Guiding()),
        Confirming(Guiding()),
        Finished(),
    )
}
EVENTS: list[Event] = [
    *(Heard(Intent(name)) for name in IntentName),
    Heard(Intent(IntentName.GO_TO_STEP, step=3)),
    Heard(Intent(IntentName.GO_TO_STEP, step=99)),
    Heard(Intent(IntentName.MORE_TIME, seconds=90.0)),
    Heard(Intent(IntentName.START, routine="back")),
    Heard(Intent(IntentName.FIND, about="lumbar")),
    Heard(Intent(IntentName.FIT_TIME, seconds=600.0)),
    Heard(Intent(IntentName.ASK, about="which-oil")),
    *(NotUnderstood(reason) for reason in RejectionReason),
    Opened(),
    *(Failed(part) for part in Part),
    *(Recovered(part) for part in Part),
    Interrupted(60.0),
    Interrupted(10 * 3600.0),
]


def in_phase(name: PhaseName) -> State:
    idle = name in {PhaseName.CHOOSING, PhaseName.FINISHED}
    working = name in {PhaseName.GUIDING, PhaseName.CHECKING_IN}
    massage = Massage(PLAN, told=True, length=60.0, worked=5.0, working_since=0.0 if working else None)
    return State((PLAN,), QUESTIONS, phase=PHASES[name], massage=None if idle else massage)


def test_every_event_has_a_rule_in_every_phase() -> None:
    assert set(TABLE) == {*IntentName, *Due, *Happening}
    for row, columns in TABLE.items():
        assert set(columns) == set(PhaseName), row
        assert all(rule.__name__ and rule.__doc__ for rule in columns.values())


@pytest.mark.parametrize("name", PhaseName)
@pytest.mark.parametrize("event", EVENTS, ids=repr)
def test_every_pair_is_answered(name: PhaseName, event: Event) -> None:
    before = in_phase(name)
    transition = advance(before, event, 3.0)
    if isinstance(event, Heard):
        rule = TABLE[event.intent.name][name]
        if rule in REFUSALS:
            assert transition.state.massage == before.massage
            assert transition.state.phase in {before.phase, Guiding()}
        answered = any(isinstance(action, Say | Chime) for action in transition.actions)
        assert answered or rule in {nothing_asked, begin_what_was_found, note_after}, (
            "who is heard gets an answer"
        )
    assert transition.deadline is None or transition.deadline > 3.0


@pytest.mark.parametrize("name", PhaseName)
def test_urgent_intents_are_legal_everywhere(name: PhaseName) -> None:
    assert legal(name) >= URGENT


def test_stopped_is_left_only_by_deliberate_phrases() -> None:
    stay = {latched, stopping.stop_again, stopping.ease_while_stopped}
    leads_on = {intent for intent in IntentName if TABLE[intent][PhaseName.STOPPED] not in stay}
    assert leads_on == {
        IntentName.CARRY_ON,
        IntentName.READY,
        IntentName.FINISH,
        IntentName.PAIN,
        IntentName.NUMB,
        IntentName.REPEAT,
        IntentName.HELP,
    }


def test_closing_words_are_only_interrupted_by_what_matters() -> None:
    open_cells = {i for i in IntentName if TABLE[i][PhaseName.FINISHED] is not after_the_end}
    assert open_cells == {
        IntentName.START,
        IntentName.REPEAT,
        IntentName.PERSON,
        IntentName.RATE,
        *URGENT,
    }


def test_what_cannot_come_due_is_named_and_loud() -> None:
    turn = Turn(in_phase(PhaseName.CHOOSING), Opened(), 0.0)
    with pytest.raises(RuntimeError, match="came due while choosing"):
        attending.cannot_be(turn)


def test_rules_of_the_clock_only_where_hands_are_at_work() -> None:
    for due in Due:
        for phase, rule in TABLE[due].items():
            if phase not in {PhaseName.GUIDING, PhaseName.CHECKING_IN}:
                assert rule is attending.cannot_be


def test_walk_reaches_guiding() -> None:
    assert Walk().work().phase is PhaseName.GUIDING


@pytest.mark.parametrize("phase", PhaseName)
@pytest.mark.parametrize("name", sorted(URGENT))
def test_what_is_urgent_silences_in_every_phase(phase: PhaseName, name: IntentName) -> None:
    """So that the ears may do it before the session comes to it."""
    assert Silence() in advance(in_phase(phase), Heard(Intent(name)), 10.0).actions

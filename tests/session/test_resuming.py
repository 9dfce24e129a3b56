"""The program was away: nothing goes on by itself, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.session.walking import OTHER, PLAN, Walk
from voice.session.actions import Silence
from voice.session.events import Failed, Interrupted, NotUnderstood, Part, Recovered, RejectionReason
from voice.session.intents import IntentName as I
from voice.session.lines import Prompt
from voice.session.people import Known, Past
from voice.session.plan import Plan
from voice.session.rules.resuming import OFFERED_S
from voice.session.state import Guiding, Paused
from voice.session.state import PhaseName as P


def at_work() -> Walk:
    walk = Walk().work()
    walk.wait(20.0)
    return walk


def test_work_is_paused_where_it_was_and_taken_up_with_the_time_it_had() -> None:
    walk = at_work()
    walk.send(Interrupted(1800.0))
    assert (walk.phase, walk.left) == (P.PAUSED, 40.0)
    assert walk.said() == [
        Prompt.BACK_AGAIN, Prompt.WHERE, Prompt.HOW_LONG_STEP, Prompt.BACK_AGAIN_WAYS_ON
    ]  # fmt: skip
    assert Silence() in walk.actions
    walk.hush()
    walk.wait(60.0)
    assert walk.left == 40.0, "time stands"
    walk.ask(I.CARRY_ON)
    walk.hush()
    walk.wait(10.0)
    assert (walk.phase, walk.left) == (P.GUIDING, 30.0)


def test_an_instruction_that_was_cut_is_told_again() -> None:
    walk = Walk()
    walk.ask(I.START)
    walk.ask(I.READY)
    assert walk.state.speaking is not None
    walk.send(Interrupted(5.0))
    walk.hush()
    walk.ask(I.CARRY_ON)
    assert walk.said()[:2] == [Prompt.CARRY_ON, Prompt.STEP]


def test_it_may_be_begun_afresh() -> None:
    walk = at_work()
    walk.send(Interrupted(60.0))
    walk.ask(I.RESTART_STEP)
    assert walk.phase is P.PREPARING
    assert walk.state.massage is not None
    assert (walk.state.massage.plan, walk.state.massage.index) == (PLAN, 0)
    assert len(walk.state.person.massages) == 1, "what was done of it counts"


def test_an_ordinary_pause_is_not_begun_afresh() -> None:
    walk = at_work()
    walk.ask(I.PAUSE)
    walk.ask(I.RESTART_STEP)
    assert (walk.phase, walk.said()) == (P.PAUSED, [Prompt.CARRY_ON_FIRST])


def test_what_comes_between_takes_away_no_fresh_beginning() -> None:
    walk = at_work()
    walk.send(Interrupted(60.0))
    walk.hush()
    walk.send(Failed(Part.LOUDSPEAKER))
    walk.ask(I.RESTART_STEP)
    assert (walk.phase, walk.said()) == (P.PAUSED, [Prompt.MISSING]), "never unheard"
    walk.send(Recovered(Part.LOUDSPEAKER))
    walk.hush()
    walk.wait(200.0)
    assert walk.state.phase == Paused(Guiding(), reminded=True, returned=True)
    walk.ask(I.RESTART_STEP)
    assert walk.phase is P.PREPARING


def test_after_hours_it_is_over_since_it_was_left() -> None:
    walk = at_work()
    walk.send(Interrupted(OFFERED_S + 1))
    assert (walk.phase, walk.state.massage, walk.said()) == (P.CHOOSING, None, [])
    [past] = walk.state.person.massages
    assert past.ended == walk.now - OFFERED_S - 1
    assert walk.state.person.hurts_until < walk.now, "another session by now"


@pytest.mark.parametrize("seconds", [2.0, 60.0, 100 * 3600.0])
def test_a_stop_stays_a_stop(seconds: float) -> None:
    walk = at_work()
    walk.ask(I.STOP)
    walk.send(Interrupted(seconds))
    assert walk.phase is P.STOPPED
    assert walk.said()[0] is Prompt.STILL_STOPPED
    walk.ask(I.NEXT)
    assert walk.phase is P.STOPPED


@pytest.mark.parametrize(
    ("plan", "ways_on"), [(PLAN, Prompt.STOPPED_WAYS_ON), (OTHER, Prompt.STOPPED_WAYS_ON_SELF)]
)
def test_who_is_alone_is_not_told_of_two(plan: Plan, ways_on: Prompt) -> None:
    walk = Walk(plans=(plan,)).work()
    walk.ask(I.STOP)
    walk.send(Interrupted(60.0))
    assert walk.said() == [Prompt.STILL_STOPPED, ways_on]


def test_the_question_about_pain_is_asked_again() -> None:
    walk = at_work()
    walk.ask(I.PAIN)
    walk.send(Interrupted(60.0))
    assert (walk.phase, walk.said()) == (
        P.ASKING_ABOUT_PAIN,
        [Prompt.STILL_STOPPED, Prompt.PAIN_QUESTION_AGAIN],
    )


@pytest.mark.parametrize("where", [P.SCREENING, P.PREPARING, P.PAUSED, P.CONFIRMING])
def test_it_is_paused_wherever_it_was(where: P) -> None:
    walk = Walk(screening=where is P.SCREENING)
    walk.ask(I.START)
    if where in {P.PAUSED, P.CONFIRMING}:
        walk.ask(I.READY)
        walk.ask(I.PAUSE if where is P.PAUSED else I.FINISH)
    assert walk.phase is where
    walk.send(Interrupted(60.0))
    assert (walk.phase, walk.said()[0]) == (P.PAUSED, Prompt.BACK_AGAIN)
    walk.ask(I.CARRY_ON)
    assert walk.phase in {where, P.GUIDING}


def test_nothing_is_said_where_nothing_was_under_way() -> None:
    walk = Walk()
    walk.send(Interrupted(60.0))
    assert (walk.phase, walk.said()) == (P.CHOOSING, [])
    assert walk.deadline is None


def test_what_was_valid_for_a_time_is_so_no_longer_than_that() -> None:
    walk = at_work()
    known = Known(screened_until=walk.now + 100.0, hurts_until=walk.now + 30.0, massages=(Past(5.0, "back"),))
    walk.state = replace(walk.state, people=(known,))
    walk.send(Interrupted(60.0))
    person = walk.state.person
    assert person.screened_until == walk.now + 40.0
    assert person.hurts_until < walk.now
    assert person.massages == (Past(-55.0, "back"),)


def test_what_was_heard_wrongly_changes_nothing_after_it() -> None:
    walk = at_work()
    walk.send(Interrupted(60.0))
    walk.send(NotUnderstood(RejectionReason.OUT_OF_VOCABULARY))
    assert walk.phase is P.PAUSED

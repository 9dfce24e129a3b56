"""Who is massaged, how it feels, and what that says about the next time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.session.walking import PLAN, Walk
from voice.session import course, habits
from voice.session.actions import Say
from voice.session.habits import WEEK_S, advice
from voice.session.intents import IntentName as I
from voice.session.lines import Line, Prompt, Term
from voice.session.people import GUEST, Known, Past
from voice.session.screening import NOTHING_NEW, SAME_PERSON
from voice.session.state import PhaseName as P


def finished(walk: Walk) -> Walk:
    """A massage, a minute of work long, to its closing question."""
    walk.ask(I.READY)
    walk.hush()
    walk.wait(60.0)
    walk.ask(I.FINISH)
    walk.ask(I.YES)
    assert walk.said()[-1] is Prompt.COMFORT_NOW
    walk.hush()
    return walk


def begun(**known: object) -> Walk:
    walk = Walk()
    walk.state = replace(walk.state, people=(replace(Known(), **known),))  # type: ignore[arg-type]
    walk.ask(I.START)
    return walk


def test_it_is_asked_before_and_after_and_kept() -> None:
    walk = Walk()
    walk.ask(I.START)
    assert Prompt.PREPARE_COMFORT in walk.said()
    walk.ask(I.RATE, number=4)
    assert walk.said() == [Prompt.COMFORT, Prompt.PREPARE_READY]
    walk.ask(I.EXPLAIN)
    assert Prompt.PREPARE_COMFORT not in walk.said(), "it was answered"
    finished(walk)
    walk.ask(I.RATE, number=7)
    assert walk.said() == [Prompt.COMFORT_BEFORE]
    walk.hush()
    assert walk.phase is P.CHOOSING
    [past] = walk.state.person.massages
    assert (past.routine_id, past.before, past.after, past.hurt) == (PLAN.routine_id, 4, 7, False)


def test_nobody_has_to_answer() -> None:
    walk = finished(begun())
    assert walk.phase is P.FINISHED
    walk.wait(10.0)
    assert (walk.phase, walk.state.massage) == (P.CHOOSING, None)
    [past] = walk.state.person.massages
    assert (past.before, past.after) == (None, None)


def test_pain_at_the_closing_question_is_the_same_massage() -> None:
    walk = finished(begun())
    walk.ask(I.PAIN)
    walk.ask(I.FINISH)
    walk.hush()
    walk.ask(I.RATE, number=0)
    [past] = walk.state.person.massages
    assert (past.after, past.hurt) == (0, True)


def test_numbness_is_no_time_for_numbers() -> None:
    walk = begun()
    walk.ask(I.READY)
    walk.hush()
    walk.wait(20.0)
    walk.ask(I.NUMB)
    assert walk.said() == [Prompt.STOPPED, Prompt.PAIN_NUMB]
    walk.hush()
    assert walk.phase is P.CHOOSING
    assert [past.hurt for past in walk.state.person.massages] == [True]


def test_a_massage_that_never_began_is_none() -> None:
    walk = begun()
    walk.ask(I.FINISH)
    walk.hush()
    assert walk.phase is P.CHOOSING
    assert walk.state.person.massages == ()


@pytest.mark.parametrize(("asked", "kept"), [((I.LIGHTER,), -1), ((I.FIRMER, I.FIRMER), 1), ((), 0)])
def test_how_firm_it_was_liked_is_how_the_next_begins(asked: tuple[I, ...], kept: int) -> None:
    walk = begun()
    walk.ask(I.READY)
    walk.hush()
    for each in asked:
        walk.ask(each)
        walk.hush()
    walk.wait(10.0)
    walk.ask(I.FINISH)
    walk.ask(I.YES)
    walk.hush()
    walk.wait(10.0)
    assert walk.state.person.ease == kept
    walk.ask(I.START)
    assert walk.state.massage is not None
    assert course.pressure(walk.state.massage) == 2 + kept


def test_everybody_is_known_by_a_number() -> None:
    walk = Walk(screening=True)
    walk.ask(I.PERSON, number=2)
    assert walk.said() == [Prompt.PERSON_NEW]
    walk.ask(I.START)
    walk.ask(I.NO)
    walk.ask(I.NO)
    finished(walk)
    walk.wait(10.0)
    walk.ask(I.PERSON, number=1)
    assert walk.said() == [Prompt.PERSON]
    walk.ask(I.START)
    assert Prompt.SCREENING_OPENS in walk.said(), "the first was never asked"
    walk.ask(I.PERSON, number=2)
    assert walk.said() == [Prompt.PERSON, Prompt.SCREENING_QUESTION], "whether it is the same"
    assert [(each.number, len(each.massages)) for each in walk.state.people] == [(1, 0), (2, 1)]


def test_a_name_is_spoken() -> None:
    walk = Walk()
    walk.state = replace(walk.state, people=(Known(), Known(2, "Anna")))
    walk.ask(I.PERSON, number=2)
    assert walk.said() == [Prompt.PERSON_NAMED]


def test_somebody_else_is_a_guest_and_takes_nothing_from_the_first() -> None:
    walk = Walk(screening=True)
    first = Known(ease=-2, screened_until=walk.now + WEEK_S, tender=(("lumbar", 1),))
    walk.state = replace(walk.state, people=(first,))
    walk.ask(I.START)
    walk.ask(I.NO)
    assert Prompt.SOMEBODY_ELSE in walk.said()
    assert walk.state.receiver == GUEST
    assert walk.state.massage is not None
    assert walk.state.massage.ease == 0
    assert first in walk.state.people


def past(days: float, **known: object) -> Past:
    return replace(Past(-days * 24 * 3600.0, "back"), **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("massages", "said"),
    [
        ((), None),
        ((past(3), past(1)), None),
        ((past(5), past(3), past(1)), Prompt.OFTEN),
        ((past(9), past(3), past(1)), None),
        ((past(9, hurt=True), past(5, before=3), past(1, before=0)), Prompt.SORE_FOR_LONG),
        ((past(9, hurt=True), past(5, before=4), past(1, before=0)), None),
        ((past(5, hurt=True), past(3, hurt=True), past(1, hurt=True)), Prompt.SORE_FOR_LONG),
    ],
)
def test_advice_comes_from_what_was(massages: tuple[Past, ...], said: Prompt | None) -> None:
    assert advice(Known(massages=massages), 0.0) is said
    walk = begun(massages=massages)
    assert {Prompt.OFTEN, Prompt.SORE_FOR_LONG} & set(walk.said()) == ({said} - {None})


def test_what_was_long_ago_is_forgotten() -> None:
    old, new = past(13.0), past(1.0)
    assert habits.with_massage((past(20.0), old), new) == (old, new)


def question(walk: Walk) -> Term:
    [found] = [
        dict(one.fields)["question"]
        for action in walk.actions
        if isinstance(action, Say)
        for one in action.lines
        if isinstance(one, Line) and one.prompt is Prompt.SCREENING_QUESTION
    ]
    assert isinstance(found, Term)
    return found


def test_who_has_said_who_they_are_is_asked_only_what_is_new_and_stays_who_they_are() -> None:
    walk = Walk(screening=True)
    walk.state = replace(walk.state, people=(Known(), Known(2, screened_until=WEEK_S, ease=-1)))
    walk.ask(I.PERSON, number=2)
    walk.ask(I.START)
    assert question(walk).name == NOTHING_NEW
    walk.ask(I.NO)
    assert question(walk).name == "fever"
    walk.ask(I.NO)
    walk.ask(I.NO)
    assert (walk.phase, walk.state.receiver) == (P.PREPARING, 2)
    assert walk.state.massage is not None
    assert walk.state.massage.ease == -1
    finished(walk)
    walk.wait(10.0)
    walk.ask(I.START)
    assert question(walk).name == SAME_PERSON, "who it is has been said for that massage alone"


@pytest.mark.parametrize(("hours", "receiver"), [(0.5, GUEST), (1.5, 1)])
def test_a_guest_is_forgotten_after_an_hour(hours: float, receiver: int) -> None:
    walk = Walk(screening=True)
    walk.state = replace(walk.state, people=(Known(screened_until=WEEK_S),))
    walk.ask(I.START)
    for _ in range(3):
        walk.ask(I.NO)
    assert walk.state.receiver == GUEST
    finished(walk)
    walk.wait(hours * 3600.0)
    walk.ask(I.START)
    assert walk.state.receiver == receiver
    assert question(walk).name == ("fever" if receiver else SAME_PERSON)
    assert len(walk.state.people) == (1 if receiver else 2)

"""What must hold whatever is said, in whatever order, at whatever time."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given, settings

from tests.session.walking import OTHER, PLAN, Walk
from voice.session import course
from voice.session.actions import CutShort, Say, Silence
from voice.session.events import (
    Event,
    Failed,
    Heard,
    NotUnderstood,
    Part,
    Recovered,
    RejectionReason,
    SpeechFinished,
    TimePassed,
)
from voice.session.intents import Intent, IntentName
from voice.session.lines import Line, Prompt
from voice.session.state import Confirming, Guiding, PhaseName

HANDS_AT_WORK = {PhaseName.GUIDING, PhaseName.CHECKING_IN}
LATCHED = {PhaseName.STOPPED, PhaseName.ASKING_ABOUT_PAIN}
STOP_LINES = {
    Prompt.STOPPED,
    Prompt.STOPPED_WAYS_ON,
    Prompt.STOPPED_WAYS_ON_SELF,
    Prompt.PAIN_QUESTION,
    Prompt.PAIN_QUESTION_AGAIN,
    Prompt.PAIN_SHARP,
}
DELIBERATE = {IntentName.CARRY_ON, IntentName.READY, IntentName.FINISH, IntentName.TOO_MUCH, IntentName.NUMB}

intents = st.builds(
    Intent,
    st.sampled_from(IntentName),
    seconds=st.none() | st.floats(1.0, 600.0),
    step=st.none() | st.integers(-1, 9),
    routine=st.none() | st.sampled_from(["back", "neck", "nowhere"]),
    about=st.none() | st.sampled_from(["self", "partner", "lumbar", "glutes", "nowhere", "which-oil"]),
)
others: st.SearchStrategy[Event] = st.one_of(
    st.builds(NotUnderstood, st.sampled_from(RejectionReason)),
    st.builds(Failed, st.sampled_from(Part)),
    st.builds(Recovered, st.sampled_from(Part)),
    st.builds(SpeechFinished, st.integers(0, 5)),
    st.just(TimePassed()),
)
# Mostly what really happens: speech ends, deadlines come, people speak.
moves = st.lists(
    st.tuples(
        st.floats(0.0, 90.0),
        st.one_of(
            st.just("speech ends"), st.just("deadline"), intents.map(Heard), intents.map(Heard), others
        ),
    ),
    max_size=60,
)
beginnings = st.sampled_from(["start", "work", "work", "work"])


def begin(where: str) -> Walk:
    walk = Walk(screening=where == "start", plans=(PLAN, OTHER))
    if where == "work":
        walk.ask(IntentName.START, routine="back")
        walk.hush()
        walk.ask(IntentName.READY)
        walk.hush()
    return walk


def take(walk: Walk, wait: float, move: Event | str) -> Event:
    """One move, as the shell would make it: never past a deadline without saying so."""
    if move == "speech ends":
        speaking = walk.state.speaking
        event: Event = TimePassed() if speaking is None else SpeechFinished(speaking.utterance_id)
        walk.now += min(wait, 5.0)
    elif move == "deadline":
        event = TimePassed()
        walk.now = walk.deadline if walk.deadline is not None else walk.now + wait
    else:
        assert not isinstance(move, str)
        event = move
        if isinstance(move, SpeechFinished):  # a late one: of something that was said before
            event = SpeechFinished(min(move.utterance_id, walk.state.utterances))
        walk.now += wait
    walk.send(event)
    return event


@settings(max_examples=400, deadline=None)
@given(beginnings, moves)
def test_never_two_utterances_at_once(where: str, course_of: list[tuple[float, Event | str]]) -> None:
    walk = begin(where)
    for wait, move in course_of:
        open_id = walk.state.speaking.utterance_id if walk.state.speaking else None
        event = take(walk, wait, move)
        if isinstance(event, SpeechFinished) and event.utterance_id == open_id:
            open_id = None
        for action in walk.actions:
            match action:
                case CutShort() | Silence():
                    open_id = None
                case Say(utterance_id=number):
                    assert open_id is None
                    open_id = number
                case _:
                    pass
        assert open_id == (walk.state.speaking.utterance_id if walk.state.speaking else None)


@settings(max_examples=400, deadline=None)
@given(beginnings, moves)
def test_every_deadline_lies_ahead(where: str, course_of: list[tuple[float, Event | str]]) -> None:
    walk = begin(where)
    for wait, move in course_of:
        take(walk, wait, move)
        assert walk.deadline is None or walk.deadline > walk.now


@settings(max_examples=400, deadline=None)
@given(moves, st.sampled_from([IntentName.STOP, IntentName.PAIN]))
def test_after_a_stop_only_its_own_words_until_a_deliberate_phrase(
    course_of: list[tuple[float, Event | str]], urgent: IntentName
) -> None:
    walk = begin("work")
    walk.ask(urgent)
    for wait, move in course_of:
        event = take(walk, wait, move)
        deliberate = isinstance(event, Heard) and event.intent.name in DELIBERATE
        if deliberate and (walk.phase not in LATCHED or walk.state.failed):
            return  # it led on, or was told what is missing
        assert walk.phase in LATCHED
        spoken = [one for action in walk.actions if isinstance(action, Say) for one in action.lines]
        assert all(isinstance(one, Line) and one.prompt in STOP_LINES for one in spoken)


@settings(max_examples=300, deadline=None)
@given(beginnings, moves)
def test_next_never_leaves_stopped(where: str, course_of: list[tuple[float, Event | str]]) -> None:
    walk = begin(where)
    for wait, move in course_of:
        take(walk, wait, move)
        if walk.phase is PhaseName.STOPPED:
            for intent in (IntentName.NEXT, IntentName.YES, IntentName.START, IntentName.SKIP):
                walk.ask(intent)
                assert walk.phase is PhaseName.STOPPED


@settings(max_examples=400, deadline=None)
@given(moves)
def test_time_passes_for_the_massage_only_while_hands_are_at_work(
    course_of: list[tuple[float, Event | str]],
) -> None:
    walk = begin("work")
    for wait, move in course_of:
        massage, before = walk.state.massage, walk.now
        worked = course.worked(massage, before) if massage else 0.0
        at_work = walk.phase in HANDS_AT_WORK
        take(walk, wait, move)
        now = walk.state.massage
        if massage is None or now is None or now.index != massage.index or now.plan != massage.plan:
            continue
        if not at_work and walk.phase not in HANDS_AT_WORK:
            assert course.worked(now, walk.now) in {worked, 0.0}  # 0.0: begun afresh
        assert course.worked(now, walk.now) <= worked + (walk.now - before) + 1e-6
        assert now.working_since is None or walk.phase in HANDS_AT_WORK


@settings(max_examples=300, deadline=None)
@given(moves)
def test_pressure_never_passes_a_limit(course_of: list[tuple[float, Event | str]]) -> None:
    walk = begin("work")
    for wait, move in course_of:
        take(walk, wait, move)
        massage = walk.state.massage
        if massage is not None:
            level = course.pressure(massage)
            assert 1 <= level <= min(massage.beat.max_pressure, course.pain_cap(massage))


@settings(max_examples=300, deadline=None)
@given(moves)
def test_a_step_that_hurt_sharply_is_not_done_again(course_of: list[tuple[float, Event | str]]) -> None:
    walk = begin("work")
    walk.ask(IntentName.PAIN)
    walk.ask(IntentName.PAIN)  # sharp
    assert walk.state.massage is not None
    assert walk.state.massage.hurts.barred == {("back", "glide")}
    for wait, move in course_of:
        take(walk, wait, move)
        massage = walk.state.massage
        if massage is None:
            return
        if walk.phase in HANDS_AT_WORK:
            assert not massage.bars(massage.beat)


@settings(max_examples=300, deadline=None)
@given(beginnings, moves)
def test_a_guide_at_work_is_never_stuck(where: str, course_of: list[tuple[float, Event | str]]) -> None:
    """Guiding always has something under way that will end: speech, or the clock."""
    walk = begin(where)
    for wait, move in course_of:
        take(walk, wait, move)
        if walk.phase is PhaseName.GUIDING:
            massage = walk.state.massage
            assert massage is not None
            goes_on = massage.working_since is not None or massage.settled_at is not None
            assert walk.state.speaking is not None or goes_on


@settings(max_examples=100, deadline=None)
@given(beginnings, moves)
def test_the_same_events_give_the_same_session(
    where: str, course_of: list[tuple[float, Event | str]]
) -> None:
    first, second = begin(where), begin(where)
    for wait, move in course_of:
        take(first, wait, move)
        take(second, wait, move)
    assert first.log == second.log
    assert first.state == second.state


@settings(max_examples=400, deadline=None)
@given(beginnings, moves)
def test_nothing_goes_on_without_a_part_that_is_missing(
    where: str, course_of: list[tuple[float, Event | str]]
) -> None:
    walk = begin(where)
    going = {PhaseName.SCREENING, PhaseName.PREPARING, *HANDS_AT_WORK}
    for wait, move in course_of:
        take(walk, wait, move)
        if walk.state.failed:
            assert walk.phase not in going
            assert walk.state.phase != Confirming(Guiding()), "only a pause may be given up"


@settings(max_examples=300, deadline=None)
@given(beginnings, moves)
def test_there_is_a_massage_exactly_where_one_is_needed(
    where: str, course_of: list[tuple[float, Event | str]]
) -> None:
    walk = begin(where)
    for wait, move in course_of:
        take(walk, wait, move)
        if walk.phase is PhaseName.CHOOSING:
            assert walk.state.massage is None
        elif walk.phase is not PhaseName.FINISHED:
            assert walk.state.massage is not None

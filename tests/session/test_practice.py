"""What surrounds a massage: finding one, being asked before it, asking in its midst, being looked after."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.session.walking import OTHER, PLAN, Walk
from voice.session import course
from voice.session.actions import Chime, Earcon, Say
from voice.session.events import Failed, Heard, NotUnderstood, Part, RejectionReason
from voice.session.intents import Intent
from voice.session.intents import IntentName as I
from voice.session.lines import Line, Prompt, Span, Term
from voice.session.people import Hurts, Known
from voice.session.plan import Audience
from voice.session.screening import VALID_S, Care, Question, Severity
from voice.session.state import Choosing, Guiding, Manner, Paused
from voice.session.state import PhaseName as P

FEET = replace(OTHER, routine_id="feet", title="Feet", beats=(replace(OTHER.beats[0], region=("foot",)),))
PLANS = (PLAN, OTHER, FEET)
ALL = (
    Question("fever", Severity.DO_NOT),
    Question("surgery", Severity.ASK_FIRST),
    Question("child", Severity.GENTLY),
)


def field(walk: Walk, prompt: Prompt, name: str) -> object:
    lines = [one for action in walk.actions if isinstance(action, Say) for one in action.lines]
    return next(dict(one.fields)[name] for one in lines if isinstance(one, Line) and one.prompt is prompt)


def asked(walk: Walk) -> object:
    return field(walk, Prompt.SCREENING_QUESTION, "question")


def screened(*answers: I) -> Walk:
    walk = Walk(plans=(PLAN,))
    walk.state = replace(walk.state, questions=ALL)
    walk.ask(I.START)
    for answer in answers:
        walk.ask(answer)
    return walk


def missed(walk: Walk, reason: RejectionReason = RejectionReason.NOT_A_WHOLE_PHRASE) -> None:
    walk.hush()
    walk.send(NotUnderstood(reason, "less the"))


# finding one


def test_the_only_one_that_fits_begins_with_yes() -> None:
    walk = Walk(plans=PLANS)
    walk.ask(I.FIND, about="foot")
    assert walk.said() == [Prompt.FOUND_ONE]
    assert field(walk, Prompt.FOUND_ONE, "title") == "Feet"
    walk.ask(I.YES)
    assert walk.phase is P.PREPARING
    assert walk.state.massage is not None
    assert walk.state.massage.plan.routine_id == "feet"


def test_several_are_named_by_their_own_numbers() -> None:
    walk = Walk(plans=PLANS)
    walk.ask(I.FIND, about=str(Audience.SELF))
    listing = field(walk, Prompt.FOUND_SOME, "routines")
    assert getattr(listing, "numbers", None) == (2, 3)


def test_wishes_add_up_and_the_last_one_counts_where_they_do_not_agree() -> None:
    walk = Walk(plans=PLANS)
    walk.ask(I.FIND, about=str(Audience.SELF))
    walk.ask(I.FIND, about="foot")
    assert field(walk, Prompt.FOUND_ONE, "title") == "Feet"
    walk.ask(I.FIND, about="lumbar")
    assert field(walk, Prompt.FOUND_ONE, "title") == "Back"
    assert walk.state.phase == Choosing(region="lumbar", suggested="back")


def test_nothing_for_a_place_is_said_so() -> None:
    walk = Walk(plans=PLANS)
    walk.ask(I.FIND, about="elbow")
    assert walk.said() == [Prompt.FOUND_NONE]
    walk.ask(I.YES)
    assert walk.phase is P.CHOOSING, "nothing was suggested"


def test_a_time_that_was_wished_is_kept_when_one_is_chosen() -> None:
    walk = Walk(plans=PLANS)
    walk.ask(I.FIND, seconds=240.0)
    walk.ask(I.START, routine="back")
    assert walk.state.massage is not None
    assert walk.state.massage.plan.seconds == 240.0
    assert field(walk, Prompt.PREPARE_OPEN, "length") == Span(240.0)


def test_make_it_shorter_before_it_begins() -> None:
    walk = Walk(plans=PLANS)
    walk.ask(I.START, routine="back")
    walk.ask(I.FIT_TIME, seconds=250.0)
    assert walk.said() == [Prompt.ROUTINE_FITTED, Prompt.PREPARE_READY]
    assert field(walk, Prompt.ROUTINE_FITTED, "length") == Span(250.0)
    walk.ask(I.FIT_TIME, seconds=30.0)
    assert walk.said() == [Prompt.ROUTINE_NEAREST, Prompt.PREPARE_READY]


def test_make_it_shorter_in_its_midst() -> None:
    walk = Walk().work()
    walk.wait(30.0)
    walk.ask(I.FIT_TIME, seconds=240.0)
    assert walk.said() == [Prompt.TIME_FITTED]
    assert field(walk, Prompt.TIME_FITTED, "left") == Span(210.0)
    assert walk.left == 30.0, "what is under way stays as it is"


# being asked before it


def test_a_clot_ends_it_kindly() -> None:
    walk = screened(I.YES)
    assert walk.said() == [Prompt.SCREENING_DO_NOT]
    assert walk.phase is P.FINISHED


def test_surgery_is_no_hindrance_when_a_doctor_has_allowed_it() -> None:
    walk = screened(I.NO, I.YES)
    assert asked(walk) == Term("screening", "surgery-then")
    walk.ask(I.YES)
    assert asked(walk) == Term("screening", "child")
    walk = screened(I.NO, I.YES, I.NO)
    assert walk.said() == [Prompt.SCREENING_ASK_FIRST]


@pytest.mark.parametrize(("early", "care"), [(I.NO, Care(True, False)), (I.YES, Care(True, True))])
def test_pregnancy_makes_it_gentle(early: I, care: Care) -> None:
    walk = screened(I.NO, I.NO, I.YES, early)
    assert Prompt.SCREENING_GENTLE in walk.said()
    assert walk.state.person.care == care
    assert walk.state.massage is not None
    assert max(beat.max_pressure for beat in walk.state.massage.plan.beats) == 2


def test_what_does_that_mean() -> None:
    walk = screened(I.NO)
    walk.ask(I.EXPLAIN)
    assert walk.said() == [Prompt.SCREENING_EXPLAINED, Prompt.SCREENING_QUESTION]
    assert field(walk, Prompt.SCREENING_EXPLAINED, "meaning") == Term("explained", "surgery")
    assert asked(walk) == Term("screening", "surgery")


def finished_after_screening() -> Walk:
    walk = screened(I.NO, I.NO, I.NO)
    walk.ask(I.FINISH)
    walk.hush()
    assert walk.phase is P.CHOOSING
    return walk


def test_the_same_person_is_not_asked_again_for_a_week() -> None:
    walk = finished_after_screening()
    walk.now += VALID_S - 60.0
    walk.ask(I.START)
    assert asked(walk) == Term("screening", "same-person")
    walk.ask(I.YES)
    assert walk.phase is P.PREPARING
    walk = finished_after_screening()
    walk.now += VALID_S
    walk.ask(I.START)
    assert asked(walk) == Term("screening", "fever")


def test_somebody_else_is_asked_all_and_has_no_pains_yet() -> None:
    walk = finished_after_screening()
    sore = replace(
        walk.state.person, hurts=Hurts((("lumbar", 1),)), hurts_until=walk.now + 60.0, tender=(("lumbar", 1),)
    )
    walk.state = replace(walk.state, people=(sore,))
    walk.ask(I.START)
    walk.ask(I.NO)
    assert asked(walk) == Term("screening", "fever")
    for _ in ALL:
        walk.ask(I.NO)
    assert walk.phase is P.PREPARING
    assert walk.state.massage is not None
    assert (walk.state.massage.hurts, walk.state.person.tender) == (Hurts(), ())
    assert [person.tender for person in walk.state.people] == [(), (("lumbar", 1),)], "the first is known yet"


# asking in its midst


def test_a_question_takes_no_time_from_the_step() -> None:
    walk = Walk().work()
    walk.wait(20.0)
    walk.ask(I.ASK, about="which-oil")
    assert field(walk, Prompt.ANSWER, "answer") == Term("answer", "which-oil")
    walk.now += 9.0
    assert walk.left == 40.0
    walk.hush()
    walk.wait(10.0)
    assert walk.left == 30.0


@pytest.mark.parametrize("where", [P.CHOOSING, P.SCREENING, P.PREPARING, P.PAUSED])
def test_questions_are_answered_wherever_one_may_speak(where: P) -> None:
    walk = Walk(screening=where is P.SCREENING)
    if where in {P.SCREENING, P.PREPARING}:
        walk.ask(I.START)
    if where is P.PAUSED:
        walk.work().ask(I.PAUSE)
    walk.ask(I.ASK, about="which-oil")
    assert walk.said()[0] is Prompt.ANSWER
    assert walk.phase is where


def test_more_oil_waits_for_ready() -> None:
    walk = Walk().work()
    walk.wait(20.0)
    walk.ask(I.FETCH)
    assert (walk.phase, walk.said()) == (P.PAUSED, [Prompt.FETCHING])
    walk.wait(60.0)
    walk.ask(I.READY)
    assert walk.phase is P.GUIDING
    assert walk.left == 40.0


# being looked after


def test_a_place_that_is_eased_three_times_may_be_left() -> None:
    walk = Walk().work()
    walk.ask(I.FIRMER)
    walk.ask(I.FIRMER)
    walk.ask(I.LIGHTER)
    walk.ask(I.TOO_MUCH)
    assert Prompt.PRESSURE_LEAVE not in walk.said()
    walk.ask(I.LIGHTER)
    assert walk.said()[-1] is Prompt.PRESSURE_LEAVE
    walk.ask(I.LIGHTER)
    assert Prompt.PRESSURE_LEAVE not in walk.said(), "suggested once"


def test_what_hurt_begins_lighter_the_next_time() -> None:
    walk = Walk().work()
    walk.wait(10.0)
    walk.ask(I.PAIN)
    walk.ask(I.TOO_MUCH)
    walk.ask(I.FINISH)
    walk.ask(I.YES)
    walk.hush()
    assert walk.state.person.tender == (("lumbar", 1),)
    walk.now += 24 * 3600.0
    walk.ask(I.START)
    assert Prompt.BEGUN_LIGHTER in walk.said()
    assert walk.state.massage is not None
    assert course.pressure(walk.state.massage) == 1
    walk.ask(I.READY)
    walk.ask(I.FIRMER)
    assert course.pressure(walk.state.massage) == 2, "it may grow firmer"


def test_numbness_is_asked_about_anew_and_its_place_begins_lighter() -> None:
    walk = screened(I.NO, I.NO, I.NO)
    walk.ask(I.READY)
    walk.hush()
    walk.wait(10.0)
    walk.ask(I.NUMB)
    walk.hush()
    assert walk.state.person.tender == (("lumbar", 1),)
    walk.ask(I.START)
    assert asked(walk) == Term("screening", "fever"), "what was answered before no longer holds"


@pytest.mark.parametrize("answer", [I.STOP, I.FINISH, I.PAIN])
def test_what_hurt_is_remembered_however_it_ends(answer: I) -> None:
    walk = Walk().work()
    walk.ask(I.PAIN)
    walk.ask(answer)
    assert walk.state.person.tender == (("lumbar", 1),)


def test_a_place_that_was_not_worked_since_stays_tender() -> None:
    walk = Walk(plans=PLANS)
    walk.state = replace(walk.state, people=(Known(tender=(("glutes", 2), ("lumbar", 1))),))
    walk.ask(I.START, routine="back")
    walk.ask(I.READY)
    walk.hush()
    walk.wait(10.0)
    walk.ask(I.FINISH)
    walk.ask(I.YES)
    assert walk.state.person.tender == (("glutes", 2),), "the glutes come later"


def test_how_firm_a_gentle_step_is_gets_told_before_its_words() -> None:
    walk = screened(I.NO, I.NO, I.YES, I.NO)
    assert walk.said()[:2] == [Prompt.SCREENING_GENTLE, Prompt.PREPARE_GENTLE]
    walk.ask(I.READY)
    walk.hush()
    walk.ask(I.GO_TO_STEP, step=3)
    said = walk.said()
    assert said.index(Prompt.PRESSURE) < said.index("Knead.")


def test_no_no_answers_one_question() -> None:
    walk = screened()
    for _ in range(7):
        walk.send(Heard(Intent(I.NO)))
        walk.now += 0.3
    assert walk.phase is P.SCREENING


def test_what_was_found_is_forgotten_when_nobody_starts_it() -> None:
    walk = Walk(plans=PLANS)
    walk.ask(I.FIND, about="foot")
    walk.hush()
    walk.wait(61.0)
    assert walk.state.phase == Choosing()
    walk.ask(I.YES)
    assert walk.phase is P.CHOOSING


def test_a_length_that_cannot_be_had_is_not_announced() -> None:
    walk = Walk(plans=PLANS)
    walk.ask(I.FIND, about="foot")
    walk.ask(I.FIND, seconds=3600.0)
    assert field(walk, Prompt.FOUND_ONE, "length") == Span(20.0), "twice its own"


def test_fitting_again_begins_from_the_routine_itself() -> None:
    walk = Walk(plans=PLANS)
    walk.ask(I.START, routine="back")
    for _ in range(3):
        walk.ask(I.FIT_TIME, seconds=60.0)
    walk.ask(I.FIT_TIME, seconds=300.0)
    assert field(walk, Prompt.ROUTINE_FITTED, "length") == Span(300.0)


def hurt_sharply(walk: Walk, routine: str) -> Walk:
    """A routine whose first step hurts sharply, and is given up for it."""
    walk.ask(I.START, routine=routine)
    walk.ask(I.READY)
    walk.hush()
    walk.wait(10.0)
    walk.ask(I.PAIN)
    walk.ask(I.PAIN)
    walk.ask(I.FINISH)
    walk.hush()
    return walk


def test_a_barred_step_is_no_time_ahead_and_bars_nothing_elsewhere() -> None:
    same = replace(OTHER, beats=(replace(OTHER.beats[0], step_id="glide"),))
    walk = hurt_sharply(Walk(plans=(PLAN, same)), "back")
    walk.ask(I.START, routine="neck")
    assert walk.phase is P.PREPARING
    walk.ask(I.FINISH)
    walk.hush()
    walk.ask(I.START, routine="back")
    assert field(walk, Prompt.PREPARE_OPEN, "length") == Span(PLAN.seconds - 60.0)


INCLUDING = replace(
    PLAN, routine_id="all", beats=tuple(replace(beat, written_in="back") for beat in PLAN.beats)
)


@pytest.mark.parametrize(("hurting", "later"), [("back", "all"), ("all", "back")])
def test_a_barred_step_stays_barred_where_another_routine_includes_it(hurting: str, later: str) -> None:
    walk = hurt_sharply(Walk(plans=(PLAN, INCLUDING)), hurting)
    walk.ask(I.START, routine=later)
    assert field(walk, Prompt.PREPARE_OPEN, "length") == Span(PLAN.seconds - 60.0)
    walk.ask(I.READY)
    assert walk.state.massage is not None
    assert [beat.step_id for beat in walk.state.massage.plan.steps] == ["press", "knead", "rest"]


def test_fitting_while_a_barred_step_is_held_by_a_failure_repeats_nothing() -> None:
    walk = Walk().work()
    walk.ask(I.GO_TO_STEP, step=3)
    walk.hush()
    walk.wait(10.0)
    walk.ask(I.PAIN)
    walk.ask(I.PAIN)
    walk.send(Failed(Part.MICROPHONE))
    walk.ask(I.CARRY_ON)
    walk.state = replace(walk.state, phase=Paused(Guiding()))
    walk.ask(I.FIT_TIME, seconds=300.0)
    assert walk.state.massage is not None
    assert [beat.step_id for beat in walk.state.massage.plan.steps] == ["glide", "press", "knead", "rest"]


def test_a_pause_before_the_first_step_knows_of_no_work() -> None:
    walk = Walk(plans=(PLAN,))
    walk.ask(I.START)
    walk.ask(I.PAUSE)
    for asks in (I.LIGHTER, I.WHY, I.FIT_TIME, I.HOW_LONG):
        walk.ask(asks)
        assert walk.said() == [Prompt.NOT_YET_BEGUN, Prompt.CARRY_ON_FIRST]


# speaking


def test_what_is_not_understood_gets_a_reminder_then_examples_then_quiet() -> None:
    walk = Walk().work()
    said = []
    for _ in range(4):
        missed(walk)
        assert walk.actions[0] == Chime(Earcon.NOT_UNDERSTOOD)
        said.append(walk.said())
    assert said == [[Prompt.NOT_CAUGHT], [Prompt.HELP], [], []]
    walk.ask(I.WHERE_AM_I)
    missed(walk)
    assert walk.said() == [Prompt.NOT_CAUGHT], "a word that was understood begins it anew"


def test_a_question_is_put_again_in_short_then_with_examples_then_quiet() -> None:
    walk = Walk(screening=True)
    walk.ask(I.START)
    said = []
    for _ in range(3):
        missed(walk, RejectionReason.OUT_OF_VOCABULARY)
        said.append(walk.said())
    assert said == [[Prompt.YES_OR_NO], [Prompt.HELP, Prompt.SCREENING_QUESTION], []]
    assert walk.state.answer_by is not None, "silence still counts as no answer"


def test_over_the_guides_own_words_there_is_a_sound_only() -> None:
    walk = Walk()
    walk.ask(I.START)
    walk.send(NotUnderstood(RejectionReason.NOT_A_WHOLE_PHRASE, "less the"))
    assert walk.actions == (Chime(Earcon.NOT_UNDERSTOOD),)


def test_the_brief_manner_leaves_out_the_how_but_never_the_care() -> None:
    walk = Walk().work()
    walk.ask(I.SAY_LESS)
    assert walk.state.manner is Manner.BRIEF
    walk.ask(I.RESTART_STEP)
    assert "Glide up." in walk.said(), "asked for, it is told in full"
    walk.ask(I.GO_TO_STEP, step=2)
    assert walk.said() == [Prompt.STEP, Prompt.STEP_SIDE, Prompt.STEP_HOLD]
    walk.ask(I.GO_TO_STEP, step=1)
    assert walk.said() == [Prompt.STEP, "Not on the spine.", Prompt.STEP_LENGTH]
    walk.ask(I.SAY_MORE)
    walk.hush()
    walk.ask(I.GO_TO_STEP, step=1)
    assert "Glide up." in walk.said()


def test_hands_settle_before_the_clock_starts() -> None:
    walk = Walk()
    walk.ask(I.START)
    walk.hush()
    walk.ask(I.READY)
    assert walk.state.speaking is not None
    spoken = walk.now
    walk.hush()
    assert walk.now - spoken == 1.0 + course.SETTLE_S[Audience.PARTNER]
    assert walk.left == 60.0

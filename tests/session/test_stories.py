"""What a massage is like: stories of a few events each, told with literal times."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.session.walking import ONLY, OTHER, PLAN, Walk
from voice.session import course
from voice.session.actions import Chime, CutShort, Earcon, KeepTempo, Say, SetVolume, Silence
from voice.session.events import Failed, NotUnderstood, Part, Recovered, RejectionReason, TimePassed
from voice.session.intents import IntentName as I
from voice.session.lines import Line, Phrases, Prompt, Span, Term
from voice.session.plan import Side
from voice.session.state import PhaseName as P


def pressure(walk: Walk) -> int:
    assert walk.state.massage is not None
    return course.pressure(walk.state.massage)


def phase(walk: Walk) -> P:
    return walk.phase


def side(walk: Walk) -> Side | None:
    assert walk.state.massage is not None
    return walk.state.massage.beat.side


def step(walk: Walk) -> str:
    assert walk.state.massage is not None
    return walk.state.massage.beat.step_id


def field(walk: Walk, prompt: Prompt, name: str) -> object:
    lines = [one for action in walk.actions if isinstance(action, Say) for one in action.lines]
    return next(dict(one.fields)[name] for one in lines if isinstance(one, Line) and one.prompt is prompt)


def test_from_start_to_finish_with_nothing_but_ready_and_next() -> None:
    walk = Walk(screening=True)
    assert walk.said() == [Prompt.WELCOME_ROUTINE]
    walk.ask(I.START)
    assert walk.said() == [Prompt.SCREENING_OPENS, Prompt.SCREENING_QUESTION]
    walk.ask(I.NO)
    assert field(walk, Prompt.SCREENING_QUESTION, "question") == Term("screening", "surgery")
    walk.ask(I.NO)
    assert walk.said() == [
        Prompt.PREPARE_OPEN,
        Prompt.PREPARE_NEEDS,
        Prompt.PREPARE_COMFORT,
        Prompt.PREPARE_READY,
    ]
    walk.ask(I.READY)
    assert walk.said() == [Prompt.STEP, "Glide up.", "Not on the spine.", Prompt.STEP_LENGTH]
    walk.hush()
    assert KeepTempo(8.0) in walk.actions
    for title in ("press", "press", "press", "press", "knead", "rest"):
        walk.ask(I.NEXT)
        assert step(walk) == title
        walk.hush()
    walk.ask(I.NEXT)
    assert walk.said() == [Prompt.FINISHED]
    assert phase(walk) is P.FINISHED
    walk.hush()
    assert phase(walk) is P.CHOOSING
    assert walk.deadline is None, "it stands by, silent"


def test_the_work_begins_when_the_instruction_has_been_said() -> None:
    walk = Walk().work()
    assert walk.left == 60.0
    walk.wait(20.0)
    assert walk.left == 40.0


def test_time_runs_out_and_the_next_step_is_told() -> None:
    walk = Walk().work()
    began = walk.now
    walk.wait(59.0)
    assert step(walk) == "glide"
    walk.now = began + 60.0
    walk.send(TimePassed())
    assert Chime(Earcon.TIME_UP) in walk.actions
    assert step(walk) == "press"


def test_a_cue_at_half_time_moves_with_added_time() -> None:
    walk = Walk().work()
    walk.ask(I.MORE_TIME, seconds=60.0)
    walk.hush()
    walk.log.clear()
    walk.wait(40.0)
    assert "Half way." not in walk.said(tuple(walk.log))
    walk.wait(25.0)
    assert "Half way." in walk.said(tuple(walk.log))


def cued() -> Walk:
    """To the first word of the first step's cue, with half a minute left."""
    walk = Walk().work()
    walk.now += 30.0
    walk.send(TimePassed())
    assert walk.said() == ["Half way."]
    return walk


def test_a_cue_that_an_answer_cut_is_said_again_once() -> None:
    walk = cued()
    walk.ask(I.LOUDER)
    assert CutShort() in walk.actions
    walk.hush()
    assert walk.said() == ["Half way."]
    walk.log.clear()
    walk.wait(25.0)
    assert "Half way." not in walk.said(tuple(walk.log)), "it has been said to its end"


def test_a_cue_that_an_explanation_cut_is_said_when_the_work_goes_on() -> None:
    walk = cued()
    walk.ask(I.WHY)
    walk.hush()
    assert walk.said() == ["Half way."]
    assert walk.left == 30.0


def test_a_cue_that_was_cut_is_not_said_when_there_is_no_time_for_it() -> None:
    walk = cued()
    walk.ask(I.LESS_TIME, seconds=60.0)
    assert walk.left == 5.0
    walk.now += 2.5
    walk.log.clear()
    walk.hush()
    walk.wait(1.0)
    assert walk.said(tuple(walk.log)) == []


def test_a_cue_that_was_cut_is_not_said_on_the_next_step() -> None:
    walk = cued()
    walk.ask(I.NEXT)
    walk.hush()
    walk.log.clear()
    walk.wait(20.0)
    assert "Half way." not in walk.said(tuple(walk.log))


@pytest.mark.parametrize("interruption", [I.PAUSE, I.STOP])
def test_a_cue_that_was_cut_waits_until_the_work_goes_on(interruption: I) -> None:
    walk = cued()
    walk.ask(interruption)
    walk.hush()
    walk.log.clear()
    walk.wait(60.0)
    walk.ask(I.CARRY_ON)
    assert "Half way." not in walk.said(tuple(walk.log))
    walk.hush()
    assert walk.said() == ["Half way."]
    walk.log.clear()
    walk.wait(25.0)
    assert "Half way." not in walk.said(tuple(walk.log))


def test_a_hold_is_counted_out() -> None:
    walk = Walk().work()
    walk.ask(I.NEXT)
    walk.hush()
    walk.log.clear()
    walk.wait(29.9)
    numbers = [
        dict(one.fields)["number"]
        for action in walk.log
        if isinstance(action, Say)
        for one in action.lines
        if isinstance(one, Line) and one.prompt is Prompt.COUNT
    ]
    assert numbers == [5, 4, 3, 2, 1]


def test_lighter_and_firmer_are_remembered_and_limited() -> None:
    walk = Walk().work()
    walk.ask(I.LIGHTER)
    assert walk.said() == [Prompt.PRESSURE_LIGHTER]
    assert pressure(walk) == 1
    walk.ask(I.LIGHTER)
    assert walk.said() == [Prompt.PRESSURE_LIGHTEST]
    walk.ask(I.NEXT)
    assert pressure(walk) == 2, "one lighter than this step's three"
    assert Prompt.PRESSURE in walk.said()
    for _ in range(2):
        walk.ask(I.FIRMER)
    assert pressure(walk) == 4
    walk.ask(I.FIRMER)
    assert walk.said() == [Prompt.PRESSURE_LIMIT], "the routine's limit"


def test_too_much_is_two_levels_lighter_without_stopping() -> None:
    walk = Walk().work()
    walk.ask(I.GO_TO_STEP, step=3)
    walk.hush()
    walk.ask(I.TOO_MUCH)
    assert phase(walk) is P.GUIDING
    assert pressure(walk) == 1
    assert walk.said() == [Prompt.PRESSURE_EASED]


def test_pause_keeps_the_time_and_carry_on_gives_it_back() -> None:
    walk = Walk().work()
    walk.wait(20.0)
    walk.ask(I.PAUSE)
    assert Chime(Earcon.PAUSED) in walk.actions
    assert KeepTempo(None) in walk.actions
    walk.hush()
    walk.wait(100.0)
    assert walk.left == 40.0
    walk.ask(I.NEXT)
    assert walk.said() == [Prompt.CARRY_ON_FIRST]
    walk.ask(I.CARRY_ON)
    assert walk.said() == [Prompt.CARRY_ON, Prompt.HOW_LONG_STEP]
    walk.hush()
    assert walk.left == 40.0
    assert KeepTempo(8.0) in walk.actions


def test_stop_is_silence_then_one_line_and_next_does_not_leave_it() -> None:
    walk = Walk().work()
    walk.ask(I.NEXT)  # the guide is speaking
    walk.ask(I.STOP)
    assert isinstance(walk.actions[0], Silence)
    assert walk.said() == [Prompt.STOPPED, Prompt.STOPPED_WAYS_ON]
    walk.ask(I.NEXT)
    assert walk.said() == []
    assert phase(walk) is P.STOPPED
    walk.ask(I.STOP)
    assert walk.said() == []
    walk.ask(I.CARRY_ON)
    assert walk.said()[:2] == [Prompt.CARRY_ON, Prompt.STEP], "the instruction was cut, so it is told again"


def test_sharp_pain_leaves_the_step_and_caps_its_region() -> None:
    walk = Walk().work()
    walk.ask(I.GO_TO_STEP, step=3)
    walk.hush()
    walk.ask(I.PAIN)
    assert walk.said() == [Prompt.STOPPED, Prompt.PAIN_QUESTION]
    walk.ask(I.PAIN)
    assert walk.said() == [Prompt.PAIN_SHARP, Prompt.STOPPED_WAYS_ON]
    assert phase(walk) is P.STOPPED
    walk.ask(I.CARRY_ON)
    assert step(walk) == "rest"
    walk.ask(I.BACK)
    assert step(walk) == "press", "the step that hurt is passed over"
    walk.ask(I.GO_TO_STEP, step=3)
    assert walk.said() == [Prompt.STEP_BARRED]
    walk.ask(I.GO_TO_STEP, step=1)  # the same region
    walk.ask(I.FIRMER)
    assert walk.said() == [Prompt.PRESSURE_CAPPED]
    assert pressure(walk) == 1


def test_only_too_hard_goes_on_two_levels_lighter() -> None:
    walk = Walk().work()
    walk.ask(I.GO_TO_STEP, step=3)
    walk.hush()
    walk.wait(10.0)
    walk.ask(I.PAIN)
    walk.wait(5.0)
    walk.ask(I.TOO_MUCH)
    assert phase(walk) is P.GUIDING
    assert walk.said() == [Prompt.PAIN_TOO_HARD, Prompt.HOW_LONG_STEP]
    assert pressure(walk) == 1
    walk.hush()
    assert walk.left == 110.0


def test_numbness_ends_the_session() -> None:
    walk = Walk().work()
    walk.ask(I.PAIN)
    walk.ask(I.NUMB)
    assert walk.said() == [Prompt.STOPPED, Prompt.PAIN_NUMB]
    assert walk.state.massage is None
    walk.hush()
    assert phase(walk) is P.CHOOSING


def test_pain_without_an_answer_stays_stopped_and_counts_as_sharp() -> None:
    walk = Walk().work()
    walk.ask(I.PAIN)
    walk.log.clear()
    walk.hush()
    walk.wait(60.0)
    assert walk.said(tuple(walk.log)) == [
        Prompt.PAIN_QUESTION_AGAIN,
        Prompt.STOPPED,
        Prompt.STOPPED_WAYS_ON,
    ]
    assert phase(walk) is P.STOPPED
    walk.ask(I.CARRY_ON)
    assert step(walk) == "press"


def test_a_yes_at_screening_ends_kindly() -> None:
    walk = Walk(screening=True)
    walk.ask(I.START)
    walk.ask(I.YES)
    assert walk.said() == [Prompt.SCREENING_DO_NOT]
    walk = Walk(screening=True)
    walk.ask(I.START)
    walk.ask(I.NO)
    walk.ask(I.YES)
    assert field(walk, Prompt.SCREENING_QUESTION, "question") == Term("screening", "surgery-then")
    walk.ask(I.NO)
    assert walk.said() == [Prompt.SCREENING_ASK_FIRST]
    assert phase(walk) is P.FINISHED


def test_screening_without_an_answer_is_given_up_after_three_times() -> None:
    walk = Walk(screening=True)
    walk.ask(I.START)
    walk.log.clear()
    walk.hush()
    walk.wait(60.0)
    assert walk.said(tuple(walk.log)) == [
        Prompt.YES_OR_NO,
        Prompt.SCREENING_QUESTION,
        Prompt.YES_OR_NO,
        Prompt.SCREENING_QUESTION,
        Prompt.SCREENING_UNANSWERED,
    ]
    assert phase(walk) is P.CHOOSING


def test_which_routine_when_several_are_there() -> None:
    walk = Walk(plans=(PLAN, OTHER))
    assert walk.said() == [Prompt.WELCOME]
    walk.ask(I.START)
    assert walk.said() == [Prompt.WHICH_ROUTINE]
    walk.ask(I.START, routine="neck")
    assert walk.said() == [Prompt.PREPARE, Prompt.PREPARE_COMFORT, Prompt.PREPARE_READY], "it needs nothing"


def test_a_deeper_step_is_checked_in_on_and_silence_is_no_answer() -> None:
    walk = Walk().work()
    walk.ask(I.GO_TO_STEP, step=3)
    walk.hush()
    walk.log.clear()
    walk.wait(16.5)
    assert phase(walk) is P.CHECKING_IN
    walk.wait(40.0)
    assert walk.said(tuple(walk.log)) == [Prompt.CHECK_IN, Prompt.CHECK_IN_AGAIN]
    assert phase(walk) is P.GUIDING
    assert walk.left == 120.0 - 56.5, "the work went on all the while"


def test_lighter_answers_a_check_in() -> None:
    walk = Walk().work()
    walk.ask(I.GO_TO_STEP, step=3)
    walk.hush()
    walk.wait(17.0)
    walk.ask(I.LIGHTER)
    assert phase(walk) is P.GUIDING
    assert pressure(walk) == 2


def test_sides_and_repetitions_are_told_in_short() -> None:
    walk = Walk().work()
    walk.ask(I.NEXT)
    assert walk.said() == [Prompt.STEP, Prompt.STEP_SIDE, "Press here.", Prompt.STEP_HOLD]
    walk.ask(I.NEXT)
    assert walk.said() == [Prompt.STEP_REPETITION, Prompt.STEP_HOLD]
    walk.ask(I.SWITCH_SIDES)
    assert walk.said() == [Prompt.STEP_SWITCH, Prompt.STEP_HOLD]
    assert side(walk) is Side.RIGHT
    walk.ask(I.SWITCH_SIDES)
    assert side(walk) is Side.LEFT
    walk.ask(I.SKIP)
    assert step(walk) == "knead"
    walk.ask(I.SWITCH_SIDES)
    assert walk.said() == [Prompt.NO_SIDES]


def test_an_answer_cuts_the_instruction_which_is_then_told_again() -> None:
    walk = Walk().work()
    walk.ask(I.NEXT)
    walk.ask(I.HOW_LONG)
    assert walk.actions[0] == CutShort()
    assert walk.said() == [Prompt.HOW_LONG_STEP, Prompt.HOW_LONG_WHOLE]
    walk.log.clear()
    walk.hush()
    assert walk.said(tuple(walk.log))[0] is Prompt.STEP


def test_next_said_as_the_time_runs_out_moves_on_once() -> None:
    walk = Walk().work()
    walk.now += 60.0
    walk.send(TimePassed())
    walk.now += 1.0
    walk.ask(I.NEXT)
    assert step(walk) == "press"
    assert walk.actions == (Chime(Earcon.HEARD),)
    walk.now += 1.5
    walk.ask(I.NEXT)
    assert walk.state.massage is not None
    assert walk.state.massage.beat.repetition == 2


def test_less_time_leaves_enough_to_end_gently() -> None:
    walk = Walk().work()
    walk.wait(20.0)
    walk.ask(I.LESS_TIME)
    assert field(walk, Prompt.TIME_CUT, "left") == Span(10.0)
    walk.ask(I.LESS_TIME)
    assert walk.left == 5.0
    walk.ask(I.LESS_TIME)
    assert walk.left == 5.0


def test_a_step_until_next_has_no_timer() -> None:
    walk = Walk().work()
    walk.ask(I.GO_TO_STEP, step=4)
    assert walk.said()[-1] is Prompt.STEP_OPEN
    walk.hush()
    walk.wait(500.0)
    assert step(walk) == "rest"
    walk.ask(I.MORE_TIME)
    assert walk.said() == [Prompt.NO_TIMER]
    walk.ask(I.HOW_LONG)
    assert walk.said()[0] is Prompt.HOW_LONG_OPEN


def test_finish_early_is_confirmed_and_no_answer_pauses() -> None:
    walk = Walk().work()
    walk.wait(20.0)
    walk.ask(I.FINISH)
    assert phase(walk) is P.CONFIRMING
    walk.hush()
    walk.wait(30.0)
    assert phase(walk) is P.PAUSED
    assert walk.left == 40.0
    walk.ask(I.FINISH)
    walk.ask(I.NO)
    assert phase(walk) is P.PAUSED
    walk.ask(I.FINISH)
    walk.ask(I.YES)
    assert walk.said() == [Prompt.FINISHED_EARLY, Prompt.COMFORT_NOW]


def test_tempo_changes_the_beat() -> None:
    walk = Walk().work()
    walk.ask(I.SLOWER)
    assert KeepTempo(6.0) in walk.actions
    assert walk.said() == [Prompt.TEMPO_SLOWER, Prompt.TEMPO]
    for _ in range(9):
        walk.ask(I.FASTER)
    assert walk.said() == [Prompt.TEMPO_LIMIT]


def test_volume_has_ends() -> None:
    walk = Walk().work()
    walk.ask(I.LOUDER)
    assert SetVolume(4) in walk.actions
    walk.ask(I.LOUDER)
    walk.ask(I.LOUDER)
    assert walk.said() == [Prompt.LOUDEST]


def test_a_lost_microphone_pauses_and_going_on_waits_for_it() -> None:
    walk = Walk().work()
    walk.wait(20.0)
    walk.send(Failed(Part.MICROPHONE))
    assert isinstance(walk.actions[0], Silence)
    assert walk.said() == [Prompt.FAILED]
    assert phase(walk) is P.PAUSED
    walk.send(Failed(Part.MICROPHONE))
    assert not walk.said(), "said once"
    walk.ask(I.CARRY_ON)
    assert phase(walk) is P.PAUSED
    walk.send(Recovered(Part.MICROPHONE))
    assert walk.said() == [Prompt.RECOVERED]
    walk.ask(I.CARRY_ON)
    assert phase(walk) is P.GUIDING
    assert walk.left == 40.0


def test_talk_among_people_goes_unremarked_but_a_near_miss_makes_a_sound() -> None:
    walk = Walk().work()
    walk.send(NotUnderstood(RejectionReason.OUT_OF_VOCABULARY, "nice weather"))
    assert not walk.actions
    walk.send(NotUnderstood(RejectionReason.NOT_A_WHOLE_PHRASE, "next year"))
    assert walk.actions[0] == Chime(Earcon.NOT_UNDERSTOOD)


def test_help_names_a_few_things() -> None:
    walk = Walk().work()
    walk.ask(I.HELP)
    examples = field(walk, Prompt.HELP, "examples")
    assert isinstance(examples, Phrases)
    assert I.PAUSE in examples.intents
    assert I.STOP not in examples.intents, "the microphone would hear it"


def test_ready_is_reminded_of_once() -> None:
    walk = Walk()
    walk.ask(I.START)
    walk.hush()
    walk.log.clear()
    walk.wait(600.0)
    assert walk.said(tuple(walk.log)) == [Prompt.READY_REMINDER]
    assert phase(walk) is P.PREPARING


def test_pain_as_the_next_step_is_told_is_of_the_step_before() -> None:
    walk = Walk().work()
    walk.now += 60.0
    walk.send(TimePassed())
    assert step(walk) == "press"
    walk.now += 0.5
    walk.ask(I.PAIN)
    walk.ask(I.PAIN)  # sharp
    assert walk.state.massage is not None
    assert walk.state.massage.hurts.barred == {("back", "glide")}
    assert dict(walk.state.massage.hurts.caps) == {"glutes": 1, "lumbar": 1}, "in doubt both are spared"


def test_pain_as_the_last_step_ends_is_still_asked_about() -> None:
    walk = Walk(plans=(OTHER,)).work()
    walk.now += 10.0
    walk.send(TimePassed())
    assert phase(walk) is P.FINISHED
    walk.now += 0.4
    walk.ask(I.PAIN)
    assert phase(walk) is P.ASKING_ABOUT_PAIN
    walk.ask(I.PAIN)
    walk.ask(I.CARRY_ON)
    assert phase(walk) is P.FINISHED


def test_stop_comes_before_whatever_is_due_at_the_same_moment() -> None:
    walk = Walk().work()
    walk.now += 60.0
    walk.ask(I.STOP)
    assert walk.said() == [Prompt.STOPPED, Prompt.STOPPED_WAYS_ON]
    assert step(walk) == "glide"


def test_what_hurt_is_spared_in_a_second_massage_too() -> None:
    walk = Walk().work()
    walk.ask(I.PAIN)
    walk.ask(I.PAIN)
    walk.ask(I.FINISH)
    walk.hush()
    walk.work()
    assert step(walk) == "press", "the step that hurt is passed over"
    walk.now += 2 * 3600.0
    walk.ask(I.STOP)
    walk.ask(I.FINISH)
    walk.hush()
    walk.now += 2 * 3600.0
    walk.work()
    assert step(walk) == "glide", "hours later it may be somebody else"


def test_sharp_pain_before_the_first_step_ends_with_advice() -> None:
    walk = Walk()
    walk.ask(I.START)
    walk.ask(I.PAIN)
    walk.ask(I.PAIN)
    assert walk.said() == [Prompt.SCREENING_ASK_FIRST]
    assert phase(walk) is P.FINISHED


def test_too_hard_after_a_stop_is_remembered_without_a_word() -> None:
    walk = Walk().work()
    walk.ask(I.GO_TO_STEP, step=3)
    walk.hush()
    walk.ask(I.STOP)
    walk.ask(I.TOO_MUCH)
    assert walk.said() == []
    assert Chime(Earcon.HEARD) in walk.actions
    walk.ask(I.CARRY_ON)
    assert pressure(walk) == 1


def test_help_after_an_unanswered_pain_question_names_the_ways_on() -> None:
    walk = Walk().work()
    walk.ask(I.PAIN)
    walk.hush()
    walk.wait(60.0)
    walk.ask(I.HELP)
    assert walk.said() == [Prompt.STOPPED, Prompt.STOPPED_WAYS_ON]


def test_too_hard_does_not_lead_on_while_a_part_is_missing() -> None:
    walk = Walk().work()
    walk.send(Failed(Part.LOUDSPEAKER))
    walk.ask(I.PAIN)
    walk.ask(I.TOO_MUCH)
    assert phase(walk) is P.PAUSED
    assert walk.said() == [Prompt.MISSING]


def test_a_second_missing_part_is_named_when_the_first_is_back() -> None:
    walk = Walk().work()
    walk.send(Failed(Part.MICROPHONE))
    walk.send(Failed(Part.LOUDSPEAKER))
    walk.send(Recovered(Part.MICROPHONE))
    assert walk.said() == [Prompt.MISSING]
    walk.send(Recovered(Part.LOUDSPEAKER))
    assert walk.said() == [Prompt.RECOVERED]


def test_without_a_voice_the_pain_question_still_counts_as_unanswered() -> None:
    walk = Walk().work()
    walk.ask(I.PAIN)
    walk.send(Failed(Part.VOICE))
    walk.wait(60.0)
    assert phase(walk) is P.STOPPED
    assert walk.state.massage is not None
    assert walk.state.massage.hurts.barred == {("back", "glide")}


def test_without_a_voice_the_closing_words_end_too() -> None:
    walk = Walk(plans=(OTHER,)).work()
    walk.ask(I.NEXT)
    walk.send(Failed(Part.VOICE))
    assert phase(walk) is P.CHOOSING


def test_the_tempo_has_an_upper_end() -> None:
    brisk = replace(ONLY, tempo=200.0)
    walk = Walk(plans=(replace(OTHER, beats=(brisk,)),)).work()
    walk.ask(I.FASTER)
    assert KeepTempo(240.0) in walk.actions
    walk.ask(I.FASTER)
    assert walk.said() == [Prompt.TEMPO_LIMIT]


def test_more_time_names_what_was_added() -> None:
    walk = Walk().work()
    walk.ask(I.MORE_TIME, seconds=5000.0)
    assert field(walk, Prompt.TIME_ADDED, "change") == Span(3600.0 - 60.0)


def test_back_does_not_lead_into_a_step_that_hurt() -> None:
    walk = Walk().work()
    walk.ask(I.PAIN)
    walk.ask(I.PAIN)
    walk.ask(I.CARRY_ON)
    walk.hush()
    walk.ask(I.BACK)
    assert walk.said() == [Prompt.STEP_BARRED]
    assert step(walk) == "press"

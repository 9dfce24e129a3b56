from __future__ import annotations

from pathlib import Path

from voice.routine import load, plan
from voice.session.plan import Cue, Side

FULL = Path(__file__).parent / "sound" / "every-key.yaml"


def test_all_repetitions_are_done_on_one_side_before_the_other() -> None:
    beats = [beat for beat in plan(load(FULL)).beats if beat.step_id == "press"]
    assert [(beat.side, beat.repetition, beat.repetitions) for beat in beats] == [
        (Side.RIGHT, 1, 2),
        (Side.RIGHT, 2, 2),
        (Side.LEFT, 1, 2),
        (Side.LEFT, 2, 2),
    ]
    assert {(beat.step_number, beat.hold, beat.duration) for beat in beats} == {(2, True, 20.0)}


def test_a_beat_has_all_that_its_step_says() -> None:
    beat = plan(load(FULL)).beats[0]
    assert (beat.title, beat.say, beat.tip) == ("Warm up", "Glide up. Glide down.", "Lean in.")
    assert (beat.why, beat.care, beat.technique) == ("It warms.", "Keep off the spine.", "effleurage")
    assert (beat.region, beat.pressure, beat.max_pressure) == (("lower-back", "hips"), 2, 3)
    assert (beat.duration, beat.hold, beat.tempo, beat.side, beat.repetitions) == (90.0, False, 7.5, None, 1)
    # In the order in which they fall due, whatever the order in the file.
    assert beat.cues == (Cue("Early.", seconds=20.0), Cue("Half way.", share=0.5), Cue("Late.", seconds=80.0))


def test_a_step_until_next_has_no_length() -> None:
    last = plan(load(FULL)).beats[-2]
    assert (last.step_id, last.step_number, last.duration, last.hold) == ("rest", 3, None, False)


def test_a_step_may_be_left_out_only_where_the_routine_says_so() -> None:
    assert {beat.step_id for beat in plan(load(FULL)).beats if beat.optional} == {"rest"}

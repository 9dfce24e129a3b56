from __future__ import annotations

import sys
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.audio.earcons import beat_sound, earcon_sound
from voice.audio.format import BLOCK, RATE, Samples, amplitude, rms
from voice.audio.mixer import LOUDEST_LEVEL, Mixer
from voice.session.actions import Earcon

from .signals import hiss, rendered, tone


def loud_mixer() -> Mixer:
    """At full volume what goes in comes out, sample for sample."""
    mixer = Mixer()
    mixer.volume(LOUDEST_LEVEL)
    rendered(mixer, 3)
    return mixer


def finishing_block(mixer: Mixer, limit: int) -> tuple[int, tuple[int, ...]]:
    block = np.zeros(BLOCK, dtype=np.float32)
    for number in range(limit):
        if finished := mixer.render(block):
            return number, finished
    raise AssertionError("nothing finished")


@given(st.integers(0, 2000))
@settings(max_examples=60)
def test_an_utterance_is_played_sample_by_sample_and_finishes_in_its_last_block(length: int) -> None:
    mixer = loud_mixer()
    pcm = hiss(length / RATE)
    mixer.say(7, pcm)
    assert mixer.speaking == 7
    number, finished = finishing_block(mixer, 20)
    assert finished == (7,)
    assert number == max(0, (length - 1) // BLOCK)
    assert mixer.speaking is None

    mixer = loud_mixer()
    mixer.say(8, pcm)
    heard = rendered(mixer, 14)
    assert np.array_equal(heard[:length], pcm)
    assert not heard[length:].any()


def test_position_counts_the_samples_played() -> None:
    mixer = loud_mixer()
    assert mixer.position == 0
    mixer.say(1, hiss(0.1))
    assert mixer.position == 0
    rendered(mixer, 3)
    assert mixer.position == 3 * BLOCK
    rendered(mixer, 10)
    assert (mixer.speaking, mixer.position) == (None, 0)


def test_a_second_utterance_at_a_time_is_an_error() -> None:
    mixer = loud_mixer()
    mixer.say(1, hiss(0.1))
    with pytest.raises(ValueError, match="utterance 1 is still playing"):
        mixer.say(2, hiss(0.1))
    rendered(mixer, 10)
    mixer.say(2, hiss(0.1))
    assert mixer.speaking == 2


@pytest.mark.parametrize("pcm", [np.zeros((10, 2), np.float32), np.zeros(10, np.int16)])
def test_an_utterance_of_another_shape_or_type_is_an_error(pcm: Samples) -> None:
    with pytest.raises(ValueError, match="float32 of shape"):
        Mixer().say(1, pcm)


def test_an_utterance_waits_for_the_earcons_before_it_and_begins_at_the_next_sample() -> None:
    mixer = loud_mixer()
    earcon = earcon_sound(Earcon.PAUSED)
    mixer.chime(Earcon.PAUSED)
    rendered(mixer, 5)
    mixer.chime(Earcon.HEARD)
    pcm = hiss(0.05)
    mixer.say(3, pcm)
    heard = rendered(mixer, 60)
    expected = np.concatenate([earcon[5 * BLOCK :], earcon_sound(Earcon.HEARD), pcm])
    assert np.array_equal(heard[: len(expected)], expected)
    assert not heard[len(expected) :].any()


def test_an_earcon_sounds_over_a_running_utterance_without_delaying_it() -> None:
    mixer = loud_mixer()
    pcm = tone(300, 0.5, 0.2)
    mixer.say(1, pcm)
    early = rendered(mixer, 10)
    mixer.chime(Earcon.HEARD)
    heard = np.concatenate([early, rendered(mixer, 40)])
    earcon = earcon_sound(Earcon.HEARD)
    expected = pcm.copy()
    expected[10 * BLOCK : 10 * BLOCK + len(earcon)] += earcon
    assert np.allclose(heard, expected, atol=1e-7)


def test_silence_is_complete_within_two_milliseconds_of_the_next_block_and_reports_nothing() -> None:
    mixer = loud_mixer()
    mixer.tempo(240)
    mixer.chime(Earcon.TIME_UP)
    mixer.say(1, tone(300, 2))
    rendered(mixer, 57)
    mixer.silence()
    assert (mixer.speaking, mixer.position) == (None, 0)
    block = np.zeros(BLOCK, dtype=np.float32)
    finished = [mixer.render(block)]
    assert block[:32].any()
    assert not block[32:].any()
    for _ in range(300):
        finished.append(mixer.render(block))
        assert not block.any()
    assert not any(finished)


def test_silence_at_full_swing_does_not_step() -> None:
    mixer = loud_mixer()
    # 2 ms after the peak of a sine is far from zero: a bare cut would step by half of full scale.
    mixer.say(1, tone(25, 1, 0.7))
    before = rendered(mixer, 1)
    assert before[-1] > 0.6
    mixer.silence()
    after = rendered(mixer, 1)
    steps = np.abs(np.diff(np.concatenate([before[-1:], after])))
    assert steps.max() < 0.05


def test_silence_then_words_in_the_same_gap_plays_the_words_whole() -> None:
    mixer = loud_mixer()
    mixer.say(1, tone(300, 2))
    rendered(mixer, 20)
    mixer.silence()
    pcm = hiss(0.1)
    mixer.say(2, pcm)
    heard = rendered(mixer, 11)
    assert np.array_equal(heard[32 : len(pcm)], pcm[32:])
    assert mixer.speaking is None


def test_an_utterance_cut_short_ends_alone_and_unreported() -> None:
    mixer = loud_mixer()
    mixer.tempo(60)
    mixer.say(1, tone(300, 2))
    rendered(mixer, 57)
    mixer.chime(Earcon.PAUSED)
    mixer.cut_short()
    assert mixer.speaking is None
    pcm = hiss(0.1)
    mixer.say(2, pcm)
    heard = rendered(mixer, 43)
    earcon = earcon_sound(Earcon.PAUSED)
    assert np.array_equal(heard[32 : len(earcon)], earcon[32:])
    assert np.array_equal(heard[len(earcon) : len(earcon) + len(pcm)], pcm)
    assert mixer.speaking is None
    assert beats_in(rendered(mixer, 30)) == [0]


def test_cutting_short_at_full_swing_does_not_step_and_leaves_an_earcon_whole() -> None:
    mixer = loud_mixer()
    mixer.chime(Earcon.TIME_UP)
    rendered(mixer, 30)
    mixer.say(1, np.full(RATE, 0.6, dtype=np.float32))
    before = rendered(mixer, 30)
    assert before[-1] == pytest.approx(0.6)
    mixer.cut_short()
    mixer.cut_short()
    after = rendered(mixer, 1)
    assert after[0] == pytest.approx(0.6, abs=0.01)
    assert np.abs(np.diff(after)).max() < 0.05
    assert not after[32:].any()


def test_silence_before_the_first_block_keeps_an_utterance_from_sounding_at_all() -> None:
    mixer = loud_mixer()
    mixer.say(1, tone(300, 1))
    mixer.chime(Earcon.HEARD)
    mixer.silence()
    assert not rendered(mixer, 20).any()


def test_volume_steps_are_even_in_decibels() -> None:
    levels = []
    for level in range(1, LOUDEST_LEVEL + 1):
        mixer = Mixer()
        mixer.volume(level)
        rendered(mixer, 2)
        mixer.say(1, tone(400, 0.5))
        levels.append(20 * np.log10(np.abs(rendered(mixer, 40)).max() / 0.3))
    assert levels == pytest.approx([-16, -12, -8, -4, 0], abs=0.05)


def test_volume_applies_to_earcons_and_leaves_the_beat_alone() -> None:
    peaks = {}
    for level in (1, 5):
        mixer = Mixer()
        mixer.volume(level)
        rendered(mixer, 2)
        mixer.chime(Earcon.HEARD)
        earcon = np.abs(rendered(mixer, 20)).max()
        mixer.tempo(60)
        peaks[level] = (earcon, np.abs(rendered(mixer, 20)).max())
    assert peaks[1][0] < peaks[5][0] / 5
    assert peaks[1][1] == peaks[5][1]


def test_volume_glides_for_20_ms_even_when_changed_in_mid_glide() -> None:
    mixer = Mixer()
    mixer.say(1, np.full(RATE, 0.5, dtype=np.float32))
    rendered(mixer, 4)
    mixer.volume(5)
    up = rendered(mixer, 1)
    mixer.volume(1)
    down = rendered(mixer, 3)
    assert np.abs(np.diff(np.concatenate([up, down]))).max() < 0.005
    assert np.ptp(down[2 * BLOCK :]) == 0
    assert down[-1] == pytest.approx(0.5 * 10 ** (-16 / 20))


def test_ducked_it_steps_back_and_comes_forward_again() -> None:
    mixer = loud_mixer()
    mixer.say(1, tone(500, 2.0))
    before = rms(rendered(mixer, 50))
    mixer.duck(True)
    rendered(mixer, 2)
    assert rms(rendered(mixer, 50)) == pytest.approx(before * amplitude(-15), rel=0.02)
    mixer.volume(LOUDEST_LEVEL - 1)
    rendered(mixer, 2)
    assert rms(rendered(mixer, 20)) == pytest.approx(before * amplitude(-19), rel=0.02)
    mixer.duck(False)
    rendered(mixer, 2)
    assert rms(rendered(mixer, 20)) == pytest.approx(before * amplitude(-4), rel=0.02)


def test_hushed_nothing_sounds_and_all_goes_on() -> None:
    mixer = loud_mixer()
    mixer.tempo(120)
    mixer.say(1, tone(500, 2.0))
    before = rms(rendered(mixer, 50))
    mixer.hush(True)
    rendered(mixer, 2)
    assert not rendered(mixer, 50).any()
    mixer.hush(False)
    rendered(mixer, 2)
    assert rms(rendered(mixer, 50)) == pytest.approx(before, rel=0.1)
    finished = [mixer.render(np.zeros(BLOCK, dtype=np.float32)) for _ in range(60)]
    assert finished.index((1,)) == 200 - 154 - 1


def test_a_hush_that_nobody_takes_back_ends_by_itself() -> None:
    mixer = loud_mixer()
    mixer.say(1, tone(500, 3.0))
    mixer.hush(True)
    rendered(mixer, 2)
    assert not rendered(mixer, 97).any()
    assert rendered(mixer, 20).any()


def test_silenced_while_hushed_only_what_comes_after_sounds() -> None:
    mixer = loud_mixer()
    mixer.say(1, tone(500, 2.0))
    rendered(mixer, 20)
    mixer.hush(True)
    rendered(mixer, 2)
    mixer.silence()
    mixer.hush(False)
    assert not rendered(mixer, 20).any()
    mixer.say(2, tone(500, 1.0))
    rendered(mixer, 2)
    assert rendered(mixer, 20).any()


@pytest.mark.parametrize("level", [0, 6])
def test_a_volume_that_does_not_exist_is_an_error(level: int) -> None:
    with pytest.raises(ValueError, match="level from 1 to 5"):
        Mixer().volume(level)


def beats_in(sound: Samples) -> list[int]:
    """Samples at which beats begin, found by their shape."""
    ring = beat_sound()
    found, at = [], 0
    while at < len(sound):
        # A beat's first sample is zero, its second is not.
        later = np.flatnonzero(sound[at:])
        if not len(later):
            break
        start = at + int(later[0]) - 1
        assert np.array_equal(sound[start : start + len(ring)], ring[: len(sound) - start])
        found.append(start)
        at = start + len(ring)
    return found


@pytest.mark.parametrize("strokes", [7.0, 13.7, 44.1])
def test_the_tempo_keeps_time_to_the_sample_for_an_hour(strokes: float) -> None:
    mixer = Mixer()
    mixer.tempo(strokes)
    block = np.zeros(BLOCK, dtype=np.float32)
    first_of_ring = np.float32(beat_sound()[1])
    starts = []
    silent = 0
    for number in range(3600 * 100):
        mixer.render(block)
        if block.any():
            if silent >= 1:
                starts.append(number * BLOCK + int(np.flatnonzero(block)[0]) - 1)
                assert block[np.flatnonzero(block)[0]] == first_of_ring
            silent = 0
        else:
            silent += 1
    # The first begins in the very first block, so no silence came before it.
    expected = [round(n * 60 * RATE / strokes) for n in range(1, 10_000)]
    assert starts == expected[: len(starts)]
    assert len(starts) == int(3600 * strokes / 60 - 1e-9)


def test_a_new_tempo_counts_on_from_the_last_beat() -> None:
    mixer = Mixer()
    mixer.tempo(60)
    early = rendered(mixer, 150)
    mixer.tempo(30)
    heard = np.concatenate([early, rendered(mixer, 500)])
    assert beats_in(heard) == [0, RATE, 3 * RATE, 5 * RATE]


def test_a_faster_tempo_whose_next_beat_has_passed_beats_at_once() -> None:
    mixer = Mixer()
    mixer.tempo(10)
    early = rendered(mixer, 400)
    mixer.tempo(60)
    heard = np.concatenate([early, rendered(mixer, 150)])
    assert beats_in(heard) == [0, 4 * RATE, 5 * RATE]


def test_asking_for_the_same_tempo_again_changes_nothing() -> None:
    mixer = Mixer()
    mixer.tempo(60)
    early = rendered(mixer, 130)
    mixer.tempo(60)
    assert beats_in(np.concatenate([early, rendered(mixer, 200)])) == [0, RATE, 2 * RATE, 3 * RATE]


def test_no_tempo_lets_the_last_beat_ring_out() -> None:
    mixer = Mixer()
    mixer.tempo(60)
    early = rendered(mixer, 2)
    mixer.tempo(None)
    assert beats_in(np.concatenate([early, rendered(mixer, 300)])) == [0]


def test_the_beat_is_far_below_speech() -> None:
    mixer = Mixer()
    mixer.volume(1)
    rendered(mixer, 2)
    mixer.tempo(60)
    mixer.say(1, np.zeros(RATE, dtype=np.float32))
    beat = np.abs(rendered(mixer, 50)).max()
    quietest_speech = 0.3 * 10 ** (-16 / 20)
    assert 0 < beat < quietest_speech / 10


@pytest.mark.parametrize("strokes", [0.0, -5.0, 241.0, float("nan")])
def test_a_tempo_that_makes_no_sense_is_an_error(strokes: float) -> None:
    with pytest.raises(ValueError, match="strokes a minute"):
        Mixer().tempo(strokes)


def test_nothing_clips_with_everything_on() -> None:
    mixer = loud_mixer()
    mixer.say(1, np.sign(tone(200, 2, 1)))
    mixer.tempo(240)
    for _ in range(8):
        mixer.chime(Earcon.TIME_UP)
    heard = rendered(mixer, 200)
    assert np.abs(heard).max() <= 1
    assert np.abs(heard).max() > 0.9


def test_commands_from_another_thread_lose_no_utterance() -> None:
    mixer = Mixer()
    finished: list[int] = []
    done = threading.Event()
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # so that the threads interleave often

    def play() -> None:
        block = np.zeros(BLOCK, dtype=np.float32)
        while not done.is_set():
            finished.extend(mixer.render(block))

    callback = threading.Thread(target=play)
    callback.start()
    expected = []
    try:
        for number in range(300):
            mixer.say(number, np.zeros(200, dtype=np.float32))
            if number % 3 == 0:
                mixer.chime(Earcon.HEARD)
                mixer.volume(1 + number % 5)
                mixer.silence()
            else:
                expected.append(number)
                while mixer.speaking is not None:
                    pass
    finally:
        done.set()
        callback.join()
        sys.setswitchinterval(interval)
    # A silenced one may have ended before it was silenced; every other one is reported, in order, once.
    assert [number for number in finished if number % 3] == expected
    assert len(set(finished)) == len(finished)

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.synthesis.clip import SAMPLE_RATE
from voice.synthesis.errors import UnknownVoice
from voice.synthesis.rates import words_per_minute
from voice.synthesis.speech import LONGEST_TEXT, Voice

LONG = (
    "Both palms just above the hips. Glide up towards the ribs, then back along the sides; lean from your "
    "hips, and let your body weight do the work. Stay five centimetres away from the spine."
)


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "Stop. Hands off.",
        LONG,
        "naïve café, 30 % — that's “it”",
        "\"quoted\" 'twice'",
        "one\ntwo\r\n\r\nthree\tfour",
        "<b>bold</b> & <break time='9s'/>",
        "[[h@'loU]] {}",
        "mmmmmmmmmmmmmmmmmmmm",
        "1234567890123",
        "Привет",
        "你好",
        "😀",
        "a\x00b\ud800c",
    ],
)
def test_text_becomes_speech_of_a_steady_level(voice: Voice, text: str) -> None:
    clip = voice.render(text)
    assert clip.pcm.dtype == np.float32
    assert clip.pcm.ndim == 1
    assert not clip.pcm.flags.writeable
    assert np.abs(clip.pcm).max() <= 10 ** (-3 / 20)
    # Pauses within the clip lower its level as a whole.
    assert -31 < 20 * np.log10(np.sqrt(np.square(clip.pcm).mean())) < -21
    # No silence to speak of before and after.
    audible = np.flatnonzero(np.abs(clip.pcm) > 0.002)
    assert audible[0] < 0.04 * SAMPLE_RATE
    assert len(clip.pcm) - audible[-1] < 0.08 * SAMPLE_RATE


@pytest.mark.parametrize("text", ["", "  \n", "\x00", "\ud800", "...", "—", "-"])
def test_nothing_to_speak_is_an_error(voice: Voice, text: str) -> None:
    with pytest.raises(ValueError, match=r"no text to speak|nothing in the text"):
        voice.render(text)


def test_too_long_a_text_is_an_error_and_the_longest_is_not(voice: Voice) -> None:
    with pytest.raises(ValueError, match="too long for one clip"):
        voice.render("a" * (LONGEST_TEXT + 1))
    words = "ab cd " * (LONGEST_TEXT // 6)
    assert voice.render(words, 450).seconds > 100


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_any_text_is_spoken_or_refused(voice: Voice, text: str) -> None:
    try:
        clip = voice.render(text)
    except ValueError:
        # Only what has no letter and no figure can have nothing to speak.
        assert not any(character.isascii() and character.isalnum() for character in text)
    else:
        assert len(clip.pcm) > 0
        assert clip.text == " ".join(clip.text.split())


def test_white_space_does_not_matter(voice: Voice) -> None:
    assert voice.key(" Stop.\n Hands  off. ") == voice.key("Stop. Hands off.")


def test_rate_changes_the_length(voice: Voice) -> None:
    lengths = [voice.render(LONG, words_per_minute(level)).seconds for level in range(1, 6)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] / lengths[4] == pytest.approx(180 / 120, rel=0.1)


@pytest.mark.parametrize("rate", [0, 5, 79, 451])
def test_rates_out_of_range_are_refused(voice: Voice, rate: int) -> None:
    with pytest.raises(ValueError, match="between 80 and 450"):
        voice.render("one", rate)


@pytest.mark.parametrize("level", [0, 6])
def test_there_are_five_levels(level: int) -> None:
    with pytest.raises(ValueError, match="between 1 and 5"):
        words_per_minute(level)


def test_same_text_same_samples_whatever_was_said_before(voice: Voice) -> None:
    first = voice.render(LONG)
    voice.render("Lighter.", 180)
    assert np.array_equal(voice.render(LONG).pcm, first.pcm)
    with Voice() as another:
        another.render("Something else.")
        assert np.array_equal(another.render(LONG).pcm, first.pcm)


@pytest.mark.parametrize("name", ["gmw/en+f2", "en-us+whisper", "en-us+klatt2"])
def test_a_breathy_voice_too_repeats_itself_in_another_second(name: str) -> None:
    # Its noise comes from a random generator that is seeded with the time, in whole seconds.
    with Voice(name) as voice:
        first = voice.render("one two").pcm
        time.sleep(1.05)
        assert np.array_equal(voice.render("one two").pcm, first)


def test_voices_are_listed_and_differ(voice: Voice) -> None:
    names = voice.voices()
    assert "gmw/en-us" in names
    assert names == tuple(sorted(names))
    samples = [voice.render("one two").pcm]
    for name in ("gmw/en-gb-x-rp", "en-us+f3", "en-us+m3", "en-us+Annie"):
        with Voice(name) as another:
            samples.append(another.render("one two").pcm)
    for index, one in enumerate(samples):
        assert not any(np.array_equal(one, other) for other in samples[:index])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("en-us", "gmw/en-us"),
        ("GMW/EN-US", "gmw/en-us"),
        ("en-gb+f2", "gmw/en+f2"),
        ("en-us+annie", "en-us+Annie"),
    ],
)
def test_a_voice_has_several_names(one: str, other: str) -> None:
    with Voice(one) as first, Voice(other) as second:
        assert np.array_equal(first.render("one two").pcm, second.render("one two").pcm)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gmw/en-su", 'There is no voice "gmw/en-su": did you mean gmw/en-us'),
        ("en-us+anie", 'There is no voice "en-us+anie": did you mean gmw/en-us\\+Annie'),
        ("en-us+f3+m3", 'There is no voice "en-us\\+f3\\+m3"'),
        ("xyzzyx", 'There is no voice "xyzzyx": names look like "gmw/en-us"'),
    ],
)
def test_an_unknown_voice_is_an_error_with_near_misses(name: str, message: str) -> None:
    with Voice(name) as voice, pytest.raises(UnknownVoice) as caught:
        voice.render("one")
    assert message.replace("\\", "") in str(caught.value)
    assert "\n" not in str(caught.value)


def test_many_threads_share_a_voice(voice: Voice) -> None:
    texts = [f"number {number}" for number in range(6)]
    alone = [voice.render(text).pcm for text in texts]
    start = threading.Barrier(2)

    def speak(order: list[str]) -> dict[str, bytes]:
        start.wait()
        return {text: voice.render(text).pcm.tobytes() for text in order}

    with ThreadPoolExecutor(2) as pool:
        for said in pool.map(speak, (texts, texts[::-1])):
            assert [said[text] for text in texts] == [pcm.tobytes() for pcm in alone]


@pytest.mark.long
def test_three_hundred_texts_without_a_loss() -> None:
    def speak(numbers: range) -> set[bytes]:
        with Voice() as voice:
            return {voice.render(f"word {number}").pcm.tobytes() for number in numbers}

    with ThreadPoolExecutor(2) as pool:
        clips = set().union(*pool.map(speak, (range(150), range(150, 300))))
    assert len(clips) == 300

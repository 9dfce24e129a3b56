from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.benchmarks.recognition.clips import (
    LEAD_S,
    Clip,
    Kind,
    Sound,
    SpeechError,
    in_noise,
    kitchen,
    level,
    mixed,
    padded,
    people,
    silence,
    word_end,
)
from voice.recognition.recognizer import CHUNK, RATE


def tone(seconds: float, loudness: float) -> Sound:
    """A sine of a given RMS."""
    at = np.arange(round(seconds * RATE)) / RATE
    return np.asarray(loudness * np.sqrt(2) * np.sin(2 * np.pi * 500 * at), np.int16)


def hiss(seconds: float, loudness: float) -> Sound:
    return np.asarray(np.random.default_rng(7).normal(0, loudness, round(seconds * RATE)), np.int16)


WORD = np.concatenate((silence(0.3), tone(0.4, 2_000), silence(0.3)))


def test_a_word_ends_with_its_last_active_frame() -> None:
    assert word_end(WORD) == pytest.approx(0.7)


def test_what_is_twenty_decibels_below_the_loudest_frame_is_not_the_word() -> None:
    assert word_end(np.concatenate((WORD, tone(0.2, 150)))) == pytest.approx(0.7)
    assert word_end(np.concatenate((WORD, tone(0.2, 300)))) == pytest.approx(1.2)


def test_the_level_of_speech_is_that_of_the_whole_clip() -> None:
    assert level(WORD) == pytest.approx(2_000 * np.sqrt(0.4), rel=0.01)


@pytest.mark.parametrize("snr", [10.0, 5.0, 0.0])
def test_noise_is_as_far_below_the_word_as_was_asked_for(snr: float) -> None:
    noise = hiss(1.0, 700)
    added = mixed(WORD, noise, snr).astype(float) - WORD
    assert 20 * np.log10(level(WORD) / np.sqrt(np.mean(added**2))) == pytest.approx(snr, abs=0.05)


def test_what_would_not_fit_is_made_quieter_as_a_whole() -> None:
    loud, noise = tone(1.0, 15_000), hiss(1.0, 700)
    sum_of_both = mixed(loud, noise, 0.0)
    assert np.abs(sum_of_both.astype(int)).max() == 32_767
    wide = loud + noise * (level(loud) / np.sqrt(np.mean(noise.astype(float) ** 2)))
    assert np.corrcoef(sum_of_both, wide)[0, 1] > 0.9999


def test_silence_for_noise_leaves_the_word_as_it_is() -> None:
    assert np.array_equal(mixed(WORD, silence(1.0), 0.0), WORD)


def test_a_clip_gets_the_same_noise_whatever_else_is_heard() -> None:
    noise = hiss(2.0, 700)
    clip = Clip(Kind.COMMAND, "stop", "0c40e715", "stop/a", WORD)
    other = Clip(Kind.COMMAND, "stop", "0c40e715", "stop/b", WORD)
    first, again = (in_noise(clip, noise, 5.0) for _ in range(2))
    assert np.array_equal(first.sound, again.sound)
    assert not np.array_equal(first.sound, in_noise(other, noise, 5.0).sound)
    assert first.snr == 5.0
    assert in_noise(clip, noise, None) is clip


def test_clips_lie_between_silences_in_whole_chunks() -> None:
    sound = padded(WORD)
    assert len(sound) % CHUNK == 0
    assert not sound[: round(LEAD_S * RATE)].any()
    assert np.array_equal(sound[round(LEAD_S * RATE) :][: len(WORD)], WORD)
    assert len(sound) >= round((LEAD_S + 1.0 + 1.5) * RATE)


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    names = [
        *(f"words/{word}/0c40e715_nohash_0" for word in ("stop", "yes", "no", "go")),
        *(f"words/{word}/1d01a2b3_nohash_1" for word in ("left", "right", "up", "down", "on", "off")),
        *("words/other-words/cat_0ab3b47d_nohash_0", "words/other-words/seven_0ab3b47d_nohash_0"),
        *("words/background/1024", "sentences/0075d273-51bb", "noise/kitchen"),
    ]
    for name in names:
        path = (tmp_path / name).with_suffix(".flac")
        path.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(path, WORD, RATE)
    return tmp_path


def test_recordings_are_told_apart_by_folder_and_file_name(speech: Path) -> None:
    found = {(clip.kind, clip.said, clip.speaker) for clip in people(speech)}
    assert len(found) == 13
    assert (Kind.COMMAND, "stop", "0c40e715") in found
    assert (Kind.OTHER_WORD, "left", "1d01a2b3") in found
    assert (Kind.OTHER_WORD, "cat", "0ab3b47d") in found
    assert (Kind.BACKGROUND, "", "1024") in found
    assert (Kind.SENTENCE, "", "0075d273-51bb") in found
    assert "seven" not in {said for _, said, _ in found}


def test_a_missing_folder_is_told(speech: Path) -> None:
    (speech / "words/go/0c40e715_nohash_0.flac").unlink()
    with pytest.raises(SpeechError, match=r"go: no .*--speech"):
        list(people(speech))


def test_any_kind_of_sound_is_taken(speech: Path) -> None:
    before = {(clip.kind, clip.said, clip.speaker, clip.name) for clip in people(speech)}
    for path in list(speech.rglob("*.flac")):
        sound, rate = soundfile.read(path, dtype="int16")
        path.unlink()
        soundfile.write(path.with_suffix(".WAV"), sound, rate, format="WAV")
    (speech / "sentences" / "slots.json").write_text("{}", encoding="utf-8")
    assert {(clip.kind, clip.said, clip.speaker, clip.name) for clip in people(speech)} == before
    assert np.array_equal(kitchen(speech), WORD[round(0.6 * len(WORD)) :])


def test_a_recording_of_another_rate_is_told(speech: Path) -> None:
    soundfile.write(speech / "words/go/0c40e715_nohash_0.flac", WORD, 8_000)
    with pytest.raises(SpeechError, match="8000 Hz"):
        list(people(speech))


def test_a_recording_that_is_none_is_told(speech: Path) -> None:
    path = speech / "words/go/0c40e715_nohash_0.flac"
    path.write_text("go", encoding="utf-8")
    with pytest.raises(SpeechError, match=r"0c40e715_nohash_0\.flac: this sound can't be read"):
        list(people(speech))
    soundfile.write(path, WORD[:100], RATE)
    with pytest.raises(SpeechError, match="there is no sound in it"):
        list(people(speech))


def test_noise_that_is_trained_with_is_not_mixed_in(speech: Path) -> None:
    noise = np.concatenate((tone(0.6, 100), tone(0.4, 900)))
    soundfile.write(speech / "noise/kitchen.flac", noise, RATE)
    assert np.array_equal(kitchen(speech), noise[round(0.6 * RATE) :])

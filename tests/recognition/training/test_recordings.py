from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
import soundfile

pytest.importorskip("torch", reason="training needs the train extra")

from voice.recognition.training import corpus, recordings
from voice.recognition.training.course import TRANSCRIPTS
from voice.recognition.training.recordings import RecordingError, gather, spoken_sentences, spoken_words


def record(path: Path, *, seconds: float = 0.5, rate: int = 16_000, channels: int = 1) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    tone = 0.25 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)
    soundfile.write(path, np.repeat(tone[:, None], channels, axis=1), rate)


def test_a_folder_is_a_phrase(tmp_path: Path) -> None:
    record(tmp_path / "stop" / "0c40e715_nohash_1.flac")
    record(tmp_path / "a-bit lighter" / "mine.wav")
    record(tmp_path / "other-words" / "bird_0cb74144_nohash_2.flac")
    record(tmp_path / "background" / "kitchen.wav")
    (tmp_path / "stop" / "notes.txt").write_text("mine")
    found = {each.path.name: (each.words, each.speaker) for each in spoken_words(tmp_path)}
    assert found == {
        "0c40e715_nohash_1.flac": (("stop",), "0c40e715"),
        "mine.wav": (("a", "bit", "lighter"), "mine"),
        "bird_0cb74144_nohash_2.flac": (("bird",), "0cb74144"),
        "kitchen.wav": ((), "kitchen"),
    }


def test_sentences_have_transcripts(tmp_path: Path) -> None:
    record(tmp_path / "one.flac")
    record(tmp_path / "two.WAV")
    record(tmp_path / "untold.flac")
    found = spoken_sentences(tmp_path, transcripts(tmp_path))
    assert [(each.path.name, each.words, each.speaker) for each in found] == [
        ("one.flac", ("a", "large", "coffee"), "one"),
        ("two.WAV", ("and", "tea"), "two"),
    ]


def transcripts(folder: Path) -> Path:
    path = folder / "sentences.json"
    path.write_text(json.dumps({"lost": "tea", "one": "a large coffee", "two": "and tea"}))
    return path


def test_sentences_that_nobody_knows_are_not_passed_over(tmp_path: Path) -> None:
    assert list(spoken_sentences(tmp_path / "nowhere", transcripts(tmp_path))) == []
    assert list(spoken_sentences(tmp_path, transcripts(tmp_path))) == []
    record(tmp_path / "untold.wav")
    with pytest.raises(RecordingError, match="nobody knows what is said in these") as caught:
        list(spoken_sentences(tmp_path, transcripts(tmp_path)))
    assert "\n" not in str(caught.value)
    (tmp_path / "one.m4a").write_bytes(b"whatever")
    with pytest.raises(RecordingError, match=r"one\.m4a: \.m4a can't be read"):
        list(spoken_sentences(tmp_path, transcripts(tmp_path)))


def test_what_comes_with_easeup_knows_sentences_by_their_names(tmp_path: Path) -> None:
    record(tmp_path / "0075d273-51bb-47cb-b323-4437bd0de029.wav")
    (only,) = spoken_sentences(tmp_path, TRANSCRIPTS)
    assert " ".join(only.words) == "can i have a light roast twelve ounce coffee"


def test_any_rate_and_any_number_of_channels(tmp_path: Path) -> None:
    record(tmp_path / "here" / "stop" / "wide.wav", rate=44_100, channels=2)
    seen: list[int] = []
    gather(tmp_path / "made", tuple(spoken_words(tmp_path / "here")), seen.append)
    made = corpus.read(tmp_path / "made")
    (only,) = made.utterances
    assert only.length == pytest.approx(8_000, abs=10)
    assert np.abs(made.clip(only)).max() == pytest.approx(0.25 * 32_767, rel=0.02)
    assert seen == [1]


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="make one folder for each phrase") as caught:
        list(spoken_words(tmp_path))
    assert "\n" not in str(caught.value)


def test_a_broken_file_is_named_and_leaves_no_corpus(tmp_path: Path) -> None:
    (tmp_path / "here" / "stop").mkdir(parents=True)
    (tmp_path / "here" / "stop" / "broken.wav").write_bytes(b"RIFF but no more")
    with pytest.raises(RecordingError, match=r"broken\.wav: this sound can't be read") as caught:
        gather(tmp_path / "made", tuple(spoken_words(tmp_path / "here")))
    assert "\n" not in str(caught.value)
    assert not corpus.is_complete(tmp_path / "made")


def test_an_empty_sound_is_an_error_too(tmp_path: Path) -> None:
    record(tmp_path / "stop" / "nothing.wav", seconds=0.0)
    with pytest.raises(RecordingError, match=r"nothing\.wav"):
        recordings.samples(tmp_path / "stop" / "nothing.wav")


def test_a_folder_is_named_as_people_name_it(tmp_path: Path) -> None:
    for name in ("Stop!", "I\N{RIGHT SINGLE QUOTATION MARK}m ready", "step 3", "Background"):
        record(tmp_path / name / "1.WAV")
    record(tmp_path / "Other-Words" / "cat_1.wav")
    found = {each.path.parent.name[:4]: each.words for each in spoken_words(tmp_path)}
    assert found == {
        "Stop": ("stop",),
        "I\N{RIGHT SINGLE QUOTATION MARK}m ": ("i'm", "ready"),
        "step": ("step", "three"),
        "Back": (),
        "Othe": ("cat",),
    }


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("stopp/1.wav", 'nobody knows how "stopp" is said; name it by the words'),
        ("!/1.wav", 'nobody knows how "!" is said'),
        ("stop/1.m4a", r".m4a can't be read; save it as .wav"),
    ],
)
def test_what_nobody_could_learn_from(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).write_bytes(b"whatever")
    with pytest.raises(RecordingError, match=re.escape(said)):
        list(spoken_words(tmp_path))


@pytest.mark.parametrize(
    ("seconds", "volume", "said"),
    [(0.01, 1.0, "nobody speaks"), (1.0, 0.0, "nobody speaks"), (9.0, 1.0, "9 s")],
)
def test_recordings_without_a_phrase(tmp_path: Path, seconds: float, volume: float, said: str) -> None:
    path = tmp_path / "stop" / "1.wav"
    path.parent.mkdir()
    tone = np.sin(np.arange(int(seconds * 16_000)))
    soundfile.write(path, volume * tone, 16_000)
    with pytest.raises(RecordingError, match=said):
        recordings.check(tuple(spoken_words(tmp_path)))


def test_what_nobody_speaks_in_is_read_before_the_long_work_too(tmp_path: Path) -> None:
    path = tmp_path / "background" / "1.wav"
    path.parent.mkdir()
    path.write_bytes(b"RIFF but no more")
    with pytest.raises(RecordingError, match=r"1\.wav: this sound can't be read"):
        recordings.check(tuple(spoken_words(tmp_path)))


def test_a_rate_at_which_words_sound_alike(tmp_path: Path) -> None:
    record(tmp_path / "telephone.wav", rate=8_000)
    assert len(recordings.samples(tmp_path / "telephone.wav")) == pytest.approx(8_000, abs=10)
    record(tmp_path / "dull.wav", rate=4_000)
    with pytest.raises(RecordingError, match=r"dull\.wav: 4000 Hz are too few"):
        recordings.samples(tmp_path / "dull.wav")


def test_damaged_numbers(tmp_path: Path) -> None:
    path = tmp_path / "stop" / "1.wav"
    path.parent.mkdir()
    soundfile.write(path, np.full(16_000, np.nan), 16_000, subtype="FLOAT")
    with pytest.raises(RecordingError, match="empty or damaged"):
        recordings.samples(path)

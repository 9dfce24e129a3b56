from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

pytest.importorskip("torch", reason="training needs the train extra")

from voice.recognition.training import corpus, recordings
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
    record(tmp_path / "untold.flac")
    transcripts = tmp_path / "sentences.json"
    transcripts.write_text(json.dumps({"one.flac": "a large coffee", "lost.flac": "tea"}))
    (only,) = spoken_sentences(tmp_path, transcripts)
    assert (only.path.name, only.words) == ("one.flac", ("a", "large", "coffee"))


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

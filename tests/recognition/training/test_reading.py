"""Corpora of people who read aloud, of both layouts; a synthetic voice reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

pytest.importorskip("torch", reason="training needs the train extra")

from voice.recognition.training import corpus, reading
from voice.recognition.training.recordings import Recording, RecordingError
from voice.recognition.training.voices import Voice, voices

SILENCE = np.zeros(8_000, np.int16)


def kaldi(folder: Path) -> Path:
    """Files named from the folder above, as speechocean762 has them, and from the folder itself."""
    data = folder / "train"
    (folder / "WAVE").mkdir(parents=True)
    data.mkdir()
    soundfile.write(folder / "WAVE" / "1.wav", SILENCE, 16_000)
    soundfile.write(data / "2.wav", SILENCE, 16_000)
    (data / "wav.scp").write_text("one\tWAVE/1.wav\ntwo 2.wav\nunused 3.wav\n")
    (data / "text").write_text("one\tWE CALL  IT BEAR\ntwo don't stop\n\n")
    (data / "utt2spk").write_text("one 0001\ntwo 0002\n")
    return data


def librispeech(folder: Path) -> Path:
    chapter = folder / "train-clean-5" / "1088" / "134315"
    chapter.mkdir(parents=True)
    soundfile.write(chapter / "1088-134315-0000.flac", SILENCE, 16_000)
    (chapter / "1088-134315.trans.txt").write_text("1088-134315-0000 AS YOU KNOW\n")
    return folder


def test_a_data_directory_of_kaldi(tmp_path: Path) -> None:
    data = kaldi(tmp_path)
    assert list(reading.read_aloud(data)) == [
        Recording(tmp_path / "WAVE" / "1.wav", ("we", "call", "it", "bear"), "0001"),
        Recording(data / "2.wav", ("don't", "stop"), "0002"),
    ]


def test_a_corpus_like_librispeech(tmp_path: Path) -> None:
    (only,) = reading.read_aloud(librispeech(tmp_path))
    assert (only.words, only.speaker, only.path.name) == (
        ("as", "you", "know"),
        "1088",
        "1088-134315-0000.flac",
    )


def test_a_corpus_like_librispeech_of_other_sounds(tmp_path: Path) -> None:
    sound = next(librispeech(tmp_path).rglob("*.flac"))
    soundfile.write(sound.with_suffix(".WAV"), SILENCE, 16_000, format="WAV")
    sound.unlink()
    (only,) = reading.read_aloud(tmp_path)
    assert only.path == sound.with_suffix(".WAV")
    only.path.unlink()
    with pytest.raises(RecordingError, match=r"trans\.txt: there is no sound of 1088-134315-0000") as caught:
        list(reading.read_aloud(tmp_path))
    assert "\n" not in str(caught.value)


def _no_text(data: Path) -> None:
    (data / "text").unlink()


def _no_speaker(data: Path) -> None:
    (data / "utt2spk").write_text("one 0001\n")


def _a_pipe(data: Path) -> None:
    (data / "wav.scp").write_text("one sph2pipe 1.sph |\ntwo 2.wav\n")


def _lost(data: Path) -> None:
    (data / "2.wav").unlink()


def _not_a_corpus(data: Path) -> None:
    (data / "wav.scp").unlink()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_no_text, r"train/text: this can't be read"),
        (_no_speaker, r"train/text: two is not in wav\.scp and utt2spk"),
        (_a_pipe, r"wav\.scp: sph2pipe 1\.sph \| is no file in .*train"),
        (_lost, r"wav\.scp: 2\.wav is no file in .*train"),
        (_not_a_corpus, r"train: no transcripts here; a corpus has wav\.scp, text and utt2spk"),
    ],
)
def test_what_cannot_be_used_is_one_line(tmp_path: Path, spoil: Callable[[Path], None], said: str) -> None:
    data = kaldi(tmp_path)
    spoil(data)
    with pytest.raises(RecordingError, match=said) as caught:
        list(reading.read_aloud(data))
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(
    not any(voice.engine == "espeak" for voice in voices()), reason="espeak-ng is not installed"
)
def test_what_is_read_becomes_pieces(tmp_path: Path) -> None:
    parts = [Voice("espeak", "en-us+f2").say(text) for text in ("stop now please", "the next step begins")]
    sound = np.concatenate([SILENCE, parts[0], SILENCE, parts[1], SILENCE])
    chapter = tmp_path / "here" / "7" / "8"
    chapter.mkdir(parents=True)
    soundfile.write(chapter / "7-8-0000.flac", sound, 16_000)
    (chapter / "7-8.trans.txt").write_text("7-8-0000 STOP NOW PLEASE THE NEXT STEP BEGINS\n")
    seen: list[int] = []
    reading.gather(tmp_path / "made", tuple(reading.read_aloud(tmp_path / "here")), seen.append)
    made = corpus.read(tmp_path / "made")
    assert [(each.words, each.speaker) for each in made.utterances] == [
        (("stop", "now", "please"), "7"),
        (("the", "next", "step", "begins"), "7"),
    ]
    assert 0 < len(made.sound) < len(sound)
    assert seen == [1]


def test_a_broken_file_is_named_and_leaves_no_corpus(tmp_path: Path) -> None:
    folder = librispeech(tmp_path / "here")
    broken = next(folder.rglob("*.flac"))
    broken.write_bytes(b"fLaC but no more")
    with pytest.raises(RecordingError, match="this sound can't be read"):
        reading.gather(tmp_path / "made", tuple(reading.read_aloud(folder)))
    assert not corpus.is_complete(tmp_path / "made")

from __future__ import annotations

from pathlib import Path

import pytest
import soundfile

pytest.importorskip("torch", reason="training needs the train extra")

from tests.benchmarks.recognition.clips import Kind, SpeechError, silence
from tests.benchmarks.recognition.readers import readers
from voice.recognition.training.split import is_held_out

STRANGER = next(str(code) for code in range(100) if is_held_out(str(code)))
TRAINED_WITH = next(str(code) for code in range(100) if not is_held_out(str(code)))


def corpus(folder: Path, *lines: tuple[str, str]) -> Path:
    """Like LibriSpeech: each line a speaker and a text."""
    for number, (speaker, text) in enumerate(lines):
        chapter = folder / speaker / str(number)
        chapter.mkdir(parents=True)
        name = f"{speaker}-{number}-0000"
        soundfile.write(chapter / f"{name}.flac", silence(1.0), 16_000)
        (chapter / f"{speaker}-{number}.trans.txt").write_text(f"{name} {text}\n")
    return folder


def test_strangers_who_ask_for_nothing(tmp_path: Path) -> None:
    folder = corpus(
        tmp_path,
        (STRANGER, "AS YOU KNOW"),
        (STRANGER, "I HAD TO STOP THERE"),
        (TRAINED_WITH, "WE CALL IT BEAR"),
    )
    (only,) = readers(folder)
    assert (only.kind, only.said, only.speaker, only.name) == (
        Kind.READING,
        "",
        STRANGER,
        f"{STRANGER}-0-0000",
    )


def test_a_folder_that_is_no_corpus_is_told(tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match="no transcripts here"):
        list(readers(tmp_path))

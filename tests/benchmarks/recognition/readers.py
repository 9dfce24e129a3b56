"""What people who are kept out of training read aloud. Needs the extra "train", which reads such corpora."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from voice.recognition.training import reading
from voice.recognition.training.recordings import RecordingError
from voice.recognition.training.split import is_held_out

from .clips import Clip, Kind, SpeechError, read


def readers(corpus: Path) -> Iterator[Clip]:
    """Their recordings, but for those in which "stop" is said.

    Args:
        corpus: As `reading.read_aloud` knows them.

    Raises:
        SpeechError: It can't be used.
    """
    try:
        for recording in reading.read_aloud(corpus):
            if is_held_out(recording.speaker) and "stop" not in recording.words:
                path = recording.path
                yield Clip(Kind.READING, "", recording.speaker, path.stem, read(path))
    except RecordingError as error:
        raise SpeechError(str(error)) from None

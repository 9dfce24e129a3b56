"""Speech corpora of people who read aloud: from folders with transcripts into a corpus of short pieces."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt

from . import corpus
from .alignment import Aligner
from .recordings import Recording, RecordingError, samples, sounds
from .workers import workers

_SENTENCES_AT_ONCE = 20


def read_aloud(folder: Path) -> Iterator[Recording]:
    """The recordings of a corpus.

    Args:
        folder: A data directory of Kaldi's (`wav.scp`, `text`, `utt2spk`; sound files are named from it or
            from the folder above), or a corpus like LibriSpeech (`SPEAKER/CHAPTER/*.trans.txt`, and files
            named by the first word of each line beside).

    Raises:
        RecordingError: There is neither; a transcript names a file that isn't there.
    """
    if (folder / "wav.scp").is_file():
        yield from _of_kaldi(folder)
    elif transcripts := sorted(folder.rglob("*.trans.txt")):
        for transcript in transcripts:
            yield from _of_librispeech(transcript)
    else:
        raise RecordingError(
            f"{folder}: no transcripts here; a corpus has wav.scp, text and utt2spk as Kaldi's have, or "
            "*.trans.txt as LibriSpeech's"
        )


def gather(
    folder: Path, recordings: tuple[Recording, ...], progress: Callable[[int], None] = lambda _: None
) -> None:
    """Write what is read in these recordings to a corpus, cut into pieces.

    Args:
        folder: Of the new corpus.
        recordings: Of whatever length.
        progress: Told how many are done.

    Raises:
        RecordingError: A file holds no sound that can be read.
        WorkerError: A process that shares the work was killed.
    """

    def clips() -> Iterator[tuple[tuple[str, ...], str, npt.NDArray[np.int16]]]:
        with workers() as pool:
            for done, pieces in enumerate(_in_order(pool, recordings), start=1):
                yield from pieces
                progress(done)

    corpus.write(folder, clips())


_Clips = list[tuple[tuple[str, ...], str, npt.NDArray[np.int16]]]


def _in_order(pool: ProcessPoolExecutor, recordings: tuple[Recording, ...]) -> Iterator[_Clips]:
    return pool.map(_pieces, recordings, chunksize=_SENTENCES_AT_ONCE)


def _pieces(recording: Recording) -> _Clips:
    sound = samples(recording.path)
    return [
        (piece.words, recording.speaker, sound[piece.start : piece.end])
        for piece in _aligner().pieces(sound, recording.words)
    ]


@functools.cache
def _aligner() -> Aligner:
    return Aligner()


def _of_librispeech(transcript: Path) -> Iterator[Recording]:
    found = {path.stem: path for path in sounds(transcript.parent)}
    for name, text in _lines(transcript):
        if name not in found:
            raise RecordingError(
                f"{transcript}: there is no sound of {name} beside it; take its line away, or put it there"
            )
        yield Recording(found[name], _words(text), name.split("-")[0])


def _of_kaldi(folder: Path) -> Iterator[Recording]:
    files, speakers = dict(_lines(folder / "wav.scp")), dict(_lines(folder / "utt2spk"))
    for name, text in _lines(folder / "text"):
        if name not in files or name not in speakers:
            raise RecordingError(
                f"{folder / 'text'}: {name} is not in wav.scp and utt2spk; add it there, or take it away here"
            )
        yield Recording(_sound_file(folder, files[name], folder / "wav.scp"), _words(text), speakers[name])


def _sound_file(folder: Path, name: str, named_in: Path) -> Path:
    for path in (folder / name, folder.parent / name):
        if path.is_file():
            return path
    raise RecordingError(f"{named_in}: {name} is no file in {folder}; take it away, or put the file there")


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """The first word of each line, and what comes after."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RecordingError(f"{path}: this can't be read ({error})") from None
    for line in filter(str.strip, lines):
        name, *rest = line.split(maxsplit=1)
        if rest:
            yield name, rest[0].strip()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.lower().split())

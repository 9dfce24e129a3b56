"""The course from nothing to a model, stage by stage. What a stage has made is kept, and not made again."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
from filelock import FileLock, Timeout

from voice.language import Language
from voice.recognition.store import unscored
from voice.session.intents import IntentName

from . import corpus, decoys, export, graph, lexicon, reading, recordings, speaking, vocabulary
from .augmentation import FULL_SCALE, Conditions, Sound
from .batches import SHORT_S, Batches, Mixture, Sources
from .engines import EngineError
from .features import RATE
from .fitting import Recipe, fit
from .network import Network, Shape
from .objective import bigram, chain
from .recordings import Recording, RecordingError
from .scoring import Score, score
from .split import NOISE_SHARE, is_held_out
from .texts import texts
from .voices import trained
from .workers import WorkerError

TRANSCRIPTS = Path(__file__).parent / "sentences.json"
"""What is said in the recordings of sentences, by file name."""
Stage = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""Opened for each stage with its title and its length; what it gives is called with how much is done."""


class TrainingError(Exception):
    """Nothing can be trained this way; as text, one line that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Course:
    """What is trained, and on what."""

    work: Path
    """For what the stages make."""
    speech: Path | None = None
    """Recordings of people: `words/<phrase>/`, and perhaps `sentences/` and `noise/`."""
    recordings: tuple[Path, ...] = ()
    """More recordings, each a folder of one folder for each phrase."""
    corpora: tuple[Path, ...] = ()
    """Of people who read aloud, with transcripts, as `reading.read_aloud` finds them; a quarter of the people
    is kept for scoring."""
    without: frozenset[str] = frozenset()
    """Words of which no recording is used, in lower case, to find out how well synthetic speech alone teaches
    them."""
    clips: int = 10_000
    """Of synthetic speech."""
    steps: int = 5_000
    seed: int = 1


def train(course: Course, out: Path, stage: Stage) -> None:
    """Train a model.

    Args:
        course: What is to be trained.
        out: The model's folder; nothing may be there.
        stage: Told of the progress.

    Raises:
        TrainingError: It can't be done like this.
        RecordingError: Recordings can't be used.
        LexiconError: Nobody knows how a word of the commands is said.
        OSError: Something can't be read or written.
    """
    course.work.mkdir(parents=True, exist_ok=True)
    try:
        with _alone(course.work), _beside(out) as part:
            _check_kept_out(course, stage)
            people = _gather(course, stage)
            noises = _noises(course, people.words)
            synthetic = _speak(course, stage)
            network = _fit(course, _sources(course, synthetic, people, noises), stage)
            _assemble(part, network, stage)
            part.rename(out)
    except (EngineError, WorkerError) as error:
        raise TrainingError(str(error)) from error


@contextmanager
def _alone(work: Path) -> Iterator[None]:
    """Two at once would write into each other's files."""
    try:
        with FileLock(work / "lock", timeout=0):
            yield
    except Timeout:
        raise TrainingError(
            f"{work}: another training is at work here; wait, or give it another --work"
        ) from None


@contextmanager
def _beside(out: Path) -> Iterator[Path]:
    """A folder to be filled and put in its place; made before the long work, as it may be impossible."""
    part = out.with_name(f".{out.name}.{os.getpid()}")
    shutil.rmtree(part, ignore_errors=True)  # of a run that was killed; in a container all have one number
    part.mkdir(parents=True)
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _check_kept_out(course: Course, stage: Stage) -> None:
    """What the model is to be scored on, which is read otherwise when all the work is done."""
    if course.speech is not None:
        kept_out = _kept_out(course.speech)
        with stage("Recordings to score on", len(kept_out)) as progress:
            recordings.check(kept_out, progress)


def _speak(course: Course, stage: Stage) -> Path:
    voices = trained()
    if not voices:
        raise TrainingError("there is no synthetic voice to train with; install espeak-ng, at least")
    said = tuple(islice(texts(course.seed), course.clips))
    folder = course.work / f"synthetic-{_digest(said, course.seed, [voice.id for voice in voices])}"
    if not corpus.is_complete(folder):
        with stage("Synthetic voices speak", course.clips) as progress:
            speaking.speak(
                folder, voices, said, course.clips, seed=course.seed, progress=lambda done, _: progress(done)
            )
    return folder


@dataclass(frozen=True, slots=True)
class _People:
    """Corpora of what people say."""

    words: Path
    sentences: Path
    pieces: Path
    """Of what is read aloud."""


def _gather(course: Course, stage: Stage) -> _People:
    words, sentences, aloud = tuple(_words(course)), tuple(_sentences(course)), tuple(_read_aloud(course))
    heard = {word for each in (*words, *sentences, *aloud) for word in each.words}
    if unheard := course.without - heard:
        raise TrainingError(f"--without {min(unheard)}: no recording holds this word")
    return _People(
        _gathered(course.work, "words", words, recordings.gather, stage),
        _gathered(course.work, "sentences", sentences, recordings.gather, stage),
        _gathered(course.work, "pieces", aloud, reading.gather, stage),
    )


_Gather = Callable[[Path, tuple[Recording, ...], Callable[[int], None]], None]


def _gathered(work: Path, kind: str, some: tuple[Recording, ...], gather: _Gather, stage: Stage) -> Path:
    folder = work / f"{kind}-{_digest([(*_state(each.path), each.words) for each in some])}"
    if not corpus.is_complete(folder):
        if kind == "words":
            with stage("Recordings are checked", len(some)) as progress:
                recordings.check(some, progress)
        with stage(f"Recordings of {kind}", len(some)) as progress:
            gather(folder, some, progress)
    return folder


def _words(course: Course) -> Iterator[Recording]:
    if course.speech is not None:
        spoken = recordings.spoken_words(course.speech / "words")
        yield from (each for each in spoken if not is_held_out(each.speaker))
    for folder in course.recordings:
        yield from recordings.spoken_words(folder)


def _sentences(course: Course) -> Iterator[Recording]:
    if course.speech is not None:
        spoken = recordings.spoken_sentences(course.speech / "sentences", TRANSCRIPTS)
        yield from (each for each in spoken if not is_held_out(each.speaker))


def _read_aloud(course: Course) -> Iterator[Recording]:
    for folder in course.corpora:
        kept = [each for each in reading.read_aloud(folder) if not is_held_out(each.speaker)]
        if not kept:
            raise TrainingError(
                f"{folder}: all of its speakers are kept for scoring; take --recordings for your own voice"
            )
        yield from kept


def _sources(course: Course, synthetic: Path, people: _People, noises: tuple[Sound, ...]) -> Sources:
    words, sentences = (
        corpus.read(*folders).without(course.without)
        for folders in ((people.words,), (people.sentences, people.pieces))
    )
    return Sources(corpus.read(synthetic), words, sentences, noises, lexicon.pronounced_by)


def _noises(course: Course, words: Path) -> tuple[Sound, ...]:
    longest = int(2 * SHORT_S * RATE)
    found = []
    for path in recordings.sounds(course.speech / "noise") if course.speech is not None else ():
        sound = recordings.samples(path)
        if len(sound) < RATE:
            raise RecordingError(f"{path}: less than a second of noise; take it away, or a longer one")
        found.append(_at_least(longest, sound[: int(len(sound) * NOISE_SHARE)]))
    recorded = corpus.read(words)
    if silent := [recorded.clip(each) for each in recorded.utterances if not each.words]:
        found.append(_at_least(longest, np.concatenate(silent)))
    return tuple(found)


def _at_least(samples: int, sound: npt.NDArray[np.int16]) -> Sound:
    """The sound, repeated as often as needed, full scale one."""
    return np.tile(sound, 1 + samples // max(1, len(sound))).astype(np.float32) / np.float32(FULL_SCALE)


def _fit(course: Course, sources: Sources, stage: Stage) -> Network:
    conditions, mixture, shape, recipe = Conditions(), Mixture(), Shape(), Recipe(steps=course.steps)
    settings = [asdict(each) for each in (conditions, mixture, shape, recipe)]
    corpora = sources.synthetic, sources.words, sources.sentences
    heard = [*(each.sound for each in corpora), *sources.noises]
    sounds = [zlib.crc32(np.ascontiguousarray(each).data) for each in heard]
    spoken = [each for some in corpora for each in some.utterances]
    said = sorted(lexicon.pronounced(word for each in spoken for word in each.words).items())
    folder = course.work / f"network-{_digest(settings, sounds, said, sorted(course.without), course.seed)}"
    transitions = bigram(
        chain([sources.lexicon(each.speaker, word)[0] for word in each.words]) for each in spoken
    )
    batches = Batches(sources, mixture, conditions, course.seed)
    with stage("The network learns", course.steps) as progress:
        return fit(
            folder, batches, transitions,
            shape=shape, recipe=recipe, seed=course.seed, report=lambda step, _: progress(step),
        )  # fmt: skip


def _assemble(folder: Path, network: Network, stage: Stage) -> None:
    with stage("The model is written", 1) as progress:
        known = vocabulary.of_language()
        export.write(folder, network)
        unscored.mark(folder)
        graph.build(folder / "graph", known.words, decoys.choose(known))
        progress(1)


def score_on_people(speech: Path, model: Path, stage: Stage) -> Score:
    """How well a model hears the people who were kept out of its training.

    Args:
        speech: Folder of recordings, as `Course.speech`.
        model: Its folder; unless nobody was kept out who says a phrase, it counts as scored then.
        stage: Told of the progress.

    Raises:
        RecordingError: Recordings can't be used.
        OSError: The model's folder can't be written to.
    """
    kept_out = _kept_out(speech)
    commands = Language.load("en").commands()
    with stage("It listens to people", len(kept_out)) as progress:
        found = score(model, kept_out, [commands.example(name) for name in IntentName], progress)
    if found.heard:
        unscored.unmark(model)
    return found


def _kept_out(speech: Path) -> tuple[Recording, ...]:
    return tuple(each for each in recordings.spoken_words(speech / "words") if is_held_out(each.speaker))


def _state(path: Path) -> tuple[str, int, int]:
    """What changes when a file does."""
    known = path.stat()
    return str(path.resolve()), known.st_size, known.st_mtime_ns


def _digest(*settings: object) -> str:
    return hashlib.sha256(json.dumps(settings, default=str, sort_keys=True).encode()).hexdigest()[:12]

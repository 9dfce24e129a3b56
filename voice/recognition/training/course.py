"""The course from nothing to a model, stage by stage. What a stage has made is kept, and not made again."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voice.language import Language
from voice.session.intents import IntentName

from . import corpus, decoys, export, graph, lexicon, recordings, speaking, vocabulary
from .augmentation import FULL_SCALE, Conditions, Sound
from .batches import SHORT_S, Batches, Mixture, Sources
from .features import RATE
from .fitting import Recipe, fit
from .network import Network, Shape
from .objective import bigram, chain
from .recordings import Recording
from .scoring import Score, score
from .split import NOISE_SHARE, is_held_out
from .texts import texts
from .voices import trained

TRANSCRIPTS = Path(__file__).parent / "sentences.json"
"""What is said in the recordings of sentences, by file name."""
Stage = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""Opened for each stage with its title and its length; what it gives is called with how much is done."""


@dataclass(frozen=True, slots=True)
class Course:
    """What is trained, and on what."""

    work: Path
    """For what the stages make."""
    speech: Path | None = None
    """Recordings of people: `words/<phrase>/`, and perhaps `sentences/` and `noise/`."""
    recordings: tuple[Path, ...] = ()
    """More recordings, each a folder of one folder for each phrase."""
    without: frozenset[str] = frozenset()
    """Words of which no recording is used, to find out how well synthetic speech alone teaches them."""
    clips: int = 10_000
    """Of synthetic speech."""
    steps: int = 4_500
    seed: int = 1


def train(course: Course, out: Path, stage: Stage) -> Score | None:
    """Train a model.

    Args:
        course: What is to be trained.
        out: The model's folder; nothing may be there.
        stage: Told of the progress.

    Returns:
        How well it hears the people of `course.speech` that were kept out; None without them.

    Raises:
        RecordingError: Recordings can't be used.
        LexiconError: Nobody knows how a word is said.
    """
    synthetic = _speak(course, stage)
    words, sentences = _gather(course, stage)
    sources = _sources(course, synthetic, words, sentences)
    network = _fit(course, sources, (synthetic, words, sentences), stage)
    _assemble(out, network, stage)
    return None if course.speech is None else _score(course.speech, out, stage)


def _speak(course: Course, stage: Stage) -> Path:
    voices = trained()
    folder = course.work / f"synthetic-{_digest(course.clips, course.seed, [voice.id for voice in voices])}"
    if not corpus.is_complete(folder):
        with stage("Synthetic voices speak", course.clips) as progress:
            speaking.speak(
                folder,
                voices,
                texts(course.seed),
                course.clips,
                seed=course.seed,
                progress=lambda done, _: progress(done),
            )
    return folder


def _gather(course: Course, stage: Stage) -> tuple[Path, Path]:
    """Recordings of words and of sentences as corpora."""
    words, sentences = tuple(_words(course)), tuple(_sentences(course))
    folders = []
    for kind, some in (("words", words), ("sentences", sentences)):
        folder = (
            course.work
            / f"{kind}-{_digest([(str(each.path), each.path.stat().st_size, each.words) for each in some])}"
        )
        if not corpus.is_complete(folder):
            with stage(f"Recordings of {kind}", len(some)) as progress:
                recordings.gather(folder, some, progress)
        folders.append(folder)
    return folders[0], folders[1]


def _words(course: Course) -> Iterable[Recording]:
    if course.speech is not None:
        for each in recordings.spoken_words(course.speech / "words"):
            if not is_held_out(each.speaker) and not course.without & set(each.words):
                yield each
    for folder in course.recordings:
        yield from recordings.spoken_words(folder)


def _sentences(course: Course) -> Iterable[Recording]:
    if course.speech is not None:
        for each in recordings.spoken_sentences(course.speech / "sentences", TRANSCRIPTS):
            if not is_held_out(each.speaker) and not course.without & set(each.words):
                yield each


def _sources(course: Course, *folders: Path) -> Sources:
    synthetic, words, sentences = (corpus.read(folder) for folder in folders)
    said = {word for each in (synthetic, words, sentences) for clip in each.utterances for word in clip.words}
    return Sources(synthetic, words, sentences, tuple(_noises(course, words)), lexicon.pronounced(said))


def _noises(course: Course, words: corpus.Corpus) -> Iterable[Sound]:
    longest = int(2 * SHORT_S * RATE)
    if course.speech is not None:
        for path in sorted((course.speech / "noise").glob("*")):
            if path.suffix.lower() in recordings.SOUNDS:
                sound = recordings.samples(path)
                yield _at_least(longest, sound[: int(len(sound) * NOISE_SHARE)])
    silent = [words.clip(each) for each in words.utterances if not each.words]
    if silent:
        yield _at_least(longest, np.concatenate(silent))


def _at_least(samples: int, sound: npt.NDArray[np.int16]) -> Sound:
    """The sound, repeated as often as needed, full scale one."""
    return np.tile(sound, 1 + samples // max(1, len(sound))).astype(np.float32) / np.float32(FULL_SCALE)


def _fit(course: Course, sources: Sources, made_of: Iterable[Path], stage: Stage) -> Network:
    conditions, mixture, shape, recipe = Conditions(), Mixture(), Shape(), Recipe(steps=course.steps)
    settings = [asdict(each) for each in (conditions, mixture, shape, recipe)]
    folder = course.work / f"network-{_digest(settings, [path.name for path in made_of], course.seed)}"
    spoken = (
        each for some in (sources.synthetic, sources.words, sources.sentences) for each in some.utterances
    )
    transitions = bigram(chain([sources.lexicon[word][0] for word in each.words]) for each in spoken)
    batches = Batches(sources, mixture, conditions, course.seed)
    with stage("The network learns", course.steps) as progress:
        return fit(
            folder, batches, transitions,
            shape=shape, recipe=recipe, seed=course.seed, report=lambda step, _: progress(step),
        )  # fmt: skip


def _assemble(out: Path, network: Network, stage: Stage) -> None:
    """Write the model beside its place, and put it there when it is whole."""
    part = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with stage("The model is written", 1) as progress:
            known = vocabulary.of_language()
            export.write(part, network)
            graph.build(part / "graph", known.words, decoys.choose(known))
            part.rename(out)
            progress(1)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _score(speech: Path, model: Path, stage: Stage) -> Score:
    kept_out = [each for each in recordings.spoken_words(speech / "words") if is_held_out(each.speaker)]
    commands = Language.load("en").commands()
    with stage("It listens to people", len(kept_out)) as progress:
        return score(model, kept_out, [commands.example(name) for name in IntentName], progress)


def _digest(*settings: object) -> str:
    return hashlib.sha256(json.dumps(settings, default=str, sort_keys=True).encode()).hexdigest()[:12]

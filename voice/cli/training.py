"""`easeup train`: a recognition model of one's own."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .group import CONTENT_PROBLEM, ENVIRONMENT_PROBLEM, complain, easeup, plainly

if TYPE_CHECKING:
    from voice.recognition.training.scoring import Score

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@easeup.command(short_help="A recognition model of your own.")
@click.option(
    "--speech",
    type=_FOLDER,
    help="People who speak: words/PHRASE/, sentences/, noise/; one in four is kept for scoring.",
)
@click.option(
    "--recordings",
    multiple=True,
    type=_FOLDER,
    help="Your own: one folder for each phrase (may be repeated).",
)
@click.option(
    "--corpus",
    "corpora",
    multiple=True,
    type=_FOLDER,
    help="People who read aloud, in Kaldi's or LibriSpeech's layout; one in four is kept for scoring.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="The model's folder.  [default: among your models]"
)
@click.option(
    "--work", type=click.Path(path_type=Path), help="For what the stages make.  [default: in your cache]"
)
@click.option(
    "--without", multiple=True, metavar="WORD", help="Leave recordings of this word out (may be repeated)."
)
@click.option(
    "--clips",
    type=click.IntRange(min=30),
    default=10_000,
    show_default=True,
    help="Of synthetic speech.",
)
@click.option(
    "--steps",
    type=click.IntRange(min=1),
    default=5_000,
    show_default=True,
    help="Of training. To try it out take 30, and --out: it will be deaf.",
)
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=1, show_default=True)
def train(  # noqa: PLR0917 - click gives them by name
    speech: Path | None,
    recordings: tuple[Path, ...],
    corpora: tuple[Path, ...],
    out: Path | None,
    work: Path | None,
    without: tuple[str, ...],
    clips: int,
    steps: int,
    seed: int,
) -> None:
    """Train a recognition model for the commands easeup knows.

    Synthetic voices say the commands and much else; with --speech and --corpus people say some, too, and with
    --recordings yourself. It takes about two hours on two cores. Break it off whenever you like: started
    again with the same options it goes on where it was. The model is used from then on, unless --out puts it
    elsewhere.

    \b
    recordings/
      stop/            1.wav 2.wav …
      a bit lighter/   1.wav …
      background/      room.wav           nobody speaks here
    """
    from voice import places
    from voice.recognition.models import user_models

    try:
        from voice.recognition.training.course import Course, TrainingError, score_on_people
        from voice.recognition.training.course import train as run
        from voice.recognition.training.lexicon import LexiconError
        from voice.recognition.training.recordings import RecordingError
        from voice.recognition.training.voices import missing
    except ModuleNotFoundError as error:
        complain(f"training lacks {error.name}; in easeup's folder: pip install '.[train]'")
        raise SystemExit(ENVIRONMENT_PROBLEM) from None
    used = out is None
    out = out or user_models() / "own-en"
    if os.path.lexists(out):
        complain(f"{out}: there is something already; take it away, or choose another folder with --out")
        raise SystemExit(ENVIRONMENT_PROBLEM)
    work = work or places.cache() / "training"
    for line in missing():
        complain(f"it goes without the voices of {line}")
    try:
        with plainly():
            words = frozenset(word.lower() for word in without)
            course = Course(work, speech, recordings, corpora, words, clips, steps, seed)
            run(course, out, _stage)
            click.echo(out)
            if used:
                complain("easeup listens with it from now on")
            score = None if speech is None else score_on_people(speech, out, _stage)
            if score is not None:
                _tell(score)
            if score is None or not score.heard:
                _tell_unscored(out, used=used)
    except TrainingError as error:
        complain(str(error))
        raise SystemExit(ENVIRONMENT_PROBLEM) from None
    except (LexiconError, RecordingError) as error:
        complain(str(error))
        raise SystemExit(CONTENT_PROBLEM) from None


def _tell(score: Score) -> None:
    for phrase, share in sorted(score.heard.items()):
        complain(f'"{phrase}" was heard {share} times, by people it never heard before')
    complain(f"of other words and noises, {score.taken} were taken for a command")


def _tell_unscored(model: Path, *, used: bool) -> None:
    command = f"python -m tests.benchmarks.recognition --speech DIR --model {shlex.quote(str(model))}"
    complain(
        "nobody has scored it: train with --speech, people of whom one in four is kept for that, or measure "
        f"it in a copy of easeup's repository: {command}"
        + (f"; `easeup models remove {model.name}` takes it away again" if used else "")
    )


@contextmanager
def _stage(title: str, length: int) -> Iterator[Callable[[int], None]]:
    """A line on stderr that grows, and tells how long it will still take."""
    with click.progressbar(length=length, label=f"{title:24}", file=sys.stderr) as bar:
        yield lambda done: bar.update(done - bar.pos)

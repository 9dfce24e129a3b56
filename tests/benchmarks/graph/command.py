"""Is every cost of voice/recognition/training/hub.py the best one? Each, beside its alternatives.

    python -m tests.benchmarks.graph --speech ../shared/speech

Recordings, grammar and rules are those of tests.benchmarks.recognition, for the people who are kept out of
training, in two halves: by one the costs are chosen, for the other they are reported. Only the graph is built
anew; what the model hears of phones stays the same.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tests.benchmarks.progress import progress
from tests.benchmarks.recognition.clips import (
    Clip,
    Kind,
    SpeechError,
    held_out,
    in_noise,
    kitchen,
    padded,
)
from tests.benchmarks.recognition.ears import EarError, EarProcess
from tests.benchmarks.recognition.figures import Figure, Share
from tests.benchmarks.recognition.hearing import heard
from tests.benchmarks.recognition.listening import WholePhrases, headline
from tests.benchmarks.recognition.scoring import Heard, Key, Rules, score
from voice.recognition.models import BUILT_IN
from voice.recognition.recognizer import RATE
from voice.recognition.training import decoys, graph, vocabulary
from voice.recognition.training.graph import GraphCosts
from voice.recognition.training.lexicon import LexiconError

HALVES = ("chosen by", "reported")
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_COLUMNS: tuple[tuple[str, Key], ...] = (
    *((name, ("recall", "stop", name)) for name in ("clean", "10 dB", "5 dB")),
    *((name, ("recall", "yes, no, go", name)) for name in ("clean", "10 dB", "5 dB")),
    *((name, ("other word", "any", name)) for name in ("clean", "5 dB")),
    *((name, ("other word", "urgent", name)) for name in ("clean", "5 dB")),
    *((name, ("sentence", "any", name)) for name in ("clean", "5 dB")),
    *((name, ("sentence", "urgent", name)) for name in ("clean", "5 dB")),
)
_GROUPS = (
    ("stop", 3),
    ("yes, no, go", 3),
    ("words taken", 2),
    ("for stop", 2),
    ("sentences", 2),
    ("stop", 2),
)
_LABEL, _CELL = 20, 7


def alternatives() -> Iterator[tuple[str, GraphCosts]]:
    """The costs as they are, and each with others in its place."""
    usual = GraphCosts()
    yield "as it is *", usual
    for cost in (0.2, 1.5):
        yield f"silence {cost:g}", replace(usual, silence=cost)
    for cost in (-1.5, 1.5):
        yield f"loop_entry {cost:g}", replace(usual, loop_entry=cost)
    for factor in (0.6, 1.0):
        yield f"loop_scale {factor:g}", replace(usual, loop_scale=factor)
    for cost in (2.0, 3.0, 4.0, 5.0, 6.0):
        if cost != usual.decoy_entry:
            yield f"decoy_entry {cost:g}", replace(usual, decoy_entry=cost)
    for cost in (1.5, 4.5):
        yield f"decoy_next {cost:g}", replace(usual, decoy_next=cost)


def half(speaker: str) -> str:
    """Which half a person who is kept out of training belongs to."""
    return HALVES[hashlib.sha256(speaker.encode()).digest()[1] % 2]


@click.command()
@click.option("--speech", type=_FOLDER, required=True, help="Folder of the recordings.")
@click.option("--model", type=_FOLDER, default=BUILT_IN, help="Vosk model made by `easeup train`.")
def main(speech: Path, model: Path) -> None:
    """Print what each cost does, in %, for both halves; the costs in use have a star."""
    try:
        clips = _clips(speech)
        known = vocabulary.of_language()
        unknown = decoys.choose(known)
        for name in HALVES:
            speakers = {clip.speaker for clip in clips if half(clip.speaker) == name}
            click.echo(f"{name}: {len(speakers)} people", err=True)
        click.echo(_heading())
        for label, costs in alternatives():
            with TemporaryDirectory() as folder:
                tried = Path(folder)
                for part in ("am", "conf"):
                    shutil.copytree(model / part, tried / part)
                graph.build(tried / "graph", known.words, unknown, costs)
                for name, found in _figures(tried, clips, label).items():
                    click.echo(_line(f"{label}, {name[0]}", found))
    except (EarError, SpeechError, LexiconError, OSError) as error:
        raise click.ClickException(str(error)) from None


def _clips(speech: Path) -> tuple[Clip, ...]:
    noise = kitchen(speech)
    clips = tuple(clip for clip in held_out(speech) if clip.kind is not Kind.BACKGROUND)
    return tuple(
        in_noise(clip, noise, snr)
        for clip in clips
        for snr in ((None, 10.0, 5.0) if clip.kind is Kind.COMMAND else (None, 5.0))
    )


def _figures(model: Path, clips: Sequence[Clip], label: str) -> dict[str, Mapping[Key, Figure]]:
    listening = headline()
    rules = Rules(listening.match, WholePhrases(listening), WholePhrases(listening), timed=False)
    seconds = sum(len(padded(clip.sound)) for clip in clips) / RATE
    with EarProcess(model) as ear, progress(label, seconds) as advance:
        ear.listen_for(listening.phrases, listening.expected)
        all_heard = tuple(heard(ear, clips, advance))
    return {name: score(_of(all_heard, name), rules) for name in HALVES}


def _of(all_heard: Sequence[Heard], name: str) -> Iterator[Heard]:
    return (each for each in all_heard if half(each.speaker) == name)


def _heading() -> str:
    groups = "".join(f"{name:>{_CELL * width}}" for name, width in _GROUPS)
    names = "".join(f"{name:>{_CELL}}" for name, _ in _COLUMNS)
    return f"{'':{_LABEL}}{groups}\n{'c: chosen by, r: reported':{_LABEL}.{_LABEL}}{names}"


def _line(label: str, figures: Mapping[Key, Figure]) -> str:
    shares = (figures.get(key) for _, key in _COLUMNS)
    cells = (f"{100 * share.value:.1f}" if isinstance(share, Share) else "" for share in shares)
    return f"{label:{_LABEL}}" + "".join(f"{cell:>{_CELL}}" for cell in cells)

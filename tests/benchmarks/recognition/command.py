"""How well ears hear: one table of recall, false accepts, delay and cost, for several of them.

    python -m tests.benchmarks.recognition --speech ../shared/speech --out DIR

Needs recordings of people: folders `words/<word>` of one word a clip with the file names of Speech Commands,
which hold the speaker; `words/other-words`, `words/background`; `sentences`, which hold no command; and
`noise/kitchen.flac`. Scored are the people who are kept out of training; so are the synthetic voices. Of the
sentences nobody knows who speaks: those kept out are of people, some fifty, of whom others were trained with.

Clips lie between 0.5 s and 1.5 s of digital silence, noise only within them. The grammar is 32 phrases and
[unk]; a result counts when a final is a whole phrase. "On partials" is by the product's rule for stops. The
column "product" is the built-in model as it is used: with all commands and decoys, and all by its rules;
"asked" is the same where it has asked for a yes or no.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Iterable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from tests.benchmarks.progress import progress
from voice.language import Commands
from voice.recognition.models import BUILT_IN
from voice.recognition.recognizer import RATE
from voice.recognition.training.engines import EngineError
from voice.synthesis.errors import VoiceUnavailable

from . import clips, hearing, listening, narration, table
from .clips import Clip
from .ears import EarError, EarProcess
from .figures import Figure
from .hearing import Material, Row
from .plot import draw
from .scoring import Key

EARS = ("easeup", "product", "asked", "interim-en", "pocketsphinx")
LEFT_OUT = "leave-out"
"""Name of the row of the model that was trained without human clips of the four words."""
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)

corpus_option = click.option(
    "--corpus",
    "corpora",
    type=_FOLDER,
    multiple=True,
    help="People who read aloud, as `easeup train` has it.",
)


@click.command()
@click.option("--speech", type=_FOLDER, required=True, help="Folder of the recordings.")
@corpus_option
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for JSON and pictures.")
@click.option("--ears", type=click.Choice(EARS), multiple=True, help="Only these, of those that are known.")
@click.option("--model", "models", type=_FOLDER, multiple=True, help="Another Vosk model to measure.")
@click.option("--leave-out-model", type=_FOLDER, help="A model trained without people's stop, yes, no, go.")
def main(
    *,
    speech: Path,
    corpora: tuple[Path, ...],
    out: Path | None,
    ears: tuple[str, ...],
    models: tuple[Path, ...],
    leave_out_model: Path | None,
) -> None:
    """Print the table of all ears; write it as JSON, and a picture of it, to --out."""
    rows = [*_known(speech, ears), *(Row(model.resolve().name, model) for model in models)]
    if leave_out_model:
        rows.append(Row(LEFT_OUT, leave_out_model, commands_only=True))
    names = [row.name for row in rows]
    if len(set(names)) < len(names):
        raise click.ClickException(f"two have one name among {', '.join(names)}; rename a --model's folder")
    if out is not None and find_spec("matplotlib") is None:
        raise click.ClickException(
            "no matplotlib to draw with; pip install '.[benchmarks]', or go without --out"
        )
    found: dict[str, dict[Key, Figure]] = {}
    try:
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
        for row in rows:  # before the long work
            with EarProcess(row.model):
                pass
        known = listening.commands()
        material = _material(speech, corpora, known)
        about = _about(material, rows)
        for row in rows:
            found[row.name] = _measured(row, material, known)
            if out is not None:
                table.write(out / "recognition.json", found, about)
    except (EarError, EngineError, clips.SpeechError, VoiceUnavailable, OSError) as error:
        raise click.ClickException(str(error)) from None
    finally:  # a row takes minutes; what is known isn't lost with the next one
        if found:
            for line in table.lines(found):
                click.echo(line)
    if out is not None:
        click.echo(
            f"\nwritten: {out / 'recognition.json'}, {', '.join(map(str, draw(out, found)))}", err=True
        )


def _known(speech: Path, chosen: tuple[str, ...]) -> list[Row]:
    """The rows there are by default; interim-en only where its folder is."""
    interim = speech / ".." / "models" / "interim-en"
    rows = [Row("easeup", BUILT_IN), Row("product", BUILT_IN, as_product=True)]
    rows.append(Row("asked", BUILT_IN, as_product=True, asked=True, commands_only=True))
    if interim.is_dir():
        rows.append(Row("interim-en", interim))
    elif "interim-en" in chosen:
        raise click.BadParameter(f"there is no {interim}; give the folder by --model", param_hint="--ears")
    rows.append(Row("pocketsphinx", None))
    return [row for row in rows if not chosen or row.name in chosen]


def _material(speech: Path, corpora: tuple[Path, ...], known: Commands) -> Material:
    people, noise = clips.held_out(speech), clips.kitchen(speech)
    people += read_aloud(corpora)
    with progress("narration", narration.SECONDS) as advance:
        told = []
        for clip in narration.narration():
            told.append(clip)
            advance(len(clip.sound) / RATE)
    return Material(people, noise, tuple(told), _phrases(known))


def read_aloud(corpora: Iterable[Path]) -> tuple[Clip, ...]:
    """What people who are kept out of training read aloud.

    Args:
        corpora: As `readers` knows them.

    Raises:
        SpeechError: One can't be used, or the extra "train" is missing, which reads them.
    """
    if not corpora:
        return ()
    try:
        from .readers import readers  # noqa: PLC0415 - needs the extra "train"
    except ImportError as error:
        raise clips.SpeechError(f"--corpus: {error}; pip install '.[train]', or go without") from None
    return tuple(clip for corpus in corpora for clip in readers(corpus))


def _phrases(known: Commands) -> tuple[Clip, ...]:
    """None, with a word about it, where nothing can speak that is kept out of training."""
    try:
        from .vocabulary import count, spoken  # noqa: PLC0415 - needs the extra "train"
    except ImportError as error:
        click.echo(f"without the whole vocabulary: {error}; pip install '.[train]'", err=True)
        return ()
    said = []
    with progress("vocabulary", count(known)) as advance:
        for clip in spoken(known):
            said.append(clip)
            advance(1)
    if not said:
        click.echo("without the whole vocabulary: none of the voices for it is installed", err=True)
    return tuple(said)


def _measured(row: Row, material: Material, known: Commands) -> dict[Key, Figure]:
    with progress(row.name, material.seconds(row)) as advance:
        return hearing.figures(row, material, known, advance)


def _about(material: Material, rows: list[Row]) -> dict[str, Any]:
    return {
        "clips": len(material.people),
        "voices": sorted({clip.speaker for clip in material.phrases}),
        "phrases": list(listening.PHRASES),
        "models": {row.name: row.model.name if row.model else "pocketsphinx's own" for row in rows},
        "vosk": version("vosk"),
        "machine": platform.machine(),
        "date": time.strftime("%Y-%m-%d"),
    }

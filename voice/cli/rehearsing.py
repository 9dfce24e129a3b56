"""`easeup rehearse`: a massage in a simulated room, also where no sound device is."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from .group import CONTENT_PROBLEM, complain, easeup, model_folder, model_option, plainly


@easeup.command(short_help="A scripted partner in a simulated room.")
@click.argument("routine", required=False)
@click.option(
    "--script", type=click.Path(path_type=Path), required=True, help="What the partner says, and when (YAML)."
)
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="Folder for the sound and the reports."
)
@model_option
def rehearse(routine: str | None, script: Path, out: Path, model: Path | None) -> None:
    """Rehearse a massage in a simulated room, with a scripted partner; all else is real.

    Writes room.wav (what a bystander hears), transcript.txt, events.jsonl and timeline.svg (look at it in a
    browser) into the folder.

    \b
    partner: {voice: gmw/en-gb-x-rp, rate: 150}
    say:
      - {text: start, after: narration}
      - {text: "no", after: question}
      - {text: lighter, after: circles, wait: 4s}
      - {text: stop, at: 2m30s}
    """
    import time

    from voice.app.rehearsing import rehearse as rehearse_session
    from voice.rehearsal.script import load
    from voice.rehearsal.transcript import clock
    from voice.routine import find

    with plainly():
        chosen = None if routine is None else find(routine)
        began = time.monotonic()
        with _progress() as progress:
            outcome = rehearse_session(load(script), chosen, model_folder(model), out, progress=progress)
    took = time.monotonic() - began
    for name in ("room.wav", "transcript.txt", "events.jsonl", "timeline.svg"):
        click.echo(out / name)
    complain(f'{clock(outcome.seconds)} of massage rehearsed in {took:.0f} s, to "{outcome.phase}"')
    if outcome.in_vain is not None:
        complain(f"{script}: the partner waited in vain for {outcome.in_vain}")
        sys.exit(CONTENT_PROBLEM)


@contextmanager
def _progress() -> Iterator[Callable[[float], None] | None]:
    """A line on the terminal that tells how far a rehearsal has got; nothing where nobody looks."""
    from voice.rehearsal.transcript import clock

    if not sys.stderr.isatty():
        yield None
        return
    shown = -1

    def show(seconds: float) -> None:
        nonlocal shown
        if int(seconds) > shown:
            shown = int(seconds)
            click.echo(f"\rrehearsing {clock(shown)}", nl=False, err=True)

    try:
        yield show
    finally:
        click.echo("\r\033[K", nl=False, err=True)


def rehearse_instead(model: Path) -> None:
    """What somebody without a sound device can still see and hear: a whole short massage."""
    from voice import places
    from voice.app.rehearsing import rehearse as rehearse_session
    from voice.rehearsal.script import load
    from voice.rehearsal.transcript import line
    from voice.resources import folder
    from voice.routine import find

    complain("so here is a rehearsal instead: a scripted partner, and everything else real")
    out = places.cache() / "rehearsal"
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError:  # no home to write in
        out = Path(tempfile.mkdtemp(prefix="easeup-"))
    script = load(folder("prompts") / "en" / "rehearsal.yaml")
    rehearse_session(
        script, find("lower-back-strokes"), model, out, tell=lambda entry: click.echo(line(entry))
    )
    complain(f"what was heard in the room: {out / 'room.wav'}")

"""`easeup preview`: a whole massage as sound, to be listened to at the desk."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .group import complain, easeup, plainly


def _sound_file(_context: click.Context, _parameter: click.Parameter, given: Path) -> Path:
    if given.suffix.lower() != ".wav":
        raise click.BadParameter(f"a WAV is written; call it {given.with_suffix('.wav').name}")
    return given


@easeup.command(short_help="A whole massage as a sound file.")
@click.argument("routine")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    callback=_sound_file,
    help="WAV to write.",
)
def preview(routine: str, out: Path) -> None:
    """Render a whole massage into a sound file, as it is heard by somebody who says only what has to be said.

    ROUTINE is the id of a routine or a file of your own. All is in it with its timing: questions, steps,
    cues, counts, the beat. Nobody is heard: "start", "no" and "ready" are only thought, and so is "next",
    ten seconds after all has been said on a step that waits for it.

    Beside FILE.wav lies FILE.labels.txt then: what comes when, as a label track for Audacity.

    \b
    easeup preview evening-back --out evening-back.wav
    """
    import time

    from voice.app.previewing import labels_beside
    from voice.app.previewing import preview as render
    from voice.rehearsal.transcript import clock
    from voice.routine import find

    with plainly():
        plan = find(routine)
        began = time.monotonic()
        with click.progressbar(length=100, label=plan.title, file=sys.stderr) as bar:

            def show(done: float) -> None:
                if (percent := int(100 * done)) > bar.pos:
                    bar.update(percent - bar.pos)

            seconds = render(plan, out, show)
            show(1.0)
    click.echo(click.format_filename(out))
    click.echo(click.format_filename(labels_beside(out)))
    complain(f"{clock(seconds)} of massage rendered in {time.monotonic() - began:.0f} s")

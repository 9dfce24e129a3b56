"""`easeup new`, `export` and `import`: for people who write routines."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from .group import ENVIRONMENT_PROBLEM, complain, easeup, plainly
from .routines import warn


@easeup.command(short_help="Begin a routine of your own.")
@click.argument("routine_id", metavar="ID")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder to write it into.  [default: among your routines]"
)
def new(routine_id: str, out: Path | None) -> None:
    """Write the file of a new routine: a small one that is complete, to be written over.

    ID is its name in lower-case words joined by hyphens. It is never written over a file that is there.

    \b
    easeup new evening-back
    easeup new evening-back --out routines
    """
    from voice.routine import add, own_folder, scaffold

    with plainly():
        try:
            text = scaffold(routine_id)
        except ValueError as error:
            complain(str(error))
            sys.exit(ENVIRONMENT_PROBLEM)
        file = add(routine_id, text, out or own_folder())
    click.echo(click.format_filename(file))
    _tell_what_to_do(routine_id if out is None else click.format_filename(file), routine_id)


@easeup.command(short_help="A routine for other programs.")
@click.argument("routine")
@click.option(
    "--format",
    expose_value=False,  # there is one so far
    type=click.Choice(["howto"]),
    default="howto",
    show_default=True,
    help="howto: HowTo of schema.org, in JSON-LD.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write.  [default: stdout]"
)
def export(routine: str, out: Path | None) -> None:
    """Write a routine as a HowTo of schema.org, which other programs read.

    ROUTINE is the id of a routine or a file of your own. All of it is in there: what schema.org has no word
    for, such as regions and pressures, goes by "easeup:" and its name in a routine file.

    \b
    easeup export lower-back-strokes --out lower-back-strokes.json
    """
    from voice.app.replacing import replacing
    from voice.routine import load, place
    from voice.routine.howto import howto

    with plainly():
        text = json.dumps(howto(load(place(routine))), indent=2, ensure_ascii=False)
        if out is None:
            click.echo(text)
            return
        with replacing(out) as unfinished:
            unfinished.write_text(f"{text}\n", encoding="utf-8")
    click.echo(click.format_filename(out))


@easeup.command(name="import", short_help="A routine from another program.")
@click.argument("file", type=click.Path(path_type=Path))
def import_(file: Path) -> None:
    """Make a routine of your own of a HowTo of schema.org in JSON-LD: one that easeup wrote, or another's.

    Where another's doesn't say what easeup has to know, it gets what is cautious: a light pressure that never
    gets more than medium, one region for all, and steps that last until "next". The file says so in each
    place. What would better be worded otherwise, as it is spoken, is a warning. Nothing is ever written over.

    \b
    easeup import calf-massage.json
    """
    from voice.language import Language
    from voice.routine import add, own_folder
    from voice.routine.howto import imported

    with plainly():
        made = imported(file)
        written = add(made.id, made.text, own_folder())
        click.echo(click.format_filename(written))
        warn(written, Language.load())
    if made.assumed:
        keys = ", ".join(
            f"{key} ({count} times)" if count > 1 else key for key, count in made.assumed.items()
        )
        complain(f'what {click.format_filename(file)} does not say is marked "assumed": {keys}')
    _tell_what_to_do(made.id, made.id)


def _tell_what_to_do(name: str, routine_id: str) -> None:
    complain("open it in an editor; then")
    for command, purpose in (
        (f"easeup check {name}", "all that is wrong, with its line"),
        (f"easeup show {name}", "what comes when"),
        (f"easeup try {name} --fast", "the whole massage as text"),
        (f"easeup preview {name} --out {routine_id}.wav", "the whole narration as sound"),
        (f"easeup run {name}", "and do it"),
    ):
        click.echo(f"  {command}  # {purpose}", err=True)

"""`easeup new`: for people who write routines."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .group import ENVIRONMENT_PROBLEM, complain, easeup, plainly


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

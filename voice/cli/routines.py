"""`easeup routines`, `show`, `check` and `schema`: what can be known of routine files."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voice.documents import DocumentError

from .group import CONTENT_PROBLEM, easeup, plainly

if TYPE_CHECKING:  # commands import what they need when they run, so that each starts fast
    from voice.language import Language

_COLOURS = ("cyan", "green", "yellow", "magenta", "red")
"""Of bars, by pressure from feather to deep."""


@easeup.command(short_help="What there is.")
def routines() -> None:
    """List the routines there are, with their numbers: those that come with easeup, and your own."""
    from voice.routine import shelf

    with plainly():
        plans = shelf(_left_out)
        width = max(len(plan.routine_id) for plan in plans)
        for number, plan in enumerate(plans, 1):
            minutes = round(plan.seconds / 60)
            click.echo(f"{number:>2}  {plan.routine_id:<{width}}  {minutes:>3} min of work  {plan.title}")


def _left_out(error: DocumentError) -> None:
    for problem in error.problems:
        click.echo(str(problem), err=True)


@easeup.command(short_help="What comes when in a routine.")
@click.argument("routine")
def show(routine: str) -> None:
    """Print a routine as a timetable: what comes when, on which side, how firmly; and a time line beside it.

    ROUTINE is the id of a routine or a file of your own. Times count work only. On a terminal the bars are
    coloured by pressure.

    \b
    easeup show lower-back-strokes
    """
    from voice.routine import find, timetable

    with plainly():
        click.echo(timetable(find(routine), _coloured), nl=False, color=_has_colours())


def _coloured(bar: str, pressure: int) -> str:
    return click.style(bar, fg=_COLOURS[pressure - 1])


def _has_colours() -> bool | None:
    """None: wherever stdout is a terminal."""
    return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None


def _files(_context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]) -> tuple[Path, ...]:
    from voice.routine import place

    with plainly():
        return tuple(map(place, given))


@easeup.command(short_help="What is wrong with routine files.")
@click.argument("files", nargs=-1, required=True, metavar="ROUTINE...", callback=_files)
def check(files: tuple[Path, ...]) -> None:
    """Check routine files: all that is wrong, each as file:line:col: message.

    What works and would better be worded otherwise, as it is spoken, is a warning. ROUTINE is a file, or the
    id of one among your own.

    \b
    easeup check evening-back
    easeup check *.yaml
    """
    from voice.language import Language
    from voice.routine import load

    language = Language.load()
    faulty = False
    for file in files:
        try:
            load(file)
        except DocumentError as error:
            faulty = True
            for problem in error.problems:
                click.echo(str(problem), err=True)
        else:
            warned = warn(file, language)
            click.echo(f"{file}: fine{', but for these warnings' if warned else ''}", err=True)
    if faulty:
        sys.exit(CONTENT_PROBLEM)


def warn(file: Path, language: Language) -> bool:
    """Say what would better be worded otherwise in a routine that loads; give whether there is anything."""
    from voice.app.wording import doubts

    found = doubts(file, language)
    for doubt in found:
        click.echo(str(replace(doubt, message=f"warning: {doubt.message}")), err=True)
    return bool(found)


@easeup.command(short_help="JSON Schema of routine files.")
def schema() -> None:
    """Print the JSON Schema of routine files, for editors that complete and check YAML."""
    from voice.routine import schema as routine_schema

    click.echo(json.dumps(routine_schema(), indent=2, ensure_ascii=False))

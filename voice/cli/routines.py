"""`easeup routines`, `show`, `check` and `schema`: what can be known of routine files."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import click

from voice.documents import DocumentError

from .group import CONTENT_PROBLEM, easeup, plainly


@easeup.command(short_help="What there is.")
def routines() -> None:
    """List the routines there are, with their numbers."""
    from voice.routine import shelf

    with plainly():
        plans = shelf()
        width = max(len(plan.routine_id) for plan in plans)
        for number, plan in enumerate(plans, 1):
            minutes = round(plan.seconds / 60)
            click.echo(f"{number:>2}  {plan.routine_id:<{width}}  {minutes:>3} min of work  {plan.title}")


@easeup.command(short_help="What comes when in a routine.")
@click.argument("routine")
def show(routine: str) -> None:
    """Print a routine as a timetable: what comes when, on which side, how firmly."""
    from voice.routine import find, timetable

    with plainly():
        click.echo(timetable(find(routine)), nl=False)


@easeup.command(short_help="What is wrong with routine files.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check routine files: all that is wrong, each as file:line:col: message.

    What works and would better be worded otherwise, as it is spoken, is a warning.
    """
    from voice.app.wording import doubts
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
            for doubt in (found := doubts(file, language)):
                click.echo(str(replace(doubt, message=f"warning: {doubt.message}")), err=True)
            click.echo(f"{file}: fine{', but for these warnings' if found else ''}", err=True)
    if faulty:
        sys.exit(CONTENT_PROBLEM)


@easeup.command(short_help="JSON Schema of routine files.")
def schema() -> None:
    """Print the JSON Schema of routine files, for editors that complete and check YAML."""
    from voice.routine import schema as routine_schema

    click.echo(json.dumps(routine_schema(), indent=2, ensure_ascii=False))

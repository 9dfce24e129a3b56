"""`easeup diary`: what happened in the massages so far, as text, as a picture and for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .group import ENVIRONMENT_PROBLEM, complain, easeup, plainly

if TYPE_CHECKING:
    from voice.diary.entry import Entry

_PICTURE = "easeup-diary.png"

_person = click.option(
    "--person", type=click.IntRange(1), metavar="N", help="Only of the person with this number."
)


@easeup.group(invoke_without_command=True, short_help="Your massages: how each felt, and what hurt.")
@_person
@click.pass_context
def diary(context: click.Context, person: int | None) -> None:
    """Print the diary: every massage, how long it was, how it felt before and after, and what hurt.

    Comfort is a number from 0, worst, to 10, best. "6 of 14" minutes: it ended early. A pain stop is told
    with its step, side and kind, and with the places that were under the hands.

    \b
    easeup diary                            all of it
    easeup diary --person 2                 one person's
    easeup diary plot                       as a picture
    easeup diary export --format csv        for a spreadsheet

    It is kept on this machine alone, without any sound.
    """
    if context.invoked_subcommand is None:
        from voice.diary.telling import told

        entries, names = _kept(person)
        click.echo(told(entries, names))
    elif person is not None:
        raise click.UsageError(
            f"write it behind: easeup diary {context.invoked_subcommand} --person {person}"
        )


def _picture_file(_context: click.Context, _parameter: click.Parameter, given: Path) -> Path:
    from voice.diary.picture import SUFFIXES

    if given.suffix.lower() not in SUFFIXES:
        names = " or ".join(given.with_suffix(suffix).name for suffix in SUFFIXES)
        raise click.BadParameter(f"SVG and PNG can be drawn; call it {names}")
    return given


@diary.command(short_help="As a picture.")
@_person
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=_PICTURE,
    show_default=True,
    callback=_picture_file,
    help="SVG or PNG to write, by its name.",
)
def plot(person: int | None, out: Path) -> None:
    """Draw one person's diary: comfort before and after each massage, and on a back where it hurt.

    A stop on a step that works several places counts at each of them. Needs matplotlib, which comes with
    the extra "diary".

    \b
    easeup diary plot
    easeup diary plot --person 2 --out diary.svg
    """
    from voice.app.replacing import replacing
    from voice.diary.picture import draw
    from voice.diary.telling import who

    entries, names = _kept(person)
    people = sorted({entry.person for entry in entries})
    if len(people) > 1:
        several = ", ".join(
            f"{number} ({names[number]})" if number in names else f"{number}" for number in people
        )
        complain(f"a picture is of one person, and the diary is of {several}; choose with --person")
        sys.exit(ENVIRONMENT_PROBLEM)
    with plainly(), replacing(out) as unfinished:
        try:
            draw(entries, who(person or (people or [1])[0], names), unfinished, out.suffix.lower())
        except ModuleNotFoundError as error:
            complain(f"a picture lacks {error.name}; in easeup's folder: pip install '.[diary]'")
            sys.exit(ENVIRONMENT_PROBLEM)
    click.echo(click.format_filename(out))


def _formats(_context: click.Context, _parameter: click.Parameter, given: str) -> Any:
    from voice.diary.export import FORMATS

    return FORMATS[given]


@diary.command(short_help="For other programs.")
@_person
@click.option(
    "--format",
    "made",
    type=click.Choice(["csv", "json", "fhir"]),
    default="csv",
    show_default=True,
    callback=_formats,
    help="csv: a table; json: all of it; fhir: health records (FHIR R4).",
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write.  [default: stdout]"
)
def export(person: int | None, made: Any, out: Path | None) -> None:
    """Write the diary for spreadsheets, for programs of your own, or for somebody who treats you.

    csv has one row a massage. docs/diary.schema.json tells what the fields of json mean. fhir is a Bundle of
    FHIR R4: a Patient with the number on this device, and the name where one was given; a Procedure a
    massage; an Observation for each comfort and each pain stop. Moments are in UTC.

    \b
    easeup diary export --format csv --out diary.csv
    easeup diary export --format fhir --person 2 --out diary.json
    """
    from voice.app.replacing import replacing

    text = made(*_kept(person))
    with plainly():
        if out is None:
            click.echo(text, nl=False)
            return
        with replacing(out) as unfinished:
            unfinished.write_text(text, encoding="utf-8", newline="\n")
    click.echo(click.format_filename(out))


def _kept(person: int | None) -> tuple[tuple[Entry, ...], dict[int, str]]:
    """The massages of one person or of all, and the names that people have."""
    from voice.diary.database import connect, file
    from voice.diary.massages import entries
    from voice.diary.people import load

    with plainly(), connect(file(), write=False) as database:
        known = load(database, now=0.0, at=0.0)  # only their names matter here
        if person is not None and known and person not in {one.number for one in known}:
            numbers = ", ".join(str(one.number) for one in known)
            complain(f"nobody in the diary has the number {person}; there is {numbers}")
            sys.exit(ENVIRONMENT_PROBLEM)
        return entries(database, person), {one.number: one.name for one in known if one.name}

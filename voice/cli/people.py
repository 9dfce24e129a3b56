"""`easeup people`: who is known on this device, what they are called, and forgetting them."""

from __future__ import annotations

import sys

import click

from .group import ENVIRONMENT_PROBLEM, complain, easeup, plainly

_LONGEST_NAME = 40

_number = click.argument("number", type=click.IntRange(1), metavar="NUMBER")


@easeup.group(invoke_without_command=True, short_help="Who is massaged here: names, and forgetting.")
@click.pass_context
def people(context: click.Context) -> None:
    """List whom the guide knows: everybody who was massaged, with the answers to its questions.

    Say "person two" before a massage, and it is theirs: their answers, how firm they like it, and what hurt
    the last time. Who says nothing is the same as the last time, or a guest of whom nothing is kept.

    \b
    easeup people                   who is known
    easeup people name 2 Ann        what the guide calls person two
    easeup people forget 2          all of person two, for good
    easeup people forget --everybody
    """
    if context.invoked_subcommand is not None:
        return
    from voice.diary.database import connect, file
    from voice.diary.people import load
    from voice.diary.telling import about

    with plainly(), connect(file(), write=False) as database:
        known = load(database, now=0.0, at=0.0)
    if not known:
        click.echo('Nobody yet. The first massage is of person one; say "person two" for somebody else\'s.')
    for person in known:
        click.echo(about(person))


@people.command(short_help="What the guide calls somebody.")
@_number
@click.argument("name")
def name(number: int, name: str) -> None:
    """Give a person a name, which the guide speaks; an empty one ("") takes it away."""
    from voice.diary.database import connect, file
    from voice.diary.people import rename

    called = " ".join(name.split())
    if (
        not called.isprintable()
        or len(called) > _LONGEST_NAME
        or not (called == "" or any(map(str.isalpha, called)))
    ):
        raise click.BadParameter(
            f"a name has letters, and {_LONGEST_NAME} characters at most", param_hint="NAME"
        )
    with plainly(), connect(file(), write=True) as database:
        _tell(database.notice)
        rename(database, number, called)
    click.echo(f"person {number}: {called}" if called else f"person {number}")


@people.command(short_help="All that is known of somebody, for good.")
@click.argument("number", type=click.IntRange(1), metavar="[NUMBER]", required=False)
@click.option("--everybody", is_flag=True, help="Everybody, and the whole diary.")
def forget(number: int | None, everybody: bool) -> None:
    """Forget a person: their name, answers, massages and pains; or everybody. It can't be taken back.

    Whosever massage is under way can't be taken up again then, for what was said in it is forgotten, too.
    """
    from voice.diary.database import connect, file
    from voice.diary.forgetting import forget as forget_one
    from voice.diary.forgetting import forget_everything
    from voice.diary.people import load

    if (number is None) is not everybody:
        raise click.UsageError("say whom: a number (`easeup people` lists them), or --everybody")
    with plainly():
        if number is None:
            gone = forget_everything(file())
            click.echo("everything is forgotten" if gone else "there was nothing to forget")
            return
        with connect(file(), write=True) as database:
            _tell(database.notice)
            known = {person.number for person in load(database, now=0.0, at=0.0)}
            damaged = forget_one(database, number)  # also where nobody is listed: it may have broken off
    if number not in known and not damaged:
        complain(f"nobody has the number {number}; `easeup people` lists who there is")
        sys.exit(ENVIRONMENT_PROBLEM)
    for each in damaged:
        click.echo(f"deleted, for it may have held theirs, too: {click.format_filename(each)}")
    click.echo(f"person {number} is forgotten")


def _tell(notice: str | None) -> None:
    if notice is not None:
        complain(notice)

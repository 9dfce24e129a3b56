"""`easeup models`: what there is to listen with; getting, verifying and removing it."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .group import CONTENT_PROBLEM, INTERRUPTED, complain, easeup, in_words, plainly

if TYPE_CHECKING:
    from voice.recognition.store.listing import Listed


@easeup.group(invoke_without_command=True, short_help="The models it hears with: list, get, verify, remove.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object.")
@click.pass_context
def models(context: click.Context, as_json: bool) -> None:
    """List the models to hear with: those here, and the publisher's that easeup can use.

    One of them is used: the one that --model names, else the one that EASEUP_MODEL names, else your own
    (folders with models that you put beside the downloaded ones; the first by name), else the best of those
    downloaded (by the word error rates their publisher gives; unknown ones last, by name), else the built-in
    one.

    Models come from Vosk's publisher, or by a list of the same form at the address EASEUP_MODEL_LIST. The
    list is asked for once a day; only this and `get` use the network.
    """
    if context.invoked_subcommand is None:
        with plainly():
            _list(as_json=as_json)
    elif as_json:
        raise click.UsageError("--json goes with the list alone")


def _list(*, as_json: bool) -> None:
    from voice.language import languages
    from voice.recognition import models as choosing
    from voice.recognition.store import publisher
    from voice.recognition.store.installed import installed
    from voice.recognition.store.listing import listing

    folder = choosing.user_models()
    choice, fault = None, None
    try:
        choice = choosing.choose(None, os.environ, folder)
    except choosing.ModelError as error:
        fault = click.format_filename(str(error))  # a folder's name is in it
    url = publisher.address(os.environ)
    found, unreached = publisher.fetch_or_kept(url, publisher.web_for(url), _cache())
    lines = tuple(
        _shown(line)
        for line in listing(
            installed(folder), found.models if found else (), languages(), choice.path if choice else None
        )
    )
    used = click.format_filename(choice.path) if choice else None
    if as_json:
        report = {
            "models": [asdict(line) for line in lines],
            "used": {"folder": used, "because": choice.because} if choice else None,
            "fault": fault,
            "list": {
                "url": click.format_filename(url),
                "fetched": found.fetched.isoformat() if found else None,
                "unreached": unreached,
            },
        }
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
        return
    _print_table(lines)
    click.echo(f"\nused: {used}, {choice.because}" if choice else f"\nused: none, for {fault}")
    click.echo(f"yours go into {click.format_filename(folder)}")
    if unreached is not None and found is not None:
        complain(f"{unreached}; this list is of {found.fetched.astimezone():%Y-%m-%d %H:%M}")
    elif unreached is not None:
        complain(f"{unreached}; only what is on this machine is listed")


def _shown(line: Listed) -> Listed:
    """With its names as they can be printed: a folder's need not be text."""
    folder = None if line.folder is None else click.format_filename(line.folder)
    return replace(line, name=click.format_filename(line.name), folder=folder)


def _print_table(lines: tuple[Listed, ...]) -> None:
    width = max(len(line.name) for line in lines)
    click.echo(
        f"  {'name':<{width}}  {'language':<14}  {'download':>9}  {'unpacked':>9}  {'licence':<10}  state"
    )
    for line in lines:
        mark, language, licence = (
            "*" if line.is_used else " ",
            line.language or "-",
            line.licence or "not told",
        )
        sizes = f"{_size(line.download_bytes):>9}  {_size(line.unpacked_bytes):>9}"
        click.echo(f"{mark} {line.name:<{width}}  {language:<14}  {sizes}  {licence:<10}  {line.state}")


def _size(size: int | None) -> str:
    from voice.recognition.store.download import megabytes

    return "-" if size is None else megabytes(size)


@models.command(short_help="Download a model.")
@click.argument("name")
def get(name: str) -> None:
    """Download a model, check it and unpack it. When it breaks off, the same command goes on from there."""
    from voice.language import languages
    from voice.recognition import models as choosing
    from voice.recognition.store import publisher
    from voice.recognition.store.catalogue import pick
    from voice.recognition.store.download import megabytes, partial
    from voice.recognition.store.installing import check_is_new, install

    with plainly():
        folder, cache = choosing.user_models(), _cache()
        check_is_new(name, folder)
        url = publisher.address(os.environ)
        web = publisher.web_for(url)
        model = pick(publisher.fetch(url, web, cache).models, name, languages())
        try:
            with click.progressbar(length=model.size, label=name, file=sys.stderr) as bar:
                place = install(model, folder, cache, web, tell=lambda done: bar.update(done - bar.pos))
        except KeyboardInterrupt:
            kept = partial(model, cache).size
            what = "the whole download is" if kept == model.size else f"{megabytes(kept)} are"
            goes_on = f"{what} kept, and the same command goes on from there"
            complain(f"interrupted; {goes_on if kept else 'nothing is kept'}")
            sys.exit(INTERRUPTED)
        click.echo(click.format_filename(place))
        complain(_what_is_used(place, folder))


def _what_is_used(new: Path, folder: Path) -> str:
    """Whether a new model is used; what keeps it from that is no failure of installing."""
    from voice.recognition import models as choosing

    try:
        choice = choosing.choose(None, os.environ, folder)
    except choosing.ModelError as error:
        return f"it is installed, but not used: {error}"
    except OSError as error:
        return f"it is installed, but not used: {in_words(error)}"
    return "it is used from now on" if choice.path == new else f"used is {choice.path}, {choice.because}"


@models.command(short_help="Are models as they were installed?")
@click.argument("name", required=False)
def verify(name: str | None) -> None:
    """See that a model, or every one here, can be heard with, and is unchanged since it was installed.

    Of models that `easeup models get` did not install nobody knows how they were: only the former is seen.
    """
    from voice.recognition import models as choosing
    from voice.recognition.store.installed import find, installed, problems

    with plainly():
        folder = choosing.user_models()
        faulty = False
        for model in installed(folder) if name is None else (find(name, folder),):
            found = problems(model)
            for problem in found:
                click.echo(click.format_filename(f"{model.name}: {problem}"))
            if not found:
                unchanged = ", and every file is as it was installed" if model.origin == "downloaded" else ""
                fine = f"{model.name}: fine, a model that easeup can hear with{unchanged}"
                click.echo(click.format_filename(fine))
            elif model.origin == "downloaded":
                complain(f"`easeup models remove {model.name}` and get it again")
            faulty = faulty or bool(found)
        if faulty:
            sys.exit(CONTENT_PROBLEM)


@models.command(short_help="Take a model away.")
@click.argument("name")
def remove(name: str) -> None:
    """Take a model away, a downloaded one or your own; the built-in one stays."""
    from voice.recognition import models as choosing
    from voice.recognition.store.installed import remove as take_away

    with plainly():
        take_away(name, choosing.user_models(), _cache())
        complain(f"{name} is removed")


def _cache() -> Path:
    """Where lists and unfinished downloads are kept."""
    from voice import places

    return places.cache() / "models"

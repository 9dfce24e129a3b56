"""The `easeup` command itself, and what its commands share: their options, and how they end."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

import click

from voice.documents import DocumentError

CONTENT_PROBLEM = 1
ENVIRONMENT_PROBLEM = 2
INTERRUPTED = 130
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


def main() -> None:
    """The `easeup` command."""
    # A service is ended by SIGTERM: the same as Ctrl-C, so that devices, files and the voice are released.
    # A program started in the background may have been told to ignore Ctrl-C.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal without Unicode gets the codes of what it lacks
            stream.reconfigure(errors="backslashreplace")
    try:
        easeup.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)


@contextmanager
def plainly() -> Iterator[None]:
    """What a user can cause ends in a plain line, not in a traceback."""
    from voice.audio.wav import AudioFileError
    from voice.diary.errors import DiaryError
    from voice.recognition.models import ModelError
    from voice.recognition.store.errors import StoreError
    from voice.routine import TakenRoutineError, UnknownRoutineError
    from voice.synthesis.errors import UnknownVoice, VoiceUnavailable

    try:
        yield
    except DocumentError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        sys.exit(CONTENT_PROBLEM)
    except (
        *(UnknownRoutineError, TakenRoutineError, ModelError, StoreError),
        *(AudioFileError, DiaryError, UnknownVoice, VoiceUnavailable),
    ) as error:
        complain(str(error))
        sys.exit(ENVIRONMENT_PROBLEM)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise  # somebody who reads our output has seen enough; click ends quietly
        complain(in_words(error))
        sys.exit(ENVIRONMENT_PROBLEM)


def in_words(error: OSError) -> str:
    """Which file the system refused, why, and what helps where that is known."""
    remedy = "; make room on that disk, and try again" if error.errno in _DISK_FULL else ""
    return f"{error.filename or 'a file'}: {error.strerror or error}{remedy}"


def complain(message: str) -> None:
    """Say on stderr what is wrong."""
    click.echo(f"easeup: {message}", err=True)


def model_folder(given: Path | None) -> Path:
    """The model to listen with.

    Args:
        given: What `--model` was given.

    Raises:
        ModelError: It is no model.
    """
    from voice.recognition import models

    return models.find(None if given is None else str(given), os.environ, models.user_models())


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="easeup")
@click.pass_context
def easeup(context: click.Context) -> None:
    """A massage guide you talk to, offline, while your hands are covered in oil.

    Without a command it runs: say "start" to begin, "stop" at any time, "help" for what can be said.

    \b
    easeup                          listen and guide
    easeup try --fast               the same by text, in no time
    easeup doctor                   is everything here that it needs?
    """
    if context.invoked_subcommand is None:
        context.invoke(easeup.commands["run"])


model_option = click.option(
    "--model",
    type=click.Path(path_type=Path),
    help="Folder of a Vosk model to listen with, instead of the best one there is.",
)

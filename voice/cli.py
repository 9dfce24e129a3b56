"""The commands, nothing else: what they take, what they print and how they end."""

from __future__ import annotations

import io
import json
import os
import secrets
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from voice.documents import DocumentError

CONTENT_PROBLEM = 1
ENVIRONMENT_PROBLEM = 2
INTERRUPTED = 130


def main() -> None:
    """The `easeup` command."""
    # A service is ended by SIGTERM: the same as Ctrl-C, so that devices, files and the voice are released.
    # A program started in the background may have been told to ignore Ctrl-C.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
    try:
        easeup.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)


@contextmanager
def _plainly() -> Iterator[None]:
    """What a user can cause ends in a plain line, not in a traceback."""
    from voice.audio.wav import AudioFileError
    from voice.recognition.models import ModelError
    from voice.routine import UnknownRoutineError
    from voice.synthesis.errors import UnknownVoice, VoiceUnavailable

    try:
        yield
    except DocumentError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        sys.exit(CONTENT_PROBLEM)
    except (UnknownRoutineError, ModelError, AudioFileError, UnknownVoice, VoiceUnavailable) as error:
        _complain(str(error))
        sys.exit(ENVIRONMENT_PROBLEM)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise  # somebody who reads our output has seen enough; click ends quietly
        _complain(f"{error.filename or 'a file'}: {error.strerror or error}")
        sys.exit(ENVIRONMENT_PROBLEM)


def _complain(message: str) -> None:
    click.echo(f"easeup: {message}", err=True)


def _model(given: Path | None) -> Path:
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
        context.invoke(run)


_model_option = click.option(
    "--model",
    type=click.Path(path_type=Path),
    help="Folder of a Vosk model to listen with, instead of the best one there is.",
)


@easeup.command(short_help="Listen and guide.")
@click.argument("routine", required=False)
@_model_option
@click.option(
    "--microphone-file",
    type=click.Path(path_type=Path),
    help="Hear this sound file instead of the microphone.",
)
@click.option(
    "--loudspeaker-file",
    type=click.Path(path_type=Path),
    help="Write a WAV instead of playing.",
)
def run(
    routine: str | None, model: Path | None, microphone_file: Path | None, loudspeaker_file: Path | None
) -> None:
    """Listen and guide, until Ctrl-C.

    ROUTINE is the id of a routine (see `easeup routines`) or a file of your own: what "start" alone begins.

    On a machine without a usable sound device it says so, and plays a rehearsal of a short massage instead.
    """
    from voice.app.live import run_live
    from voice.app.lockstep import run_on_files
    from voice.audio.devices import SoundUnavailable
    from voice.rehearsal.transcript import line
    from voice.routine import find

    with _plainly():
        chosen = None if routine is None else find(routine)
        folder = _model(model)
        if microphone_file is not None and loudspeaker_file is not None:
            if microphone_file.resolve() == loudspeaker_file.resolve():
                raise click.UsageError("the loudspeaker's file would replace the microphone's; name another")
            run_on_files(
                microphone_file, loudspeaker_file, chosen, folder, tell=lambda entry: click.echo(line(entry))
            )
            return
        try:
            run_live(
                chosen,
                folder,
                seed=secrets.randbelow(2**31),
                microphone=microphone_file,
                loudspeaker=loudspeaker_file,
                tell=lambda entry: click.echo(line(entry)),
                complain=_complain,
            )
        except SoundUnavailable as error:
            _complain(str(error))
            if microphone_file is not None or loudspeaker_file is not None:
                sys.exit(ENVIRONMENT_PROBLEM)
            _rehearse_instead(folder)


def _rehearse_instead(model: Path) -> None:
    """What somebody without a sound device can still see and hear: a whole short massage."""
    from platformdirs import user_cache_path

    from voice.app.rehearsing import rehearse as rehearse_session
    from voice.rehearsal.script import load
    from voice.rehearsal.transcript import line
    from voice.resources import folder
    from voice.routine import find

    _complain("so here is a rehearsal instead: a scripted partner, and everything else real")
    out = user_cache_path("easeup") / "rehearsal"
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError:  # no home to write in
        out = Path(tempfile.mkdtemp(prefix="easeup-"))
    script = load(folder("prompts") / "en" / "rehearsal.yaml")
    rehearse_session(
        script, find("lower-back-strokes"), model, out, tell=lambda entry: click.echo(line(entry))
    )
    _complain(f"what was heard in the room: {out / 'room.wav'}")


@easeup.command(short_help="A scripted partner in a simulated room.")
@click.argument("routine", required=False)
@click.option(
    "--script", type=click.Path(path_type=Path), required=True, help="What the partner says, and when (YAML)."
)
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="Folder for the sound and the reports."
)
@_model_option
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

    with _plainly():
        chosen = None if routine is None else find(routine)
        began = time.monotonic()
        with _progress() as progress:
            outcome = rehearse_session(load(script), chosen, _model(model), out, progress=progress)
    took = time.monotonic() - began
    for name in ("room.wav", "transcript.txt", "events.jsonl", "timeline.svg"):
        click.echo(out / name)
    _complain(f'{clock(outcome.seconds)} of massage rehearsed in {took:.0f} s, to "{outcome.phase}"')
    if outcome.in_vain is not None:
        _complain(f"{script}: the partner waited in vain for {outcome.in_vain}")
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


@easeup.command(short_help="Is everything here that it needs?")
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object.")
@_model_option
def doctor(as_json: bool, model: Path | None) -> None:
    """Look whether everything is here: voice, microphone, loudspeaker, model. Each is ok, or what to do."""
    from voice.app.doctor import examine

    with _plainly():
        findings = examine(model)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=2, ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(f"{finding.part:<12}  {'ok' if finding.ok else 'NOT OK':<6}  {finding.says}")
    if not all(finding.ok for finding in findings):
        sys.exit(ENVIRONMENT_PROBLEM)


@easeup.command(name="try", short_help="The same by text, without sound.")
@click.argument("routine", required=False)
@click.option("--fast", is_flag=True, help="On a virtual clock: a whole massage in no time.")
def try_(routine: str | None, fast: bool) -> None:
    """Talk to it by text: type commands, read the narration. No sound.

    ROUTINE is the id of a routine (see `easeup routines`) or a file of your own.

    From a pipe, a line counts as said when the narration before it has ended, a line "@20s" lets 20 s pass,
    and after the last line time runs on to the end.

    \b
    printf 'start\\nno\\nno\\nno\\nno\\nno\\nno\\nready\\n@20s\\nlighter\\n' | easeup try --fast
    """
    from voice.app.by_text import KeyboardLines, Lines, ManualClock, PatientLines, RealClock, hold
    from voice.routine import find

    with _plainly():
        chosen = None if routine is None else find(routine)
        clock = ManualClock() if fast else RealClock()
        lines: Lines
        typed = sys.stdin or io.StringIO()  # None where standard input is closed
        if fast or not typed.isatty():
            lines = PatientLines(iter(typed), clock, _hint)
        else:
            lines = KeyboardLines(typed, clock)
        seed = 0 if fast else secrets.randbelow(2**31)
        hold(chosen, lines, clock, seed=seed, say=click.echo, hint=_hint)


def _hint(text: str) -> None:
    click.echo(text, err=True)


@easeup.command(short_help="What there is.")
def routines() -> None:
    """List the routines there are, with their numbers."""
    from voice.routine import shelf

    with _plainly():
        for number, plan in enumerate(shelf(), 1):
            minutes = round(plan.seconds / 60)
            click.echo(f"{number}  {plan.routine_id:<24}  {minutes:>3} min of work  {plan.title}")


@easeup.command(short_help="What comes when in a routine.")
@click.argument("routine")
def show(routine: str) -> None:
    """Print a routine as a timetable: what comes when, on which side, how firmly."""
    from voice.routine import find, timetable

    with _plainly():
        click.echo(timetable(find(routine)), nl=False)


@easeup.command(short_help="What is wrong with routine files.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check routine files: all that is wrong, each as file:line:col: message."""
    from voice.routine import load

    faulty = False
    for file in files:
        try:
            load(file)
        except DocumentError as error:
            faulty = True
            for problem in error.problems:
                click.echo(str(problem), err=True)
        else:
            click.echo(f"{file}: fine", err=True)
    if faulty:
        sys.exit(CONTENT_PROBLEM)


@easeup.command(short_help="JSON Schema of routine files.")
def schema() -> None:
    """Print the JSON Schema of routine files, for editors that complete and check YAML."""
    from voice.routine import schema as routine_schema

    click.echo(json.dumps(routine_schema(), indent=2, ensure_ascii=False))

"""`easeup run` and `easeup try`: a massage by voice, or by text."""

from __future__ import annotations

import io
import secrets
import sys
from pathlib import Path

import click

from .devices import chosen_device, echo_delay_s
from .group import ENVIRONMENT_PROBLEM, complain, easeup, model_folder, model_option, plainly
from .printing import Printing, without_drivers
from .rehearsing import rehearse_instead


@easeup.command(short_help="Listen and guide.")
@click.argument("routine", required=False)
@model_option
@click.option("--microphone", help="Another one this time: its number or a part of its name.")
@click.option("--loudspeaker", help="Another one this time. `easeup devices` lists and remembers them.")
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
def run(  # noqa: PLR0917 - click gives them by name
    routine: str | None,
    model: Path | None,
    microphone: str | None,
    loudspeaker: str | None,
    microphone_file: Path | None,
    loudspeaker_file: Path | None,
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

    with plainly():
        chosen = None if routine is None else find(routine)
        folder = model_folder(model)
        if microphone_file is not None and loudspeaker_file is not None:
            if microphone_file.resolve() == loudspeaker_file.resolve():
                raise click.UsageError("the loudspeaker's file would replace the microphone's; name another")
            run_on_files(
                microphone_file, loudspeaker_file, chosen, folder, tell=lambda entry: click.echo(line(entry))
            )
            return
        try:
            hears = microphone_file or chosen_device(microphone, "microphone")
            plays = loudspeaker_file or chosen_device(loudspeaker, "loudspeaker")
            with without_drivers(), Printing() as printing:
                run_live(
                    chosen,
                    folder,
                    seed=secrets.randbelow(2**31),
                    microphone=hears,
                    loudspeaker=plays,
                    echo_delay_s=echo_delay_s(hears, plays),
                    tell=lambda entry: printing.tell(line(entry)),
                    complain=printing.complain,
                )
        except SoundUnavailable as error:
            complain(str(error))
            if any((microphone, loudspeaker, microphone_file, loudspeaker_file)):
                sys.exit(ENVIRONMENT_PROBLEM)
            rehearse_instead(folder)


@easeup.command(name="try", short_help="The same by text, without sound.")
@click.argument("routine", required=False)
@click.option("--fast", is_flag=True, help="On a virtual clock: a whole massage in no time.")
def try_(routine: str | None, fast: bool) -> None:
    """Talk to it by text: type commands, read the narration. No sound.

    ROUTINE is the id of a routine (see `easeup routines`) or a file of your own.

    From a pipe, a line counts as said when the narration before it has ended, a line "@20s" lets 20 s pass,
    and after the last line time runs on to the end.

    \b
    printf 'start one\\nno\\nno\\nno\\nno\\nno\\nno\\nno\\nready\\n@20s\\nlighter\\n' | easeup try --fast
    """
    from voice.app.by_text import KeyboardLines, Lines, ManualClock, PatientLines, RealClock, hold
    from voice.routine import find

    with plainly():
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

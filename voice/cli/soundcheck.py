"""`easeup soundcheck`: a minute by voice, after which it is known whether "stop" is heard in this room."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import click

from voice.audio.devices import SoundUnavailable, full_name

from .devices import chosen_device
from .group import ENVIRONMENT_PROBLEM, complain, easeup, model_folder, model_option, plainly


@easeup.command(short_help='Is "stop" heard in this room?')
@click.option("--microphone", help="Another one this time: its number or a part of its name.")
@click.option("--loudspeaker", help="Another one this time. `easeup devices` lists and remembers them.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object with the figures.")
@model_option
def soundcheck(microphone: str | None, loudspeaker: str | None, as_json: bool, model: Path | None) -> None:
    """A minute by voice: it listens to the room and to itself, and you cut it short with "stop", three times.

    Stand where you will stand in a massage, and have the loudspeaker as loud as then. What it finds is
    printed with what helps, and remembered: `easeup run` starts with the echo's delay, `easeup doctor` tells.
    The exit status is 0 when all is well.
    """
    from voice.app import settings
    from voice.app.soundcheck.live import check
    from voice.app.soundcheck.verdicts import verdicts

    with plainly():
        folder = model_folder(model)
        try:
            hears = chosen_device(microphone, "microphone")
            plays = chosen_device(loudspeaker, "loudspeaker")
            names = full_name(hears, "input"), full_name(plays, "output")
            measured = check(
                folder, microphone=hears, loudspeaker=plays, tell=lambda text: click.echo(text, err=True)
            )
        except SoundUnavailable as error:
            complain(str(error))
            sys.exit(ENVIRONMENT_PROBLEM)
        found = verdicts(measured)
        if as_json:
            figures = {"measured": asdict(measured), "verdicts": [asdict(verdict) for verdict in found]}
            click.echo(json.dumps(figures, indent=2, ensure_ascii=False))
        else:
            for verdict in found:
                click.echo(f"{verdict.about:<12}  {'ok' if verdict.ok else 'NOT OK':<6}  {verdict.says}")
        held = settings.Sounded(
            date.today(),  # noqa: DTZ011 - of the person's own calendar
            *names,
            None if measured.delay_s is None else round(measured.delay_s, 3),
            measured.obeyed,
            len(measured.stops),
        )
        complain(f"remembered in {settings.save(replace(settings.load(), soundcheck=held))}")
    if not all(verdict.ok for verdict in found):
        sys.exit(ENVIRONMENT_PROBLEM)

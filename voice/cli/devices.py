"""`easeup devices`: which microphone and which loudspeaker."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

import click

from voice.audio.devices import Device, SoundUnavailable, devices, find_device, full_name

from .group import ENVIRONMENT_PROBLEM, complain, easeup, plainly

_KINDS = {"microphone": "input", "loudspeaker": "output"}


@easeup.command(name="devices", short_help="Which microphone and loudspeaker.")
@click.option("--microphone", help="Listen with this one from now on: its number or a part of its name.")
@click.option("--loudspeaker", help="Speak through this one from now on.")
@click.option("--forget", is_flag=True, help="Take the system's own again.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object a device.")
def devices_(microphone: str | None, loudspeaker: str | None, forget: bool, as_json: bool) -> None:
    """List microphones and loudspeakers, and choose among them. A star marks those that easeup uses.

    \b
    easeup devices
    easeup devices --microphone USB --loudspeaker 3
    """
    from voice.app import settings

    with plainly():
        remembered = settings.without_devices() if forget else settings.load()
        try:
            if microphone is not None:
                remembered = replace(remembered, microphone=_name(microphone, "microphone"))
            if loudspeaker is not None:
                remembered = replace(remembered, loudspeaker=_name(loudspeaker, "loudspeaker"))
            if forget or microphone or loudspeaker:
                complain(f"remembered in {settings.save(remembered)}")
            used = {part: _used(getattr(remembered, part), part) for part in _KINDS}
            found = devices()
        except SoundUnavailable as error:
            complain(str(error))
            sys.exit(ENVIRONMENT_PROBLEM)
    if as_json:
        rows = [{**asdict(each), "used": each.number in used.values()} for each in found]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for each in found:
        kinds = " and ".join(
            kind for kind, is_one in (("microphone", each.hears), ("loudspeaker", each.plays)) if is_one
        )
        click.echo(
            f"{'*' if each.number in used.values() else ' '} {each.number:>3}  {kinds:<26}  {each.name}"
        )


def chosen_device(given: str | None, part: str) -> Device:
    """What to open for a part: what was given, or else what is remembered, if it is there.

    Raises:
        SoundUnavailable: What was given isn't there.
        DocumentError: The file of what is remembered isn't right.
    """
    from voice.app import settings

    if given is not None:
        return _name(given, part)
    name: str | None = getattr(settings.load(), part)
    if name is None:
        return None
    try:
        find_device(name, _KINDS[part])
    except SoundUnavailable as error:
        complain(f"{error}; it takes the system's own instead")
        return None
    return name


def echo_delay_s(microphone: Device | Path, loudspeaker: Device | Path) -> float | None:
    """What the soundcheck has found with these devices; None: it was held with others, or never.

    By their names: where a sound server hands out one "default" for whatever is plugged in, it may have been
    found with another loudspeaker. Then the canceller finds out within some three seconds of speech.

    Raises:
        SoundUnavailable: A device isn't there.
        DocumentError: The file of what is remembered isn't right.
    """
    from voice.app import settings

    held = settings.load().soundcheck
    if held is None or isinstance(microphone, Path) or isinstance(loudspeaker, Path):
        return None
    names = full_name(microphone, "input"), full_name(loudspeaker, "output")
    return held.echo_delay_s if names == (held.microphone, held.loudspeaker) else None


def _name(given: str, part: str) -> str:
    """The full name of what was given by a number or a part of a name.

    Raises:
        SoundUnavailable: It isn't there, or that name would not lead back to it.
    """
    device, kind = int(given) if given.isdecimal() else given, _KINDS[part]
    name = full_name(device, kind)
    if _used(name, part) != find_device(device, kind)["index"]:
        raise SoundUnavailable(
            f"another {part} is called {name!r}, too, and by its name it is found again; "
            "give one of them another name in the system's sound settings, or unplug the other"
        )
    return name


def _used(name: str | None, part: str) -> int | None:
    try:
        return int(find_device(name, _KINDS[part])["index"])
    except SoundUnavailable:
        return None

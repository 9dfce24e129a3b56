"""Finds PortAudio, microphones and loudspeakers, or says in one line what is missing and what to do."""

from __future__ import annotations

import atexit
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

Device = int | str | None
"""A device as sounddevice names it: its number, a part of its name, or None for the system's default."""


class SoundUnavailable(Exception):  # noqa: N818 - a state of the machine, named as it is told to the user
    """No sound on this machine as it is; the message is one line with what to do."""


def portaudio() -> ModuleType:
    """The sounddevice module.

    Raises:
        SoundUnavailable: PortAudio isn't installed, or can't start.
    """
    try:
        import sounddevice  # noqa: PLC0415 - loads PortAudio, which a run without devices must not need
    except OSError as error:
        raise SoundUnavailable(
            "PortAudio, which reaches the sound card, is missing; "
            "install it (Debian, Ubuntu, Raspberry Pi OS: sudo apt install libportaudio2)"
        ) from error
    except Exception as error:
        # sounddevice starts PortAudio while it is imported, so its PortAudioError has no name here yet.
        raise SoundUnavailable(
            f"PortAudio can't start ({_one_line(error)}); check the sound system"
        ) from error
    module: ModuleType = sounddevice
    return module


@dataclass(frozen=True, slots=True)
class Found:
    """A device that is there."""

    number: int
    name: str
    hears: bool
    """Whether it is a microphone."""
    plays: bool
    """Whether it is a loudspeaker."""


def devices() -> tuple[Found, ...]:
    """All devices, in the order of their numbers.

    Raises:
        SoundUnavailable: PortAudio isn't installed, or can't start; there is none.
    """
    found = tuple(
        Found(
            int(each["index"]),
            str(each["name"]),
            int(each["max_input_channels"]) > 0,
            int(each["max_output_channels"]) > 0,
        )
        for each in portaudio().query_devices()
    )
    if not found:
        raise SoundUnavailable("there is no sound device; connect one, or start the sound server")
    return found


def find_device(device: Device, kind: str) -> Mapping[str, Any]:
    """What PortAudio knows of an "input" or "output" device: its "name", "default_samplerate" and more.

    Raises:
        SoundUnavailable: There is none.
    """
    what = "microphone" if kind == "input" else "loudspeaker"
    sounddevice = portaudio()
    try:
        found: Mapping[str, Any] = sounddevice.query_devices(device, kind)
    except (ValueError, OverflowError, sounddevice.PortAudioError) as error:
        if device is None:
            raise SoundUnavailable(
                f"no {what} found; connect one, or choose one in the system's sound settings"
            ) from error
        raise SoundUnavailable(
            f"no {what} called {device!r} ({_one_line(error)}); `easeup devices` lists what there is"
        ) from error
    return found


def full_name(device: Device, kind: str) -> str:
    """By which a device is found again: its number changes when others come and go.

    Raises:
        SoundUnavailable: There is none.
    """
    found = find_device(device, kind)
    # Windows has every device several times, once for each of its ways to sound.
    return f"{found['name']}, {portaudio().query_hostapis(found['hostapi'])['name']}"


def refusal(error: Exception) -> SoundUnavailable:
    """What to say when a device that is there does not open."""
    return SoundUnavailable(
        f"the sound device does not open ({_one_line(error)}); "
        "close other programs that use it, or choose another"
    )


def abandon() -> None:
    """Let the program end without PortAudio: a sound server that stands still would keep it for ever."""
    sounddevice = portaudio()
    atexit.unregister(sounddevice._exit_handler)  # noqa: SLF001 - there is no public way


def _one_line(error: Exception) -> str:
    return " ".join(str(error.args[0] if error.args else error).split())

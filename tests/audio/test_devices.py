from __future__ import annotations

import ctypes.util
import os
import queue
import subprocess
import sys
from pathlib import Path

import pytest

from voice.audio.exchange import MicrophoneBlock
from voice.audio.mixer import Mixer
from voice.audio.stream import DuplexStream

_OPEN = """
import queue
from voice.audio.mixer import Mixer
from voice.audio.devices import find_device
from voice.audio.stream import DuplexStream, SoundUnavailable

def opened():
    with DuplexStream(Mixer(), queue.Queue(10), print):
        pass

for attempt in (lambda: find_device(None, "input"), opened):
    try:
        attempt()
    except SoundUnavailable as error:
        print(error)
"""


def told(environment: dict[str, str]) -> list[str]:
    child = subprocess.run(
        [sys.executable, "-c", _OPEN],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        timeout=30,
    )
    assert child.returncode == 0, child.stderr
    return child.stdout.splitlines()


@pytest.mark.skipif(
    ctypes.util.find_library("portaudio") is not None, reason="PortAudio is installed, so it can't be missed"
)
def test_without_portaudio_one_line_says_what_to_install() -> None:
    lines = told(dict(os.environ))
    assert len(lines) == 2
    assert lines[0] == lines[1]
    assert "sudo apt install libportaudio2" in lines[0]


@pytest.mark.skipif(ctypes.util.find_library("portaudio") is None, reason="PortAudio is not installed")
@pytest.mark.skipif(Path("/dev/snd").exists(), reason="this machine has a sound card")
@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux can the sound server be hidden")
def test_without_a_device_one_line_says_so(tmp_path: Path) -> None:
    hidden = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path), "PULSE_SERVER": "none"}
    lines = told(hidden)
    assert len(lines) == 2
    assert lines[0].startswith("no microphone found; ")
    assert lines[1].startswith("no loudspeaker found; ")


def test_two_files_are_no_clock(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="use LockStep"):
        DuplexStream(
            Mixer(),
            queue.Queue[MicrophoneBlock](10),
            print,
            microphone=tmp_path / "a.wav",
            loudspeaker=tmp_path / "b.wav",
        )

"""`easeup devices`, and what is made of what it remembers, on a virtual sound card."""

from __future__ import annotations

import ctypes.util
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.conftest import Easeup
from tests.audio.card import sound_card

from .conftest import complaint

pytestmark = pytest.mark.skipif(
    ctypes.util.find_library("portaudio") is None, reason="PortAudio is not installed"
)
needs_a_card = pytest.mark.skipif(
    shutil.which("pulseaudio") is None or shutil.which("pactl") is None, reason="PulseAudio is not installed"
)


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with sound_card(tmp_path_factory.mktemp("card")) as found:
        yield {name: value for name, value in found.items() if name.startswith(("PULSE", "XDG_RUNTIME"))}


@pytest.fixture
def variables(card: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The card, and settings of nobody else's."""
    return {**card, "XDG_CONFIG_HOME": str(tmp_path / "config")}


def settings(variables: dict[str, str]) -> str:
    return (Path(variables["XDG_CONFIG_HOME"]) / "easeup" / "settings.yaml").read_text(encoding="utf-8")


@needs_a_card
def test_what_there_is_and_what_is_used(easeup: Easeup, variables: dict[str, str]) -> None:
    listed = easeup("devices", **variables)
    assert listed.returncode == 0, listed.stderr
    assert any(
        line.startswith("* ") and "microphone and loudspeaker" in line for line in listed.stdout.splitlines()
    )
    rows = json.loads(easeup("devices", "--json", **variables).stdout)
    assert {"number", "name", "hears", "plays", "used"} == set(rows[0])
    assert sum(row["used"] for row in rows) == 1


@needs_a_card
def test_another_one_is_remembered_and_forgotten(easeup: Easeup, variables: dict[str, str]) -> None:
    rows = json.loads(easeup("devices", "--json", **variables).stdout)
    other = next(row for row in rows if row["hears"] and not row["used"])
    chosen = easeup("devices", "--microphone", str(other["number"]), **variables)
    assert chosen.returncode == 0, chosen.stderr
    assert "remembered in" in chosen.stderr
    assert other["name"] in settings(variables)
    starred = [line for line in chosen.stdout.splitlines() if line.startswith("* ")]
    assert any(other["name"] in line for line in starred)
    doctor = easeup("doctor", **variables)
    assert f"microphone    ok      {other['name']}" in doctor.stdout
    assert easeup("devices", "--forget", **variables).returncode == 0
    assert settings(variables) == ""


@needs_a_card
def test_what_is_not_there_is_told(easeup: Easeup, variables: dict[str, str]) -> None:
    ended = easeup("devices", "--loudspeaker", "gramophone", **variables)
    assert ended.returncode == 2
    assert ended.stderr.startswith("easeup: no loudspeaker called 'gramophone'")
    assert ended.stderr.count("\n") == 1


@needs_a_card
@pytest.mark.parametrize("part", ["microphone", "loudspeaker"])
def test_no_massage_begins_with_a_device_that_is_not_there(
    easeup: Easeup, variables: dict[str, str], part: str
) -> None:
    ended = easeup("run", f"--{part}", "gramophone", **variables)
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"easeup: no {part} called 'gramophone'")
    assert "rehearsal" not in ended.stderr
    assert ended.stdout == ""


@needs_a_card
def test_settings_that_are_wrong_are_told_with_their_place(easeup: Easeup, variables: dict[str, str]) -> None:
    path = Path(variables["XDG_CONFIG_HOME"]) / "easeup" / "settings.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("microfone: USB\n", encoding="utf-8")
    ended = easeup("devices", **variables)
    assert ended.returncode == 1
    assert f"{path}:1:1: " in ended.stderr
    assert "microphone" in ended.stderr


_HELD = """soundcheck:
  asked: 3
  echo_delay_s: 0.084
  loudspeaker: HDMI, ALSA
  microphone: USB, ALSA
  obeyed: 3
  'on': 2026-03-01
"""
_NAMESAKES = """
pcm.Studio { type null hint { show on description "one" } }
pcm.studio { type null hint { show on description "another" } }
pcm.desk { type null hint { show on description "a third" } }
"""


@pytest.mark.skipif(Path("/dev/snd").exists(), reason="this machine has a sound card")
@pytest.mark.skipif(sys.platform != "linux", reason="ALSA alone has devices that are nothing but a name")
@pytest.mark.parametrize("command", ["devices", "run"])
def test_a_device_whose_name_is_anothers_too_is_refused(easeup: Easeup, tmp_path: Path, command: str) -> None:
    (tmp_path / ".asoundrc").write_text(_NAMESAKES, encoding="utf-8")
    variables = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    names = [row["name"] for row in json.loads(easeup("devices", "--json", **variables).stdout)]
    for name in ("Studio", "studio"):
        told = complaint(easeup(command, "--microphone", str(names.index(name)), **variables))
        assert told.startswith(f"easeup: another microphone is called '{name}, ALSA', too")
        assert "give one of them another name" in told
    chosen = easeup("devices", "--microphone", str(names.index("desk")), **variables)
    assert chosen.returncode == 0, chosen.stderr
    assert settings(variables) == "microphone: desk, ALSA\n"


@pytest.mark.parametrize(
    ("remembered", "left"), [("microphone: USB\n" + _HELD, _HELD), ("microfone: [USB\n", "")]
)
def test_to_forget_the_devices_is_not_to_forget_the_soundcheck_and_needs_no_file_that_is_right(
    easeup: Easeup, tmp_path: Path, remembered: str, left: str
) -> None:
    path = tmp_path / "easeup" / "settings.yaml"
    path.parent.mkdir()
    path.write_text(remembered, encoding="utf-8")
    assert "remembered in" in easeup("devices", "--forget", XDG_CONFIG_HOME=str(tmp_path)).stderr
    assert path.read_text(encoding="utf-8") == left


@pytest.mark.parametrize("command", ["devices", "run", "soundcheck"])
def test_a_number_beyond_all_devices_is_told(easeup: Easeup, tmp_path: Path, command: str) -> None:
    ended = easeup(command, "--microphone", "9" * 20, XDG_CONFIG_HOME=str(tmp_path))
    assert complaint(ended).startswith(f"easeup: no microphone called {'9' * 20} ")


@pytest.mark.skipif(Path("/dev/snd").exists(), reason="this machine has a sound card")
@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux can the sound server be hidden")
def test_without_any_device_it_says_what_to_do(easeup: Easeup, tmp_path: Path) -> None:
    ended = easeup("devices", XDG_CONFIG_HOME=str(tmp_path), PULSE_SERVER="none")
    assert ended.returncode == 2
    assert ended.stderr == "easeup: there is no sound device; connect one, or start the sound server\n"

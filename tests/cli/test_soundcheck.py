"""`easeup soundcheck` as its user has it, on a virtual sound card."""

from __future__ import annotations

import re
import subprocess
import time
from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.app.conftest import COMMAND, Easeup
from tests.app.sound_room import Room, needs_sound, record_words
from tests.audio.card import sound_card
from voice.app.opening import language
from voice.app.soundcheck.procedure import STOPS
from voice.session.lines import Line, Prompt

pytestmark = needs_sound


@pytest.mark.long
def test_a_minute_by_voice(
    easeup: Easeup, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    words, folder = (tmp_path_factory.mktemp(name) for name in ("words", "card"))
    record_words(words)
    prompts = language().prompts
    talks = [prompts.render(Line(Prompt.SOUNDCHECK_TALK, variant=number)) for number in range(STOPS)]
    with sound_card(folder) as card:
        room = Room(card, words)
        variables = {**room.variables, "XDG_CONFIG_HOME": str(folder / "config")}
        try:
            with subprocess.Popen(
                [*COMMAND, "soundcheck"],
                env={**environment, **variables},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            ) as held:
                assert held.stderr is not None
                told: list[str] = []
                for line in held.stderr:
                    told.append(line.rstrip())
                    if told[-1] in talks:
                        time.sleep(2.0)
                        room.say("stop")
                assert held.stdout is not None
                printed = held.stdout.read()
            print(printed)
        finally:
            room.leave()
        assert held.returncode == 0, (told, printed)
        assert [line.split()[0] for line in printed.splitlines()] == ["microphone", "noise", "echo", "stop"]
        assert "3 of 3 obeyed" in printed
        saved = yaml.safe_load((folder / "config" / "easeup" / "settings.yaml").read_text(encoding="utf-8"))
        assert saved["soundcheck"]["on"] == date.today()  # noqa: DTZ011 - as it is told to the person
        assert saved["soundcheck"]["obeyed"] == STOPS
        delay = re.search(r"after (\d+) ms", printed)
        assert delay is not None
        assert 1000 * saved["soundcheck"]["echo_delay_s"] == pytest.approx(int(delay[1]), abs=1)
        doctor = easeup("doctor", **variables).stdout
    assert re.search(r'^echo +ok +.*3 of 3 "stop" obeyed', doctor, re.MULTILINE), doctor


@pytest.mark.skipif(Path("/dev/snd").exists(), reason="this machine has a sound card")
def test_without_a_device_it_says_what_to_do(easeup: Easeup, tmp_path: Path) -> None:
    ended = easeup("soundcheck", PULSE_SERVER="none", XDG_CONFIG_HOME=str(tmp_path))
    assert ended.returncode == 2
    assert ended.stderr.startswith("easeup: no microphone found")
    assert ended.stderr.count("\n") == 1
    assert not any(tmp_path.iterdir())

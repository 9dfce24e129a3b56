from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from voice import places
from voice.app import settings
from voice.app.settings import Settings, Sounded

_HELD = Sounded(date(2026, 3, 1), "USB, ALSA", "HDMI, ALSA", 0.084, 3, 3)


@pytest.fixture(autouse=True)
def of_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(places.VARIABLE, str(tmp_path))


def test_devices_are_forgotten_and_the_soundcheck_is_not() -> None:
    settings.save(Settings("a", "b", _HELD))
    assert settings.without_devices() == Settings(soundcheck=_HELD)


def test_of_a_broken_file_all_is_forgotten() -> None:
    settings.file().parent.mkdir(parents=True, exist_ok=True)
    settings.file().write_text("microfone: [USB\n", encoding="utf-8")
    assert settings.without_devices() == Settings()


@pytest.mark.parametrize(
    "remembered",
    [
        Settings(),
        Settings(microphone="USB: the good one, ALSA"),
        Settings("a", "b", _HELD),
        Settings(soundcheck=replace(_HELD, echo_delay_s=None, obeyed=0)),
        Settings(soundcheck=replace(_HELD, echo_delay_s=0.0)),
        Settings(soundcheck=replace(_HELD, echo_delay_s=0.001)),
    ],
)
def test_what_is_remembered_is_read_again(remembered: Settings) -> None:
    settings.save(remembered)
    assert settings.load() == remembered

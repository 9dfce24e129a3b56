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

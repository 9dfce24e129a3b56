"""Ears that break leave the guide as loud as it was, and say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.audio.signals import rendered, tone
from voice import places
from voice.app.live import _Broken, _Live
from voice.audio.format import rms
from voice.recognition.models import BUILT_IN
from voice.session.events import Part


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Live]:
    monkeypatch.setenv(places.VARIABLE, str(tmp_path))
    with ExitStack() as parts:
        yield _Live(None, BUILT_IN, parts, seed=1, echo_delay_s=None, tell=None, complain=print)


def test_a_recognizer_that_breaks_while_the_narration_has_stepped_back(live: _Live) -> None:
    live.mixer.say(1, tone(440, 3.0))
    as_ever = rms(rendered(live.mixer, 50))
    live.mixer.duck(True)
    live.mixer.hush(True)
    rendered(live.mixer, 2)
    assert not rendered(live.mixer, 20).any()
    live.deaf(RuntimeError("out of memory"))
    rendered(live.mixer, 2)
    assert rms(rendered(live.mixer, 50)) == pytest.approx(as_ever, rel=0.02)
    assert live.inbox.get_nowait() == _Broken(
        Part.RECOGNIZER, "the recognizer failed: out of memory; start easeup again"
    )

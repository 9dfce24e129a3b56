"""What a stream makes of its callbacks; they are called as PortAudio calls them, without a device."""

from __future__ import annotations

import queue
from types import SimpleNamespace

import numpy as np
import pytest

from voice.audio.exchange import MicrophoneBlock
from voice.audio.format import BLOCK, BLOCK_SECONDS, Samples, to_pcm16
from voice.audio.mixer import Mixer
from voice.audio.stream import DuplexStream
from voice.session.actions import Earcon
from voice.session.events import Failed, Part, Recovered

from .signals import hiss

_AT = SimpleNamespace(currentTime=0.0, inputBufferAdcTime=0.0)


class _Unplugged:
    """A sound server that gives the loudspeaker's sound in place of a microphone that was unplugged."""

    def __init__(self) -> None:
        self.mixer = Mixer()
        self.stream = DuplexStream(self.mixer, queue.Queue[MicrophoneBlock](), list[int]().append)
        self._played = np.zeros((BLOCK, 1), dtype=np.float32)
        self._now = 0.0

    def goes_on(self, seconds: float, somebody: Samples | None = None) -> list[Failed | Recovered]:
        """So long, with somebody in a microphone that is there again."""
        found: list[Failed | Recovered] = []
        for _ in range(round(seconds / BLOCK_SECONDS)):
            heard = to_pcm16(self._played if somebody is None else somebody.reshape(-1, 1))
            self.stream._both(heard, self._played, BLOCK, _AT, None)
            self._now += BLOCK_SECONDS
            found += self.stream.changes(self._now)
        return found


@pytest.fixture
def unplugged() -> _Unplugged:
    return _Unplugged()


def test_a_microphone_that_hears_nothing_but_what_is_played_is_not_back(unplugged: _Unplugged) -> None:
    assert unplugged.goes_on(3.1) == [Failed(Part.MICROPHONE)]
    unplugged.mixer.chime(Earcon.NOT_UNDERSTOOD)
    unplugged.mixer.say(1, hiss(2.0))
    assert unplugged.goes_on(4.0) == []
    assert unplugged.goes_on(0.1, hiss(BLOCK_SECONDS)) == [Recovered(Part.MICROPHONE)]


def test_what_is_played_does_not_put_off_that_the_microphone_is_found_lost(unplugged: _Unplugged) -> None:
    for _ in range(4):
        unplugged.mixer.chime(Earcon.NOT_UNDERSTOOD)
        assert unplugged.goes_on(0.8) == []
    unplugged.mixer.chime(Earcon.NOT_UNDERSTOOD)
    assert unplugged.goes_on(2.0) == [Failed(Part.MICROPHONE)]


def test_a_muted_microphone_that_is_opened_anew_is_not_back(unplugged: _Unplugged) -> None:
    assert unplugged.goes_on(8.1) == [Failed(Part.MICROPHONE)]
    assert unplugged.stream.stalled
    unplugged.stream._use_rate(48_000)
    assert unplugged.goes_on(0.1) == []
    assert unplugged.stream.stalled

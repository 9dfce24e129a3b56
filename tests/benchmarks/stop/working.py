"""What the two take of the processor while hands work and nobody says a word, on the same virtual card.

In real time, in a quiet room. The script says its lines so that it speaks for as much of the time as easeup
does at the beginning of a massage, which is when it speaks most: some third of it.
"""

from __future__ import annotations

import time

from tests.app.guide import Guide
from tests.benchmarks.recognition.narration import texts

from .card import environment, naive_script, room_on_card
from .cpu import CpuMeter

_LONG = 150
"""Characters: of some twelve seconds."""
_EVERY_S = 36.0


def easeup(seconds: float) -> float:
    """Share of one core that `easeup run` takes, with all the programs it starts, from the first step on."""
    with room_on_card() as (room, folder):
        guide = Guide(room, environment(folder), folder)
        try:
            guide.guides()
            meter = CpuMeter(guide.process.pid)
            time.sleep(seconds)
            return meter.share
        finally:
            guide.leave()


def naive(seconds: float) -> float:
    """The same of the script of `naive.py`."""
    lines = [text for text in texts() if len(text) > _LONG]
    with room_on_card() as (room, _), naive_script(room) as script:
        assert script.stdin is not None
        try:
            meter, ends = CpuMeter(script.pid), time.monotonic() + seconds
            while time.monotonic() < ends:
                script.stdin.write(lines.pop() + "\n")
                script.stdin.flush()
                time.sleep(_EVERY_S)
            return meter.share
        finally:
            script.kill()

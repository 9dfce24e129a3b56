"""easeup and the script most people would write, one after the other on the same virtual sound card.

In real time. The microphone hears the loudspeaker as loud as it plays, and a person besides. Times are those
at the card's ends, and some 0.05 s uncertain.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from tests.app.guide import Guide
from tests.app.sound_room import Room, record_words
from tests.audio.card import sound_card
from tests.benchmarks.recognition.clips import Clip, word_end
from tests.benchmarks.recognition.narration import texts
from voice.audio.format import RATE, amplitude, from_pcm16
from voice.audio.room import speech_level
from voice.audio.wav import write
from voice.recognition.models import BUILT_IN

from .cpu import CpuMeter
from .guide import Trial

_IN_TIME_S = 1.5
"""A "stop" that is believed later than so long after the word isn't obeyed."""
_PATIENCE_S = 12.0
_LEVEL_OVER_S = 2.0
_BEGINS_S = (0.8, 3.0)
"""How long it has been speaking when somebody says "stop"."""
_LONG = 80
"""Characters: of at least some five seconds."""
_ANSWER_S = 0.2
"""Of silence before easeup's answer to a stop; longer than most pauses of its speech."""
_PAUSE_S = 0.06
"""Shorter than any pause: it is being spoken."""
_BEFORE_S = 0.3
"""Before the word's end, silence can be its effect."""
_STOPPED = r"  heard +(stop|pain)\b"
_SILENT_S = 1.0
"""Longer than any pause within a line."""

Advance = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class OnCard:
    """What became of some stops."""

    trials: list[Trial]
    cpu: float
    """Of one core, over all that time, with all the programs it starts."""
    broke_off: str | None = None
    """Why there are fewer than there should be."""


def easeup(ratio: float, said: list[Clip], seed: int, advance: Advance) -> OnCard:
    """Stops said to `easeup run`, at that level of the person over the narration, in dB."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    with room_on_card() as (room, folder):
        guide = Guide(room, environment(folder), folder)
        trials: list[Trial] = []
        meter = CpuMeter(guide.process.pid)
        try:
            guide.guides()
            meter = CpuMeter(guide.process.pid)
            for clip in said:
                trials.append(_stop_easeup(guide, clip, ratio, chance, folder))
                advance(1)
        except (AssertionError, RuntimeError) as error:  # a word of the tests' own person went unheard
            return OnCard(trials, meter.share, str(error).partition("\n")[0])
        else:
            return OnCard(trials, meter.share)
        finally:
            guide.leave()


def _stop_easeup(guide: Guide, clip: Clip, ratio: float, chance: random.Random, folder: Path) -> Trial:
    _await(lambda: guide.room.silence < _PAUSE_S)
    time.sleep(chance.uniform(*_BEGINS_S))
    if guide.room.silence > _SILENT_S:  # it had less to say
        guide.hears("repeat", "repeat")
        _await(lambda: guide.room.silence < _PAUSE_S)
        time.sleep(_BEGINS_S[0])
    guide.skip()
    ended = _say(guide.room, clip, ratio, folder)
    heard = guide.awaits(_STOPPED, _IN_TIME_S)
    late = not heard and guide.awaits(_STOPPED, _IN_TIME_S)
    guide.falls_silent()
    silent = guide.room.silent_from(ended - _BEFORE_S, _ANSWER_S) if heard else None
    if heard or late:
        guide.hears("continue", "carry-on")
    else:
        guide.hears("repeat", "repeat")
    return Trial(clip.speaker, None if silent is None else silent - ended)


@dataclass
class _Output:
    """What a program has printed, and when."""

    lines: list[tuple[float, str]]

    def collect(self, pipe: IO[str]) -> None:
        for line in pipe:
            self.lines.append((time.monotonic(), line.strip()))

    def count(self, line: str, since: float = 0.0) -> int:
        return sum(printed == line and at >= since for at, printed in self.lines)


def naive_script(room: Room) -> subprocess.Popen[str]:
    """The script of `naive.py`, which takes lines and tells what it does."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.stop.naive", str(BUILT_IN)],
        env={**os.environ, **room.variables},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def naive(ratio: float, said: list[Clip], seed: int, advance: Advance) -> OnCard:
    """The same said to the script of `naive.py`."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    lines = [text for text in texts() if len(text) > _LONG]
    with (
        room_on_card() as (room, folder),
        naive_script(room) as script,
    ):
        assert script.stdin is not None
        assert script.stdout is not None
        output = _Output([])
        threading.Thread(target=output.collect, args=(script.stdout,), daemon=True).start()
        meter = CpuMeter(script.pid)
        trials: list[Trial] = []
        try:
            for clip in said:
                script.stdin.write(lines[len(trials) % len(lines)] + "\n")
                script.stdin.flush()
                _await(lambda: output.count("says") == len(trials) + 1 and room.silence < _PAUSE_S)
                time.sleep(chance.uniform(*_BEGINS_S))
                ended = _say(room, clip, ratio, folder)
                time.sleep(_IN_TIME_S)
                heard = output.count("stop", ended - _IN_TIME_S) > 0
                _await(lambda: room.silence > _SILENT_S)
                silent = room.silent_from(ended - _BEFORE_S, _SILENT_S)
                trials.append(Trial(clip.speaker, silent - ended if heard and silent else None))
                advance(1)
        except RuntimeError as error:
            return OnCard(trials, meter.share, str(error))
        else:
            return OnCard(trials, meter.share)
        finally:
            script.kill()


@contextmanager
def room_on_card() -> Iterator[tuple[Room, Path]]:
    """A room with a virtual sound card, and a folder for what is needed in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with sound_card(folder) as card:
            room = Room(card, record_words(folder))
            try:
                yield room, folder
            finally:
                room.leave()


def environment(folder: Path) -> dict[str, str]:
    """With nothing of the user's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EASEUP", "XDG"))}
    return {**kept, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "PYTHONPATH": str(Path.cwd())}


def _say(room: Room, clip: Clip, ratio: float, folder: Path) -> float:
    """Say it over what is being played, that much louder; when the word ended, by the monotonic clock."""
    sound = from_pcm16(clip.sound)
    level = speech_level(room.last_played(_LEVEL_OVER_S)) * amplitude(ratio)
    write(folder / "said.wav", (sound * (level / speech_level(sound))).astype(np.float32))
    room.say("said")
    return room.said_at - (len(sound) / RATE - word_end(clip.sound))


def _await(happens: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE_S
    while not happens():
        if time.monotonic() > until:
            raise RuntimeError("what was waited for did not happen on the virtual sound card")
        time.sleep(0.01)

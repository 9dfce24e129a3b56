"""The live stream on a virtual sound card. Proves the wiring; timing is proved in the simulated room."""

from __future__ import annotations

import contextlib
import ctypes.util
import functools
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ParamSpec

import numpy as np
import pytest

from voice.audio.earcons import earcon_sound
from voice.audio.format import BLOCK, RATE, Samples, from_pcm16
from voice.audio.wav import read, write
from voice.session.actions import Earcon

from .card import sound_card
from .signals import strength, tone

EARCON = earcon_sound(Earcon.NOT_UNDERSTOOD)

pytestmark = [
    pytest.mark.skipif(
        shutil.which("pulseaudio") is None or shutil.which("pactl") is None,
        reason="PulseAudio is not installed",
    ),
    pytest.mark.skipif(ctypes.util.find_library("portaudio") is None, reason="PortAudio is not installed"),
]


P = ParamSpec("P")


def wired(test: Callable[P, None]) -> Callable[P, None]:
    """Three tries: a null sink on a busy machine drops samples; a wire that is missing stays missing."""

    @functools.wraps(test)
    def tried(*args: P.args, **kwargs: P.kwargs) -> None:
        for _ in range(2):
            with contextlib.suppress(AssertionError):
                return test(*args, **kwargs)
        return test(*args, **kwargs)

    return tried


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with sound_card(tmp_path_factory.mktemp("card")) as environment:
        yield environment


# Run in a process of its own: PortAudio looks for the card once, when it is loaded.
_SESSION = """
import json, queue, sys, time
from pathlib import Path
import numpy as np
from voice.audio.mixer import LOUDEST_LEVEL, Mixer
from voice.audio.devices import find_device
from voice.audio.stream import DuplexStream
from voice.audio.wav import read
from voice.session.actions import Earcon

folder, seconds, refuse_ours = Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3] == "yes"
ends = {name: folder / file for name, file in json.loads(sys.argv[4]).items()}
if refuse_ours:
    # PulseAudio takes every rate, a bare card does not: refuse 16 kHz as PortAudio would.
    import sounddevice
    for name in ("Stream", "InputStream", "OutputStream"):
        class Bare(getattr(sounddevice, name)):
            def __init__(self, **settings):
                if settings["samplerate"] == 16000:
                    raise sounddevice.PortAudioError("Invalid sample rate", -9997)
                super().__init__(**settings)
        setattr(sounddevice, name, Bare)
mixer, blocks, finished, changes = Mixer(), queue.Queue(10_000), [], []
mixer.volume(LOUDEST_LEVEL)
stream = DuplexStream(mixer, blocks, finished.append, **ends)
with stream:
    # PulseAudio's loopback stutters while it starts, as no room does.
    time.sleep(0.5)
    began = time.monotonic()
    mixer.chime(Earcon.NOT_UNDERSTOOD)
    mixer.say(4, read(folder / "tone.wav"))
    while time.monotonic() < began + seconds:
        time.sleep(0.05)
        changes += [[type(c).__name__, str(c.part)] for c in stream.changes(time.monotonic())]
    audio_time = stream.audio_time
heard = list(blocks.queue)
np.save(folder / "heard.npy", np.concatenate([b.samples for b in heard]))
np.save(folder / "played.npy", np.concatenate([b.played for b in heard]))
print(json.dumps({
    "finished": finished, "changes": changes, "rate": stream.rate, "dropped": stream.dropped,
    "audio_time": audio_time, "times": [b.at for b in heard],
    "devices": [str(find_device(None, kind)["name"]) for kind in ("input", "output")],
}))
"""


def run(
    card: dict[str, str], folder: Path, seconds: float, *, refuse_ours: bool = False, **ends: str
) -> dict[str, Any]:
    write(folder / "tone.wav", tone(440, 0.6, 0.4))
    command = [sys.executable, "-c", _SESSION, str(folder), str(seconds), "yes" if refuse_ours else "no"]
    child = subprocess.run(
        [*command, json.dumps(ends)], env=card, capture_output=True, text=True, check=False, timeout=30
    )
    assert child.returncode == 0, child.stderr
    told: dict[str, Any] = json.loads(child.stdout)
    return told


def sound(folder: Path, name: str) -> Samples:
    return from_pcm16(np.load(folder / f"{name}.npy"))


def found_at(needle: Samples, hay: Samples) -> tuple[int, float]:
    """Where a sound is in another, and how much alike they are there, 0 to 1."""
    correlation = np.correlate(hay, needle, "valid")
    at = int(correlation.argmax())
    here = hay[at : at + len(needle)]
    return at, float(correlation[at] / np.linalg.norm(needle) / (np.linalg.norm(here) + 1e-9))


@pytest.mark.parametrize("refuse_ours", [False, True], ids=["at-16-kHz", "at-the-cards-rate"])
@wired
def test_the_microphone_hears_the_loudspeaker(
    card: dict[str, str], tmp_path: Path, refuse_ours: bool
) -> None:
    seconds = 1.8 if refuse_ours else 4.6
    told = run(card, tmp_path, seconds, refuse_ours=refuse_ours)
    assert (told["rate"] == RATE) is not refuse_ours
    assert told["finished"] == [4]
    assert told["dropped"] == 0
    assert told["times"] == pytest.approx([n * BLOCK / RATE for n in range(len(told["times"]))])
    assert told["audio_time"] == pytest.approx(seconds + 0.6, abs=0.5)
    heard = sound(tmp_path, "heard")
    earcon_at, likeness = found_at(EARCON, heard)
    assert likeness > 0.8
    played_at, _ = found_at(EARCON, sound(tmp_path, "played"))
    assert 0.02 < (earcon_at - played_at) / RATE < 0.5
    # The card's loopback skips a few samples now and then, so each twentieth of a second is judged by itself.
    tone_at = earcon_at + len(EARCON)
    windows = heard[tone_at : tone_at + round(0.6 * RATE)].reshape(-1, RATE // 20)
    assert np.median([strength(window, 440) for window in windows]) == pytest.approx(0.4, abs=0.05)
    assert np.median([strength(window, 600) for window in windows]) < 0.04
    # After the tone there are only zeros, as of a dead microphone: this card has no noise of its own.
    assert told["changes"] == ([] if refuse_ours else [["Failed", "microphone"]])
    assert all(told["devices"])


@wired
def test_a_file_is_heard_while_the_loudspeaker_keeps_time(card: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path / "speech.wav", tone(700, 0.5))
    told = run(card, tmp_path, 1.3, microphone="speech.wav")
    heard = sound(tmp_path, "heard")
    assert strength(heard[: RATE // 2], 700) == pytest.approx(0.3, abs=0.01)
    assert not heard[RATE // 2 :].any()
    assert told["finished"] == [4]
    assert told["changes"] == []
    assert told["audio_time"] == pytest.approx(1.8, abs=0.5)


@wired
def test_the_loudspeaker_is_a_file_while_the_microphone_keeps_time(
    card: dict[str, str], tmp_path: Path
) -> None:
    told = run(card, tmp_path, 1.3, loudspeaker="out.wav")
    assert told["finished"] == [4]
    written = read(tmp_path / "out.wav")
    assert np.array_equal(written, sound(tmp_path, "played"))
    start, likeness = found_at(EARCON, written)
    assert likeness > 0.99
    after = start + len(EARCON)
    assert strength(written[after : after + RATE // 2], 440) == pytest.approx(0.4, abs=0.01)


_HELD_UP = """
import ctypes, json, queue, time
from voice.audio.mixer import Mixer
from voice.audio.stream import DuplexStream
from voice.audio.watch import Trouble
from voice.session.events import Part

blocks, opened, failed = queue.Queue(10_000), 0, False
with DuplexStream(Mixer(), blocks, print) as stream:
    time.sleep(0.5)
    ctypes.PyDLL(None).usleep(1_000_000)  # Python stands still, and so does the callback
    until = time.monotonic() + 6.0
    while time.monotonic() < until:
        time.sleep(0.25)
        stream.changes(time.monotonic())
        failed |= stream.trouble(Part.MICROPHONE) is Trouble.LATE
        if stream.stalled:
            opened += 1
            stream.reopen()
print(json.dumps([opened, failed]))
"""


@wired
def test_what_the_microphone_heard_while_nobody_could_listen_does_not_come_late_ever_after(
    card: dict[str, str],
) -> None:
    child = subprocess.run(
        [sys.executable, "-c", _HELD_UP], env=card, capture_output=True, text=True, check=False, timeout=30
    )
    assert child.returncode == 0, child.stderr
    assert json.loads(child.stdout) == [1, True]

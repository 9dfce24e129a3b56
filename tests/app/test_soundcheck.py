"""A whole soundcheck in simulated rooms, with real ears and a real voice."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace

import numpy as np
import pytest

from voice.app.hearing import Hearing
from voice.app.opening import first_state, language
from voice.app.soundcheck import live
from voice.app.soundcheck.measured import Measured, Stop
from voice.app.soundcheck.procedure import STOPS, Soundcheck
from voice.app.soundcheck.verdicts import verdicts
from voice.app.vocabulary import CommandsInUse
from voice.audio.exchange import LockStep, MicrophoneBlock, Room
from voice.audio.format import BLOCK, RATE, Pcm16, Samples
from voice.audio.mixer import Mixer
from voice.audio.room import Echo, SimulatedRoom
from voice.recognition.models import BUILT_IN
from voice.recognition.recognizer import Recognizer
from voice.session.lines import Line, Prompt
from voice.synthesis.clips import ClipCache, default_folder
from voice.synthesis.prefetch import Prefetcher
from voice.synthesis.speech import Voice

_AFTER_S = 2.5
"""How long the guide has talked when the person says "stop"."""
_LOST_FROM_S = 10.0


@pytest.fixture(scope="module")
def stop() -> Samples:
    with Voice("gmw/en-us") as voice:
        return voice.render("stop", 140).pcm


@pytest.fixture(scope="module")
def clips() -> Iterator[Prefetcher]:
    with ExitStack() as parts:
        voice = parts.enter_context(Voice())
        yield parts.enter_context(Prefetcher(voice, ClipCache(default_folder()), background=False))


@dataclass(frozen=True)
class _Dead:
    """A room whose microphone is muted."""

    def step(self, loudspeaker: Samples) -> Pcm16:
        return np.zeros(len(loudspeaker), dtype=np.int16)


@dataclass(frozen=True)
class Held:
    """A soundcheck, and what was said in it."""

    measured: Measured
    said: tuple[str, ...]

    @property
    def not_ok(self) -> set[str]:
        return {verdict.about for verdict in verdicts(self.measured) if not verdict.ok}

    def says(self, about: str) -> str:
        return next(verdict.says for verdict in verdicts(self.measured) if verdict.about == about)


def hold(
    room: Room,
    clips: Prefetcher,
    word: Samples | None,
    *,
    before_end_s: float | None = None,
    behind_s: float = 0.0,
    lost_s: float = 0.0,
) -> Held:
    """Hold a soundcheck; whoever is in the room says the word into each talk, in the middle or at the end.

    The ears may hang behind, and lose some sound ten seconds from the beginning.
    """
    mixer, recognizer = Mixer(), Recognizer(BUILT_IN)
    spoken_in = language(recognizer)
    blocks: queue.Queue[MicrophoneBlock] = queue.Queue(1)
    sound = LockStep(mixer, blocks, lambda _: None, room)
    said: list[str] = []
    hearing = Hearing(recognizer, mixer)
    commands = CommandsInUse(spoken_in).at(first_state(None))
    soundcheck = Soundcheck(mixer, clips.get, spoken_in.prompts, hearing, commands=commands, tell=said.append)
    talks = [
        spoken_in.prompts.render(Line(Prompt.SOUNDCHECK_TALK, variant=number)) for number in range(STOPS)
    ]
    answered, began = 0, 0.0
    while soundcheck.measured is None:
        before = len(said)
        sound.step()
        block = blocks.get_nowait()
        if not _LOST_FROM_S <= block.at < _LOST_FROM_S + lost_s:
            soundcheck.hear(block, behind_s)
        if len(said) > before:
            began = sound.audio_time
        talking = said[-1:] == talks[answered : answered + 1]
        said_for = sound.audio_time - began
        after = _AFTER_S
        if before_end_s is not None and talking:
            after = len(clips.get(said[-1]).pcm) / RATE - before_end_s
        if word is not None and talking and said_for >= after:
            assert isinstance(room, SimulatedRoom)
            room.speak(word)
            answered += 1
        assert sound.audio_time < 150
    return Held(soundcheck.measured, tuple(said))


def test_in_a_good_room_all_is_well(clips: Prefetcher, stop: Samples) -> None:
    held = hold(SimulatedRoom(echo=Echo(0.0, 120.0, 0.3)), clips, stop)
    assert held.not_ok == set()
    assert held.measured.obeyed == STOPS
    assert held.measured.delay_s == pytest.approx(0.12, abs=0.004)
    assert held.measured.noise_db == pytest.approx(-70.0, abs=2.0)
    assert held.measured.left_db < held.measured.echo_db - 15
    assert held.measured.voice_db == pytest.approx(-23.0, abs=6.0)
    for each in held.measured.stops:
        assert each.obeyed_after is not None
        assert each.obeyed_after < 0.6
    assert (held.measured.behind_s, held.measured.lost_s) == (0.0, 0.0)
    assert held.said.count("I heard you.") == STOPS
    assert "All three" in held.said[-1]


def test_a_machine_that_is_too_slow_is_found(clips: Prefetcher, stop: Samples) -> None:
    held = hold(SimulatedRoom(echo=Echo(0.0, 120.0, 0.3)), clips, stop, behind_s=1.9, lost_s=0.2)
    assert held.not_ok == {"stop"}
    assert "the ears hung 1.9 s behind, and missed 0.20 s; close other programs" in held.says("stop")
    assert held.measured.obeyed == STOPS
    for each in held.measured.stops:
        assert each.obeyed_after is not None
        assert 1.8 < each.obeyed_after < 2.5
    assert "on the screen" in held.said[-1]


class _Flood:
    """A microphone that had given half a second of sound before the ears began."""

    def __init__(self, mixer: Mixer, blocks: queue.Queue[MicrophoneBlock], *_: object, **__: object) -> None:
        room = LockStep(mixer, blocks, lambda _: None, _Dead())
        for _each in range(50):
            room.step()

    def __enter__(self) -> _Flood:
        return self

    def __exit__(self, *_: object) -> None:
        pass


class _Watched(Soundcheck):
    """Is over when it has caught up."""

    def hear(self, block: MicrophoneBlock, behind_s: float = 0.0) -> None:
        super().hear(block, behind_s)
        if behind_s == 0.0:
            self.measured = replace(_GOOD, behind_s=self._most_behind_s)


def test_on_devices_the_ears_are_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "DuplexStream", _Flood)
    monkeypatch.setattr(live, "Soundcheck", _Watched)
    measured = live.check(BUILT_IN, microphone=None, loudspeaker=None, tell=lambda _: None)
    assert measured.behind_s == pytest.approx(0.49)


@pytest.mark.long
def test_who_says_nothing_was_not_heard(clips: Prefetcher) -> None:
    held = hold(SimulatedRoom(echo=Echo(0.0, 60.0, 0.3)), clips, None)
    assert held.measured.obeyed == 0
    assert held.not_ok == {"microphone", "stop"}
    assert "on the screen" in held.said[-1]


def test_a_muted_microphone_is_found(clips: Prefetcher) -> None:
    held = hold(_Dead(), clips, None)
    assert held.measured.delay_s is None
    assert "microphone" in held.not_ok
    assert "muted" in held.says("microphone")


@pytest.mark.long
def test_noise_is_found(clips: Prefetcher, stop: Samples) -> None:
    hiss = np.random.default_rng(2).standard_normal(BLOCK * 1_000).astype(np.float32)
    held = hold(SimulatedRoom(echo=Echo(-6.0, 60.0), noise=hiss, snr_db=3.0), clips, stop)
    assert "noise" in held.not_ok
    assert "quieter" in held.says("noise")


_GOOD = Measured(
    *(-70.0, -30.0, -60.0, 0.08),
    tuple(Stop(delay, -25.0, clipped=False) for delay in (0.2, 0.31, -0.05)),
)

_LATE = Stop(0.9, -25.0, clipped=False)


def test_what_the_figures_say() -> None:
    says = {verdict.about: verdict.says for verdict in verdicts(_GOOD)}
    assert "3 of 3 obeyed, 0.20, 0.31, 0.00 s" in says["stop"]
    assert "after 80 ms, 30 dB" in says["echo"]
    assert "45 dB above" in says["noise"]


@pytest.mark.parametrize(
    ("measured", "about", "advice"),
    [
        (replace(_GOOD, stops=(Stop(0.2, -1.0, clipped=True),)), "microphone", "turn its level down"),
        (replace(_GOOD, echo_db=-10.0), "echo", "turn the loudspeaker down"),
        (replace(_GOOD, left_db=-33.0), "echo", "3 dB of it taken out, which is little"),
        (replace(_GOOD, delay_s=None), "echo", "with a cable"),
        (replace(_GOOD, stops=(Stop(None, -25.0, clipped=False),)), "stop", "0 of 1 obeyed"),
        (replace(_GOOD, noise_db=-30.0), "noise", "make it quieter"),
        (replace(_GOOD, behind_s=0.6), "stop", "too slow: the ears hung 0.6 s behind; close other programs"),
        (replace(_GOOD, lost_s=0.05), "stop", "missed 0.05 s; close other programs"),
        (replace(_GOOD, stops=(_LATE,)), "stop", "0.90 s after the word, which is late; say it short"),
        (replace(_GOOD, stops=(_LATE,), behind_s=0.4), "stop", "close other programs"),
    ],
)
def test_what_helps(measured: Measured, about: str, advice: str) -> None:
    (verdict,) = (verdict for verdict in verdicts(measured) if verdict.about == about)
    assert not verdict.ok
    assert advice in verdict.says


def test_ears_that_hang_behind_for_a_moment_are_no_fault() -> None:
    assert all(verdict.ok for verdict in verdicts(replace(_GOOD, behind_s=0.4)))


def test_no_echo_is_no_fault() -> None:
    for faint in (replace(_GOOD, delay_s=None, echo_db=-68.0), replace(_GOOD, echo_db=-66.0, left_db=-68.0)):
        (verdict,) = (each for each in verdicts(faint) if each.about == "echo")
        assert verdict.ok


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        ({"echo_db": -66.99}, "faint: at -70 dBFS, as loud as the noise"),
        ({"echo_db": -64.0}, "faint: at -65 dBFS, 5 dB louder than the noise"),
        ({"echo_db": -69.2}, "lost in the noise"),
        ({"echo_db": -71.0}, "lost in the noise"),
        ({"echo_db": -30.0, "left_db": -69.5}, "after 80 ms, taken out: what is left is lost in the noise"),
        # 10 times and twice the noise's power, with the noise: 9 times and once without.
        ({"echo_db": -60.0, "left_db": -66.99}, "heard at -60 dBFS after 80 ms, 10 dB of it"),
    ],
)
def test_the_noise_is_no_echo(figures: dict[str, float], says: str) -> None:
    (verdict,) = (each for each in verdicts(replace(_GOOD, **figures)) if each.about == "echo")  # type: ignore[arg-type]
    assert says in verdict.says


@pytest.mark.long
def test_a_stop_into_the_last_words_counts(clips: Prefetcher, stop: Samples) -> None:
    held = hold(SimulatedRoom(echo=Echo(0.0, 60.0, 0.3)), clips, stop, before_end_s=0.3)
    assert held.measured.obeyed == STOPS


@pytest.mark.long
def test_an_echo_that_comes_too_late_is_a_fault(clips: Prefetcher, stop: Samples) -> None:
    held = hold(SimulatedRoom(echo=Echo(0.0, 1_500.0, 0.3)), clips, stop)
    assert "echo" in held.not_ok
    assert "with a cable" in held.says("echo")
    assert "on the screen" in held.said[-1]

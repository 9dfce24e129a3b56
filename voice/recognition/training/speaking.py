"""The stage in which synthetic voices speak: plans every clip from a seed, renders them, writes a corpus.

It can be interrupted at any time: clips are kept in shards, and a finished shard is not made again.
"""

from __future__ import annotations

import hashlib
import math
import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from . import corpus
from .engines import BrokenEngineError, EngineError
from .texts import Text
from .voices import Voice
from .warping import RATE, Warp, warp
from .workers import workers

ENGINE_SHARES: Mapping[str, float] = {
    "espeak": 0.15,
    "flite": 0.20,
    "festival": 0.16,
    "pico": 0.14,
    "kokoro": 0.35,
}
"""How often each synthesizer speaks, among those that are there; within one, its voices are equal.

By how human they sound: among 300 phrases, pocketsphinx heard 88 % of what flite said, 84 of festival's,
82 of kokoro's, 79 of pico's and 30 of espeak's (58 to 90 clips each, warped ones among them)."""
WARPED = 0.4
"""The share of clips that are made to sound like somebody else."""
_SPEEDS = (0.75, 1.4)
_PITCHES = (0.85, 1.2)
"""Of clips that are not warped; the others get their pitch by the warp."""
_FORMANTS = (0.85, 1.22)
_PITCH_SPREAD = 0.14
"""Standard deviation, in nepers, of a warped pitch about what goes with its formants."""
_BREATH = 0.35
_LEVELS = (-26.0, -14.0)
"""Decibels of the root mean square below full scale."""
_PEAK = 0.97
_MARGINS = (0.05, 0.1)
"""Seconds left before and after speech."""
_FLOOR = -45.0
"""Decibels below the loudest 10 ms at which speech begins and ends."""
_FRAME = RATE // 100
_SHARD = 100
"""Clips."""
_TOO_OFTEN = 5
"""Failures of one synthesizer in a shard: not one text in a hundred is too hard for any of them."""


@dataclass(frozen=True, slots=True)
class Order:
    """One clip to be made."""

    text: Text
    voice: Voice
    speed: float
    pitch: float
    change: Warp
    level: float
    """Decibels below full scale."""
    margins: tuple[float, float]
    """Seconds before and after."""


def plan(voices: Sequence[Voice], texts: Iterable[Text], count: int, seed: int) -> tuple[Order, ...]:
    """What is to be said by whom, and how. The same for the same voices, texts and seed."""
    chance = random.Random(seed)  # noqa: S311 -- nothing secret
    by_engine: defaultdict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        by_engine[voice.engine].append(voice)
    engines = sorted(by_engine)
    shares = [ENGINE_SHARES[engine] for engine in engines]
    return tuple(
        _order(text, chance.choice(by_engine[chance.choices(engines, shares)[0]]), chance)
        for text, _ in zip(texts, range(count), strict=False)
    )


def speak(
    folder: Path,
    voices: Sequence[Voice],
    texts: Iterable[Text],
    count: int,
    *,
    seed: int,
    progress: Callable[[int, int], None],
) -> int:
    """Write a corpus of `count` clips of synthetic speech, unless it is there.

    Args:
        folder: Of the corpus; holds the shards while it grows.
        voices: Who speaks.
        texts: What is said, at least `count` of them.
        count: Clips.
        seed: Decides who says what and how.
        progress: Is told how many clips of how many are done.

    Returns:
        How many clips there are: a text on which a voice failed is left out.

    Raises:
        EngineError: A synthesizer is broken, or fails again and again. What is done is kept.
        WorkerError: A process that shares the work was killed. What is done is kept.
    """
    if corpus.is_complete(folder):
        return len(corpus.read(folder).utterances)
    orders = plan(voices, texts, count, seed)
    shards = [orders[start : start + _SHARD] for start in range(0, len(orders), _SHARD)]
    parts = [_parts_of(folder, orders) / f"{number:04}" for number in range(len(shards))]
    _render_all(parts, shards, progress)
    made = corpus.read(*parts)
    corpus.write(folder, ((each.words, each.speaker, made.clip(each)) for each in made.utterances))
    shutil.rmtree(parts[0].parent)
    return len(made.utterances)


def _order(text: Text, voice: Voice, chance: random.Random) -> Order:
    speed = _between(_SPEEDS, chance)
    pitch, change = 1.0, Warp()
    if chance.random() < WARPED:
        formants = _between(_FORMANTS, chance)
        # A shorter vocal tract goes with shorter vocal folds.
        warped = formants**2 * math.exp(chance.gauss(0.0, _PITCH_SPREAD))
        change = Warp(
            round(formants, 3), round(warped, 3), round(max(0.0, chance.uniform(-_BREATH, _BREATH)), 3)
        )
    elif voice.engine != "kokoro":  # whose speakers are natural as they are
        pitch = _between(_PITCHES, chance)
    return Order(
        text, voice, round(speed, 3), round(pitch, 3), change,
        round(chance.uniform(*_LEVELS), 1), (chance.uniform(*_MARGINS), chance.uniform(*_MARGINS)),
    )  # fmt: skip


def _between(limits: tuple[float, float], chance: random.Random) -> float:
    """A factor between two others, as likely above 1 by so much as below."""
    return math.exp(chance.uniform(math.log(limits[0]), math.log(limits[1])))


def _parts_of(folder: Path, orders: Sequence[Order]) -> Path:
    """The folder for the shards of these orders; those of others, left by an earlier start, are removed."""
    name = hashlib.sha256(repr(orders).encode()).hexdigest()[:12]
    for other in folder.glob("shards-*"):
        if other.name != f"shards-{name}":
            shutil.rmtree(other)
    return folder / f"shards-{name}"


def _render_all(
    parts: Sequence[Path], shards: Sequence[Sequence[Order]], progress: Callable[[int, int], None]
) -> None:
    total = sum(map(len, shards))
    done = sum(len(shard) for part, shard in zip(parts, shards, strict=True) if corpus.is_complete(part))
    progress(done, total)
    with workers() as pool:
        running = {
            pool.submit(_render, part, shard): len(shard)
            for part, shard in zip(parts, shards, strict=True)
            if not corpus.is_complete(part)
        }
        for future in as_completed(running):
            future.result()
            done += running[future]
            progress(done, total)


def _render(part: Path, orders: Sequence[Order]) -> None:
    corpus.write(part, _clips(orders))


def _clips(orders: Iterable[Order]) -> Iterator[tuple[tuple[str, ...], str, npt.NDArray[np.int16]]]:
    failed: Counter[str] = Counter()
    for order in orders:
        try:
            sound = order.voice.say(order.text.spoken, speed=order.speed, pitch=order.pitch)
            clip = _finished(warp(sound, order.change), order.level, order.margins)
        except BrokenEngineError:
            raise
        except EngineError as error:
            engine = order.voice.engine
            failed[engine] += 1
            if failed[engine] == _TOO_OFTEN:
                raise EngineError(
                    f"{engine} fails again and again ({error}); mend it or remove it, and start again"
                ) from error
            continue
        yield order.text.words, order.voice.id, clip


def _finished(
    sound: npt.NDArray[np.int16], level: float, margins: tuple[float, float]
) -> npt.NDArray[np.int16]:
    """Speech with so many seconds around it, at so many decibels, or as loud as its peaks allow.

    Raises:
        EngineError: there is only silence.
    """
    wave = sound.astype(np.float64) / 32768
    frames = np.pad(wave, (0, -len(wave) % _FRAME)).reshape(-1, _FRAME)
    power = (frames**2).mean(axis=1)
    heard = np.flatnonzero(power > power.max(initial=0.0) * 10 ** (_FLOOR / 10))
    if not len(heard):
        raise EngineError("only silence")
    before, after = (round(margin * RATE) for margin in margins)
    start, end = heard[0] * _FRAME, (heard[-1] + 1) * _FRAME
    speech = np.pad(wave, (before, after + _FRAME))[start : end + before + after]
    gain = 10 ** (level / 20) / np.sqrt(power[heard].mean())
    gain = min(gain, _PEAK / np.abs(speech).max())
    return np.asarray((speech * gain * 32767).round(), np.int16)

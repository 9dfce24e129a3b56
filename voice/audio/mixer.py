"""What the loudspeaker plays: narration, earcons and the beat of the tempo, block by block.

Pure: opens no device and reads no clock; the samples it has rendered are its time.

Two sides use a mixer: threads that give commands, one at a time where not said otherwise, and the audio
callback, which renders. Commands travel through a `deque`, whose `append` and `popleft` are atomic, and are
carried out at the start of the next block, so the callback never waits for a lock. Every other field is
written by one side only: `_said` by the commands, all else by `render`.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from functools import partial

import numpy as np

from voice.session.actions import Earcon

from .earcons import beat_sound, earcon_sound
from .format import BLOCK, RATE, Samples, amplitude, soft_limit
from .gain import Gain

LOUDEST_LEVEL = 5
FIRST_LEVEL = 3
FASTEST_TEMPO = 240.0
"""Strokes a minute; a faster beat would run into itself."""

_STEP_DB = 4.0
"""Loudness is heard in ratios: equal steps in decibels are equal steps to the ear."""

_DUCKED = amplitude(-15.0)
"""How far narration and earcons step back while somebody speaks: still there, and no longer in the way."""

_BEAT_UNDER_SPEECH = 0.5
_FADE = (0.5 + 0.5 * np.cos(np.linspace(0.0, math.pi, 32))).astype(np.float32)
"""2 ms from the last sample played down to silence: heard neither as sound nor as a click."""


class _Utterance:
    """A clip on its way out. `render` alone changes it."""

    __slots__ = ("id", "pcm", "played", "position", "wait")

    def __init__(self, utterance_id: int, pcm: Samples) -> None:
        self.id = utterance_id
        self.pcm = pcm
        self.position = 0
        """Samples played."""
        self.wait = 0
        """Samples until it begins."""
        self.played = False


class Mixer:
    """Mixes one utterance, a queue of earcons and a tempo beat into blocks that never clip."""

    def __init__(self) -> None:
        self._commands: deque[Callable[[], None]] = deque()
        self._said: _Utterance | None = None

        self._now = 0
        """Samples rendered."""
        self._utterance: _Utterance | None = None
        self._earcons: deque[Samples] = deque()
        self._earcon_position = 0
        self._volume = _volume(FIRST_LEVEL)
        self._ducked = False
        self._foreground = Gain(self._volume)
        """Of narration and earcons."""
        self._whole = Gain(1.0)
        self._hushed_until = 0
        self._last_sample = 0.0
        self._fade_from = 0.0
        self._tempo: float | None = None
        self._first_beat = 0
        """Sample of beat 0 of this tempo; every other beat is computed from it, so nothing drifts."""
        self._beat_number = 0
        self._beat = beat_sound()
        self._beat_start = -len(self._beat)
        """Sample at which the latest beat began."""
        self._beat_gain = 1.0

    # Commands: one thread at a time.

    def say(self, utterance_id: int, pcm: Samples) -> None:
        """Play an utterance, after the earcons asked for before it.

        Args:
            utterance_id: Named by `render` when its last sample has been rendered.
            pcm: Mono sound at 16 kHz, shape (n,); it may be empty.

        Raises:
            ValueError: Another utterance is still playing, or `pcm` is not mono float32.
        """
        if self.speaking is not None:
            raise ValueError(f"utterance {self.speaking} is still playing; cut it short or wait for its end")
        if pcm.ndim != 1 or pcm.dtype != np.float32:
            raise ValueError(f"an utterance is float32 of shape (n,), not {pcm.dtype} of shape {pcm.shape}")
        self._said = _Utterance(utterance_id, pcm)
        self._commands.append(partial(self._begin, self._said))

    def cut_short(self) -> None:
        """The utterance ends with the next block and is not reported as finished; all else goes on."""
        self._said = None
        self._commands.append(self._cut_utterance)

    def silence(self) -> None:
        """Utterance, earcons and tempo end with the next block; the utterance is not reported as finished."""
        self._said = None
        self._commands.append(self._cut_all)

    def chime(self, earcon: Earcon) -> None:
        """Play an earcon: over a running utterance, after a running earcon."""
        self._commands.append(partial(self._earcons.append, earcon_sound(earcon)))

    def tempo(self, strokes_per_minute: float | None) -> None:
        """Play a soft beat from now on; None: no beat.

        A new tempo counts on from the last beat of the old one, so that a change never stumbles.

        Raises:
            ValueError: Not more than 0 and at most `FASTEST_TEMPO`.
        """
        if strokes_per_minute is not None and not 0 < strokes_per_minute <= FASTEST_TEMPO:
            raise ValueError(
                f"a tempo is above 0, up to {FASTEST_TEMPO:g} strokes a minute, not {strokes_per_minute:g}"
            )
        self._commands.append(partial(self._keep, strokes_per_minute))

    def volume(self, level: int) -> None:
        """Loudness of narration and earcons, 1 (quietest) to 5; the beat keeps its own.

        Raises:
            ValueError: No such level.
        """
        if not 1 <= level <= LOUDEST_LEVEL:
            raise ValueError(f"a volume is a level from 1 to {LOUDEST_LEVEL}, not {level}")
        self._commands.append(partial(self._set_volume, _volume(level)))

    def duck(self, ducked: bool) -> None:
        """Step back while somebody speaks, or come forward again; narration and earcons do, the beat stays.

        May be called by a third thread: it changes nothing but the queue of commands.
        """
        self._commands.append(partial(self._set_ducked, ducked))

    def hush(self, hushed: bool) -> None:
        """Let nothing sound while all goes on, or let it sound again, which it does after a second by itself.

        Whoever hushes may break before taking it back, and what is said then has to be heard. As `duck`, it
        may be called by a third thread.
        """
        self._commands.append(partial(self._set_hushed, hushed))

    @property
    def speaking(self) -> int | None:
        """Id of the utterance that plays or is about to, or None."""
        said = self._said
        return None if said is None or said.played else said.id

    @property
    def position(self) -> int:
        """Samples of that utterance that have been played; 0 without one."""
        said = self._said
        return 0 if said is None or said.played else said.position

    # The audio callback's side.

    def render(self, block: Samples) -> tuple[int, ...]:
        """Fill the next block.

        Args:
            block: Shape (BLOCK,), float32; overwritten.

        Returns:
            Ids of the utterances whose last sample is in this block.
        """
        while self._commands:
            self._commands.popleft()()
        block.fill(0.0)
        finished = self._add_utterance(block)
        self._add_earcons(block)
        self._foreground.apply(block)
        self._add_beat(block)
        if self._fade_from:
            block[: len(_FADE)] += self._fade_from * _FADE
            self._fade_from = 0.0
        soft_limit(block)
        self._whole.go(0.0 if self._now < self._hushed_until else 1.0)
        self._whole.apply(block)
        self._last_sample = float(block[-1])
        self._now += BLOCK
        return finished

    def _begin(self, utterance: _Utterance) -> None:
        utterance.wait = sum(map(len, self._earcons)) - self._earcon_position
        self._utterance = utterance

    def _cut_utterance(self) -> None:
        utterance, self._utterance = self._utterance, None
        if utterance is not None and utterance.position:
            self._fade_from += self._foreground.value * float(utterance.pcm[utterance.position - 1])

    def _cut_all(self) -> None:
        self._utterance = None
        self._earcons.clear()
        self._earcon_position = 0
        self._tempo = None
        self._beat_start = self._now - len(self._beat)
        self._fade_from = self._last_sample

    def _keep(self, tempo: float | None) -> None:
        if tempo == self._tempo:
            return
        if tempo is None or self._tempo is None:
            # From now, unless a beat of an earlier tempo still rings.
            self._first_beat, self._beat_number = max(self._now, self._beat_start + len(self._beat)), 0
        elif self._beat_number:
            self._first_beat, self._beat_number = self._beat_start, 1
            if self._first_beat + _offset(1, tempo) < self._now:
                self._first_beat, self._beat_number = self._now, 0
        self._tempo = tempo

    def _set_volume(self, volume: float) -> None:
        self._volume = volume
        self._step_forward_or_back()

    def _set_ducked(self, ducked: bool) -> None:
        self._ducked = ducked
        self._step_forward_or_back()

    def _set_hushed(self, hushed: bool) -> None:
        self._hushed_until = self._now + RATE if hushed else self._now

    def _step_forward_or_back(self) -> None:
        self._foreground.go(self._volume * (_DUCKED if self._ducked else 1.0))

    def _add_utterance(self, block: Samples) -> tuple[int, ...]:
        utterance = self._utterance
        if utterance is None:
            return ()
        start = min(utterance.wait, BLOCK)
        utterance.wait -= start
        count = min(BLOCK - start, len(utterance.pcm) - utterance.position)
        block[start : start + count] += utterance.pcm[utterance.position : utterance.position + count]
        utterance.position += count
        if utterance.wait or utterance.position < len(utterance.pcm):
            return ()
        self._utterance = None
        # Silenced by the other thread while this block was being mixed: nobody waits for its end.
        silenced = self._said is not utterance
        utterance.played = True
        return () if silenced else (utterance.id,)

    def _add_earcons(self, block: Samples) -> None:
        start = 0
        while self._earcons and start < BLOCK:
            sound = self._earcons[0]
            count = min(BLOCK - start, len(sound) - self._earcon_position)
            block[start : start + count] += sound[self._earcon_position : self._earcon_position + count]
            start += count
            self._earcon_position += count
            if self._earcon_position == len(sound):
                self._earcons.popleft()
                self._earcon_position = 0

    def _add_beat(self, block: Samples) -> None:
        self._ring(block)
        if self._tempo is None:
            return
        # The fastest beats are 25 blocks apart and ring for 11: there is never a second one in a block.
        due = self._first_beat + _offset(self._beat_number, self._tempo)
        if due < self._now + BLOCK:
            self._beat_start = due
            self._beat_number += 1
            self._beat_gain = 1.0 if self._utterance is None else _BEAT_UNDER_SPEECH * self._foreground.value
            self._ring(block)

    def _ring(self, block: Samples) -> None:
        """Add what of the latest beat falls into this block."""
        start = max(self._beat_start - self._now, 0)
        position = max(self._now - self._beat_start, 0)
        count = min(BLOCK - start, len(self._beat) - position)
        if count > 0:
            block[start : start + count] += self._beat_gain * self._beat[position : position + count]


def _volume(level: int) -> float:
    return amplitude(_STEP_DB * (level - LOUDEST_LEVEL))


def _offset(number: int, tempo: float) -> int:
    """Samples from beat 0 to beat `number`."""
    return round(number * 60.0 * RATE / tempo)

"""A room made of numbers: a partner speaks, the loudspeaker echoes into the microphone, noise goes on.

Pure and repeatable: the same seed and the same calls give the same samples. It opens no files: noise and
speech come as arrays.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .format import BLOCK, RATE, Pcm16, Samples, amplitude, rms, soft_limit, to_pcm16

PARTNER_DB = -23.0
"""Level of the partner's speech at the microphone, in dBFS while speaking: ordinary talk, recorded well."""

_FLOOR_DB = -70.0
"""The microphone's own noise, in dBFS: a real one never gives digital zeros."""

_BYSTANDER_LOUDSPEAKER_DB = 6.0
"""Brings narration at the middle volume to where the partner's voice is, for a listener between the two."""

_FRAME = RATE // 50
_ACTIVE_DB = -30.0
"""A 20 ms frame counts as speech while it is no further than this below the loudest one."""


@dataclass(frozen=True, slots=True)
class Echo:
    """How the loudspeaker comes back into the microphone."""

    gain_db: float
    """Level at the microphone against the level played; negative attenuates."""
    delay_ms: float
    """From the sample's being played to its being heard, 0 or more."""
    decay_s: float = 0.0
    """How long the room takes to swallow it, down by 60 dB; 0: it is heard once."""


def speech_level(speech: Samples) -> float:
    """RMS over the parts in which somebody speaks, so that pauses don't count; 0 for silence."""
    count = -(-len(speech) // _FRAME)
    frames = np.zeros(count * _FRAME, dtype=np.float64)
    frames[: len(speech)] = speech
    power = np.square(frames).reshape(count, _FRAME).mean(axis=1)
    loudest = power.max(initial=0.0)
    active = power[power >= loudest * 10 ** (_ACTIVE_DB / 10)]
    return float(np.sqrt(active.mean())) if loudest else 0.0


def _reverberation(decay_s: float, seed: int) -> npt.NDArray[np.float64]:
    """An impulse response of energy one: the sound itself, and noise of as much energy that dies away."""
    if not decay_s:
        return np.ones(1)
    times = np.arange(1, round(decay_s * RATE)) / RATE
    tail = np.random.default_rng(seed).standard_normal(len(times)) * amplitude(-60.0) ** (times / decay_s)
    response = np.concatenate(([1.0], tail / np.sqrt(np.square(tail).sum())))
    return np.asarray(response / np.sqrt(2.0))


def _fast_length(samples: int) -> int:
    """The next power of two, of which Fourier transforms are quick."""
    return 1 << (samples - 1).bit_length()


class SimulatedRoom:
    """Partner, loudspeaker, microphone and noise. A `Room` for `LockStep`."""

    def __init__(
        self,
        *,
        echo: Echo | None = None,
        noise: Samples | None = None,
        snr_db: float = 20.0,
        partner_db: float = PARTNER_DB,
        seed: int = 0,
    ) -> None:
        """Furnish the room.

        Args:
            echo: None: the microphone hears nothing of the loudspeaker.
            noise: Goes on all the time, in a loop, shape (n,). None: only the microphone's own tiny noise.
            snr_db: The partner's speech level (active-speech RMS) over the noise.
            partner_db: That speech level at the microphone, in dBFS.
            seed: Of the microphone's own noise, and of where the loop begins.

        Raises:
            ValueError: The noise is empty or silent, or the echo comes before its sound.
        """
        if echo is not None and min(echo.delay_ms, echo.decay_s) < 0:
            raise ValueError(f"an echo's delay_ms and decay_s are 0 or more, unlike those of {echo}")
        self._random = np.random.default_rng(seed)
        response = (
            np.zeros(1) if echo is None else amplitude(echo.gain_db) * _reverberation(echo.decay_s, seed)
        )
        self._tail = len(response) - 1
        self._response = np.fft.rfft(response, _fast_length(self._tail + BLOCK))
        delay = 0 if echo is None else round(echo.delay_ms * RATE / 1000)
        self._played = np.zeros(self._tail + delay + BLOCK, dtype=np.float32)
        self._partner_db = partner_db
        self._noise: Samples | None = None
        self._noise_position = 0
        if noise is not None:
            level = rms(noise)
            if not level:
                raise ValueError("the noise is silent, so no level makes it audible")
            self._noise = np.asarray(noise * (amplitude(partner_db - snr_db) / level), dtype=np.float32)
            self._noise_position = int(self._random.integers(len(noise)))
        self._speech: deque[Samples] = deque()
        self._speech_position = 0
        self.bystander_block: Samples = np.zeros(BLOCK, dtype=np.float32)
        """What a bystander heard during the last step, shape (BLOCK,): everything, at good levels."""

    def speak(self, speech: Samples) -> None:
        """The partner says this from the next block on, or after what is being said.

        Args:
            speech: Shape (n,), of any level: it is brought to the partner's.
        """
        level = speech_level(speech)
        gain = amplitude(self._partner_db) / level if level else 0.0
        if len(speech):
            self._speech.append(np.asarray(speech * gain, dtype=np.float32))

    @property
    def partner_speaking(self) -> bool:
        """Whether the next block holds speech of the partner's."""
        return bool(self._speech)

    def step(self, loudspeaker: Samples) -> Pcm16:
        """Let 10 ms pass.

        Args:
            loudspeaker: What it plays meanwhile, shape (BLOCK,).

        Returns:
            What the microphone hears meanwhile, shape (BLOCK,).
        """
        self._played[:-BLOCK] = self._played[BLOCK:]
        self._played[-BLOCK:] = loudspeaker
        air = self._spoken() + self._noise_block()
        microphone = air + self._echo()
        soft_limit(microphone)
        air += amplitude(_BYSTANDER_LOUDSPEAKER_DB) * loudspeaker
        soft_limit(air)
        self.bystander_block = air
        return to_pcm16(microphone)

    def _echo(self) -> Samples:
        played = self._played[: self._tail + BLOCK]
        size = _fast_length(len(played))
        echo = np.fft.irfft(np.fft.rfft(played, size) * self._response, size)[self._tail : len(played)]
        return echo.astype(np.float32)

    def _spoken(self) -> Samples:
        block = np.zeros(BLOCK, dtype=np.float32)
        start = 0
        while self._speech and start < BLOCK:
            speech = self._speech[0]
            count = min(BLOCK - start, len(speech) - self._speech_position)
            block[start : start + count] = speech[self._speech_position : self._speech_position + count]
            start += count
            self._speech_position += count
            if self._speech_position == len(speech):
                self._speech.popleft()
                self._speech_position = 0
        return block

    def _noise_block(self) -> Samples:
        block = amplitude(_FLOOR_DB) * self._random.standard_normal(BLOCK, dtype=np.float32)
        if self._noise is not None:
            where = np.arange(self._noise_position, self._noise_position + BLOCK) % len(self._noise)
            block += self._noise[where]
            self._noise_position = int(where[-1]) + 1
        return block

"""The one step that every kind of sound shares: give the loudspeaker a block, take one from the microphone.

Live devices, files and the simulated room all turn on this. It never waits: it runs inside audio callbacks.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .format import BLOCK, BLOCK_SECONDS, Pcm16, Samples, to_pcm16
from .mixer import Mixer

_HEARD_FOR = round(0.5 / BLOCK_SECONDS)
"""Blocks after which what was played is not heard any more, through whatever loudspeaker."""


@dataclass(frozen=True, slots=True)
class MicrophoneBlock:
    """10 ms as the microphone heard them."""

    samples: Pcm16
    """Shape (BLOCK,)."""
    at: float
    """Audio time of its first sample, in seconds. A gap means that blocks were dropped."""
    played: Pcm16
    """What the loudspeaker was given in the same step, shape (BLOCK,): what an echo canceller needs."""


class Exchange:
    """Trades loudspeaker blocks for microphone blocks and counts audio time by them."""

    def __init__(
        self, mixer: Mixer, blocks: queue.Queue[MicrophoneBlock], finished: Callable[[int], None]
    ) -> None:
        """Make one.

        Args:
            mixer: What the loudspeaker plays.
            blocks: Bounded; where microphone blocks go. When it is full a block is dropped and counted.
            finished: Called with the id of each utterance whose last sample has been given to the
                loudspeaker; on the audio thread, so it must not wait.
        """
        self._mixer = mixer
        self._blocks = blocks
        self._finished = finished
        self._played = np.zeros(BLOCK, dtype=np.int16)
        self._quiet = _HEARD_FOR
        """Steps since anything was played."""
        self.steps = 0
        self.dropped = 0
        """Microphone blocks that found the queue full."""

    @property
    def audio_time(self) -> float:
        """Seconds of sound exchanged."""
        return self.steps * BLOCK_SECONDS

    @property
    def plays(self) -> bool:
        """Whether the loudspeaker plays, or did so within the last half second, so that it may be heard."""
        return self._quiet < _HEARD_FOR

    def step(self, microphone: Pcm16, loudspeaker: Samples) -> None:
        """Fill the loudspeaker's block and pass on the microphone's; both of shape (BLOCK,)."""
        self.play(loudspeaker)
        self.hear(microphone)

    def play(self, loudspeaker: Samples) -> None:
        """First half of a step. Apart from `hear` only where the microphone hears what is being played."""
        for utterance_id in self._mixer.render(loudspeaker):
            self._finished(utterance_id)
        self._played = to_pcm16(loudspeaker)
        self._quiet = 0 if self._played.any() else self._quiet + 1

    def hear(self, microphone: Pcm16) -> None:
        """Second half of a step; the array is copied."""
        block = MicrophoneBlock(microphone.copy(), self.audio_time, self._played)
        self.steps += 1
        try:
            self._blocks.put_nowait(block)
        except queue.Full:
            self.dropped += 1


class Room(Protocol):
    """What lies between loudspeaker and microphone when there are no devices."""

    def step(self, loudspeaker: Samples) -> Pcm16:
        """Play a block of shape (BLOCK,) and return what the microphone hears meanwhile."""


class LockStep:
    """Sound without devices: each `step()` is 10 ms of audio time, as fast as the caller pulls."""

    def __init__(
        self,
        mixer: Mixer,
        blocks: queue.Queue[MicrophoneBlock],
        finished: Callable[[int], None],
        room: Room,
    ) -> None:
        """Make one; see `Exchange` for the first three. The caller empties `blocks` after each step."""
        self._exchange = Exchange(mixer, blocks, finished)
        self._room = room
        self._loudspeaker = np.zeros(BLOCK, dtype=np.float32)

    @property
    def audio_time(self) -> float:
        """Seconds of sound exchanged."""
        return self._exchange.audio_time

    @property
    def dropped(self) -> int:
        """Microphone blocks that found the queue full."""
        return self._exchange.dropped

    def step(self) -> None:
        """Let 10 ms pass."""
        self._exchange.play(self._loudspeaker)
        self._exchange.hear(self._room.step(self._loudspeaker))

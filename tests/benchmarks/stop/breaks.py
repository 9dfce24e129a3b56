"""A room in which the sound breaks off now and then, as on a busy machine, so the echo is elsewhere."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from voice.audio.exchange import Room
from voice.audio.format import BLOCK, RATE, Pcm16, Samples

from .acoustics import Acoustics
from .alone import Alarms, narrate

EVERY_S = 10.0
"""On average."""
_BY = (BLOCK, 2 * BLOCK, 3 * BLOCK, 5 * BLOCK)
"""Samples by which the echo comes later, or earlier where there is so much to lose."""
_MOST = 8 * BLOCK


class BreakingRoom:
    """Another room, of whose microphone samples are lost, or come later."""

    def __init__(self, room: Room, seed: int) -> None:
        self._room = room
        self._chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self._heard: Pcm16 = np.zeros(0, dtype=np.int16)
        self.breaks = 0

    def step(self, loudspeaker: Samples) -> Pcm16:
        """Let 10 ms pass."""
        self._heard = np.concatenate((self._heard, self._room.step(loudspeaker)))
        if self._chance.random() < BLOCK / RATE / EVERY_S:
            self.breaks += 1
            samples = self._chance.choice(_BY)
            if len(self._heard) - samples >= BLOCK and (
                len(self._heard) > _MOST or self._chance.random() < 0.5
            ):
                self._heard = self._heard[samples:]
            else:
                self._heard = np.concatenate((np.zeros(samples, dtype=np.int16), self._heard))
        block, self._heard = self._heard[:BLOCK], self._heard[BLOCK:]
        return block


def narrate_with_breaks(acoustics: Acoustics, level_db: float, hours: float, seed: int) -> Alarms:
    """`alone.narrate_in` where the sound breaks off."""
    room = BreakingRoom(acoustics.room(level_db, seed), seed)
    return replace(narrate(room, hours, seed), breaks=room.breaks)

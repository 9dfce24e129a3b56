"""How long after it is played a sound is heard: through sound server, loudspeaker, air and microphone.

Generalized cross-correlation with phase transform (C. Knapp, G. Carter, "The generalized correlation method
for estimation of time delay", IEEE Trans. ASSP 24, 1976), added up over seconds. Arrays only; no device.
"""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

from .exchange import MicrophoneBlock
from .format import BLOCK, RATE, Pcm16, Samples, from_pcm16

LONGEST_S = 1.0
"""A Bluetooth loudspeaker takes 0.3 s; more than this nothing takes that is of use."""
_REACH = round(LONGEST_S * RATE)
_WINDOW = 2 * RATE
"""Samples of the microphone that are looked at together."""
_SIZE = _REACH + 2 * _WINDOW
"""As long as both together, so that nothing comes round: 80,000, whose Fourier transforms are quick."""
_EVERY = 100
"""Blocks from one look to the next."""
_KEPT = 0.8
"""How much of what was seen before stays, from look to look."""
_QUIETEST = 1e-6
"""Power of what was played, below which there is nothing to see."""
_CLEAR = 8.0
"""How far the peak has to stand out, in times the root mean square of all; without an echo it is some 5."""
_AGAIN_S = 0.004
"""Two looks in a row have to agree this well."""


class DelayEstimator:
    """Looks for the delay again and again, for as long as something is played."""

    def __init__(self) -> None:
        self._played = _silence(_REACH + _WINDOW)
        self._heard = _silence(_WINDOW)
        self._likeness: npt.NDArray[np.complexfloating] = np.zeros(_SIZE // 2 + 1, dtype=np.complex64)
        self._blocks = 0
        self._last: float | None = None
        self.seconds: float | None = None
        """From the first sample's being played to its being heard; None while nothing is known."""

    def hear(self, block: MicrophoneBlock) -> None:
        """Go on by 10 ms; `seconds` may be known, or another, after it."""
        self._played.append(block.played)
        self._heard.append(block.samples)
        self._blocks += 1
        if self._blocks % _EVERY == 0:
            played = from_pcm16(np.concatenate(self._played))
            if played @ played > _QUIETEST * len(played):
                self._look(played)

    def _look(self, sound: Samples) -> None:
        played = np.fft.rfft(sound, _SIZE)
        heard = np.fft.rfft(from_pcm16(np.concatenate(self._heard)), _SIZE)
        both = heard * played.conj()
        self._likeness = _KEPT * self._likeness + both / np.maximum(np.abs(both), 1e-12)
        # The microphone's window ends where the other does, and is shorter: what was played at its begin
        # and heard without delay lies a reach into the other.
        by_lag = np.fft.irfft(self._likeness, _SIZE)
        lags = np.concatenate((by_lag[-_REACH:], by_lag[:1]))
        peak = int(lags.argmax())
        found = peak / RATE
        clear = lags[peak] > _CLEAR * np.sqrt(np.square(lags).mean())
        if clear and self._last is not None and abs(found - self._last) < _AGAIN_S:
            self.seconds = found
        self._last = found if clear else None


def _silence(samples: int) -> deque[Pcm16]:
    """So many samples, in blocks; each that is appended pushes out the first."""
    blocks = samples // BLOCK
    return deque([np.zeros(BLOCK, dtype=np.int16)] * blocks, maxlen=blocks)

"""How long after it is played a sound is heard: through sound server, loudspeaker, air and microphone.

Generalized cross-correlation with phase transform (C. Knapp, G. Carter, "The generalized correlation method
for estimation of time delay", IEEE Trans. ASSP 24, 1976), added up over seconds. Arrays only; no device.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .exchange import MicrophoneBlock
from .format import BLOCK, RATE, from_pcm16

LONGEST_S = 1.0
"""A Bluetooth loudspeaker takes 0.3 s; more than this nothing takes that is of use."""
_WINDOW = 2 * RATE
"""Samples of the microphone that are looked at together."""
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
        self._reach = round(LONGEST_S * RATE)
        self._played = np.zeros(_WINDOW + self._reach, dtype=np.float32)
        self._heard = np.zeros(_WINDOW, dtype=np.float32)
        self._size = 1 << (len(self._played) + _WINDOW - 1).bit_length()
        self._likeness: npt.NDArray[np.complex128] = np.zeros(self._size // 2 + 1, dtype=np.complex128)
        self._blocks = 0
        self._last: float | None = None
        self.seconds: float | None = None
        """From the first sample's being played to its being heard; None while nothing is known."""

    def hear(self, block: MicrophoneBlock) -> None:
        """Go on by 10 ms; `seconds` may be known, or another, after it."""
        for kept, new in ((self._played, block.played), (self._heard, block.samples)):
            kept[:-BLOCK] = kept[BLOCK:]
            kept[-BLOCK:] = from_pcm16(new)
        self._blocks += 1
        if self._blocks % _EVERY == 0 and np.square(self._played).mean() > _QUIETEST:
            self._look()

    def _look(self) -> None:
        played, heard = np.fft.rfft(self._played, self._size), np.fft.rfft(self._heard, self._size)
        both = heard * played.conj()
        self._likeness = _KEPT * self._likeness + both / np.maximum(np.abs(both), 1e-12)
        # The microphone's window ends where the other does, and is shorter: what was played at its begin
        # and heard without delay lies a reach into the other.
        by_lag = np.fft.irfft(self._likeness, self._size)
        lags = np.concatenate((by_lag[-self._reach :], by_lag[:1]))
        peak = int(lags.argmax())
        found = peak / RATE
        clear = lags[peak] > _CLEAR * np.sqrt(np.square(lags).mean())
        if clear and self._last is not None and abs(found - self._last) < _AGAIN_S:
            self.seconds = found
        self._last = found if clear else None

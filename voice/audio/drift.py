"""How much faster or slower one device's clock runs than the other's, and sound that is delayed to fit.

A microphone and a loudspeaker that are two devices have two clocks, some 10 to 100 parts in a million apart:
the way from one to the other grows longer or shorter all the time, faster than an echo canceller follows.
Arrays only; no device, and no clock but the count of blocks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .format import BLOCK, BLOCK_SECONDS, RATE, Pcm16, Samples, from_pcm16, to_pcm16

_WINDOW_BLOCKS = 100
"""Of the microphone, looked at together, and from one look to the next."""
_REACH_BLOCKS = 25
"""The delay and most of the reverberation have to lie within this: it is looked at as one."""
_WINDOW = _WINDOW_BLOCKS * BLOCK
_REACH = _REACH_BLOCKS * BLOCK
_FINER = 4
"""Places between two samples where likeness is looked at, before a parabola is laid through them."""
_FARTHEST = 100
"""Samples by which the delay may have changed since it was last seen: of a pause of a minute, at 100 ppm."""
_QUIETEST = 1e-6
"""Power of what was played, below which there is nothing to see."""
_CLEAR = 8.0
"""How far likeness has to stand out, in times its root mean square."""
_KEPT = 0.9
"""How much of what the way looked like stays, from look to look."""
_UNLIKE = 6
"""Looks in a row at which the way is another than it was: it is begun anew."""
_REMEMBERED = 60
"""Looks: a minute of sound, however long the pauses in it."""
_TOGETHER = 10
"""Looks that are compared with each other: where the delay leaps once, few pairs of them lie across it."""
_LEAST_LOOKS = 5
_SIGMAS = 4.0
"""By how many times its uncertainty a drift has to differ from none, twice in a row, to be believed."""
_LEAST_PPM = 2.0
"""A drift of less than this costs an echo canceller little."""
_MOST_PPM = 500.0
"""No two clocks differ by more than this: it is something else that moves."""
_FINEST = 0.02
"""Samples; no look is believed to be better than this."""
_TO_SIGMA = 1.4826
"""From the median of what lies beside a line to its standard deviation."""
_TO_PPM = 1e6 / RATE

_TAPS = 32
_PHASES = 512
LEAST_LAG = _TAPS // 2
"""Samples; sound cannot be delayed between samples by less, for what comes after them is needed."""


class DriftEstimator:
    """Looks every second where the echo lies, and draws a line through what was seen."""

    def __init__(self) -> None:
        self._blocks = 0
        self._lags = 0.0
        self.ppm: float | None = None
        """By how much the delay grows, in millionths of the time; None while that may be nothing."""
        self.restart()

    def restart(self) -> None:
        """The way is another, but the clocks are as they were."""
        self._heard: deque[Pcm16] = deque(maxlen=_WINDOW_BLOCKS)
        self._given: deque[Pcm16] = deque(maxlen=_WINDOW_BLOCKS + _REACH_BLOCKS)
        self._like: npt.NDArray[np.complexfloating] | None = None
        self._unlike = 0
        self._seen: deque[tuple[float, float]] = deque(maxlen=_REMEMBERED)
        self._suspected = False

    def given_later(self, blocks: int, given: Sequence[Pcm16]) -> None:
        """What was played is given later by so many blocks than before.

        Args:
            blocks: How many.
            given: What would have been given until now, the newest last.
        """
        self._given.extend(given)
        if self._like is not None:
            bins = np.arange(len(self._like))
            self._like = self._like * np.exp(2j * np.pi * bins * (blocks * BLOCK / _REACH))

    def hear(self, heard: Pcm16, given: Pcm16, lag: float) -> None:
        """Go on by 10 ms; `ppm` may be another after it.

        Args:
            heard: The microphone's block.
            given: What the canceller is given as played.
            lag: Samples by which that has been delayed more than at first, because of drift.
        """
        self._heard.append(heard)
        self._given.append(given)
        self._blocks += 1
        self._lags += lag
        # In the middle between two looks for the delay, which take longer.
        if self._blocks % _WINDOW_BLOCKS == _WINDOW_BLOCKS // 2:
            mean_lag, self._lags = self._lags / _WINDOW_BLOCKS, 0.0
            if len(self._given) == self._given.maxlen:
                self._look(mean_lag)

    def _look(self, lag: float) -> None:
        played = from_pcm16(np.concatenate(self._given))
        if played @ played < _QUIETEST * len(played):
            return
        size = _WINDOW + _REACH
        both = np.fft.rfft(from_pcm16(np.concatenate(self._heard)), size) * np.fft.rfft(played).conj()
        both /= np.maximum(np.abs(both), 1e-12)
        by_lag = np.fft.irfft(both, size)[-_REACH:]
        way = np.fft.rfft(by_lag)
        if self._like is None:
            if _stands_out(by_lag, by_lag.max()):
                self._like = way
                self._see(lag)
            return
        likeness = np.fft.irfft(way * self._like.conj(), _FINER * _REACH)
        around = np.concatenate((likeness[-_FINER * _FARTHEST :], likeness[: _FINER * _FARTHEST + 1]))
        peak = int(around[1:-1].argmax()) + 1
        if not _stands_out(likeness, around[peak]):
            self._unlike += 1
            if self._unlike == _UNLIKE:
                self.restart()
            return
        self._unlike = 0
        before, top, after = around[peak - 1 : peak + 2]
        beside = 0.5 * (before - after) / (before - 2 * top + after)
        moved = float(peak + beside) / _FINER - _FARTHEST
        back = np.exp(2j * np.pi * np.arange(len(way)) * (moved / _REACH))
        self._like = _KEPT * self._like + way * back
        self._see(moved + lag)

    def _see(self, delay: float) -> None:
        self._seen.append((self._blocks * BLOCK_SECONDS, delay))
        if len(self._seen) < _LEAST_LOOKS:
            return
        slope, uncertain = _line(np.array(self._seen))
        ppm, sigma = slope * _TO_PPM, uncertain * _TO_PPM
        if self.ppm is not None:
            if sigma < _LEAST_PPM and abs(ppm) < _MOST_PPM:
                self.ppm = ppm
            return
        suspected = max(_LEAST_PPM, _SIGMAS * sigma) < abs(ppm) < _MOST_PPM
        if suspected and self._suspected:
            self.ppm = ppm
        self._suspected = suspected


def _stands_out(all_of_it: npt.NDArray[np.floating], peak: float) -> bool:
    return bool(peak > _CLEAR * np.sqrt(np.square(all_of_it).mean()))


def _line(points: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Slope through (time, value), and its standard deviation.

    The median of the slopes of pairs (P. Sen, "Estimates of the regression coefficient based on Kendall's
    tau", J. Am. Stat. Assoc. 63, 1968): of looks that somebody spoiled by speaking it takes a quarter.
    """
    times, values = points.T
    first, second = np.triu_indices(len(times), 1)
    near = second - first <= _TOGETHER
    first, second = first[near], second[near]
    slope = float(np.median((values[second] - values[first]) / (times[second] - times[first])))
    beside = values - slope * times
    scatter = _TO_SIGMA * float(np.median(np.abs(beside - np.median(beside))))
    spread = float(np.sqrt(np.square(times - times.mean()).sum()))
    return slope, max(scatter, _FINEST) / spread


def _table() -> Samples:
    """Windowed sinc for each phase: shape (phases, taps)."""
    phases = np.arange(_PHASES)[:, None] / _PHASES
    places = np.arange(_TAPS) - (_TAPS // 2 - 1) - phases
    taps = np.sinc(places) * np.i0(8.0 * np.sqrt(np.maximum(1 - np.square(places / (_TAPS // 2)), 0.0)))
    return np.asarray(taps / taps.sum(axis=1, keepdims=True), dtype=np.float32)


_BY_PHASE = _table()


def delayed(played: Sequence[Pcm16], lag: float) -> Pcm16:
    """The newest block of what was played, so many samples later; shape (BLOCK,).

    Args:
        played: Blocks, the newest last; silence is taken to have come before them all.
        lag: In samples, `LEAST_LAG` or more, and no more than there is.
    """
    steps = round(-lag * _PHASES)
    start = steps // _PHASES - (_TAPS // 2 - 1)
    first = start // BLOCK
    end = start + BLOCK + _TAPS - 1
    blocks = [played[number - 1] for number in range(first, (end - 1) // BLOCK + 1)]
    sound = np.concatenate(blocks)[start - first * BLOCK : end - first * BLOCK]
    if not sound.any():
        return np.zeros(BLOCK, dtype=np.int16)
    return to_pcm16(np.correlate(from_pcm16(sound), _BY_PHASE[steps % _PHASES]))

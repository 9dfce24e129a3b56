"""Between a device's sample rate and block length and our own. Arithmetic on arrays: opens no device."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .format import BLOCK, RATE, Pcm16, Samples, from_pcm16, to_pcm16

_QUALITY = "LQ"
"""The best of soxr's qualities that delays by about 20 ms. The next one delays by twice that, and "stop"
should not wait for a purity that no recognizer makes use of."""


class _Fifo:
    """Samples in, samples out, in an array that is allocated once."""

    def __init__(self, capacity: int, dtype: type[np.float32] | type[np.int16]) -> None:
        self._samples: NDArray[Any] = np.zeros(capacity, dtype=dtype)
        self._start = 0
        self._end = 0

    def __len__(self) -> int:
        return self._end - self._start

    def push(self, samples: NDArray[Any]) -> None:
        """Append; what there is no room for is an error of the caller (ValueError of numpy)."""
        if self._end + len(samples) > len(self._samples):
            count = len(self)
            self._samples[:count] = self._samples[self._start : self._end]
            self._start, self._end = 0, count
        self._samples[self._end : self._end + len(samples)] = samples
        self._end += len(samples)

    def pull(self, samples: NDArray[Any]) -> int:
        """Fill from the front and return how many there were."""
        count = min(len(samples), len(self))
        samples[:count] = self._samples[self._start : self._start + count]
        self._start += count
        return count


def device_block(rate: int) -> int:
    """Samples in 10 ms at a device's rate."""
    return round(BLOCK * rate / RATE)


def _resampler(from_rate: int, to_rate: int) -> Any:
    # Any: soxr's stream has no useful type of its own here.
    import soxr  # noqa: PLC0415 - a C library that is not needed where the device takes our rate

    return soxr.ResampleStream(from_rate, to_rate, 1, dtype="float32", quality=_QUALITY)


class Capture:
    """From what a microphone gives, at its rate, to our blocks."""

    def __init__(self, rate: int) -> None:
        """`rate` is the device's, in samples a second."""
        self._resample = None if rate == RATE else _resampler(rate, RATE)
        self._fifo = _Fifo(RATE, np.int16)

    def push(self, heard: Pcm16) -> None:
        """Take what the device heard, shape (n,)."""
        if self._resample is not None:
            # In floats, because soxr dithers its 16-bit output: silence would no longer be zeros.
            heard = to_pcm16(self._resample.resample_chunk(from_pcm16(heard)))
        self._fifo.push(heard)

    def take(self, block: Pcm16) -> bool:
        """Fill a block of shape (BLOCK,), if a whole one is there."""
        if len(self._fifo) < BLOCK:
            return False
        self._fifo.pull(block)
        return True


class Playback:
    """From our blocks to what a loudspeaker wants, at its rate."""

    def __init__(self, rate: int, cushion: int = 0) -> None:
        """`rate` is the device's, in samples a second; `cushion` samples of silence are played first."""
        self._resample = None if rate == RATE else _resampler(RATE, rate)
        self._fifo = _Fifo(rate, np.float32)
        self._fifo.push(np.zeros(cushion, dtype=np.float32))

    def __len__(self) -> int:
        return len(self._fifo)

    def put(self, block: Samples) -> None:
        """Play a block of shape (BLOCK,)."""
        self._fifo.push(block if self._resample is None else self._resample.resample_chunk(block))

    def fill(self, out: Samples) -> int:
        """Fill what the device wants, shape (n,); return how many samples were missing and became zeros."""
        count = self._fifo.pull(out)
        out[count:] = 0.0
        return len(out) - count


def cushion(rate: int) -> int:
    """Samples of silence to be ahead in a duplex stream at a device's rate, so that none is ever missing.

    Resampling hands out sound in lumps, of up to 120 ms at some rates. How large they are depends on the
    rate in ways that only trying shows, so it is tried: five seconds of stream, without a device.
    """
    if rate == RATE:
        return 0
    capture, playback = Capture(rate), Playback(rate)
    heard, wanted = (
        np.zeros(device_block(rate), dtype=np.int16),
        np.zeros(device_block(rate), dtype=np.float32),
    )
    microphone, loudspeaker = np.zeros(BLOCK, dtype=np.int16), np.zeros(BLOCK, dtype=np.float32)
    missing = len(wanted)  # a block more, for callbacks that are not quite of one length
    for _ in range(500):
        capture.push(heard)
        while capture.take(microphone):
            playback.put(loudspeaker)
        missing += playback.fill(wanted)
    return missing

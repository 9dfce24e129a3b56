"""Takes what the loudspeaker plays out of what the microphone hears, so that the guide does not hear itself.

A linear filter learns the way from loudspeaker to microphone and subtracts what comes along it. It never
touches anything else: what a person says over the narration stays as it was. Arrays only; no device.

The method is the partitioned-block frequency-domain Kalman filter (G. Enzner, P. Vary, "Frequency-domain
adaptive Kalman filter for acoustic echo control in hands-free telephones", Signal Processing 86, 2006;
partitioned by F. Kuech, E. Mabande, G. Enzner, ICASSP 2014): how far each bin is believed follows from how
uncertain the filter still is and how loud everything else is, so it learns in seconds and holds still while
somebody speaks. It needs no more than NumPy, so it is there on every machine; in the simulated room it leaves
less than the linear speex canceller of `pyaec` does (-69 against -61 dBFS of an echo at -51).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .exchange import MicrophoneBlock
from .format import BLOCK, BLOCK_SECONDS, RATE, Pcm16, from_pcm16, to_pcm16

_REACH_S = 0.4
"""The delay of the sound card and the room's reverberation have to lie within this."""
_PARTITIONS = round(_REACH_S * RATE / BLOCK)
_BINS = BLOCK + 1
_STAYS = 0.9995
"""How much of the way stays as it is from block to block: a half-life of some 14 s for a door that opens."""
_SMOOTHING = 0.9
"""Of the level of everything that is not echo, from block to block."""
_FIRST_UNCERTAINTY = 0.1
"""Variance of an unknown way, per bin and partition: of an echo that is louder than what was played. Of ten
times less, a loud echo is taken for somebody else for seconds; of ten times more, it is learned later."""
_ARRIVING_UNCERTAINTY = 0.3
"""The same where it is known when the echo comes, of its first sound."""
_DIES_S = 0.5
"""In so long a room is taken to swallow sound, down by 60 dB; what is learned where it comes is not spoiled
by what is not there. Of the first, second and seventh second of narration (five of it, echoes of RT60 0.15 to
0.8 s that come after 80 ms, as loud as what is played) 9 to 12, 13 to 19 and 22 to 27 dB are taken out; where
it is not known when they come it is 6, 11 and 22 to 24. Of an echo 20 dB fainter 4 dB in the second second,
where without it 5 are added."""
_SOONER = 2
"""Blocks by which it may come sooner than is known: what comes most strongly need not come first."""
_ELSEWHERE = 1e-4
"""Of that uncertainty, where no echo is expected: should it be there all the same, it is learned slowly."""
_MOVED_FOR = 20
"""Blocks by which a way that has moved is less certain: it was learned a little wrong until it was found."""
_TINY = 1e-10
_ROOM = 8 * _PARTITIONS
"""Rows for what was played: eight times what is looked at."""
_HEARD_FOR = _PARTITIONS + 2
"""Blocks of silence after which nothing that was played is left in the spectra, each of two blocks."""
_TURNS = 2
"""Every other partition is kept short in each block: Fourier transforms are most of the work. Of 93 s of
narration in the simulated room (decay 0.35 s) it leaves as much as with all of them, to 0.2 dB; every fourth
leaves 1.4 dB more while it learns."""

Spectra = npt.NDArray[np.complex64]
Powers = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """10 ms without the echo, as well as it is known."""

    samples: Pcm16
    """Shape (BLOCK,)."""
    left: float
    """Power of them, as a mean square; full scale is one."""
    echo_left: float
    """The power of the echo that is still to be expected in them."""
    echo_taken: float
    """The power of what has been taken out."""
    echo_powers: Powers | None = None
    """What `echo_left` is made of, by frequency, shape (BLOCK + 1,): of a spectrum of this block and as much
    silence. None: nothing that was played can still be heard."""
    diverged: bool = False
    """Whether what has been taken out was not there any more: what is left is echo, too."""
    anew: bool = False
    """Whether the way is learned anew from here on."""


SILENCE = Cleaned(np.zeros(BLOCK, dtype=np.int16), 0.0, 0.0, 0.0)
"""Before anything was heard."""


class _Played:
    """Spectra of the last blocks that were played, the newest first, and their powers."""

    def __init__(self) -> None:
        # Filled from the end, so that they are moved only now and then.
        self._spectra: Spectra = np.zeros((_ROOM, _BINS), dtype=np.complex64)
        self._powers: Powers = np.zeros((_ROOM, _BINS), dtype=np.float32)
        self._newest = _ROOM - _PARTITIONS
        self._frame = np.zeros(2 * BLOCK, dtype=np.float32)
        self._silent = _HEARD_FOR
        """Blocks since anything was played."""

    def add(self, block: Pcm16) -> None:
        """Another block was played."""
        self._silent = 0 if block.any() else self._silent + 1
        if self.silent:
            return  # everything here has become zero, and stays so
        if not self._newest:
            self._newest = _ROOM - _PARTITIONS + 1
            for kept in (self._spectra, self._powers):
                kept[self._newest :] = kept[: _PARTITIONS - 1]
        self._newest -= 1
        self._frame[:BLOCK] = self._frame[BLOCK:]
        self._frame[BLOCK:] = from_pcm16(block)
        spectrum = np.fft.rfft(self._frame).astype(np.complex64)
        self._spectra[self._newest] = spectrum
        self._powers[self._newest] = _power(spectrum)

    @property
    def silent(self) -> bool:
        """Whether nothing that was played can still be heard."""
        return self._silent >= _HEARD_FOR

    @property
    def spectra(self) -> Spectra:
        """Shape (partitions, bins)."""
        return self._spectra[self._newest : self._newest + _PARTITIONS]

    @property
    def powers(self) -> Powers:
        """The same of their powers."""
        return self._powers[self._newest : self._newest + _PARTITIONS]


class EchoCanceller:
    """Hears the microphone without the loudspeaker, 10 ms at a time; learns the room as it goes."""

    def __init__(self, delay_s: float | None = None) -> None:
        """Make one; `delay_s`: when the echo comes after what is played, where that is known."""
        shape = (_PARTITIONS, _BINS)
        self._played = _Played()
        self._way: Spectra = np.zeros(shape, dtype=np.complex64)
        self._known = (self._way, self._way)
        """The way as it was remembered last, and the time before."""
        first = _FIRST_UNCERTAINTY if delay_s is None else _uncertain(delay_s)
        self._uncertainty: Powers = np.full(shape, first, dtype=np.float32)
        self._rest: Powers = np.zeros(_BINS, dtype=np.float32)
        """Power of all that is not echo, as far as it is known."""
        self._frame = np.zeros(2 * BLOCK, dtype=np.float32)
        self._idle = 0
        """Blocks without anything to learn from, for which the way has not become less certain yet."""
        self._turn = 0

    def clean(self, block: MicrophoneBlock) -> Cleaned:
        """The block without the echo of what has been played."""
        self._played.add(block.played)
        heard = from_pcm16(block.samples)
        if self._played.silent:
            self._idle += 1
            self._hear_rest(heard)
            return Cleaned(block.samples, mean_square(heard), 0.0, 0.0)
        if self._idle:
            self._grow_uncertain(self._idle)
            self._idle = 0
        echo = np.fft.irfft((self._way * self._played.spectra).sum(axis=0))[BLOCK:].astype(np.float32)
        clean = heard - echo
        powers = self._learn(self._hear_rest(clean))
        left = float(powers.sum()) / BLOCK**2  # by Parseval, of both halves of a spectrum of 2 BLOCK
        return Cleaned(to_pcm16(clean), mean_square(clean), left, mean_square(echo), powers)

    def comes(self, delay_s: float) -> None:
        """It has become known when the echo comes: what was learned elsewhere is none of it."""
        np.minimum(self._uncertainty, _uncertain(delay_s), out=self._uncertainty)
        self._way[: _first(delay_s)] = 0.0
        self._known = (self._way.copy(), self._way.copy())

    def given_later(self, blocks: int, given: Sequence[Pcm16]) -> None:
        """From now on what was played is given so many blocks later; what is known of the way stays known.

        Args:
            blocks: How many.
            given: What would have been given until now, the newest last.
        """
        self._played = _Played()
        for block in given[-_HEARD_FOR:]:
            self._played.add(block)
        self._way[:-blocks] = self._way[blocks:]
        self._way[-blocks:] = 0.0
        self._uncertainty[:-blocks] = self._uncertainty[blocks:]  # and the last ones stay as uncertain
        self._known = (self._way.copy(), self._way.copy())

    def remember(self) -> None:
        """The way is known; should the echo have moved, it is taken to be as it was two times ago."""
        self._known = (self._way.copy(), self._known[0])

    def moved(self, samples: int) -> None:
        """From now on the echo comes so many samples later than it did, or earlier (below zero)."""
        way = np.fft.irfft(self._known[1], axis=1)[:, :BLOCK].ravel()
        there = np.zeros_like(way)
        there[max(0, samples) : len(way) + min(0, samples)] = way[
            max(0, -samples) : len(way) - max(0, samples)
        ]
        frames = np.zeros((_PARTITIONS, 2 * BLOCK), dtype=np.float32)
        frames[:, :BLOCK] = there.reshape(_PARTITIONS, BLOCK)
        self._way = np.fft.rfft(frames).astype(np.complex64)
        self._known = (self._way.copy(), self._way.copy())
        partitions = np.arange(_PARTITIONS) - round(samples / BLOCK)
        self._uncertainty = self._uncertainty[np.clip(partitions, 0, _PARTITIONS - 1)]
        self._grow_uncertain(_MOVED_FOR)

    def _hear_rest(self, clean: npt.NDArray[np.float32]) -> Spectra:
        """Take note of how loud all else is; returns the spectrum of what is no echo."""
        self._frame[BLOCK:] = clean
        error = np.fft.rfft(self._frame).astype(np.complex64)
        self._rest *= _SMOOTHING
        self._rest += (1 - _SMOOTHING) * _power(error)
        return error

    def _learn(self, error: Spectra) -> Powers:
        """Improve on the way; returns the powers of the echo that was to be expected before, by frequency."""
        # In place where it can be: half of the time went into memory for what is thrown away at once.
        known = self._uncertainty * self._played.powers
        # Overlap-save sees half of each frame, hence the halves.
        echo_left = 0.5 * known.sum(axis=0)
        expected = echo_left + self._rest + _TINY
        step = self._played.spectra.conj()
        step *= error / expected
        step *= self._uncertainty
        self._way += step
        self._shorten()
        known *= -0.5 / expected
        known += 1.0
        np.maximum(known, 0.0, out=known)
        self._uncertainty *= known
        self._grow_uncertain(1)
        return np.asarray(echo_left, dtype=np.float32)

    def _shorten(self) -> None:
        """A partition is no longer than a block; some are seen to each time, and all within _TURNS blocks."""
        self._turn = (self._turn + 1) % _TURNS
        some = np.fft.irfft(self._way[self._turn :: _TURNS], axis=1)
        some[:, BLOCK:] = 0.0
        self._way[self._turn :: _TURNS] = np.fft.rfft(some, axis=1)

    def _grow_uncertain(self, blocks: int) -> None:
        """The way may have changed a little in so many blocks."""
        stays = _STAYS ** (2 * blocks)
        self._uncertainty *= stays
        self._uncertainty += (1 - stays) * _power(self._way)


def _first(delay_s: float) -> int:
    """The first partition in which there may be an echo."""
    return max(0, int(delay_s / BLOCK_SECONDS) - _SOONER)


def _uncertain(delay_s: float) -> Powers:
    """Variance of an unknown way of which it is known when the echo comes, shape (partitions, 1)."""
    since = BLOCK_SECONDS * (np.arange(_PARTITIONS) - _first(delay_s))
    dies = np.where(since < 0, 0.0, 10.0 ** (-6.0 * since / _DIES_S))
    return (_ARRIVING_UNCERTAINTY * (dies + _ELSEWHERE)).astype(np.float32)[:, np.newaxis]


def _power(spectra: Spectra) -> Powers:
    return np.asarray(np.square(spectra.real) + np.square(spectra.imag), dtype=np.float32)


def mean_square(block: npt.NDArray[np.float32]) -> float:
    """Power of a block of shape (BLOCK,)."""
    return float(block @ block) / BLOCK

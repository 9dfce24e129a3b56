"""WAV files in place of a microphone and a loudspeaker. Opens no device."""

from __future__ import annotations

import queue
import threading
from pathlib import Path
from types import TracebackType

import numpy as np

from .format import BLOCK, Pcm16, Samples, to_pcm16
from .wav import AudioFileError, WavWriter, read


class FileMicrophone:
    """Hears what a sound file holds, then silence."""

    def __init__(self, path: Path) -> None:
        """Read the whole file, of any rate.

        Raises:
            AudioFileError: Not readable.
        """
        self._sound = to_pcm16(read(path))
        self._position = 0

    @property
    def ended(self) -> bool:
        """Whether the file's last sample has been taken."""
        return self._position >= len(self._sound)

    def take(self, block: Pcm16) -> None:
        """Fill the next block, shape (BLOCK,)."""
        count = min(BLOCK, len(self._sound) - self._position)
        block[:count] = self._sound[self._position : self._position + count]
        block[count:] = 0
        self._position += count


class FileRoom:
    """A room for `LockStep` whose microphone reads a file, and whose loudspeaker may write one.

    The microphone hears nothing of the loudspeaker, as with headphones.
    """

    def __init__(self, microphone: Path, loudspeaker: Path | None = None) -> None:
        """Open the files.

        Raises:
            AudioFileError: One isn't readable, or can't be written.
        """
        self._microphone = FileMicrophone(microphone)
        self._loudspeaker = None if loudspeaker is None else WavWriter(loudspeaker)
        self._block = np.zeros(BLOCK, dtype=np.int16)

    @property
    def ended(self) -> bool:
        """Whether the microphone's file has come to its end."""
        return self._microphone.ended

    def step(self, loudspeaker: Samples) -> Pcm16:
        """Write a block and return the next one of the microphone; its array is used again."""
        if self._loudspeaker is not None:
            self._loudspeaker.write(loudspeaker)
        self._microphone.take(self._block)
        return self._block

    def close(self) -> None:
        """Complete the loudspeaker's file."""
        if self._loudspeaker is not None:
            self._loudspeaker.close()

    def __enter__(self) -> FileRoom:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class FileLoudspeaker:
    """Writes what is played beside a live microphone.

    A thread of its own writes: a slow memory card must not make the microphone's callback late.
    """

    def __init__(self, path: Path) -> None:
        """Create or overwrite the file.

        Raises:
            AudioFileError: It can't be written there.
        """
        self._writer = WavWriter(path)
        self._blocks: queue.SimpleQueue[Samples | None] = queue.SimpleQueue()
        self._error: AudioFileError | None = None
        self._thread = threading.Thread(target=self._write, name="loudspeaker-file", daemon=True)
        self._thread.start()

    def put(self, block: Samples) -> None:
        """Write a block, later; never waits."""
        self._blocks.put(block.copy())

    def close(self) -> None:
        """Write what is left and complete the file.

        Raises:
            AudioFileError: The disk refused some of it.
        """
        self._blocks.put(None)
        self._thread.join()
        if self._error is not None:
            raise self._error

    def _write(self) -> None:
        try:
            with self._writer:
                while (block := self._blocks.get()) is not None:
                    self._writer.write(block)
        except AudioFileError as error:
            self._error = error

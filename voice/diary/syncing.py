"""Brings what was written onto the disk itself, beside the one who writes. Knows nothing of SQLite.

A written byte is the system's at once: no crash of the program loses it. Only a power cut does, until the
disk has it, and to wait for a disk takes milliseconds in which the guide could not answer. So another thread
waits for it, and begins at once: the sound that an event causes leaves the loudspeaker some 50 ms after it,
and by then the disk has it, too.
"""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event, Thread

_sync = getattr(os, "fdatasync", os.fsync)  # macOS and Windows have only the other


class Syncing:
    """One file that is kept in step with its disk."""

    def __init__(self, path: Path) -> None:
        """The file is there, and stays the same file until `close`.

        Raises:
            OSError: It can't be opened.
        """
        self.failed: OSError | None = None
        """What the disk last answered, where it could not."""
        self._file = os.open(path, os.O_RDWR)
        self._wanted, self._ended = Event(), False
        self._thread = Thread(target=self._run, name="diary to disk", daemon=True)
        self._thread.start()

    def want(self) -> None:
        """Bring onto the disk what is written by now; does not wait."""
        self._wanted.set()

    def close(self) -> None:
        """Wait for the disk, then let go."""
        self._ended = True
        self._wanted.set()
        self._thread.join()
        os.close(self._file)

    def _run(self) -> None:
        while not self._ended:
            self._wanted.wait()
            self._wanted.clear()  # before the work: what is written during it is the next round's
            try:
                _sync(self._file)
            except OSError as error:
                self.failed = error

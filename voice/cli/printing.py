"""Prints without making anybody wait: a screen that is held must not hold a massage."""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

from .group import INTERRUPTED, complain

_GOODBYE_S = 2.0


@contextmanager
def without_drivers() -> Iterator[None]:
    """Lets nobody but Python write to stderr.

    ALSA tells there of each underrun, from the audio thread: a screen that is held would hold the sound.
    """
    ours, drivers = sys.stderr, 2
    try:
        screen = os.dup(drivers)
    except OSError:  # it is closed, so there is none
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, drivers)
    lines = os.fdopen(
        screen, "w", encoding=getattr(ours, "encoding", None), errors="backslashreplace", buffering=1
    )
    sys.stderr = lines
    try:
        yield
    finally:
        with suppress(OSError):  # who read it has gone
            lines.flush()
        os.dup2(screen, drivers)
        sys.stderr = ours
        with suppress(OSError):
            lines.close()
        os.close(nowhere)


class Printing:
    """What is told from `with` to its end is printed by a thread of its own, in its order."""

    def __init__(self) -> None:
        self._lines: queue.SimpleQueue[tuple[str, bool] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._print, name="printing", daemon=True)

    def tell(self, line: str) -> None:
        """Print a result, on stdout."""
        self._lines.put((line, False))

    def complain(self, message: str) -> None:
        """Say on stderr what is wrong."""
        self._lines.put((message, True))

    def _print(self) -> None:
        while (told := self._lines.get()) is not None:
            line, wrong = told
            try:
                (complain if wrong else click.echo)(line)
            except OSError:  # who read it has gone, or the disk it went to is full; the massage goes on
                os.dup2(os.open(os.devnull, os.O_WRONLY), (sys.stderr if wrong else sys.stdout).fileno())

    def __enter__(self) -> Printing:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.put(None)
        try:
            self._thread.join(_GOODBYE_S)
        finally:
            if self._thread.is_alive():
                # Nobody takes what is printed, and the interpreter would abort over it at its end.
                os._exit(INTERRUPTED)

"""Programs that write down one event after the other, and tell of each that is written; to be killed.

    python -m tests.diary.writer FILE

For each line it is given one begins, and tells its number as a process; when it is dead, "dead" is told. They
are forked, for to import everything anew takes most of a second.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from voice.diary.database import connect
from voice.diary.journal import Journal
from voice.session.events import SpeechFinished
from voice.session.state import State

DEAD = "dead"


def write(path: Path) -> None:
    """Go on where the one before was killed."""
    with connect(path, write=True) as database:
        journal = Journal(database)
        last = journal.last()
        if last is None:
            journal.begin(State(()), "", 0.0, 0.0)
        else:
            journal.resume(last)
        number = len(last.events) if last else 0
        while True:
            journal.append(SpeechFinished(number), float(number), float(number))
            tell(number)
            journal.alive(number + 0.5, number + 0.5)
            number += 1


def tell(what: object) -> None:
    """In one piece, or not at all."""
    os.write(sys.stdout.fileno(), f"{what}\n".encode())


def main(path: Path) -> None:
    """Begin one for each line."""
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            tell(os.getpid())
            write(path)
        os.waitpid(child, 0)
        tell(DEAD)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

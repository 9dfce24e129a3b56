"""`easeup run` as a program of its own in a room with a virtual sound card, led by the tests."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from tests.audio.card import sound_card

from .conftest import COMMAND
from .sound_room import Room

_ABOUT_TO_SPEAK_S = 0.7
"""It may be silent for so long before it answers."""


class Guide:
    """`easeup run` in that room; what it prints is collected line by line."""

    def __init__(self, room: Room, environment: dict[str, str], folder: Path) -> None:
        self.room = room
        # An empty cache: everything has to be rendered, as on the first day. And it remembers nobody.
        self._environment = {**environment, **room.variables, "EASEUP_HOME": str(folder / "home")}
        self._folder = folder
        self.start()

    def start(self) -> None:
        """Begin; also anew, when it has ended."""
        self.process = subprocess.Popen(
            [*COMMAND, "run", "lower-back-strokes"],
            env=self._environment,
            cwd=self._folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self.lines: list[str] = []
        self.talk: list[str] = []
        self._read = 0
        self._looked_at = threading.Event()
        self._looked_at.set()
        self._readers = [
            threading.Thread(
                target=_collect, args=(self.process.stdout, self.lines, self._looked_at), daemon=True
            ),
            threading.Thread(
                target=_collect, args=(self.process.stderr, self.talk, self._looked_at), daemon=True
            ),
        ]
        for reader in self._readers:
            reader.start()

    def crashes_and_says(self, pattern: str) -> None:
        """It is killed and begun again, says this, and goes on when it is told to."""
        self.leave()
        self.start()
        assert self.awaits(rf"  guide +{pattern}", 20.0), self.talk
        self.carries_on()

    def carries_on(self) -> None:
        """It goes on when told to; told again, if sound has just failed on a busy machine."""
        for _ in range(3):
            self.falls_silent()
            self.hears("continue", "carry-on")
            if self.awaits("  phase +guiding", 5.0) or self.at_work:
                return
        raise AssertionError("it does not go on:\n" + self.printed)

    @property
    def at_work(self) -> bool:
        """Whether it runs, and guides through a step."""
        phases = [line.split()[2] for line in self.lines if "  phase " in line]
        return self.process.poll() is None and phases[-1:] == ["guiding"]

    @property
    def printed(self) -> str:
        """All that it has printed since it was begun."""
        return "\n".join([*self.lines, *self.talk])

    def skip(self) -> None:
        """Be done with all that it has printed."""
        self._read = len(self.lines)

    def awaits(self, pattern: str, seconds: float) -> bool:
        """Whether it prints such a line within so long; the lines up to there are then done with."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for number in range(self._read, len(self.lines)):
                if re.search(pattern, self.lines[number]):
                    self._read = number + 1
                    return True
            time.sleep(0.01)
        return False

    def hears(self, word: str, understood: str, *, patiently: bool = True) -> None:
        """A person says a word; when it was not heard, again as soon as nobody else speaks.

        The guide's own words are not taken from anybody while it says them. Not patiently: again at once, for
        one "stop" in ten is not heard over the narration, as the benchmarks measure.
        """
        for _ in range(3):
            self.room.say(word)
            if self.awaits(rf"  heard +{understood}\b", 6.0):
                return
            if patiently:
                self.falls_silent()
        raise AssertionError(f"{word!r} was not heard:\n" + self.printed)

    def falls_silent(self, seconds: float = 20.0) -> None:
        """It says what it has to say, to the end."""
        time.sleep(_ABOUT_TO_SPEAK_S)
        until = time.monotonic() + seconds
        while self.room.silence < 0.5:
            assert time.monotonic() < until
            time.sleep(0.02)

    def guides(self) -> None:
        """From the welcome to the instruction of the first step; it is talked over, as it may be."""
        assert self.awaits("  guide +Hello", 20.0), self.talk
        time.sleep(1.0)
        self.falls_silent()
        self.hears("start", "start")
        for _ in range(7):
            assert self.awaits(r"  guide .*\?$", 10.0)
            time.sleep(0.7)
            self.hears("no", "no")
        assert self.awaits("  phase +preparing", 10.0)
        time.sleep(0.7)
        self.hears("ready", "ready")
        assert self.awaits("  phase +guiding", 10.0), self.talk[-30:]

    def children(self) -> list[int]:
        """The programs that it has started."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(child) for thread in threads for child in thread.read_text().split()]

    @contextmanager
    def all_else_slow(self) -> Iterator[None]:
        """Nobody takes what it prints, and its voice stands still.

        Other programs leave it all of the processor: without, PulseAudio's virtual card itself stands still.
        """
        self._looked_at.clear()
        stopped = self.children()
        for child in stopped:
            os.kill(child, signal.SIGSTOP)
        try:
            for pipe in (self.process.stdout, self.process.stderr):
                assert pipe is not None
                _fill(self._other_end(pipe))
            yield
        finally:
            self._looked_at.set()
            for child in stopped:
                with suppress(ProcessLookupError):  # it was given up, and there is another
                    os.kill(child, signal.SIGCONT)

    def _other_end(self, pipe: IO[str]) -> Path:
        """Where it writes into one of our pipes, by whatever number."""
        ours = Path(f"/proc/self/fd/{pipe.fileno()}").readlink()
        its = Path(f"/proc/{self.process.pid}/fd").iterdir()
        return next(each for each in its if each.readlink() == ours)

    def leave(self) -> None:
        """For a test that failed, too."""
        with self.process:
            self.process.kill()
            for reader in self._readers:
                reader.join()

    def ends_by(self, which: signal.Signals) -> None:
        """It ends soon and quietly, and leaves nothing behind."""
        children = self.children()
        assert children
        self.process.send_signal(which)
        assert self.process.wait(10.0) == 130
        for reader in self._readers:
            reader.join(5.0)
        assert not any(Path(f"/proc/{child}").exists() for child in children)
        assert not [line for line in self.talk if line.startswith((" ", "Traceback", "Exception"))]


def _fill(pipe: Path) -> None:
    """Write into a pipe until no more goes in."""
    end = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    with suppress(BlockingIOError):
        while True:
            os.write(end, b"\n")
    os.close(end)


def _collect(pipe: IO[str], lines: list[str], looked_at: threading.Event) -> None:
    for line in pipe:
        lines.append(line.rstrip())
        looked_at.wait()


@contextmanager
def in_a_room(environment: dict[str, str], words: Path, folder: Path) -> Iterator[Guide]:
    folder.mkdir(exist_ok=True)
    with sound_card(folder) as card:
        room = Room(card, words)
        guide = Guide(room, environment, folder)
        try:
            yield guide
        finally:
            guide.leave()
            room.leave()

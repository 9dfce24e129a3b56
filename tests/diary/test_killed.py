"""A program that is killed has lost nothing of what it had written down."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.diary.writer import DEAD
from voice.diary.database import connect
from voice.diary.journal import Journal
from voice.session.events import SpeechFinished

KILLS = 50

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


@pytest.fixture
def told_until_killed(path: Path) -> Iterator[Callable[[float], list[int]]]:
    """Lets a program write for some seconds; all the events that it told of."""
    command = [sys.executable, "-m", "tests.diary.writer", str(path)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as writers:
        assert writers.stdin is not None
        assert writers.stdout is not None
        lines, orders = writers.stdout, writers.stdin

        def told(seconds: float) -> list[int]:
            orders.write("write\n")
            kill = threading.Timer(seconds, os.kill, [int(lines.readline()), signal.SIGKILL])
            kill.start()
            numbers = [int(line) for line in iter(lines.readline, f"{DEAD}\n")]
            kill.join()
            return numbers

        yield told
        orders.close()


def test_every_event_that_was_written_down_is_there_after_a_kill(
    path: Path, told_until_killed: Callable[[float], list[int]]
) -> None:
    draw = random.Random(4)  # noqa: S311 - repeatable, not secret
    there = 0
    for _ in range(KILLS):
        told = told_until_killed(draw.uniform(0.0, 0.15))
        with connect(path, write=True) as database:
            assert database.notice is None
            stretch = Journal(database).last()
        if stretch is None:  # killed before it began
            assert not told
            continue
        numbers = [event.utterance_id for _, event in stretch.events if isinstance(event, SpeechFinished)]
        assert numbers == list(range(len(stretch.events)))
        assert there + len(told) <= len(numbers) <= there + len(told) + 1  # one it had no time to tell of
        there = len(numbers)
        assert stretch.now in {0.0, there - 1.0, there - 0.5}
    assert there > KILLS

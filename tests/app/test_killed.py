"""Killed at any moment, it goes on where it was: nothing acted on is missing, and a stop stays a stop."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.app.kept_session import first, where
from voice.app.keeping import Keeping
from voice.diary import massages
from voice.diary.database import connect, file
from voice.diary.journal import Journal
from voice.session import advance
from voice.session.state import PhaseName

_STOPPED = {PhaseName.STOPPED, PhaseName.ASKING_ABOUT_PAIN}
_LEFT_S = 1.0
_MANY = 100
"""With so many kills some of everything is met."""


def killed(home: Path, seed: int, seconds: float) -> list[dict[str, object]]:
    """What a session has told before it was killed, so long after it had begun to tell."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.app.kept_session", str(seed)],
        env={**os.environ, "EASEUP_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(seconds)
        child.kill()
        told = [first, *child.stdout]
    return [json.loads(line) for line in told if line.endswith("\n")]


def found(seed: int) -> dict[str, object]:
    """Where the diary says that it was, and what becomes of it when it is taken up."""
    complaints: list[str] = []
    with ExitStack() as parts:
        recalled = Keeping.opened(parts, complaints.append).recall(first(seed))
    assert complaints == []
    state = recalled.state
    for event in recalled.catching_up:
        state = advance(state, event, recalled.now).state
    return {**where(recalled.state, recalled.now), "then": state.phase.name}


@pytest.mark.parametrize(
    "kills", [pytest.param(12, marks=pytest.mark.long), pytest.param(300, marks=pytest.mark.whole)]
)
def test_killed_again_and_again(kills: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EASEUP_HOME", str(tmp_path))
    chance = random.Random(kills)  # noqa: S311 - repeatable, not secret
    stopped = working = 0
    taken_up: dict[str, object] | None = None
    for number in range(kills):
        told = killed(tmp_path, number, chance.uniform(0.0, 1.0))
        assert all("complaint" not in each for each in told)
        if taken_up is not None:
            assert told[0] == {"acted": 0, **{name: taken_up[name] for name in told[0] if name != "acted"}}
        taken_up, last = found(number), told[-1]
        now, until = taken_up["now"], last["now"]
        assert isinstance(now, float)
        assert isinstance(until, float)
        assert now >= until - _LEFT_S
        if taken_up["utterances"] == last["utterances"] and taken_up["phase"] == last["phase"]:
            assert taken_up["beat"] == last["beat"]
            _near(taken_up["left"], last["left"])
            working += taken_up["worked"] not in {None, 0.0}
        if last["phase"] in _STOPPED and taken_up["phase"] == last["phase"]:
            assert taken_up["then"] == last["phase"], "a stop stays a stop"
            stopped += 1
    with connect(file(), write=False) as database:
        kept = massages.entries(database)
        stretch = Journal(database).last()
    if kills >= _MANY:
        assert stopped, "some were killed while stopped"
        assert working, "and some at work"
        assert kept, "which is in the diary"
    assert stretch is not None
    assert all(entry.began <= (entry.ended or entry.began) for entry in kept)
    assert len({(entry.began, entry.routine_id) for entry in kept}) == len(kept), "none is there twice"


def _near(one: object, other: object) -> None:
    if one is None or other is None:
        assert one is other
    else:
        assert isinstance(one, float)
        assert isinstance(other, float)
        assert abs(one - other) <= _LEFT_S

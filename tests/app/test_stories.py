"""The conversation's hard parts, played whole: a partner speaks, the recognizer hears, the guide answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.conftest import Easeup
from voice.language import Language

pytestmark = pytest.mark.long
STORIES = Path(__file__).parent / "stories"


def told(easeup: Easeup, story: str, out: Path) -> list[str]:
    """The transcript's lines without their times."""
    script = STORIES / f"{story}.yaml"
    done = easeup("rehearse", "lower-back-and-glutes", "--script", script, "--out", out)
    assert done.returncode == 0, done.stderr
    lines = (out / "transcript.txt").read_text(encoding="utf-8").splitlines()
    return [line.split(maxsplit=1)[1] for line in lines]


def missing(lines: list[str], *wanted: str) -> str | None:
    """The first of these beginnings that no line has after those before it; None: all come in this order."""
    ahead: Iterator[str] = iter(lines)
    for each in wanted:
        beginning = re.sub(r"^(\w+) ", lambda kind: f"{kind[1]:<10}", each)
        if not any(line.startswith(beginning) for line in ahead):
            return each
    return None


def test_sharp_pain_in_the_middle_of_a_hold(easeup: Easeup, tmp_path: Path) -> None:
    lines = told(easeup, "sharp-pain", tmp_path)
    lacks = missing(
        lines,
        "timer 5 Press the side of the hip, left side: running",
        "heard pain",
        "guide Stopped. Hands off. Is it sharp, numb or tingling, or only too hard?",
        "heard pain",
        "guide I am sorry. We leave that step alone for today. Say carry on",
        "phase stopped",
        "heard carry-on",
        "phase guiding",
        "timer 6 Press deep in the buttock, left side: running",
        "phase finished",
    )
    assert lacks is None, lines
    assert sum("5 Press the side of the hip" in line and "running" in line for line in lines) == 1


def test_a_leg_that_goes_numb(easeup: Easeup, tmp_path: Path) -> None:
    lines = told(easeup, "numbness", tmp_path)
    lacks = missing(
        lines,
        "heard numb",
        "guide Stopped. Hands off. That is enough massage for today. Please see a doctor",
        "phase finished",
    )
    assert lacks is None, lines
    assert not any("running" in line for line in lines[lines.index("phase     finished") :])


def test_a_yes_at_screening(easeup: Easeup, tmp_path: Path) -> None:
    lines = told(easeup, "a-yes-at-screening", tmp_path)
    lacks = missing(
        lines,
        "heard explain",
        "guide What was hurt in the last days needs rest, and a doctor to look at it. Any fresh injury",
        "heard yes",
        "guide Has a doctor looked at it, and allowed massage?",
        "heard no",
        "guide Then please ask a doctor before any massage.",
        "phase choosing",
    )
    assert lacks is None, lines
    assert not any("preparing" in line for line in lines)


def test_silence_at_a_check_in(easeup: Easeup, tmp_path: Path) -> None:
    lines = told(easeup, "silence-at-a-check-in", tmp_path)
    lacks = missing(
        lines,
        "phase checking-in",
        "guide Is the pressure right, or should it be lighter?",
        "phase guiding",
        "heard where-am-i",
        "timer 2 Kneading beside the spine, left side: stopped after",
    )
    assert lacks is None, lines
    assert sum(line == "phase     checking-in" for line in lines) == 1


def test_a_question_and_an_errand_during_a_timer(easeup: Easeup, tmp_path: Path) -> None:
    lines = told(easeup, "a-question-during-a-timer", tmp_path)
    lacks = missing(
        lines,
        "timer 1 Long glide: running",
        "heard ask",
        "timer 1 Long glide: stopped after",
        "guide Any oil will do, and almond, coconut or olive oil is good.",
        "timer 1 Long glide: running",
        "heard fetch",
        "timer 1 Long glide: stopped after",
        "phase paused",
        "heard ready",
        "timer 1 Long glide: running",
        "phase finished",
    )
    assert lacks is None, lines
    events = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text().splitlines()]
    *_, asked = (each["at"] for each in events if each.get("intent") == "how-long")
    worked = sum(
        min(each["until"], asked) - each["at"]
        for each in events
        if each["type"] == "work" and each["at"] < asked
    )
    (answer,) = (each["text"] for each in events if each["type"] == "narration" and each["at"] == asked)
    said = re.search(r"(?:has )?((?:one|two) minutes?[a-z ]*?|[a-z -]+ seconds) left", answer.lower())
    assert said is not None, answer
    left = Language.load().commands().match(f"add {said[1]}")
    assert left is not None
    assert left.seconds == pytest.approx(120.0 - worked, abs=1.0)

"""Every routine from "start" to "finished" by voice: with "next" at every stroke, and in its own time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.app.conftest import Easeup
from voice.routine import shelf
from voice.routine.screening import QUESTIONS
from voice.session.plan import Beat, Plan

_BEGIN = (
    "partner: {voice: gmw/en-gb-x-rp, rate: 140}",
    "say:",
    "  - {text: start, after: narration}",
    *len(QUESTIONS) * ('  - {text: "no", after: question, wait: 1.5s}',),
    "  - {text: ready, after: question, wait: 2s}",
)
every_routine = pytest.mark.parametrize("plan", shelf(), ids=lambda plan: plan.routine_id)


def rehearsed(easeup: Easeup, plan: Plan, script: Iterable[str], folder: Path) -> list[dict[str, Any]]:
    """What happened, in order; it went to the end, and everything said was understood."""
    file, out = folder / "script.yaml", folder / "out"
    file.write_text("\n".join((*_BEGIN, *script)), encoding="utf-8")
    done = easeup("rehearse", plan.routine_id, "--script", file, "--out", out)
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in (out / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [each["name"] for each in events if each["type"] == "phase"][-2:] == ["finished", "choosing"]
    rejected = [each for each in events if each["type"] == "rejected"]
    assert [each for each in rejected if each["reason"] != "own-voice"] == []  # that nobody else has said
    return events


def beats_worked(events: Iterable[dict[str, Any]]) -> list[tuple[int, str | None]]:
    return [(each["step_number"], each["side"]) for each in events if each["type"] == "work"]


def beats_planned(beats: Iterable[Beat]) -> list[tuple[int, str | None]]:
    return [(beat.step_number, None if beat.side is None else str(beat.side)) for beat in beats]


@pytest.mark.long
@every_routine
def test_every_stroke_of_it_is_reached(easeup: Easeup, tmp_path: Path, plan: Plan) -> None:
    script = [f"  - {{text: next, after: {beat.step_id}, wait: 1s}}" for beat in plan.beats]
    events = rehearsed(easeup, plan, script, tmp_path)
    assert beats_worked(events) == beats_planned(plan.beats)


@pytest.mark.whole
@every_routine
def test_it_is_guided_in_its_own_time(easeup: Easeup, tmp_path: Path, plan: Plan) -> None:
    events = rehearsed(easeup, plan, (), tmp_path)
    assert beats_worked(events) == beats_planned(plan.beats)
    worked = [each["until"] - each["at"] for each in events if each["type"] == "work"]
    assert worked == pytest.approx([beat.duration for beat in plan.beats], abs=0.02)

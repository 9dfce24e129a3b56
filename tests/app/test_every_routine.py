"""Every routine from "start" to "finished" by voice, at its own pace; the partner says what is needed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.app.conftest import Easeup
from voice.routine import shelf
from voice.session.plan import Plan

pytestmark = pytest.mark.long
_SCRIPT = (
    """
partner: {voice: gmw/en-gb-x-rp, rate: 140}
say:
  - {text: start, after: narration}
"""
    + 7 * '  - {text: "no", after: question}\n'
    + "  - {text: ready, after: question, wait: 2s}\n"
)
_SETTLED_S = 0.02
"""The lock-step hears every 10 ms."""


@pytest.mark.parametrize("plan", shelf(), ids=lambda plan: plan.routine_id)
def test_it_is_guided_whole_in_its_own_time(easeup: Easeup, tmp_path: Path, plan: Plan) -> None:
    script, out = tmp_path / "script.yaml", tmp_path / "out"
    script.write_text(_SCRIPT, encoding="utf-8")
    done = easeup("rehearse", plan.routine_id, "--script", script, "--out", out)
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in (out / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    phases = [each["name"] for each in events if each["type"] == "phase"]
    assert phases[-2:] == ["finished", "choosing"]
    assert [each["type"] for each in events].count("rejected") == 0
    worked: dict[int, float] = {}
    for each in events:
        if each["type"] == "work":
            step = each["step_number"]
            worked[step] = worked.get(step, 0.0) + each["until"] - each["at"]
    planned: dict[int, float] = {}
    for beat in plan.beats:
        planned[beat.step_number] = planned.get(beat.step_number, 0.0) + (beat.duration or 0.0)
    assert worked == pytest.approx(planned, abs=_SETTLED_S * len(plan.beats))

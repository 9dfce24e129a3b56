"""The whole of it: a massage from "start" to "finished" by voice, through real recognition and synthesis."""

from __future__ import annotations

import json
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import soundfile

from tests.app.conftest import Easeup

SCRIPT = Path(__file__).parent / "whole-massage.yaml"
MEANT = {
    "start": "start",
    "no": "no",
    "again": "repeat",
    "ready": "ready",
    "firmer": "firmer",
    "lighter": "lighter",
    "how long": "how-long",
    "repeat": "repeat",
    "next": "next",
    "pause": "pause",
    "continue": "carry-on",
    "slower": "slower",
    "thirty seconds more": "more-time",
    "back": "back",
    "skip": "skip",
    "ouch": "pain",
    "too hard": "too-much",
    "switch sides": "switch-sides",
    "stop": "stop",
    "quicker": "faster",
    "where am i": "where-am-i",
    "louder": "louder",
    "help": "help",
    "quieter": "quieter",
    "finish": "finish",
    "yes": "yes",
}
"""What each remark of the script asks for."""

Event = dict[str, Any]


@pytest.fixture(scope="module")
def out(easeup: Easeup, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rehearsal") / "out"
    done = easeup("rehearse", "lower-back-strokes", "--script", SCRIPT, "--out", folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def events(out: Path) -> list[Event]:
    return [json.loads(line) for line in (out / "events.jsonl").read_text().splitlines()]


def of(events: list[Event], kind: str) -> list[Event]:
    return [event for event in events if event["type"] == kind]


@pytest.mark.long
def test_every_remark_is_heard_as_what_was_meant(events: list[Event]) -> None:
    remarks, heard = of(events, "partner"), of(events, "heard")
    assert [MEANT[remark["text"]] for remark in remarks] == [event["intent"] for event in heard]
    for remark, event in zip(remarks, heard, strict=True):
        assert remark["at"] < event["at"] < remark["until"] + 1.5


@pytest.mark.long
def test_the_script_asks_for_all_that_a_massage_needs() -> None:
    wanted = {"next", "repeat", "lighter", "firmer", "how-long", "pause", "carry-on", "back"}
    assert wanted | {"more-time", "pain", "stop", "finish"} <= set(MEANT.values())


@pytest.mark.long
def test_it_goes_through_every_phase_and_ends_standing_by(events: list[Event]) -> None:
    phases = [event["name"] for event in of(events, "phase")]
    assert phases[0] == phases[-1] == "choosing"
    assert phases[-2] == "finished"
    assert {"screening", "preparing", "guiding", "paused", "asking-about-pain", "stopped"} <= set(phases)


@pytest.mark.long
def test_every_step_was_worked(events: list[Event]) -> None:
    assert {event["step_number"] for event in of(events, "work")} == {1, 2, 3, 4, 5, 6}


@pytest.mark.long
def test_stop_and_pain_silence_the_work_at_once(events: list[Event]) -> None:
    for event in of(events, "heard"):
        if event["intent"] in {"stop", "pain"}:
            assert any(work["until"] == event["at"] for work in of(events, "work"))
            said = next(each for each in of(events, "narration") if each["at"] == event["at"])
            assert said["text"].startswith("Stopped. Hands off.")


@pytest.mark.long
def test_next_does_not_leave_stopped(events: list[Event]) -> None:
    stopped = next(event for event in of(events, "phase") if event["name"] == "stopped")
    within = [e["intent"] for e in of(events, "heard") if stopped["at"] < e["at"] <= stopped["until"]]
    assert within == ["next", "carry-on"]


@pytest.mark.long
def test_one_voice_at_a_time(events: list[Event]) -> None:
    narration = of(events, "narration")
    for before, after in pairwise(narration):
        assert before["until"] <= after["at"]


@pytest.mark.long
def test_the_guide_never_hears_itself(events: list[Event]) -> None:
    theirs = {*MEANT, "finished"}  # as "finish" is heard there, which asks for the same
    assert not [event for event in of(events, "heard") if event["text"] not in theirs]
    assert len(of(events, "rejected")) <= 5


@pytest.mark.long
def test_the_sound_is_listenable(out: Path, events: list[Event]) -> None:
    sound, rate = soundfile.read(out / "room.wav", dtype="float32")
    assert rate == 16_000
    assert abs(len(sound) / rate - max(event.get("until", 0.0) for event in events)) < 0.1
    assert np.abs(sound).max() < 1.0
    for kind, least, most in (("narration", -32, -14), ("partner", -30, -14)):
        for event in of(events, kind):
            part = sound[int(event["at"] * rate) : int(event["until"] * rate)]
            assert least < 20 * np.log10(np.sqrt(np.square(part).mean())) < most, event


@pytest.mark.long
def test_the_picture_is_an_svg(out: Path) -> None:
    assert ET.parse(out / "timeline.svg").getroot().tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - our own


SHORT = """
partner: {voice: gmw/en-gb-x-rp, rate: 140}
say:
  - {text: start, after: narration}
  - {text: "no", after: question}
  - {text: stop, after: question}
"""


def test_the_same_script_gives_the_same_transcript(easeup: Easeup, tmp_path: Path) -> None:
    script = tmp_path / "short.yaml"
    script.write_text(SHORT, encoding="utf-8")
    first, again = tmp_path / "first", tmp_path / "again"
    for out in (first, again):
        assert easeup("rehearse", "lower-back-strokes", "--script", script, "--out", out).returncode == 0
    for name in ("transcript.txt", "events.jsonl", "timeline.svg", "room.wav"):
        assert (again / name).read_bytes() == (first / name).read_bytes(), name
    assert "heard     stop" in (first / "transcript.txt").read_text(encoding="utf-8")


@pytest.mark.long
def test_the_bundled_rehearsal_plays_where_there_is_no_sound(
    easeup: Easeup, environment: dict[str, str]
) -> None:
    doctor = json.loads(easeup("doctor", "--json").stdout)
    if all(finding["ok"] for finding in doctor if finding["part"] in {"microphone", "loudspeaker"}):
        pytest.skip("this machine has a sound device")
    done: subprocess.CompletedProcess[str] = easeup()
    assert done.returncode == 0, done.stderr
    first, second, third = done.stderr.splitlines()
    assert first.startswith("easeup: ")
    assert "rehearsal" in second
    room = Path(third.removeprefix("easeup: what was heard in the room: "))
    assert room.is_relative_to(environment["XDG_CACHE_HOME"])
    assert soundfile.info(room).duration > 120
    assert "heard     next" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("choosing")

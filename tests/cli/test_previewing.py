"""`easeup preview` as its user has it, with the real voice."""

from __future__ import annotations

import signal
import subprocess
import time
from itertools import pairwise
from pathlib import Path

import pytest

from tests.app.conftest import COMMAND, Easeup
from tests.cli.conftest import complaint
from voice.audio.format import RATE, Samples, rms
from voice.audio.wav import read
from voice.routine.screening import QUESTIONS

ROUTINE = """\
id: short
title: A short one
for: partner
position: lying on one side
steps:
  - {id: glide, title: Glide, region: [back], technique: glide, pressure: 2, duration: 7s, tempo: 30, say: Glide up., cues: [{at: 3s, say: Slowly.}]}
  - {id: press, title: Press, region: [back], technique: press, pressure: 2, hold: 3s, sides: [left, right], say: Lean in.}
  - {id: rest, title: Rest, region: [back], technique: rest, pressure: 1, until: next, say: Rest., cues: [{at: 4s, say: Breathe.}]}
"""  # noqa: E501 - one line a step

Label = tuple[float, float, str]


@pytest.fixture(scope="module")
def routine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("routine") / "short.yaml"
    file.write_text(ROUTINE, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def rendered(easeup: Easeup, routine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("rendered") / "new" / "short.wav"
    done = easeup("preview", routine, "--out", out)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{out}\n{out.with_name('short.labels.txt')}\n"
    return out


@pytest.fixture(scope="module")
def sound(rendered: Path) -> Samples:
    return read(rendered)


@pytest.fixture(scope="module")
def labels(rendered: Path) -> list[Label]:
    text = rendered.with_name("short.labels.txt").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()]
    return [(float(begin), float(end), words) for begin, end, words in rows]


def heard(sound: Samples, begin: float, end: float) -> float:
    return rms(sound[round(begin * RATE) : round(end * RATE)])


def test_all_that_has_to_be_said_is_said_and_nothing_else(labels: list[Label]) -> None:
    said = [words.removeprefix("heard: ") for _, _, words in labels if words.startswith("heard: ")]
    assert said == ["start", *len(QUESTIONS) * ["no"], "ready", "next"]


def test_it_is_whole_from_the_welcome_to_the_closing_words(labels: list[Label]) -> None:
    told = " ".join(words for _, _, words in labels)
    for part in (
        "Hello.",
        "lying on one side",
        "Glide up.",
        "Slowly.",
        "Hold for three seconds",
        "Two.",
        "One.",
    ):
        assert part in told
    assert "right side" in told
    assert told.rindex("A short one") > told.index("Breathe.")


def test_the_timing_beside_it_is_that_of_the_sound(sound: Samples, labels: list[Label]) -> None:
    assert labels == sorted(labels, key=lambda label: label[0])
    assert len(sound) / RATE == pytest.approx(labels[-1][1] + 1.0, abs=0.1)
    narrations = [(begin, end) for begin, end, words in labels if words.startswith("guide: ")]
    for begin, end in narrations:
        assert heard(sound, begin, end) > 0.02
    last_question = next(end for _, end, words in labels if words.startswith("guide: A short one"))
    for (_, end), (begin, _) in pairwise(narrations):
        if end <= last_question:  # after it there are earcons and the beat, too
            assert heard(sound, end, begin) < 0.002
    # The silences around what is said to it, and the lengths of the work.
    at = {words: (begin, end) for begin, end, words in labels}
    assert at["timer: 1 Glide: running"][1] - at["timer: 1 Glide: running"][0] == pytest.approx(7, abs=0.05)
    rest = at["timer: 3 Rest: running"]
    assert at["heard: next"][0] == pytest.approx(rest[1], abs=0.02)
    assert rest[1] - at["guide: Breathe."][1] == pytest.approx(10.0, abs=0.05)


def test_the_beat_can_be_heard(sound: Samples, labels: list[Label]) -> None:
    begin, end = next((begin, end) for begin, end, words in labels if words == "timer: 1 Glide: running")
    for at in (begin + 2.0, begin + 4.0):  # of thirty strokes a minute
        assert at + 0.1 < end
        assert heard(sound, at, at + 0.1) > 5 * heard(sound, at - 0.3, at - 0.1)


def test_the_same_again_is_the_same_sound(
    easeup: Easeup, routine: Path, rendered: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.WAV"
    again.write_bytes(b"an older one")
    assert easeup("preview", routine, "--out", again).returncode == 0
    assert again.read_bytes() == rendered.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again.WAV", "again.labels.txt"]


@pytest.mark.parametrize("interruption", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_leaves_what_was_there(
    environment: dict[str, str], tmp_path: Path, interruption: signal.Signals
) -> None:
    out = tmp_path / "mine.wav"
    out.write_bytes(b"an older one")
    command = [*COMMAND, "preview", "lower-back-strokes", "--out", str(out)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while len(list(tmp_path.iterdir())) < 2:
            assert process.poll() is None
            time.sleep(0.02)
        time.sleep(0.5)
        process.send_signal(interruption)
        _, talk = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in talk
    assert list(tmp_path.iterdir()) == [out]
    assert out.read_bytes() == b"an older one"


def test_a_place_that_cannot_be_written(easeup: Easeup) -> None:
    said = complaint(easeup("preview", "lower-back-strokes", "--out", "/proc/mine.wav"))
    assert said.startswith("easeup: /proc/mine.wav: can't be written")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("lower-back-strokes", "--out", "mine.mp3"), "a WAV is written; call it mine.wav"),
        (("lower-back-strokes",), "Missing option '--out'"),
        (("lower-bak-strokes", "--out", "mine.wav"), 'did you mean "lower-back-strokes"?'),
    ],
)
def test_what_cannot_be_asked_for(easeup: Easeup, arguments: tuple[str, ...], words: str) -> None:
    done = easeup("preview", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr

"""What the commands print, and how they end when something is wrong."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import jsonschema
import pytest

from tests.app.conftest import COMMAND, Easeup

SCRIPT = Path(__file__).parent / "whole-massage.yaml"


def test_routines_and_show(easeup: Easeup) -> None:
    assert "lower-back-strokes" in easeup("routines").stdout
    table = easeup("show", "lower-back-strokes").stdout
    assert "Side pulls" in table
    assert "8m30s" in table


def test_schema_is_a_json_schema(easeup: Easeup) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(easeup("schema").stdout))


def test_check_gives_every_problem_at_its_place(easeup: Easeup, tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("id: broken\ntitel: Broken\nfor: partner\nposition: lying\nsteps: []\n")
    done = easeup("check", file)
    assert done.returncode == 1
    assert f'{file}:2:1: unknown key "titel"; did you mean "title"?' in done.stderr
    assert f"{file}:5:" in done.stderr


def test_check_of_a_fine_file(easeup: Easeup, tmp_path: Path) -> None:
    file = tmp_path / "fine.yaml"
    file.write_text(
        "id: fine\ntitle: Fine\nfor: self\nposition: sitting\nsteps:\n"
        "  - {id: a, title: A, region: [b], technique: c, pressure: 1, until: next, say: Rest.}\n"
    )
    assert easeup("check", file).returncode == 0


def test_doctor_names_every_part(easeup: Easeup) -> None:
    found = {finding["part"]: finding for finding in json.loads(easeup("doctor", "--json").stdout)}
    assert set(found) == {"voice", "microphone", "loudspeaker", "echo", "model", "commands"}
    assert found["voice"]["ok"]
    assert found["model"]["ok"]
    assert found["commands"]["says"] == "all can be heard"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("show", "lower-bak-strokes"), 2, 'did you mean "lower-back-strokes"?'),
        (("show", "nowhere.yaml"), 1, "nowhere.yaml:1:1: "),
        (("try", "nothing"), 2, "no routine"),
        (("check",), 2, "Missing argument"),
        (("check", "nowhere.yaml"), 1, "nowhere.yaml"),
        (("rehearse", "--script", "nowhere.yaml", "--out", "out"), 1, "nowhere.yaml"),
        (("rehearse", "--script", SCRIPT), 2, "--out"),
        (("rehearse", "--script", SCRIPT, "--out", "/proc/nowhere/out"), 2, "/proc/nowhere"),
        (("run", "--model", "/nowhere"), 2, "--model /nowhere: there is no such folder"),
        (("run", "--microphone-file", "nowhere.wav", "--loudspeaker-file", "out.wav"), 2, "nowhere.wav"),
        (("frobnicate",), 2, "No such command"),
    ],
)
def test_what_a_user_can_cause_ends_in_a_plain_line(
    easeup: Easeup, arguments: tuple[str | Path, ...], code: int, words: str
) -> None:
    done = easeup(*arguments)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_model_named_by_the_environment(easeup: Easeup, tmp_path: Path) -> None:
    done = easeup("run", EASEUP_MODEL=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith(f"easeup: EASEUP_MODEL {tmp_path}: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_script_for_another_routine(easeup: Easeup, tmp_path: Path) -> None:
    script = tmp_path / "script.yaml"
    script.write_text("partner: {voice: gmw/en}\nsay:\n  - {text: next, after: circels}\n")
    done = easeup("rehearse", "lower-back-strokes", "--script", script, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert f"{script}:3:25: " in done.stderr
    assert 'did you mean "circles"?' in done.stderr


def test_an_unknown_voice(easeup: Easeup, tmp_path: Path) -> None:
    script = tmp_path / "script.yaml"
    script.write_text("partner: {voice: gmw/en-gb-x-rq}\nsay:\n  - {text: next, at: 1s}\n")
    done = easeup("rehearse", "--script", script, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "gmw/en-gb-x-rp" in done.stderr


def test_a_partner_who_waits_in_vain(easeup: Easeup, tmp_path: Path) -> None:
    script = tmp_path / "script.yaml"
    script.write_text("partner: {voice: gmw/en}\nsay:\n  - {text: next, after: timer}\n")
    done = easeup("rehearse", "lower-back-strokes", "--script", script, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "waited in vain" in done.stderr
    assert (tmp_path / "out" / "transcript.txt").exists()


def test_a_session_on_files(easeup: Easeup, tmp_path: Path) -> None:
    script = tmp_path / "script.yaml"
    script.write_text("partner: {voice: gmw/en-gb-x-rp, rate: 140}\nsay:\n  - {text: help, at: 14s}\n")
    assert easeup("rehearse", "--script", script, "--out", tmp_path / "room").returncode == 0
    heard = tmp_path / "room" / "room.wav"  # what a bystander heard is good enough for a microphone
    done = easeup("run", "--microphone-file", heard, "--loudspeaker-file", tmp_path / "played.wav")
    assert done.returncode == 0, done.stderr
    assert "heard     help" in done.stdout
    assert (tmp_path / "played.wav").stat().st_size > 100_000


@pytest.mark.parametrize("arguments", [("try",), ("rehearse", "--script", SCRIPT, "--out", "out")])
def test_an_interruption_ends_quietly(
    environment: dict[str, str], tmp_path: Path, arguments: tuple[str | Path, ...]
) -> None:
    with subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        time.sleep(4.0)
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        process.send_signal(signal.SIGINT)
        _, talk = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in talk


def test_somebody_who_reads_only_the_first_line(environment: dict[str, str], tmp_path: Path) -> None:
    command = f"{COMMAND[0]} -m voice schema | head -n 1"
    done = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "{\n"
    assert done.stderr == ""


def test_a_recording_is_not_replaced_by_what_is_played(easeup: Easeup, tmp_path: Path) -> None:
    file = tmp_path / "heard.wav"
    file.write_bytes(b"precious")
    done = easeup("run", "--microphone-file", file, "--loudspeaker-file", file)
    assert done.returncode == 2
    assert "would replace" in done.stderr
    assert file.read_bytes() == b"precious"

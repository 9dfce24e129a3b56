"""The same session loop by text."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from yaml import safe_load

from tests.app.conftest import COMMAND, Easeup
from voice.language import Language
from voice.language.prompt_file import read_prompts
from voice.resources import folder
from voice.routine import shelf
from voice.session.intents import IntentName
from voice.session.plan import Plan

BEGIN = "start\nno\nno\nno\nno\nno\nno\nno\nready\n"


def said(transcript: str, who: str) -> list[str]:
    lines = (line.split(maxsplit=2) for line in transcript.splitlines())
    return [line[2] for line in lines if line[1] == who]


def test_a_whole_massage_with_nothing_but_ready(easeup: Easeup) -> None:
    done = easeup("try", "lower-back-strokes", "--fast", typed=BEGIN)
    assert done.returncode == 0
    assert done.stderr == ""
    assert len([sound for sound in said(done.stdout, "sound") if sound == "time-up"]) == 7, "a side is a beat"
    assert said(done.stdout, "phase")[-2:] == ["finished", "choosing"]


def test_a_line_waits_for_the_narration_and_an_at_line_lets_time_pass(easeup: Easeup) -> None:
    done = easeup("try", "lower-back-strokes", "--fast", typed=f"{BEGIN}@20s\nhow long\n")
    lines = done.stdout.splitlines()
    began = next(line for line in lines if "timer" in line)
    asked = next(line for line in lines if "heard     how-long" in line)
    assert seconds(asked) - seconds(began) == 18.0  # hands settled for two


def seconds(line: str) -> float:
    minutes, rest = line.split(maxsplit=1)[0].split(":")
    return int(minutes) * 60 + float(rest)


def test_commands_that_the_model_cannot_hear_work_by_text(easeup: Easeup) -> None:
    asked = "where am I\nwhat's next\nwhy\ngo to step 4\ngo to finger run\nnumb\n"
    done = easeup("try", "lower-back-strokes", "--fast", typed=f"list routines\n{BEGIN}{asked}")
    heard = [line.split()[0] for line in said(done.stdout, "heard")]
    assert heard[0] == "list-routines"
    assert heard[-6:] == ["where-am-i", "whats-next", "why", "go-to-step,", "go-to-step,", "numb"]
    assert "doctor" in said(done.stdout, "guide")[-1], "numbness ends with advice"


@pytest.mark.parametrize("asked", ["start six", "number 6", "start the lower back strokes"])
def test_a_routine_is_chosen_by_number_or_by_name(easeup: Easeup, asked: str) -> None:
    done = easeup("try", "--fast", typed=f"start\n{asked}\n{BEGIN.removeprefix('start')}where am i\n")
    lines = said(done.stdout, "guide")
    assert "Which one would you like? " in lines[1]
    assert "Five strokes for the lower back. It takes" in "\n".join(lines)
    assert "We are on step one of six: Glide and fan." in lines


def test_every_question_is_answered(easeup: Easeup) -> None:
    topics = safe_load((folder("prompts") / "en" / "commands.yaml").read_text(encoding="utf-8"))["questions"]
    answers = read_prompts(folder("prompts") / "en" / "prompts.yaml").terms.answer
    commands = Language.load().commands()
    asked = {
        found.about: text for text in commands.phrases([IntentName.ASK]) if (found := commands.match(text))
    }
    assert set(asked) == set(topics) == set(answers)
    done = easeup("try", "--fast", typed="\n".join(asked.values()))
    assert said(done.stdout, "guide")[1:] == [answers[str(topic)] for topic in asked]


@pytest.mark.parametrize("number", range(1, len(shelf()) + 1))
def test_every_routine_is_reached(easeup: Easeup, number: int) -> None:
    done = easeup("try", "--fast", typed=BEGIN.replace("start", f"start {number}"))
    plan = shelf()[number - 1]
    told = said(done.stdout, "guide")
    assert any(f"tep one: {plan.beats[0].title}." in line for line in told)
    assert any(plan.title in line for line in told[-1:])


TWO_PEOPLE = re.compile(
    r"\b(both of you|you are both|your partner|the person|ask them|Lie still for a while)\b"
)


@pytest.mark.parametrize("plan", [each for each in shelf() if each.alone], ids=lambda plan: plan.routine_id)
@pytest.mark.parametrize(
    "then",
    ["", "stop\ncarry on\n", "ouch\nsharp\ncarry on\n", "ouch\ntoo hard\n", "numb\n", "pause\nfinish\nyes\n"],
)
def test_who_is_alone_is_not_spoken_to_as_two(easeup: Easeup, plan: Plan, then: str) -> None:
    done = easeup("try", plan.routine_id, "--fast", typed=f"{BEGIN}@20s\n{then}")
    assert said(done.stdout, "phase")[-1] == "choosing"
    assert [line for line in said(done.stdout, "guide") if TWO_PEOPLE.search(line)] == []


def test_what_is_no_command_gets_a_hint(easeup: Easeup) -> None:
    done = easeup("try", "--fast", typed="strat\nxyzzy\n")
    assert 'did you mean "start"?' in done.stderr
    assert "help" in done.stderr.splitlines()[-1]
    assert done.returncode == 0


def test_a_wrong_wait_is_said_and_left_out(easeup: Easeup) -> None:
    done = easeup("try", "--fast", typed="@soon\nstart\n")
    assert '"@soon"' in done.stderr
    assert "heard     start" in done.stdout


def test_comments_and_empty_lines_say_nothing(easeup: Easeup) -> None:
    done = easeup("try", "--fast", typed="# a comment\n\nstart\n")
    assert said(done.stdout, "heard") == ["start"]


def test_a_routine_file_of_ones_own(easeup: Easeup, tmp_path: Path) -> None:
    file = tmp_path / "two-minutes.yaml"
    file.write_text(
        "id: two-minutes\ntitle: Two minutes\nfor: self\nposition: sitting\nsteps:\n"
        "  - {id: rub, title: Rub, region: [neck], technique: friction, pressure: 2, hold: 20s,"
        " sides: [left, right], say: Hold your neck.}\n"
    )
    done = easeup("try", file, "--fast", typed=BEGIN)
    assert done.returncode == 0, done.stderr
    assert [line for line in said(done.stdout, "guide") if line in {"Five.", "One."}] == ["Five.", "One."] * 2
    assert said(done.stdout, "phase")[-1] == "choosing"


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("could you please stop", "stop"),
        ("Stop, I have to sneeze!", "stop"),
        ("ow ow ow", "pain"),
        ("oh that hurts", "pain"),
    ],
)
def test_a_stop_counts_among_other_words(easeup: Easeup, typed: str, intent: str) -> None:
    done = easeup("try", "lower-back-strokes", "--fast", typed=f"{BEGIN}{typed}\n")
    assert said(done.stdout, "heard")[-1].split()[0] == intent


def test_what_the_guide_says_fits_what_it_did(easeup: Easeup) -> None:
    typed = f"{BEGIN}lighter\nouch\ntoo hard\nslower\nslower\nadd one minute thirty\nhow long\n"
    lines = said(easeup("try", "lower-back-strokes", "--fast", typed=typed).stdout, "guide")
    told = "\n".join(lines)
    assert "Then hardly any pressure at all. Say skip to leave this step." in told
    assert re.search(r"five strokes a minute[\s\S]*four strokes a minute", told)
    assert re.search(r"One minute thirty added\. \w+ minutes( \w+)* left\.|That makes", told)


def test_closed_input_is_an_empty_one(environment: dict[str, str], tmp_path: Path) -> None:
    command = f"{COMMAND[0]} -m voice try --fast <&-"
    done = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Hello." in done.stdout

"""The commands of people who write routines, as their user has them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.app.conftest import COMMAND, Easeup
from tests.cli.conftest import complaint


@pytest.fixture
def own(tmp_path: Path) -> dict[str, str]:
    """Where one's own things lie, as variables of the environment."""
    return {"XDG_DATA_HOME": str(tmp_path / "data")}


def lying(own: dict[str, str]) -> Path:
    return Path(own["XDG_DATA_HOME"], "easeup", "routines")


def test_a_new_routine_is_among_ones_own_and_without_faults(easeup: Easeup, own: dict[str, str]) -> None:
    made = easeup("new", "evening-back", **own)
    file = lying(own) / "evening-back.yaml"
    assert (made.returncode, made.stdout) == (0, f"{file}\n")
    for command in ("check", "show", "try", "preview", "run"):
        assert f"  easeup {command} evening-back" in made.stderr
    assert easeup("check", "evening-back", **own).stderr == f"{file}: fine\n"
    assert "Evening back (evening-back)" in easeup("show", "evening-back", **own).stdout
    assert "  2 min of work  Evening back" in easeup("routines", **own).stdout.splitlines()[-1]


def test_a_new_routine_in_a_folder_that_is_named(easeup: Easeup, own: dict[str, str], tmp_path: Path) -> None:
    made = easeup("new", "evening-back", "--out", tmp_path / "here", **own)
    file = tmp_path / "here" / "evening-back.yaml"
    assert made.stdout == f"{file}\n"
    assert f"easeup check {file}" in made.stderr
    assert easeup("check", file, **own).returncode == 0
    assert not lying(own).exists()


def test_nothing_is_written_over(easeup: Easeup, own: dict[str, str]) -> None:
    easeup("new", "mine", **own)
    file = lying(own) / "mine.yaml"
    file.write_text("precious", encoding="utf-8")
    said = complaint(easeup("new", "mine", **own))
    assert said == f"easeup: {file}: there is a routine already; choose another id"
    assert file.read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("Evening Back", "such as evening-back"),
        ("../up", "such as up"),
        ("a--b", "such as a-b"),
        ("", "such as evening-back"),
        ("lower-back-strokes", "comes with easeup; choose another"),
        ("CON", "such as my-con"),
        ("com1", '"com1" is no name for a file on Windows; choose another, such as my-com1'),
        ("a" * 65, "an id of 65 characters; a file is called by it, so 64 is most"),
    ],
)
def test_an_id_that_cannot_be(easeup: Easeup, own: dict[str, str], given: str, words: str) -> None:
    assert words in complaint(easeup("new", given, **own))
    assert not lying(own).exists() or not list(lying(own).iterdir())


def test_a_routine_of_ones_own_that_is_broken_is_told_and_left_out(
    easeup: Easeup, own: dict[str, str]
) -> None:
    easeup("new", "mine", **own)
    file = lying(own) / "mine.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("pressure: 1", "pressure: 9"), encoding="utf-8")
    listed = easeup("routines", **own)
    assert listed.returncode == 0
    assert "mine" not in listed.stdout
    assert listed.stderr.endswith(": should be 5 or less, not 9\n")
    held = easeup("try", "--fast", typed="list routines\n", **own)
    assert held.returncode == 0, held.stderr
    assert "Five strokes for the lower back" in held.stdout


@pytest.mark.skipif(shutil.which("script") is None, reason="needs a terminal of util-linux")
@pytest.mark.parametrize(
    ("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_bars_are_coloured_where_a_terminal_has_colours(
    environment: dict[str, str], tmp_path: Path, variables: dict[str, str], coloured: bool
) -> None:
    shown = tmp_path / "shown"
    command = f"{COMMAND[0]} -m voice show lower-back-strokes"
    subprocess.run(
        ["script", "-qec", command, str(shown)],
        env={**environment, "TERM": "xterm", **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert ("\x1b[" in shown.read_text(encoding="utf-8")) is coloured


def test_a_timetable_in_a_pipe_is_plain(easeup: Easeup) -> None:
    shown = easeup("show", "lower-back-strokes").stdout
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_routine_goes_out_and_comes_back(easeup: Easeup, own: dict[str, str], tmp_path: Path) -> None:
    easeup("new", "evening-back", **own)
    out = tmp_path / "evening-back.json"
    done = easeup("export", "evening-back", "--format", "howto", "--out", out, **own)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{out}\n", "")
    printed = easeup("export", "evening-back", **own).stdout
    assert printed == out.read_text(encoding="utf-8")
    assert json.loads(printed)["@type"] == "HowTo"
    before = easeup("show", "evening-back", **own).stdout

    there = complaint(easeup("import", out, **own))
    assert "there is a routine already; choose another id" in there

    (lying(own) / "evening-back.yaml").unlink()
    made = easeup("import", out, **own)
    assert (made.returncode, made.stdout) == (0, f"{lying(own) / 'evening-back.yaml'}\n")
    assert "assumed" not in made.stderr
    assert "  easeup check evening-back  #" in made.stderr
    assert easeup("show", "evening-back", **own).stdout == before


def test_a_howto_by_others_comes_in_with_what_was_assumed(
    easeup: Easeup, own: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "calf.json"
    file.write_text(json.dumps({"@type": "HowTo", "name": "Calf", "step": ["Rub it.", "Rest now."]}))
    made = easeup("import", file, **own)
    assert made.returncode == 0
    assert f'easeup: what {file} does not say is marked "assumed": for, position, ' in made.stderr
    assert "pressure (2 times)" in made.stderr
    assert "# assumed" in (lying(own) / "calf.yaml").read_text(encoding="utf-8")
    assert easeup("check", "calf", **own).returncode == 0


def test_what_comes_in_is_warned_of_as_check_does(
    easeup: Easeup, own: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "calf.json"
    file.write_text(json.dumps({"@type": "HowTo", "name": "Calf", "step": ["Stop when it hurts.", "Next."]}))
    made = easeup("import", file, **own)
    assert (made.returncode, made.stdout) == (0, f"{lying(own) / 'calf.yaml'}\n")
    warnings = [line for line in made.stderr.splitlines() if ": warning: " in line]
    assert len(warnings) == len(set(warnings)) > 1
    assert easeup("check", "calf", **own).stderr.splitlines()[:-1] == warnings


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"@type": "HowTo"', ":1:18: the file breaks off here"),
        ("<html>", ":1:1: a web page, not JSON"),
        ('[{"@type": "Recipe"}]', ":1:1: no HowTo is in this file"),
        ('{"@type": "HowTo", "name": "A", "step": [{"text": "B", "easeup:tempo": 0}]}', ":1:72: should be"),
    ],
)  # fmt: skip
def test_what_cannot_be_imported_leaves_nothing(
    easeup: Easeup, own: dict[str, str], tmp_path: Path, text: str, words: str
) -> None:
    file = tmp_path / "howto.json"
    file.write_text(text)
    done = easeup("import", file, **own)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{file}{words}")
    assert done.stderr.count("\n") == 1
    assert not lying(own).exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("import", "nowhere.json"), 1, "nowhere.json:1:1: cannot be read"),
        (("export", "lower-bak-strokes"), 2, 'did you mean "lower-back-strokes"?'),
        (("export", "lower-back-strokes", "--out", "/proc/it.json"), 2, "easeup: /proc/it.json: "),
        (("export", "lower-back-strokes", "--format", "pdf"), 2, "'pdf' is not 'howto'"),
    ],
)
def test_what_cannot_be_exported_or_found(
    easeup: Easeup, own: dict[str, str], arguments: tuple[str, ...], code: int, words: str
) -> None:
    done = easeup(*arguments, **own)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_an_exported_file_is_replaced_whole(easeup: Easeup, tmp_path: Path) -> None:
    out = tmp_path / "it.json"
    out.write_text("an older one")
    assert easeup("export", "lower-back-strokes", "--out", out).returncode == 0
    assert json.loads(out.read_text(encoding="utf-8"))["identifier"] == "lower-back-strokes"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("command", ["new", "check", "show", "preview", "export", "import"])
def test_help_teaches_with_an_example(easeup: Easeup, command: str) -> None:
    assert f"\n  easeup {command} " in easeup(command, "--help").stdout

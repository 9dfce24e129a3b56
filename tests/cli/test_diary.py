"""The diary as its owner reads it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.app.conftest import Easeup
from tests.cli.conftest import complaint
from tests.diary.made_up import diary, massage
from voice.diary.database import connect
from voice.diary.entry import Entry
from voice.diary.massages import keep
from voice.diary.people import rename


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """Where one's own things lie, as variables of the environment; times are told in UTC there."""
    return {"EASEUP_HOME": str(tmp_path / "home"), "TZ": "UTC"}


def write(home: dict[str, str], *entries: Entry) -> Path:
    file = Path(home["EASEUP_HOME"], "data", "diary.sqlite")
    with connect(file, write=True) as database:
        for ordinal, entry in enumerate(entries):
            keep(database, 1, ordinal, entry)
    return file


def name(home: dict[str, str], number: int, called: str) -> None:
    with connect(Path(home["EASEUP_HOME"], "data", "diary.sqlite"), write=True) as database:
        rename(database, number, called)


def test_an_empty_diary_says_what_to_do_and_leaves_nothing(easeup: Easeup, home: dict[str, str]) -> None:
    printed = easeup("diary", **home)
    assert (printed.returncode, printed.stderr) == (0, "")
    assert printed.stdout.startswith("The diary is empty.")
    assert "easeup run" in printed.stdout
    assert not Path(home["EASEUP_HOME"]).exists()


def test_the_diary_is_printed(easeup: Easeup, home: dict[str, str]) -> None:
    write(home, *diary(12))
    printed = easeup("diary", **home)
    assert (printed.returncode, printed.stderr) == (0, "")
    assert "2026-09-07 18:05  Five strokes for the lower back " in printed.stdout
    assert "\n12 massages, " in printed.stdout
    assert "\n    pain: " in printed.stdout


def test_of_one_person_by_name(easeup: Easeup, home: dict[str, str]) -> None:
    write(home, massage(), massage(person=2, routine=2))
    name(home, 2, "Ann")
    assert "Person 1:" in easeup("diary", **home).stdout
    hers = easeup("diary", "--person", "2", **home).stdout
    assert hers.startswith("Ann:\n")
    assert "Five strokes" not in hers


def test_it_is_exported_into_a_file_that_is_replaced_whole(
    easeup: Easeup, home: dict[str, str], tmp_path: Path
) -> None:
    write(home, *diary(3), massage(person=2))
    name(home, 2, "Ann")
    out = tmp_path / "diary.json"
    out.write_text("an older one")
    done = easeup("diary", "export", "--format", "json", "--out", out, **home)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{out}\n", "")
    told = json.loads(out.read_text("utf-8"))
    assert [(each["person"], each["name"]) for each in told["massages"]] == [
        (1, None),
        (2, "Ann"),
        (1, None),
        (1, None),
    ]
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("form", "beginning"),
    [("csv", "person,name,"), ("json", "{\n"), ("fhir", '{\n  "resourceType": "Bundle"')],
)
def test_it_is_exported_to_stdout(easeup: Easeup, home: dict[str, str], form: str, beginning: str) -> None:
    write(home, massage(), massage(person=2))
    both, hers = (
        easeup("diary", "export", "--format", form, *only, **home) for only in ((), ("--person", "2"))
    )
    assert both.returncode == hers.returncode == 0
    assert both.stdout.startswith(beginning)
    assert hers.stdout.startswith(beginning)
    assert len(hers.stdout) < len(both.stdout)


@pytest.mark.parametrize("suffix", [".svg", ".PNG"])
def test_it_is_drawn(easeup: Easeup, home: dict[str, str], tmp_path: Path, suffix: str) -> None:
    pytest.importorskip("matplotlib", reason="pictures need the diary extra")
    write(home, *diary(3), massage(person=2))
    out = tmp_path / f"diary{suffix}"
    done = easeup("diary", "plot", "--person", "1", "--out", out, **home)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{out}\n", "")
    assert out.read_bytes().startswith(b"<?xml" if suffix == ".svg" else b"\x89PNG")


def test_a_picture_is_of_one_person(easeup: Easeup, home: dict[str, str]) -> None:
    write(home, massage(), massage(person=2))
    name(home, 2, "Ann")
    assert "the diary is of 1, 2 (Ann); choose with --person" in complaint(easeup("diary", "plot", **home))


def test_without_matplotlib_it_says_how_to_get_it(
    easeup: Easeup, home: dict[str, str], tmp_path: Path, environment: dict[str, str]
) -> None:
    write(home, massage())
    # What Python finds first is not there: the same error as where it was never installed.
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "matplotlib.py").write_text(
        'raise ModuleNotFoundError("No module named matplotlib", name="matplotlib")'
    )
    path = f"{tmp_path / 'without'}:{environment['PYTHONPATH']}"
    done = easeup("diary", "plot", "--out", tmp_path / "it.png", **home, PYTHONPATH=path)
    assert complaint(done) == "easeup: a picture lacks matplotlib; in easeup's folder: pip install '.[diary]'"
    assert not (tmp_path / "it.png").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--person", "3"), "nobody in the diary has the number 3; there is 1"),
        (("plot", "--out", "it.gif"), "call it it.svg or it.png"),
        (("--person", "1", "plot"), "easeup diary plot --person 1"),
        (("export", "--format", "xml"), "'xml' is not one of"),
        (("export", "--out", "/proc/it.csv"), "easeup: /proc/it.csv: "),
    ],
)
def test_what_cannot_be(easeup: Easeup, home: dict[str, str], arguments: tuple[str, ...], words: str) -> None:
    write(home, massage())
    done = easeup("diary", *arguments, **home)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_diary_is_left_as_it_is(easeup: Easeup, home: dict[str, str]) -> None:
    file = write(home, massage())
    file.write_bytes(b"not a diary at all" * 99)
    assert "the diary is damaged" in complaint(easeup("diary", **home))
    assert file.read_bytes() == b"not a diary at all" * 99


@pytest.mark.parametrize("command", ["", "plot", "export"])
def test_help_teaches_with_an_example(easeup: Easeup, command: str) -> None:
    arguments = ("diary", command) if command else ("diary",)
    assert re.search(rf"\n  easeup {' '.join(arguments)}\b", easeup(*arguments, "--help").stdout)


def test_it_is_read_while_a_massage_is_kept(easeup: Easeup, home: dict[str, str]) -> None:
    file = write(home, massage())
    with connect(file, write=True) as database:
        keep(database, 2, 0, massage(person=2))
        assert "Person 2:" in easeup("diary", **home).stdout

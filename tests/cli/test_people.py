"""Who is known, what they are called, and that they can be forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.conftest import Easeup
from tests.cli.conftest import complaint
from tests.diary.made_up import diary
from voice.diary.database import connect
from voice.diary.massages import keep
from voice.diary.people import save
from voice.session.people import Known
from voice.session.screening import Care


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """Where two people are known."""
    file = tmp_path / "home" / "data" / "diary.sqlite"
    with connect(file, write=True) as database:
        save(database, Known(1), 0.0, 0.0)
        save(database, Known(2, care=Care(gentle=True), tender=(("neck", 2),), ease=-1), 0.0, 0.0)
        for ordinal, entry in enumerate(diary(5)):
            keep(database, 1, ordinal, entry)
    return {"EASEUP_HOME": str(tmp_path / "home")}


def test_who_is_known_and_called_what(easeup: Easeup, home: dict[str, str]) -> None:
    told = "person 2: only gently, lighter than the routine, sore the last time: neck"
    assert easeup("people", **home).stdout.splitlines() == ["person 1", told]
    assert easeup("people", "name", "2", " Ann  Lee ", **home).stdout == "person 2: Ann Lee\n"
    assert easeup("people", **home).stdout.splitlines()[1].startswith("person 2: Ann Lee, only gently")
    assert easeup("people", "name", "2", "", **home).stdout == "person 2\n"
    assert easeup("people", **home).stdout.splitlines() == ["person 1", told]


def test_nobody_yet(easeup: Easeup, tmp_path: Path) -> None:
    empty = {"EASEUP_HOME": str(tmp_path / "empty")}
    assert "person two" in easeup("people", **empty).stdout
    assert easeup("people", "forget", "--everybody", **empty).stdout == "there was nothing to forget\n"
    assert not (tmp_path / "empty").exists()


@pytest.mark.parametrize("called", ["!!!", "A\x07nn", "x" * 41])
def test_what_cannot_be_spoken_is_no_name(easeup: Easeup, home: dict[str, str], called: str) -> None:
    done = easeup("people", "name", "2", called, **home)
    assert done.returncode == 2
    assert "a name has letters" in done.stderr


def test_a_name_is_one_persons(easeup: Easeup, home: dict[str, str]) -> None:
    easeup("people", "name", "2", "Ann", **home)
    assert "person 2 is called Ann already" in complaint(easeup("people", "name", "1", "ann", **home))


def test_one_is_forgotten_and_the_others_are_not(easeup: Easeup, home: dict[str, str]) -> None:
    assert easeup("people", "forget", "2", **home).stdout == "person 2 is forgotten\n"
    assert easeup("people", **home).stdout.splitlines() == ["person 1"]
    assert "nobody has the number 2" in complaint(easeup("people", "forget", "2", **home))


def test_everybody_is_forgotten(easeup: Easeup, home: dict[str, str]) -> None:
    assert easeup("people", "forget", "--everybody", **home).stdout == "everything is forgotten\n"
    assert not list(Path(home["EASEUP_HOME"], "data").glob("diary.sqlite*"))


@pytest.mark.parametrize("whom", [(), ("2", "--everybody")])
def test_it_has_to_be_said_whom(easeup: Easeup, home: dict[str, str], whom: tuple[str, ...]) -> None:
    done = easeup("people", "forget", *whom, **home)
    assert done.returncode == 2
    assert "say whom" in done.stderr
    assert len(easeup("people", **home).stdout.splitlines()) == 2

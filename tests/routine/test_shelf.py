"""Bundled routines, and one's own beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice import places
from voice.documents import DocumentError
from voice.resources import folder
from voice.routine import (
    TakenRoutineError,
    UnknownRoutineError,
    add,
    find,
    own_folder,
    place,
    scaffold,
    shelf,
)
from voice.session.plan import Audience

FULL = Path(__file__).parent / "sound" / "every-key.yaml"


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(places.VARIABLE, str(tmp_path))
    return own_folder()


def bundled() -> list[str]:
    return [each.routine_id for each in shelf()]


def test_it_holds_every_bundled_routine() -> None:
    assert sorted(bundled()) == sorted(path.stem for path in folder("routines").glob("*.yaml"))


def test_it_begins_with_a_gentle_one_for_a_partner_and_ends_with_those_for_oneself() -> None:
    plans = shelf()
    assert plans[0].routine_id == "partner-lower-back"
    assert [plan.audience for plan in plans] == [Audience.PARTNER] * 8 + [Audience.SELF] * 3


def test_ones_own_follow_so_that_the_numbers_of_the_bundled_stay(own: Path) -> None:
    before = bundled()
    add("another", scaffold("another"), own)
    add("aaa", scaffold("aaa"), own)
    assert [each.routine_id for each in shelf()] == [*before, "aaa", "another"]
    assert find("aaa").title == "Aaa"


def test_one_of_ones_own_is_meant_before_a_bundled_one_of_its_name(own: Path) -> None:
    others = [name for name in bundled() if name != "lower-back-strokes"]
    own.mkdir(parents=True)
    (own / "lower-back-strokes.yaml").write_text(scaffold("lower-back-strokes"), encoding="utf-8")
    assert [each.routine_id for each in shelf()] == [*others, "lower-back-strokes"]
    assert find("lower-back-strokes").title == "Lower back strokes"


def test_ones_own_with_problems_is_left_out_and_told(own: Path) -> None:
    before = bundled()
    own.mkdir(parents=True)
    (own / "mine.yaml").write_text("id: mine\n", encoding="utf-8")
    told: list[DocumentError] = []
    assert [each.routine_id for each in shelf(told.append)] == before
    assert [error.problems[0].file for error in told] == [str(own / "mine.yaml")]
    with pytest.raises(DocumentError):
        find("mine")


def test_what_is_there_is_never_replaced(own: Path) -> None:
    add("mine", "first", own)
    with pytest.raises(TakenRoutineError, match="there is a routine already; choose another id"):
        add("mine", "second", own)
    assert (own / "mine.yaml").read_text(encoding="utf-8") == "first"
    with pytest.raises(TakenRoutineError, match="comes with easeup"):
        add("lower-back-strokes", "", own)


def test_what_cannot_be_written_whole_is_not_there(own: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        add("mine", "half a character \ud800", own)
    assert not list(own.iterdir())


def test_a_routine_is_found_by_id_or_by_path() -> None:
    assert find("lower-back-strokes").routine_id == "lower-back-strokes"
    assert find(str(FULL)).routine_id == "every-key"
    assert place("nowhere.yaml") == Path("nowhere.yaml")


def test_a_name_that_nobody_has() -> None:
    with pytest.raises(
        UnknownRoutineError, match='no routine "lower-back-stroke"; did you mean "lower-back-strokes"'
    ):
        find("lower-back-stroke")
    with pytest.raises(UnknownRoutineError, match=r'no routine "zzz"; there are: .*lower-back-strokes'):
        find("zzz")


def test_a_path_where_nothing_lies() -> None:
    with pytest.raises(DocumentError, match=r"^nowhere\.yaml:1:1: cannot be read"):
        find("nowhere.yaml")

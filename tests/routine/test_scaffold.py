from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from voice.routine import load, plan, scaffold
from voice.routine.format import ID_PATTERN, LONGEST_ID, RESERVED
from voice.routine.scaffold import as_id


@pytest.mark.parametrize("name", ["evening-back", "1", "1-30", "no", "null", "e1-2e3", "true-north"])
def test_it_has_no_problems_whatever_its_id(tmp_path: Path, name: str) -> None:
    file = tmp_path / f"{name}.yaml"
    file.write_text(scaffold(name), encoding="utf-8")
    made = plan(load(file))
    assert made.routine_id == name
    assert made.title == name.replace("-", " ").capitalize()
    # One of each end, so that there is something to write over.
    assert {(beat.duration is None, beat.hold) for beat in made.beats} == {
        (False, False),
        (False, True),
        (True, False),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dad's knee, left", "dads-knee-left"),
        ("Épaules 2", "epaules-2"),
        ("肩", ""),
        ("a_b", "a-b"),
        ("CON", "my-con"),
    ],
)
def test_words_become_an_id(text: str, expected: str) -> None:
    assert as_id(text) == expected


@given(st.from_regex(ID_PATTERN, fullmatch=True))
def test_an_id_stays_as_it_is(name: str) -> None:
    assume(name not in RESERVED)
    assert as_id(name) == name.rstrip("\n")[:LONGEST_ID].rstrip("-")


def test_what_is_no_id_is_told_how_to_write_one() -> None:
    with pytest.raises(ValueError, match=r'^"Dad\'s Knee" is no id; .* such as dads-knee$'):
        scaffold("Dad's Knee")

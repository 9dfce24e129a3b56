from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from voice.documents import DocumentError, read, validate
from voice.resources import folder
from voice.routine import schema
from voice.routine.format import RoutineFile

HERE = Path(__file__).parent
Loads = Callable[[object], bool]
SOUND = [*sorted(folder("routines").glob("*.yaml")), *sorted((HERE / "sound").glob("*.yaml"))]


@pytest.fixture
def loads(tmp_path: Path) -> Loads:
    def loaded(value: object) -> bool:
        path = tmp_path / "routine.yaml"
        path.write_text(json.dumps(value), "utf-8")  # JSON is YAML
        try:
            validate(read(path), RoutineFile)
        except DocumentError:
            return False
        return True

    return loaded


def accepts(value: object) -> bool:
    return jsonschema.Draft202012Validator(schema()).is_valid(value)


def test_it_is_a_schema_of_its_draft() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_every_key_is_described() -> None:
    shapes = [schema(), *(shape for shape in schema()["$defs"].values() if "properties" in shape)]
    assert len(shapes) == 4
    for shape in shapes:
        assert all(entry["description"] for entry in shape["properties"].values())


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_sound_files_are_accepted(path: Path) -> None:
    assert accepts(read(path).value)


@pytest.mark.parametrize(
    "name", ["unknown-key", "missing-keys", "bad-durations", "several-ends", "everything-at-once"]
)
def test_broken_shapes_are_refused(name: str) -> None:
    assert not accepts(read(HERE / "broken" / f"{name}.yaml").value)


def routine(**changes: Any) -> dict[str, Any]:
    """A small routine; a change to None takes the step's key out."""
    step: dict[str, Any] = {"id": "a", "title": "A", "region": ["hips"], "technique": "rest", "pressure": 2}
    step |= {"duration": "90s", "say": "A."} | changes
    step = {key: value for key, value in step.items() if value is not None}
    return {"id": "r", "title": "R", "for": "self", "position": "seated", "steps": [step]}


CHANGES: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    *(({"duration": each}, True) for each in ("1s", "999s", "59m59s", "60m", "2m")),
    *(
        ({"duration": each}, False)
        for each in ("0s", "1000s", "60m1s", "61m", "1m60s", "1:30", 90, "", "m", True)
    ),
    ({"duration": None}, False),
    ({"duration": None, "hold": "20s"}, True),
    ({"duration": None, "until": "next"}, True),
    ({"duration": None, "until": "then"}, False),
    ({"hold": "20s"}, False),
    ({"hold": "20s", "until": "next"}, False),
    *(({"pressure": each}, 1 <= each <= 5) for each in range(7)),
    ({"pressure": "2"}, False),
    ({"max_pressure": 2}, True),
    ({"max_pressure": 9}, False),
    ({"region": []}, False),
    ({"region": ["hips", "hips"]}, False),
    ({"region": "hips"}, False),
    ({"sides": ["right", "left"]}, True),
    ({"sides": ["left"]}, True),
    ({"sides": ["left", "left"]}, False),
    ({"sides": ["both"]}, False),
    ({"repeat": 3}, True),
    ({"repeat": 0}, False),
    ({"repeat": 51}, False),
    *(({"optional": each}, isinstance(each, bool)) for each in (True, False, "true", 1)),
    *(({"sources": each}, each == ["C"]) for each in (["C"], [], ["C", "C"], "C", [1])),
    ({"tempo": 7.5}, True),
    ({"tempo": 0}, False),
    ({"say": " \n"}, False),
    ({"say": 5}, False),
    ({"tip": ""}, False),
    *(({"id": each}, False) for each in ("A", "a b", "-a", "a--b", "a_b", "")),
    ({"id": "a-1-b"}, True),
    *(({"cues": [{"at": each, "say": "B."}]}, True) for each in ("1%", "50%", "99%", "10s")),
    *(({"cues": [{"at": each, "say": "B."}]}, False) for each in ("0%", "100%", "5.5%", "half", 10)),
    ({"cues": [{"at": "50%"}]}, False),
    ({"include": "other"}, False),
    ({"colour": "red"}, False),
]


@pytest.mark.parametrize(("changes", "sound"), CHANGES)
def test_schema_and_loader_agree(changes: dict[str, Any], sound: bool, loads: Loads) -> None:
    assert (accepts(routine(**changes)), loads(routine(**changes))) == (sound, sound)


@pytest.mark.parametrize(
    ("entry", "sound"),
    [
        ({"include": "other"}, True),
        ({"include": "other", "steps": ["a", "b"]}, True),
        ({"include": "other", "steps": []}, False),
        ({"include": "other", "steps": ["a", "a"]}, False),
        ({"include": "../other"}, False),
        ({"include": "other", "say": "A."}, False),
        ("other", False),
    ],
)
def test_schema_and_loader_agree_on_includes(entry: object, sound: bool, loads: Loads) -> None:
    value = routine() | {"steps": [entry]}
    assert (accepts(value), loads(value)) == (sound, sound)


@pytest.mark.parametrize(
    ("name", "sound"),
    [("con-2", True), ("com10", True), ("a" * 64, True), ("con", False), ("lpt9", False), ("a" * 65, False)],
)
def test_a_routine_has_an_id_that_a_file_can_be_called_by(name: str, sound: bool, loads: Loads) -> None:
    value = routine() | {"id": name}
    assert (accepts(value), loads(value)) == (sound, sound)


def test_a_key_without_a_value_is_refused_by_both(loads: Loads) -> None:
    value = routine()
    value["steps"][0]["tip"] = None
    assert (accepts(value), loads(value)) == (False, False)

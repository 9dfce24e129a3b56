from __future__ import annotations

import csv
import dataclasses
import json
from datetime import timedelta, timezone
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.diary.made_up import BEGINNING, diary, massage, stop
from voice.diary.entry import Entry, Kind, PainStop
from voice.diary.export import FORMATS
from voice.diary.export.csv import COLUMNS
from voice.diary.export.fhir import status
from voice.session.plan import Side

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "diary.schema.json").read_text("utf-8"))
NAMES = {2: "Ann"}
HURT = massage(before=4, after=7, pain=(stop(BEGINNING + timedelta(minutes=5), 1), stop(BEGINNING, 0)))
ABANDONED = massage(
    BEGINNING + timedelta(days=2), person=2, ended=None, finished=False, worked=61.26, before=0
)

moments = st.datetimes(min_value=BEGINNING.replace(tzinfo=None), timezones=st.just(timezone.utc))
words = st.text(min_size=1, max_size=20).filter(lambda text: text.isprintable() and text.strip())
ratings = st.none() | st.integers(0, 10)
pains = st.builds(
    PainStop,
    at=moments,
    kind=st.sampled_from(Kind),
    step_id=st.just("it"),
    step=words,
    side=st.none() | st.sampled_from(Side),
    regions=st.tuples(words) | st.tuples(words, words),
)
massages = st.builds(
    Entry,
    person=st.integers(1, 3),
    routine_id=st.just("it"),
    title=words,
    began=moments,
    ended=st.none() | moments,
    finished=st.booleans(),
    worked=st.floats(0, 9000),
    planned=st.floats(0, 9000),
    before=ratings,
    after=ratings,
    pain=st.lists(pains, max_size=3).map(tuple),
)


def rows(entries: tuple[Entry, ...], names: dict[int, str] = NAMES) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(FORMATS["csv"](entries, names))))


def bundle(entries: tuple[Entry, ...], names: dict[int, str] = NAMES) -> list[dict[str, Any]]:
    """The resources of the export, which FHIR's models have accepted."""
    text = FORMATS["fhir"](entries, names)
    made: dict[str, Any] = json.loads(text)
    # R4B differs from R4 in none of these resources, and the library has no R4 for the pydantic that we use.
    understood = Bundle.model_validate_json(text)
    assert json.loads(understood.model_dump_json()) == made, "FHIR's models took it for something else"
    return [each["resource"] for each in made.get("entry", ())]


def test_a_row_holds_a_massage() -> None:
    first, second = rows((HURT, ABANDONED))
    assert list(first) == list(COLUMNS)
    assert first == {
        "person": "1",
        "name": "",
        "began": "2026-09-07T18:05:00Z",
        "ended": "2026-09-07T18:23:00Z",
        "routine": "lower-back-strokes",
        "title": "Five strokes for the lower back",
        "finished": "yes",
        "worked_seconds": "840",
        "planned_seconds": "840",
        "comfort_before": "4",
        "comfort_after": "7",
        "pain_stops": "2",
        "pain": "Heel of the hand on the hip, left: sharp (hips, buttocks); "
        "Thumb circles: sharp (lower-back)",
    }
    assert (second["name"], second["ended"], second["finished"], second["comfort_after"]) == (
        "Ann",
        "",
        "no",
        "",
    )
    assert second["comfort_before"] == "0"


def test_a_spreadsheet_does_not_reckon_with_a_title() -> None:
    entry = dataclasses.replace(HURT, title='=HYPERLINK("https://example.org")')
    assert rows((entry,))[0]["title"].startswith("'=")


def test_the_json_is_what_its_schema_says() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    made = json.loads(FORMATS["json"]((HURT, ABANDONED), NAMES))
    Draft202012Validator(SCHEMA).validate(made)
    first, second = made["massages"]
    assert first["pain"][0] == {
        "at": "2026-09-07T18:10:00Z",
        "kind": "sharp",
        "step": "hips",
        "title": "Heel of the hand on the hip",
        "side": "left",
        "regions": ["hips", "buttocks"],
    }
    assert (first["name"], first["comfort_before"], first["comfort_after"]) == (None, 4, 7)
    assert (second["name"], second["ended"], second["comfort_before"]) == ("Ann", None, 0)
    assert second["worked_seconds"] == 61.3


@settings(deadline=None)  # the first one waits for FHIR's models
@given(st.lists(massages, max_size=4).map(tuple))
def test_any_diary_can_be_exported(entries: tuple[Entry, ...]) -> None:
    assert len(rows(entries)) == len(entries)
    made = json.loads(FORMATS["json"](entries, NAMES))
    Draft202012Validator(SCHEMA).validate(made)
    resources = bundle(entries)
    kinds = [resource["resourceType"] for resource in resources]
    assert kinds.count("Procedure") == len(entries)
    assert kinds.count("Patient") == len({entry.person for entry in entries})
    assert kinds.count("Observation") == sum(
        (entry.before is not None) + (entry.after is not None) + len(entry.pain) for entry in entries
    )


def test_a_massage_as_health_records() -> None:
    patient, procedure, before, after, hip, thumb = bundle((HURT,))
    assert patient["identifier"][0]["value"] == "1"
    assert set(patient) == {"resourceType", "id", "identifier"}
    whole, subject = f"urn:uuid:{procedure['id']}", {"reference": f"urn:uuid:{patient['id']}"}
    assert procedure["status"] == "completed"
    assert procedure["code"]["coding"] == [{"system": "http://snomed.info/sct", "code": "387854002"}]
    assert procedure["performedPeriod"] == {"start": "2026-09-07T18:05:00Z", "end": "2026-09-07T18:23:00Z"}
    assert (before["valueInteger"], after["valueInteger"]) == (4, 7)
    assert after["effectiveDateTime"] == "2026-09-07T18:23:00Z"
    assert hip["bodySite"]["text"] == "hips, buttocks; left side"
    assert thumb["bodySite"]["text"] == "lower back"
    assert hip["valueCodeableConcept"] == {"text": "Sharp pain"}
    for each in (procedure, before, after, hip, thumb):
        assert each["subject"] == subject
    for each in (before, after, hip, thumb):
        assert each["partOf"] == [{"reference": whole}]


def test_comfort_is_not_called_a_score_of_pain() -> None:
    _, _, before, after, *_ = bundle((HURT,))
    for each in (before, after):
        assert set(each["code"]) == {"text"}, "no code says that 10 is the best"
        assert each["code"]["text"].endswith("from 0 (worst) to 10 (best)")
        assert "pain" not in json.dumps(each).lower()


def test_a_name_goes_along_only_where_one_was_given() -> None:
    ann, nobody = (bundle((ABANDONED,), names)[0] for names in (NAMES, {}))
    assert ann["name"] == [{"text": "Ann"}]
    assert "name" not in nobody


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "completed"),
        ({"finished": False}, "stopped"),
        ({"finished": False, "worked": 0.0}, "not-done"),
        ({"finished": False, "ended": None}, "unknown"),
    ],
)
def test_how_a_massage_ended(changes: dict[str, Any], code: str) -> None:
    entry = dataclasses.replace(HURT, **changes)
    assert status(entry) == code
    assert bundle((entry,))[1]["status"] == code


def test_nothing_is_named_twice_and_the_same_diary_is_the_same_file() -> None:
    entries = (*diary(50), *(dataclasses.replace(entry, person=2) for entry in diary(50)))
    names = [resource["id"] for resource in bundle(entries)]
    assert len(set(names)) == len(names)
    assert FORMATS["fhir"](entries, {}) == FORMATS["fhir"](entries, {})


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_diary_is_a_file_too(form: str) -> None:
    text = FORMATS[form]((), {})
    assert text.endswith("\n")
    assert not rows(())
    assert not bundle(())

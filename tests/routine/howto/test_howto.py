# ruff: noqa: E501  # tables of long lines, the text beside its problem
"""Routines as HowTos, there and back; and HowTos by others."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.documents import DocumentError
from voice.resources import folder
from voice.routine import load, plan
from voice.routine.howto import Imported, howto, imported

FULL = Path(__file__).parents[1] / "sound" / "every-key.yaml"
ROUTINES = [*sorted(folder("routines").glob("*.yaml")), FULL]

CALF: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "HowTo",
    "name": "Calf rub",
    "totalTime": "PT30M",
    "image": {"@type": "ImageObject", "url": "calf.png"},
    "tool": "A chair",
    "supply": [{"@type": "HowToSupply", "name": "oil"}],
    "step": [
        {
            "@type": "HowToSection",
            "name": "Begin",
            "itemListElement": [
                {"@type": "HowToStep", "text": "Stroke upwards from the ankle."},
                "Knead the calf.",
            ],
        },
        {
            "@type": "HowToStep",
            "name": "Finish",
            "url": "https://calves.example/#finish",
            "itemListElement": [
                {"@type": "HowToDirection", "text": "Hold still.", "performTime": "PT2M"},
                {"@type": "HowToDirection", "text": "Let go.", "performTime": "PT30S"},
                {"@type": "HowToTip", "text": "Breathe."},
            ],
        },
        {"@type": "HowToStep", "text": "Rest the leg on a cushion for now."},
    ],
}


def written(folder: Path, value: object) -> Path:
    file = folder / "howto.json"
    file.write_text(value if isinstance(value, str) else json.dumps(value, indent=1), encoding="utf-8")
    return file


def problems(folder: Path, value: object) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        imported(written(folder, value))
    assert all("\n" not in str(each) for each in caught.value.problems)
    return [f"{each.line}:{each.column}: {each.message}" for each in caught.value.problems]


def in_yaml(folder: Path, value: object) -> Path:
    made = imported(written(folder, value))
    file = folder / f"{made.id}.yaml"
    file.write_text(made.text, encoding="utf-8")
    return file


@pytest.mark.parametrize("file", ROUTINES, ids=lambda file: file.stem)
def test_there_and_back_it_is_the_same_plan(file: Path, tmp_path: Path) -> None:
    routine = load(file)
    back = load(in_yaml(tmp_path, howto(routine)))
    before = plan(routine)
    # A HowTo is one file: a step that was included is written in it now.
    beats = tuple(replace(beat, written_in=routine.id) for beat in before.beats)
    assert plan(back) == replace(before, beats=beats)
    assert back.sources == routine.sources
    assert imported(tmp_path / "howto.json").assumed == {}


def test_what_schema_org_has_a_word_for_is_said_with_it() -> None:
    made = howto(load(folder("routines") / "lower-back-strokes.yaml"))
    assert (made["@type"], made["totalTime"], made["performTime"]) == ("HowTo", "PT8M30S", "PT8M30S")
    assert [each["name"] for each in made["supply"]] == ["massage oil"]
    assert [each["position"] for each in made["tool"]] == [2, 3]
    pulls = made["step"][3]
    assert (pulls["@type"], pulls["name"], pulls["easeup:sides"]) == (
        "HowToStep",
        "Side pulls",
        ["left", "right"],
    )
    direction, care, *_ = pulls["itemListElement"]
    assert (direction["@type"], direction["performTime"]) == ("HowToDirection", "PT2M")  # on both sides
    assert (care["@type"], care["easeup:role"]) == ("HowToTip", "care")
    cue = made["step"][0]["itemListElement"][-1]
    assert (cue["@type"], cue["easeup:at"]) == ("HowToDirection", "50%")


def test_every_name_that_is_not_schema_org_s_has_a_prefix_that_the_context_knows() -> None:
    known = {
        *("@context", "@type", "identifier", "name", "text", "totalTime", "performTime", "position"),
        *("supply", "tool", "step", "itemListElement", "citation"),
    }
    made = howto(load(FULL))
    assert "easeup" in made["@context"][1]
    keys = {way[-1] for way, _ in values({**made, "@context": ""}) if way and isinstance(way[-1], str)}
    assert {key for key in keys if not key.startswith("easeup:")} <= known


def test_with_open_steps_nobody_knows_the_whole() -> None:
    made = howto(load(FULL))
    assert "totalTime" not in made
    assert made["step"][2]["easeup:until"] == "next"
    assert made["step"][1]["easeup:hold"] == "PT20S"
    assert made["step"][1]["itemListElement"][0]["performTime"] == "PT1M20S"


def test_a_howto_by_others_gets_what_is_cautious_and_says_so(tmp_path: Path) -> None:
    made = imported(written(tmp_path, CALF))
    assert made.assumed == {"for": 1, "position": 1, "region": 4, "technique": 4, "pressure": 4, "max_pressure": 4, "until": 3, "title": 1}  # fmt: skip
    assert "    pressure: 2 # assumed; 2 is light\n" in made.text
    routine = load(in_yaml(tmp_path, CALF))
    assert (routine.id, routine.title, routine.needs) == ("calf-rub", "Calf rub", ("oil", "A chair"))
    assert {(step.pressure, step.max_pressure, step.region) for step in routine.steps} == {(2, 3, ("body",))}
    assert [(step.id, step.title, step.say, step.length) for step in routine.steps] == [
        ("begin", "Begin", "Stroke upwards from the ankle.", None),
        ("begin-2", "Begin", "Knead the calf.", None),
        ("finish", "Finish", "Hold still. Let go.", 150.0),
        ("rest-the-leg-on-a", "Rest the leg on a", "Rest the leg on a cushion for now.", None),
    ]
    assert routine.steps[2].tip == "Breathe."


@pytest.mark.parametrize(
    "around",
    [
        lambda it: [it],
        lambda it: {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, it]},
        lambda it: {"@type": "WebPage", "mainEntity": it},
        lambda it: {**it, "@type": ["HowTo", "Article"]},
        lambda it: {**it, "@type": "http://schema.org/HowTo"},
        lambda it: {f"schema:{key}" if key[0] != "@" else key: value for key, value in it.items()},
        lambda it: {**it, "name": {"@language": "en", "@value": "Calf rub"}},
        lambda it: {**it, "identifier": "https://calves.example/1"},
        lambda it: {**it, "step": {"@type": "ItemList", "itemListElement": it["step"]}},
        lambda it: {**it, "step": {"@list": it["step"]}},
    ],
    ids=range(10),
)
def test_a_howto_is_found_however_it_is_wrapped(tmp_path: Path, around: Any) -> None:
    assert plan(load(in_yaml(tmp_path, around(CALF)))) == plan(load(in_yaml(tmp_path, CALF)))


def changed(*way: str | int, to: object) -> dict[str, Any]:
    made = copy.deepcopy(CALF)
    inner: Any = made
    for step in way[:-1]:
        inner = inner[step]
    inner[way[-1]] = to
    return made


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<html>", ['1:1: a web page, not JSON; save what stands in its <script type="application/ld+json">']),
        (json.dumps(CALF)[:200], ["1:190: the quote that opens here is never closed"]),
        ([], ['1:1: no HowTo is in this file; its "@type" should be "HowTo"']),
        ({"@type": "Recipe"}, ['1:1: no HowTo is in this file, but a Recipe; its "@type" should be "HowTo"']),
        ([{"@type": "HowTo"}, {"@type": "HowTo"}], ["2:2: one of 2 HowTos in this file; keep the one that is wanted", "5:2: one of 2 HowTos in this file; keep the one that is wanted"]),
        ({"@type": "HowTo"}, ['1:1: missing key "name", what the routine is called', '1:1: missing key "step", what is done']),
        (changed("name", to=7), ["4:10: should be text"]),
        (changed("step", to=[]), ["17:10: should not be empty"]),
        (changed("step", to=5), ["17:10: a step should be text, a HowToStep or a HowToSection"]),
        (changed("step", 1, "itemListElement", 0, "performTime", to="-PT2M"), ['37:21: "-PT2M" is not an ISO 8601 duration; write a length of time as PT90S or PT1M30S']),
        (changed("step", 1, "itemListElement", 0, "performTime", to="PT99999H"), ["37:21: is longer than an hour, and no step can be; make several steps of it"]),
        (changed("step", 1, "itemListElement", 0, "performTime", to=10**400), ['37:21: "1000000000000000000000000000000000000000…" is not an ISO 8601 duration; write a length of time as PT90S or PT1M30S']),
        (changed("step", 2, to={"@type": "HowToStep", "text": "<p>Rub.</p>"}), ['52:12: HTML such as "<p>" is in this text; take it out']),
        (changed("step", 2, to={"@type": "HowToStep"}), ['50:3: missing key "text", what is said']),
        (changed("step", 2, to={"@type": "HowToStep", "text": "x" * 1001}), ["52:12: has 1001 characters; nobody listens to more than 1000"]),
        (changed("step", 2, to={"@type": "HowToStep", "text": "Rub.", "easeup:pressure": 9}), ["53:23: should be 5 or less, not 9"]),
        (changed("step", 2, to={"@type": "HowToStep", "text": "Rub.", "easeup:pressur": 2}), ['53:4: unknown key "pressur"; did you mean "pressure"?']),
        (changed("step", 2, to={"@type": "HowToStep", "text": "Rub.", "easeup:say": "x"}), ['53:18: "easeup:say" is not used; schema.org has "HowToDirection" for it']),
        (changed("step", 2, to={"@type": "HowToStep", "text": "Rub.", "easeup:sides": "up"}), ['53:20: should be "left" or "right", not "up"']),
        (changed("easeup:for", to="you"), ['55:16: should be "partner" or "self", not "you"']),
    ],
    ids=range(20),
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place_in_the_json(
    tmp_path: Path, value: object, expected: list[str]
) -> None:
    assert problems(tmp_path, value) == expected


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    made = changed("step", 1, "easeup:tempo", to="fast")
    made["step"][1]["easeup:cues"] = []
    made["step"][1]["itemListElement"] += [{"@type": "HowToTip"}, {"easeup:at": "PT20M", "text": "Late."}]
    made["name"] = None
    assert [each.split(": ", 1)[1] for each in problems(tmp_path, made)] == [
        'missing key "name", what the routine is called',
        'missing key "text", what is said',
        "a cue at 20m comes too late in a step of 2m30s",
        'should be a number, not "fast"',
        '"easeup:cues" is not used; schema.org has "HowToDirection" for it',
    ]


def values(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Each value there is, and the way to it."""
    yield way, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from values(inner, (*way, key))


SEEDS = [CALF, howto(load(FULL))]
ODD: list[Any] = [
    *(
        None,
        True,
        -1,
        0,
        1e300,
        10**30,
        "",
        "x",
        "-PT5S",
        "PT0S",
        "P1Y",
        "PT99999H",
        "<b>x</b>",
        "0%",
        "50%",
        "😀",
    ),
    *([], {}, [[]], [{}], ["x"], "a\0b", "x" * 2000, {"@type": "HowTo"}, {"@type": "HowToStep"}),
    *({"@list": ["left"]}, {"@value": 3}, {"@type": "HowToSection"}, {"include": "x"}),
]
OWN = [
    "include",
    "steps",
    "cues",
    "foo",
    "hold",
    "until",
    "id",
    "duration",
    "sides",
    "repeat",
    "region",
    "for",
]


@given(st.data())
def test_whatever_is_in_it_there_are_plain_problems_or_a_sound_routine(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    made = copy.deepcopy(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 3))):
        way, old = data.draw(st.sampled_from(list(values(made))[1:]))
        inner: Any = made
        for step in way[:-1]:
            inner = inner[step]
        odd = copy.deepcopy(data.draw(st.sampled_from(ODD)))
        if isinstance(old, dict):
            old[f"easeup:{data.draw(st.sampled_from(OWN))}"] = odd
        elif data.draw(st.booleans()) and len(made) > 1:
            del inner[way[-1]]
        else:
            inner[way[-1]] = odd
        if len(list(values(made))) == 1:
            break
    place = tmp_path_factory.getbasetemp()
    found = outcome(written(place, made))
    if isinstance(found, Imported):
        file = place / f"{found.id[:200]}.yaml"
        file.write_text(found.text, encoding="utf-8")
        if len(found.id) <= 200:  # a longer name is no file's
            load(file)
    else:
        assert found
        assert all("\n" not in line for line in found)


def outcome(file: Path) -> Imported | list[str]:
    try:
        return imported(file)
    except DocumentError as error:
        return [str(each) for each in error.problems]


def test_no_howto_lasts_longer_than_three_hours(tmp_path: Path) -> None:
    steps = [{"name": name, "text": "Rub it.", "easeup:duration": "PT1H"} for name in ("A", "B", "C", "D")]
    assert load(in_yaml(tmp_path, {"@type": "HowTo", "name": "Rub", "step": steps[:3]})).written_in
    (told,) = problems(tmp_path, {"@type": "HowTo", "name": "Rub", "step": steps})
    assert told.endswith(
        ': 240m of work in these steps together, and 180m is most; shorten some; the longest is "a" with 60m'
    )

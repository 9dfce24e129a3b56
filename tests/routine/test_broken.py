# ruff: noqa: E501  # a table of messages as they are printed
from __future__ import annotations

from pathlib import Path

import pytest

from voice.documents import DocumentError
from voice.routine import load

FOLDER = Path(__file__).parent / "broken"

# Problems of an included file carry its name; all others are the file's own.
EXPECTED = {
    "bad-durations": [
        '6:85: "1:30" is not a duration; write 1m30s',
        "7:85: 90 has no unit; write 1m30s",
        '8:81: "half a minute" is not a duration; write a duration as 90s, 1m30s or 2m',
        '9:80: "hold" has no value',
    ],
    "bad-pressure": [
        "7:66: should be 5 or less, not 6",
        '8:66: should be a whole number, not "firm"',
        "9:66: pressure 3 is above max_pressure, which is 2",
        "10:66: pressure 4 is above the routine's max_pressure, which is 3",
        "11:66: should be a whole number, not the number 2.5",
    ],
    "circular": [
        '6:15: "circular-too" cannot be included: there are problems in it',
        "circular-too.yaml:6:15: a routine cannot include itself (circular → circular-too → circular)",
    ],
    "cue-beyond-end": [
        "15:14: a cue at 1m comes too late in a step of 1m",
        '16:14: "100%" is not a share of a step; write one from 1% to 99%',
        "17:14: 30 has no unit; write 30s",
        '26:14: a step that lasts until "next" has no length to take a share of; write a duration',
    ],
    "duplicate-ids": [
        '7:46: "hips" is listed twice',
        '8:10: the id "rest" is taken by the step in line 6',
    ],
    "duplicate-key": [
        '11:5: the key "pressure" is given twice; first in line 10',
        '14:5: the key "say" is given twice; first in line 13',
    ],
    "everything-at-once": [
        '1:5: the id "everything" belongs into a file called everything.yaml, not everything-at-once.yaml',
        '2:1: unknown key "titel"; did you mean "title"?',
        '3:6: should be "partner" or "self", not "anybody"',
        "4:11: should not be empty",
        '5:8: should be a list, not "oil"',
        '8:9: "Warm Up" should be lower-case words joined by hyphens, such as warm-up',
        "9:12: should be text, not the number 5",
        "10:13: should not be empty",
        "12:15: pressure 3 is above the routine's max_pressure, which is 2",
        '13:15: "2 minutes" is not a duration; write a duration as 90s, 1m30s or 2m',
        '14:12: should be a number, not "fast"',
        "15:13: should be 1 or more, not 0",
        '16:19: should be "left" or "right", not "wrong"',
        "17:10: should not be empty",
        '19:9: missing key "say"',
        '20:5: should be keys with values, not "rest a while"',
    ],
    "includes": [
        '7:15: no routine "lower-back-stroke", neither beside this file nor among the bundled ones; did you mean "lower-back-strokes"?',
        '8:15: the id of its step "circles" is taken here by the step in line 6',
        '8:43: no step "thumb" in "lower-back-strokes"; did you mean "thumbs"?',
        '9:15: "circular" cannot be included: there are problems in it',
        '10:15: "../missing" should be lower-case words joined by hyphens, such as warm-up',
        '11:15: "syntax" cannot be included: there are problems in it',
        'circular.yaml:6:15: "circular-too" cannot be included: there are problems in it',
        "circular-too.yaml:6:15: a routine cannot include itself (circular → circular-too → circular)",
        'syntax.yaml:9:17: a ":" is not allowed here; put text that holds one in quotes',
    ],
    "missing-keys": [
        '1:1: missing key "for"',
        '5:5: missing key: one of "duration", "hold" or "until"',
        '5:5: missing keys "technique" and "pressure"',
    ],
    "several-ends": [
        '11:11: a step has only one of duration, hold and until; "duration" is there already',
        '14:5: missing key: one of "duration", "hold" or "until"',
        '25:12: should be "next", not "they say so"',
    ],
    "strange-sources": [
        '8:79: "D" is not among the sources of the routine',
        '9:82: "C" is listed twice',
        "10:78: should not be empty",
    ],
    "syntax": [
        '9:17: a ":" is not allowed here; put text that holds one in quotes',
    ],
    "unknown-key": [
        '11:5: unknown key "duraton"; did you mean "duration"?',
    ],
}


def test_every_broken_file_is_in_the_table() -> None:
    included_only = {"circular-too"}
    assert {path.stem for path in FOLDER.glob("*.yaml")} - included_only == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_all_that_is_wrong_is_told_with_its_place(name: str) -> None:
    with pytest.raises(DocumentError) as caught:
        load(FOLDER / f"{name}.yaml")
    told = [
        line.removeprefix(f"{FOLDER}/").removeprefix(f"{name}.yaml:")
        for line in str(caught.value).splitlines()
    ]
    assert told == EXPECTED[name]

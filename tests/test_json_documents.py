# ruff: noqa: E501  # tables of long lines, the text beside its problem
"""JSON files as documents: strictly JSON, each value with its place."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.documents import Document, DocumentError, read_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def parsed(folder: Path, text: str | bytes) -> Document:
    path = folder / "file.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return read_json(path)


@given(value=VALUES, escaped=st.booleans(), indent=st.sampled_from([None, 1, "\t"]))
def test_what_is_json_is_read_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, value: object, escaped: bool, indent: int | str | None
) -> None:
    text = json.dumps(value, ensure_ascii=escaped, indent=indent)
    assert parsed(tmp_path_factory.getbasetemp(), text).value == value


def test_every_value_has_its_place_and_its_key_s(tmp_path: Path) -> None:
    document = parsed(tmp_path, '\ufeff{\r\n\t"a": [1,\t{"b": "\\ud83d\\ude00\\/"}],\n"c":1.5e3}')
    assert document.value == {"a": [1, {"b": "😀/"}], "c": 1500.0}
    problem = document.problem(("a", 1, "b"), "odd")
    assert str(problem) == f"{tmp_path}/file.json:2:17: odd"
    assert document.problem(("a", 1, "b"), "odd", at_key=True).column == 12
    assert (document.problem(("c",), "").line, document.problem(("c",), "").column) == (3, 5)
    assert document.problem(("a", 1, "missing"), "").column == 11


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1:1: the file is empty"),
        (" \n", "2:1: the file is empty"),
        (b'{"a": "caf\xe9"}', "1:11: not UTF-8 text; save the file with the encoding UTF-8"),
        ("\n<!doctype html>", '2:1: a web page, not JSON; save what stands in its <script type="application/ld+json">'),
        ("{", "1:2: the file breaks off here"),
        ('{"a"', "1:5: the file breaks off here"),
        ('{"a":', "1:6: the file breaks off here"),
        ('{"a":1', "1:7: the file breaks off here"),
        ("[1,", "1:4: the file breaks off here"),
        ('{"a":"x', "1:6: the quote that opens here is never closed"),
        ('{"a":1,}', '1:8: nothing follows the "," before this; take the "," out'),
        ("[1 2]", '1:4: a "," or a "]" is missing here'),
        ('{"a" 1}', '1:6: a ":" is missing after this key'),
        ("{a: 1}", "1:2: a key in double quotes is missing here"),
        ("{'a': 1}", "1:2: a key in double quotes is missing here"),
        ("[x]", "1:2: no JSON value; text stands in double quotes"),
        ('["a\nb"]', "1:4: a line break, a tab or the like stands in a text; write it as \\n or \\t"),
        ('["\\q"]', "1:3: not valid JSON: invalid \\escape"),
        ("[NaN]", "1:2: NaN is no JSON value"),
        ("{} {}", "1:4: more follows after the end of the JSON; take it out"),
        ('["\\ud800"]', "1:2: half a character (a lone surrogate) is not text"),
        ("[" * 100_000, "1:33: nested too deeply"),
    ],
)  # fmt: skip
def test_what_is_no_json_is_told_with_its_place(tmp_path: Path, text: str | bytes, expected: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parsed(tmp_path, text)
    assert [f"{each.line}:{each.column}: {each.message}" for each in caught.value.problems] == [expected]


def test_what_was_found_before_the_end_is_told_along_with_it(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        parsed(tmp_path, '{"a": 1,\n "a": 2,\n "b": ')
    assert [str(each).removeprefix(f"{tmp_path}/file.json:") for each in caught.value.problems] == [
        '2:2: the key "a" is given twice; first in line 1',
        "3:7: the file breaks off here",
    ]


def test_numbers_that_nobody_means_stay_text(tmp_path: Path) -> None:
    assert parsed(tmp_path, f"[1{5000 * '0'}, 1e999]").value == ["1" + 5000 * "0", "1e999"]


def test_a_large_file_takes_no_longer_than_its_length(tmp_path: Path) -> None:
    text = json.dumps([{"name": "x" * 50, "number": number} for number in range(20_000)], indent=1)
    began = time.process_time()
    parsed(tmp_path, text)
    assert time.process_time() - began < 10.0  # by counting lines anew for each value it took 144 s

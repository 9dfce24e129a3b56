# ruff: noqa: E501  # tables of long lines, the text beside its problem
from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import Field

from voice.documents import Document, DocumentError, FaultsError, Problem, Shape, nearest, read, validate


def parsed(tmp_path: Path, text: str | bytes) -> Document:
    path = tmp_path / "file.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(path)


def refusal(tmp_path: Path, text: str | bytes) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        parsed(tmp_path, text)
    return lines(caught.value)


def lines(error: DocumentError) -> list[str]:
    return [f"{problem.line}:{problem.column}: {problem.message}" for problem in error.problems]


@pytest.mark.parametrize(
    "written", ["1:30", "no", "off", "yes", "True", "2026-01-01", "012", "0x1f", "1e3", ".inf", "1_000", "5."]
)
def test_what_yaml_1_1_would_turn_into_something_else_stays_text(tmp_path: Path, written: str) -> None:
    assert parsed(tmp_path, f"key: {written}\n").value == {"key": written}


@pytest.mark.parametrize(
    ("written", "value"),
    [("true", True), ("false", False), ("null", None), ("~", None), ("", None), ("-7", -7), ("1.50", 1.5)],
)
def test_the_few_plain_values(tmp_path: Path, written: str, value: object) -> None:
    assert parsed(tmp_path, f"key: {written}\n").value == {"key": value}


def test_keys_are_always_text(tmp_path: Path) -> None:
    assert parsed(tmp_path, "1: a\nno: b\ntrue: c\n").value == {"1": "a", "no": "b", "true": "c"}


def test_a_problem_has_the_place_of_a_value_or_of_its_key(tmp_path: Path) -> None:
    document = parsed(tmp_path, "steps:\n  - id: a\n    cues: [{at: 1s}]\n")
    assert str(document.problem(("steps", 0, "cues", 0, "at"), "late")) == f"{tmp_path}/file.yaml:3:17: late"
    assert document.problem(("steps", 0, "cues"), "", at_key=True).column == 5
    # What is missing has the place of that from which it is missing.
    assert document.problem(("steps", 0, "say"), "") == Problem(f"{tmp_path}/file.yaml", 2, 5, "")


def test_a_byte_order_mark_and_windows_line_ends_do_not_move_places(tmp_path: Path) -> None:
    document = parsed(tmp_path, b"\xef\xbb\xbfa: 1\r\nb: two\r\n")
    assert document.value == {"a": 1, "b": "two"}
    assert (document.problem(("a",), "").column, document.problem(("b",), "").line) == (4, 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"a: caf\xe9", "1:7: not UTF-8 text; save the file with the encoding UTF-8"),
        ("a: 1\nb: \x01", "2:4: the character U+0001 is not allowed"),
        ("a: 1\na: 2", '2:1: the key "a" is given twice; first in line 1'),
        ("a: b: c", '1:5: a ":" is not allowed here; put text that holds one in quotes'),
        ("a:\n\t- b", "2:1: a tab stands here; indent with spaces"),
        ("a: 1\nbc\nd: 2", '2:1: a ":" is missing after this key'),
        ("a: 'b", "1:4: the quote that opens here is never closed"),
        ("a:\n  - b\n c: d", "3:2: this line is not indented like the lines it belongs to"),
        ('a: "\\q"', "1:6: not valid YAML: found unknown escape character 'q' (while scanning a double-quoted scalar)"),
        ("a: 1\n---\nb: 2", '2:1: a second document starts here; a file holds only one, so take out the "---"'),
        ("a: &x [1]\nb: *x", '2:4: aliases such as "*x" are not supported; write the value out'),
        ("a: !!python/name:os.system x", '1:4: tags such as "!!python/name:os.system" are not supported; leave it out'),
        ("a: !!int x", '1:4: tags such as "!!int" are not supported; leave it out'),
        ("? [a]\n: b", "1:3: a key has to be a word, not a list or a mapping"),
        ("a: " + "[" * 50_000, "1:35: nested too deeply"),
        ('a: "\\uD800"', "1:4: half a character (a lone surrogate) is not text"),
    ],
    ids=range(16),
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_its_place(
    tmp_path: Path, text: str | bytes, expected: str
) -> None:
    assert refusal(tmp_path, text) == [expected]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"absent\.yaml:1:1: cannot be read: no such file or directory$"):
        read(tmp_path / "absent.yaml")


@pytest.mark.skipif(os.name != "posix", reason="Windows words this otherwise")
def test_a_folder_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"1:1: cannot be read: is a directory$"):
        read(tmp_path)


class Leaf(Shape):
    name: str
    size: int = 1


class Tree(Shape):
    title: str
    leaves: tuple[Leaf, ...]
    labels: dict[str, Leaf] = Field(default_factory=dict)
    either: str | tuple[str, ...] = ""


def faults(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        validate(parsed(tmp_path, text), Tree)
    return lines(caught.value)


def test_a_good_document_becomes_its_model(tmp_path: Path) -> None:
    text = "title: oak\nleaves: [{name: a}]\nlabels: {x: {name: b, size: 2}}\neither: [c]\n"
    tree = validate(parsed(tmp_path, text), Tree)
    assert tree == Tree(
        title="oak", leaves=(Leaf(name="a"),), labels={"x": Leaf(name="b", size=2)}, either=("c",)
    )


def test_everything_wrong_is_told_at_once_in_order_of_place(tmp_path: Path) -> None:
    text = "titel: oak\nleaves:\n  - {nam: a, size: big}\n  - 5\n  - {name: , siz: 1}\nlabels: {x: {}}\neither: [1]\n"
    assert faults(tmp_path, text) == [
        '1:1: unknown key "titel"; did you mean "title"?',
        '3:6: unknown key "nam"; did you mean "name"?',
        '3:20: should be a whole number, not "big"',
        "4:5: should be keys with values, not the number 5",
        '5:11: "name" has no value',
        '5:14: unknown key "siz"; did you mean "size"?',
        '6:13: missing key "name"',
        "7:10: should be text, not the number 1",
    ]


def test_missing_keys_are_named_together(tmp_path: Path) -> None:
    assert faults(tmp_path, "either: x") == ['1:1: missing keys "title" and "leaves"']


def test_a_problem_is_one_line_whatever_it_quotes(tmp_path: Path) -> None:
    told = faults(tmp_path, '{title: a, leaves: [], "x\\ny": 1}')
    assert told == ['1:24: unknown key "x\\ny"']


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    assert faults(tmp_path, "# nothing\n") == ["1:1: the file is empty"]


def test_a_value_of_no_possible_type_is_told_all_of_them(tmp_path: Path) -> None:
    assert faults(tmp_path, "{title: a, leaves: [], either: true}") == [
        "1:32: should be text or a list, not true"
    ]


def test_problems_are_kept_by_file() -> None:
    first, second, third = Problem("b", 9, 1, "x"), Problem("a", 1, 1, "y"), Problem("b", 2, 1, "z")
    assert DocumentError([first, second, third]).problems == (third, first, second)
    assert str(DocumentError([first, second])) == "b:9:1: x\na:1:1: y"


def test_faults_read_as_text_when_nobody_places_them() -> None:
    assert str(FaultsError([((0,), "one"), ((1,), "two")])) == "one; two"


def test_nearest() -> None:
    assert nearest("Duraton", ["say", "duration"]) == "duration"
    assert nearest("zzz", ["say", "duration"]) is None

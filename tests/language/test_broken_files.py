"""What is wrong with a language's files is told with file, line and column, all at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from voice.documents import DocumentError
from voice.language import Language
from voice.resources import folder


@pytest.fixture
def english(tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder("prompts") / "en", tmp_path / "en"))


def place(text: str, needle: str) -> tuple[int, int]:
    """Line and column of a piece of text, from 1."""
    before = text[: text.index(needle)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def problems(where: Path) -> list[tuple[str, int, int, str]]:
    with pytest.raises(DocumentError) as caught:
        Language.read(where, "en")
    return [(Path(each.file).name, each.line, each.column, each.message) for each in caught.value.problems]


@pytest.mark.parametrize(
    ("good", "bad", "at", "message"),
    [
        ("    - stop\n", "    - stop\n    - (stop\n", "(stop\n", 'the brackets of "(stop" do not match'),
        (
            "    - stop\n",
            "    - stop\n    - halt [] now\n",
            "halt []",
            "an empty template or an empty pair of brackets",
        ),
        (
            "    - stop\n",
            "    - stop\n    - lighter\n",
            "lighter\n    - softer",
            '"lighter" already means "stop"',
        ),
        (
            "    - stop\n",
            "    - stop\n    - stop {n}\n",
            "stop {n}",
            '"{n}" is no slot that fits here',
        ),
        (
            "    - stop\n",
            "    - stop\n    - <now> stop\n",
            "<now> stop",
            '"<now> stop" uses a rule that is not under "rules"',
        ),
        (
            "    - stop\n",
            "    - stop\n    - '[stop]'\n",
            "'[stop]'",
            "a template in which every word is optional",
        ),
        (
            "    - stop\n",
            "    - stop\n    - Stop 2\n",
            "Stop 2",
            '"Stop" is neither a lower-case word nor a slot',
        ),
        (
            "  a_bit: (a (bit|little)|a little bit)",
            "  a_bit: <a_bit> bit",
            '"[<a_bit>] (lighter',
            '"[<a_bit>] (lighter|softer|gentler) [please]" uses a rule that uses itself',
        ),
        ("    - stop\n", "    - stop\n    - ow\n", "ow\n    - ouch (", '"ow" already means "stop"'),
        ("  stop:\n", "  stopp:\n", "stopp:", 'unknown intent "stopp"; did you mean "stop"?'),
        ("  step: stop\n", "  next: stop\n", "next: stop", '"next" means something by itself'),
        ("  step: stop\n", "  step: halve\n", "halve", '"halve" is no urgent phrase, such as "stop"'),
        ("  - top shop", "  - stop shop", "stop shop", '"stop" is no decoy: it means "stop"'),
        ("plus: 90", "pluss: 90", "pluss: 90", 'unknown key "pluss"; did you mean "plus"?'),
    ],
)
def test_commands(english: Path, good: str, bad: str, at: str, message: str) -> None:
    file = english / "commands.yaml"
    text = file.read_text(encoding="utf-8")
    assert good in text
    text = text.replace(good, bad, 1)
    file.write_text(text, encoding="utf-8")
    assert ("commands.yaml", *place(text, at), message) in problems(english)


@pytest.mark.parametrize(
    ("good", "bad", "at", "message"),
    [
        ("  paused:\n", "  pausedd:\n", "pausedd:", 'unknown prompt "pausedd"; did you mean "paused"?'),
        ("  stopped: Stopped.", "  halted: Stopped.", "prompts:\n", 'the prompt "stopped" is missing'),
        ("- For {length}.", "- For a while.", "For a while.", 'the field "{length}" is missing'),
        ("- For {length}.", "- For {length}{side}.", "For {l", '"{side}" is no field of this line'),
        ("- For {length}.", "- For {length.", "For {l", "a brace without its partner"),
        ("- For {length}.", "- For {length:>9}.", "For {l", "a field has only a name in its braces"),
        ("- For {length}.", "- For {length!r}.", "For {l", "a field has only a name in its braces"),
        ("- For {length}.", "- For {}{length}.", "For {}", '"{}" is no field of this line'),
        ("    left: left\n", "", "side:\n    right", 'the term "left" is missing'),
        ("    voice: voice\n", "    vioce: voice\n", "vioce:", 'unknown term "vioce"; did you mean "voice"?'),
        ('seconds: "{number} seconds"', 'seconds: "{n} s"', '"{n} s"', '"{n}" is no field of this line'),
        ("  moment: a moment\n", "", "second: one", 'missing key "moment"'),
    ],
)
def test_prompts(english: Path, good: str, bad: str, at: str, message: str) -> None:
    file = english / "prompts.yaml"
    text = file.read_text(encoding="utf-8")
    assert good in text
    text = text.replace(good, bad, 1)
    file.write_text(text, encoding="utf-8")
    assert ("prompts.yaml", *place(text, at), message) in problems(english)


def test_both_files_are_told_of_at_once(english: Path) -> None:
    for name, good in (("commands.yaml", "  stop:\n"), ("prompts.yaml", "  stopped:")):
        file = english / name
        file.write_text(
            file.read_text(encoding="utf-8").replace(good, "  halt:" + good[-1:].strip(":")), "utf-8"
        )
    assert {file for file, *_ in problems(english)} == {"commands.yaml", "prompts.yaml"}


def test_a_file_that_is_missing(english: Path) -> None:
    (english / "prompts.yaml").unlink()
    [(file, line, column, message)] = problems(english)
    assert (file, line, column) == ("prompts.yaml", 1, 1)
    assert message.startswith("cannot be read")


def test_an_intent_that_can_only_be_asked_for_by_title(english: Path) -> None:
    file = english / "commands.yaml"
    text = file.read_text(encoding="utf-8")
    templates = text[text.index("    - start\n") : text.index("  person:")]
    file.write_text(text.replace(templates, "    - start {routine}\n"), encoding="utf-8")
    expected = ("commands.yaml", *place(text, "start:\n"), "one wording has to do without a title")
    assert problems(english) == [expected]

"""Imports point one way, and the session core is pure."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import voice

ROOT = Path(voice.__file__).parent
TRAINING = ROOT / "recognition" / "training"
"""A part of its own: it makes what the rest of recognition uses, and needs an extra."""
LAYERS: dict[str, set[str]] = {
    "session": set(),
    "documents": set(),
    "resources": set(),
    "places": set(),
    "routine": {"session", "documents", "resources", "places"},
    "language": {"session", "documents", "resources"},
    "audio": {"session"},
    "recognition": {"session", "places"},
    "training": {"session", "resources", "places", "routine", "language", "recognition"},
    "synthesis": {"session", "places"},
    "rehearsal": {"session", "documents", "routine"},
    "diary": {"session", "documents", "places"},
    "app": {
        *("session", "documents", "resources", "places", "routine", "language"),
        *("audio", "recognition", "synthesis", "rehearsal", "diary"),
    },
    "__main__": {"cli"},
    "cli": {
        *("app", "audio", "diary", "documents", "language", "places"),
        *("recognition", "rehearsal", "resources", "routine", "synthesis", "training"),
    },
}
"""What each part of the package may import of the others: cli, app, the senses, the knowledge, the core."""
FORBIDDEN_IN_THE_CORE = {
    "time",
    "datetime",
    "random",
    "threading",
    "queue",
    "asyncio",
    "os",
    "pathlib",
    "logging",
}


def imported(file: Path) -> Iterator[str]:
    package = ("voice", *file.relative_to(ROOT).parts[:-1])
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            name = ".".join((*base, *([node.module] if node.module else [])))
            yield name
            if name == "voice":
                yield from (f"voice.{alias.name}" for alias in node.names)


def part_of(file: Path) -> str:
    if file.is_relative_to(TRAINING):
        return "training"
    return file.relative_to(ROOT).parts[0].removesuffix(".py")


FILES = [file for file in sorted(ROOT.rglob("*.py")) if file != ROOT / "__init__.py"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_point_one_way(file: Path) -> None:
    part = part_of(file)
    others = {
        "training" if name.startswith("voice.recognition.training") else name.split(".")[1]
        for name in imported(file)
        if name.startswith("voice.")
    }
    assert others - {part} <= LAYERS[part]


@pytest.mark.parametrize("file", [f for f in FILES if part_of(f) == "session"], ids=lambda file: file.name)
def test_the_core_uses_the_standard_library_and_no_clock(file: Path) -> None:
    modules = {name.split(".")[0] for name in imported(file)} - {"voice"}
    assert modules <= sys.stdlib_module_names
    assert not modules & FORBIDDEN_IN_THE_CORE


def test_no_part_is_missing_from_the_map() -> None:
    assert {part_of(file) for file in FILES} == set(LAYERS)

"""One environment variable moves all that is the user's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import voice
from voice import places

_ALL = """
import json
from voice.app import settings
from voice.cli import models
from voice.diary.database import file
from voice.recognition.models import user_models
from voice.routine import own_folder
from voice.synthesis.clips import default_folder
files = file(), own_folder(), user_models(), settings.file(), default_folder(), models._cache()
print(json.dumps([str(file) for file in files]))
"""


def shown(**variables: str) -> list[Path]:
    """Where a program with these variables keeps its things."""
    package = str(Path(voice.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": package, **variables}
    found = subprocess.run([sys.executable, "-c", _ALL], env=environment, capture_output=True, check=True)
    return [Path(name) for name in json.loads(found.stdout)]


def test_easeup_home_moves_everything(tmp_path: Path) -> None:
    assert [str(path.relative_to(tmp_path)) for path in shown(EASEUP_HOME=str(tmp_path))] == [
        *("data/diary.sqlite", "data/routines", "data/models"),
        "config/settings.yaml",
        *("cache/clips", "cache/models"),
    ]
    assert not list(tmp_path.iterdir())  # to ask for a place makes none


def test_an_empty_variable_counts_as_unset(tmp_path: Path) -> None:
    everything = shown(EASEUP_HOME="", HOME=str(tmp_path), XDG_DATA_HOME=str(tmp_path / "mine"))
    assert all(path.is_absolute() and "easeup" in path.parts for path in everything)


def test_nothing_else_asks_for_the_systems_folders() -> None:
    root = Path(voice.__file__).parent
    asking = [path for path in root.rglob("*.py") if "platformdirs" in path.read_text(encoding="utf-8")]
    assert asking == [Path(places.__file__)]

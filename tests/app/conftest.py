"""The program as its user has it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Easeup = Callable[..., "subprocess.CompletedProcess[str]"]

COMMAND = (sys.executable, "-m", "voice")


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """With empty folders for the user's own things, and no sound server."""
    home = tmp_path_factory.mktemp("home")
    ours = ("EASEUP", "XDG", "PULSE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    checkout = Path(__file__).parents[2]
    return {
        **kept,
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "PULSE_SERVER": f"unix:{home}/nobody",
        # In a checkout that is what is tested; with the tests alone, it is what is installed.
        "PYTHONPATH": str(checkout) if (checkout / "voice").exists() else "",
    }


@pytest.fixture(scope="session")
def easeup(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Easeup:
    """Runs the command in an empty folder, to its end."""
    folder = tmp_path_factory.mktemp("elsewhere")

    def run(*arguments: str | Path, typed: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *map(str, arguments)],
            cwd=folder,
            input=typed,
            env={**environment, **variables},
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    return run

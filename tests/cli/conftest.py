"""The commands as their user has them, with a publisher on this machine."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.app.conftest import COMMAND, Easeup, easeup, environment
from tests.recognition.store import server

__all__ = ["Store", "easeup", "environment"]


@dataclass
class Store:
    """`easeup models` of one user."""

    publisher: server.Publisher
    variables: dict[str, str]
    easeup: Easeup
    environment: dict[str, str]
    models: Path
    cache: Path

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run it to its end."""
        return self.easeup("models", *arguments, **{**self.variables, **variables})

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Run it, to be interrupted."""
        return subprocess.Popen(
            [*COMMAND, "models", *arguments],
            env={**self.environment, **self.variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def limited(self, file_bytes: int, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run it where no file can become larger."""
        shell = f"ulimit -f {file_bytes // 512} && exec " + " ".join((*COMMAND, "models", *arguments))
        return subprocess.run(
            ["sh", "-c", shell],
            env={**self.environment, **self.variables},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture
def store(easeup: Easeup, environment: dict[str, str], tmp_path: Path) -> Iterator[Store]:
    with server.publisher() as publisher:
        variables = {
            "EASEUP_MODEL_LIST": publisher.list_url,
            "XDG_DATA_HOME": str(tmp_path / "data"),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
            "NO_PROXY": "127.0.0.1",
        }
        models, cache = tmp_path / "data" / "easeup" / "models", tmp_path / "cache" / "easeup" / "models"
        yield Store(publisher, variables, easeup, environment, models, cache)


def interrupt(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Ctrl-C, and what it says until its end."""
    os.kill(process.pid, signal.SIGINT)
    return process.communicate(timeout=120)


def complaint(done: subprocess.CompletedProcess[str], code: int = 2) -> str:
    """The one line that tells what is wrong."""
    assert done.returncode == code, done
    lines = done.stderr.splitlines()
    assert lines
    assert len([line for line in lines if line.startswith("easeup: ")]) == 1, lines
    assert "Traceback" not in done.stderr
    return lines[-1]

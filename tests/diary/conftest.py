"""A diary in a folder of its own, and disks that are small or can't be written to."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Disk = Callable[..., Path]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "easeup" / "diary.sqlite"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Mounts a small disk in memory, and gives its folder; with `remount` it takes other options."""
    folder = tmp_path / "disk"

    def mount(options: str, *, remount: bool = False) -> Path:
        folder.mkdir(exist_ok=True)
        chosen = f"remount,{options}" if remount else options
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", chosen, "tmpfs", str(folder)], check=True, capture_output=True
        )
        return folder

    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root of a Linux system can mount a disk")
    try:
        mount("size=1m")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this system lets nobody mount a disk")
    yield mount
    subprocess.run(["umount", "--lazy", str(folder)], check=True)  # also where a test has left a file open

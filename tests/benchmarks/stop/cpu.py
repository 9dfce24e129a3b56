"""What a program takes of the processor; Linux only."""

from __future__ import annotations

import os
import time
from pathlib import Path


class CpuMeter:
    """What a program takes of one core from now on; as Linux counts it."""

    def __init__(self, process_id: int) -> None:
        self._process_id = process_id
        self._began, self._taken = time.monotonic(), self._seconds()

    @property
    def share(self) -> float:
        """Of one core, since this was made."""
        return (self._seconds() - self._taken) / (time.monotonic() - self._began)

    def _seconds(self) -> float:
        """Of the program and the children it has, with theirs that have ended."""
        of_it = Path(f"/proc/{self._process_id}")
        children = [child for task in of_it.glob("task/*/children") for child in task.read_text().split()]
        ticks = 0
        for process in (of_it, *(Path(f"/proc/{child}") for child in children)):
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))  # its own, in user and kernel, and its ended children's
        return ticks / os.sysconf("SC_CLK_TCK")

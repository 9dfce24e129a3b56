"""A screen that takes nothing must hold nobody up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_PRINTS = """
from voice.cli.printing import Printing
with Printing() as printing:
    printing.tell({told!r} * {times})
    printing.complain("the microphone is lost")
"""


def start(told: str, times: int, stdout: int, environment: dict[str, str]) -> subprocess.Popen[str]:
    code = _PRINTS.format(told=told, times=times)
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=stdout, stderr=subprocess.PIPE, text=True, env=environment
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to")
def test_a_full_disk_hides_nothing_else(environment: dict[str, str]) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    with start("a line", 1, full, environment) as printing:
        assert printing.communicate(timeout=30)[1] == "easeup: the microphone is lost\n"
    os.close(full)
    assert printing.returncode == 0


def test_who_has_gone_hides_nothing_else(environment: dict[str, str]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    with start("a line", 1, theirs, environment) as printing:
        os.close(theirs)
        assert printing.communicate(timeout=30)[1] == "easeup: the microphone is lost\n"
    assert printing.returncode == 0


def test_a_screen_that_is_held_keeps_no_program_from_ending(environment: dict[str, str]) -> None:
    with start("a long line", 100_000, subprocess.PIPE, environment) as printing:
        assert printing.wait(30) == 130
        assert printing.stderr is not None
        assert printing.stderr.read() == ""


def test_what_drivers_complain_of_is_not_on_the_screen(environment: dict[str, str]) -> None:
    code = (
        "import os, sys\n"
        "from voice.cli.printing import Printing, without_drivers\n"
        "with without_drivers(), Printing() as printing:\n"
        "    os.write(2, b'underrun occurred')\n"
        "    printing.complain('the microphone is lost')\n"
        "print('over', file=sys.stderr)\n"
        "os.write(2, b'and over')\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True, env=environment
    )
    assert told.stderr == "easeup: the microphone is lost\nover\nand over"

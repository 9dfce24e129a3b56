"""What happens before there is any command."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.app.conftest import Easeup

_PROJECT = Path(__file__).parents[2] / "pyproject.toml"
# In place of the first thing that the commands import: it takes long, and Ctrl-C comes meanwhile.
_SLOW = """
import os, signal, time
os.kill(os.getpid(), signal.SIGINT)
time.sleep(60)
"""


def test_ctrl_c_while_it_is_being_loaded_ends_it_quietly(
    easeup: Easeup, environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "click.py").write_text(_SLOW, encoding="utf-8")
    ended = easeup("--help", PYTHONPATH=f"{tmp_path}{os.pathsep}{environment['PYTHONPATH']}")
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")


@pytest.mark.skipif(not _PROJECT.exists(), reason="only a checkout has it")
def test_the_command_that_is_installed_is_the_same() -> None:
    assert 'easeup = "voice.__main__:main"' in _PROJECT.read_text(encoding="utf-8")

"""What is written is brought onto the disk by another thread, and a disk that refuses is told of."""

from __future__ import annotations

import os
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.diary.diaries import names, one_line
from voice.diary.database import connect
from voice.diary.errors import DiaryError
from voice.diary.people import rename
from voice.diary.syncing import Syncing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no files that can't be synced")


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A file that can be written to, and that no system brings onto a disk."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


def failure(syncing: Syncing) -> OSError | None:
    """What the disk answers within a second."""
    until = time.monotonic() + 1
    while syncing.failed is None and time.monotonic() < until:
        time.sleep(0.001)
    return syncing.failed


def test_it_asks_the_disk_only_when_it_is_wanted(pipe: Path) -> None:
    with closing(Syncing(pipe)) as syncing:
        time.sleep(0.05)
        assert syncing.failed is None
        syncing.want()
        assert isinstance(failure(syncing), OSError)


def test_closing_waits_for_the_disk(pipe: Path, tmp_path: Path) -> None:
    syncing = Syncing(pipe)
    syncing.close()
    assert syncing.failed is not None
    (tmp_path / "file").touch()
    syncing = Syncing(tmp_path / "file")
    syncing.want()
    syncing.close()
    assert syncing.failed is None


def test_after_a_disk_has_failed_nothing_more_is_written(path: Path, pipe: Path) -> None:
    with connect(path, write=True) as database, closing(Syncing(pipe)) as failing:
        database._syncing = failing
        rename(database, 1, "Ada")
        assert failure(failing)
        with pytest.raises(DiaryError, match="the diary can't be used: Invalid argument") as told:
            rename(database, 1, "Ben")
        one_line(told.value, path)
        assert names(database) == ["Ada"]

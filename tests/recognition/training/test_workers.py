from __future__ import annotations

import signal
import sys

import pytest

from voice.recognition.training.workers import WorkerError, made_by_others, workers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nobody is killed like this there")


def killed() -> None:
    with workers() as pool:
        assert pool.submit(abs, -1).result() == 1
        pool.submit(signal.raise_signal, signal.SIGKILL).result()


def test_a_worker_that_is_killed_is_told_in_one_line() -> None:
    with pytest.raises(WorkerError, match="memory ran out; what is done is kept") as caught:
        killed()
    assert "\n" not in str(caught.value)


def test_what_work_itself_finds_wrong_stays_what_it_is() -> None:
    with pytest.raises(ZeroDivisionError), workers() as pool:
        pool.submit(divmod, 1, 0).result()
    with pytest.raises(RuntimeError, match="of my own"), made_by_others(range(3)) as made:
        raise RuntimeError(f"of my own: {sum(made)}")

"""Processes that share the work of a stage, and what is said when one is killed. Knows nothing of sound."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess
from typing import TypeVar

_WORKERS = 2


_END_S = 1.0
"""Seconds from a broken connection to the end of the process on its other side."""
_T = TypeVar("_T")


class WorkerError(Exception):
    """A process that shared the work was killed; as text, one line that says what to do."""

    def __init__(self) -> None:
        super().__init__(
            "a process that shared the work was killed, most likely because memory ran out; what is done is "
            "kept: close other programs, and run the same command again"
        )


@contextmanager
def workers() -> Iterator[ProcessPoolExecutor]:
    """Processes to work with; when the stage fails or is broken off, they drop their orders.

    Raises:
        WorkerError: One was killed.
    """
    # Not forked: the parent may run threads.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(_WORKERS, mp_context=context, initializer=_end_with_parent) as pool:
        try:
            yield pool
        except BrokenProcessPool:
            raise WorkerError from None
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


@contextmanager
def made_by_others(things: Iterable[_T]) -> Iterator[Iterator[_T]]:
    """For work on what PyTorch's processes make: their end may show at any moment, as one error or another.

    Args:
        things: A `DataLoader`.

    Raises:
        WorkerError: One was killed.
    """
    before = multiprocessing.active_children()
    made = iter(things)
    others = [each for each in multiprocessing.active_children() if each not in before]
    try:
        yield made
    except (EOFError, OSError, RuntimeError):
        if _is_one_killed(others):
            raise WorkerError from None
        raise


def _is_one_killed(others: Collection[BaseProcess]) -> bool:
    with suppress(RuntimeError):  # PyTorch tells of an end in whatever is done at that moment
        for each in others:
            each.join(_END_S)
    return any(each.exitcode for each in others)


def _end_with_parent() -> None:
    """See to it that a worker doesn't wait for ever for orders of a program that was killed."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent:
            parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()

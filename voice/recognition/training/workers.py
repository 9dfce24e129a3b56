"""Processes that share the work of a stage. Knows nothing of sound."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

_WORKERS = 2


@contextmanager
def workers() -> Iterator[ProcessPoolExecutor]:
    """Processes to work with; when the stage fails or is broken off, they drop their orders."""
    # Not forked: the parent may run threads.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(_WORKERS, mp_context=context, initializer=_end_with_parent) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _end_with_parent() -> None:
    """See to it that a worker doesn't wait for ever for orders of a program that was killed."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent:
            parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()

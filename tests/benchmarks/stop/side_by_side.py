"""Measurements that know nothing of each other, on all processors at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from tests.benchmarks.progress import progress

T = TypeVar("T")


def side_by_side(label: str, parts: Sequence[Callable[[], T]]) -> Iterator[T]:
    """What comes of each, in their order.

    Args:
        label: Of the bar that shows how many are done.
        parts: Can be pickled.
    """
    # Spawned, for Vosk's threads do not survive a fork.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool, progress(label, len(parts)) as advance:
        try:
            for future in [pool.submit(part) for part in parts]:
                yield future.result()
                advance(1)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

"""How far a long measurement has come, on the terminal; nothing where there is none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress(label: str, whole: float) -> Iterator[Callable[[float], None]]:
    """A bar; gives what to call with each part of the whole that is done."""
    scale = 100
    with click.progressbar(length=max(1, round(whole * scale)), label=f"{label:14}", file=sys.stderr) as bar:
        yield lambda part: bar.update(round(part * scale))

"""Errors of writing a file, with the file's name in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def named_in_errors(file: Path) -> Iterator[None]:
    """While a file is written: the system's errors name it.

    Those of opening a file do anyway; those of a full disk, which come while it is written or closed, don't.
    """
    try:
        yield
    except OSError as error:
        if error.filename is None and error.errno is not None:  # those of requests have no number
            raise OSError(error.errno, error.strerror, str(file)) from None
        raise

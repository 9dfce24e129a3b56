"""Finds the files that come with easeup, in a checkout and in a wheel. Reads none of them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def folder(name: Literal["routines", "prompts"]) -> Path:
    """The folder of the bundled routines or prompts.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    checkout, bundled = _PACKAGE.parent / name, _PACKAGE / "_data" / name
    # A checkout is known by its pyproject.toml: in site-packages a stranger may have a folder of that name.
    if checkout.is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file():
        return checkout
    if bundled.is_dir():
        return bundled
    raise FileNotFoundError(f"easeup is not fully installed: {bundled} is missing; install it again")

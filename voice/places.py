"""Where easeup keeps what is the user's own. Makes no folder, and reads none."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

VARIABLE = "EASEUP_HOME"
"""The environment variable that moves all three folders into one; empty counts as unset."""


def data() -> Path:
    """The folder of what nobody else can bring back: what is remembered of people, routines, models."""
    return _own("data") or platformdirs.user_data_path("easeup", appauthor=False)


def config() -> Path:
    """The folder of what has been chosen."""
    return _own("config") or platformdirs.user_config_path("easeup", appauthor=False)


def cache() -> Path:
    """The folder of what can be made again."""
    return _own("cache") or platformdirs.user_cache_path("easeup", appauthor=False)


def _own(name: str) -> Path | None:
    home = os.environ.get(VARIABLE)
    return Path(home) / name if home else None

"""Names of files and folders that come from outside: which of them every system takes, unchanged."""

from __future__ import annotations

import re

_PORTABLE = re.compile(r"[A-Za-z0-9_.+() -]{1,100}")
"""No separators, no drives, no short names ("PROGRA~1"), nothing that file systems change but case."""
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
"""Names that mean a device on Windows, with any ending, too."""


def is_portable(name: str) -> bool:
    """Whether a name, without folders, means one and the same new file or folder on every system."""
    return (
        _PORTABLE.fullmatch(name) is not None
        and name.strip(" ") == name
        and not name.endswith(".")  # ".", ".." and what Windows cuts off
        and name.split(".", maxsplit=1)[0].rstrip().lower() not in _DEVICES
    )

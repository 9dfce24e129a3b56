"""Words a message about a name that is not known, with the one that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """`kind` is what the name should have been the name of, such as "prompt"."""
    near = difflib.get_close_matches(name, [str(each) for each in known], n=1)
    return f'unknown {kind} "{name}"' + (f'; did you mean "{near[0]}"?' if near else "")

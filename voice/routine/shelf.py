"""The routines there are: those that come with easeup, and files of one's own."""

from __future__ import annotations

from pathlib import Path

from voice.documents import nearest
from voice.resources import folder
from voice.session.plan import Plan

from .format import SUFFIX
from .loading import load
from .planning import plan


class UnknownRoutineError(LookupError):
    """No routine goes by this name; the message names those that there are."""


def shelf() -> tuple[Plan, ...]:
    """The plans of all bundled routines, in the order in which they are numbered.

    That is for a partner first, then for oneself, each in the order of their sources and ids.

    Raises:
        DocumentError: one of them has problems.
    """
    routines = sorted(map(load, _bundled().values()), key=lambda each: (each.audience, each.sources, each.id))
    return tuple(map(plan, routines))


def find(name: str) -> Plan:
    """One plan: by the id of a bundled routine, or by the path of a file.

    Raises:
        UnknownRoutineError: neither.
        DocumentError: the file has problems.
    """
    bundled = _bundled()
    if name in bundled:
        return plan(load(bundled[name]))
    path = Path(name)
    if path.suffix == SUFFIX or len(path.parts) > 1:
        return plan(load(path))
    near = nearest(name, bundled)
    advice = f'did you mean "{near}"?' if near else f"there are: {', '.join(sorted(bundled))}"
    raise UnknownRoutineError(f'no routine "{name}"; {advice}')


def _bundled() -> dict[str, Path]:
    return {path.stem: path for path in folder("routines").glob(f"*{SUFFIX}")}

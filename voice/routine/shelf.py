"""The routines there are: those that come with easeup, and files of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from voice import places
from voice.documents import DocumentError, nearest
from voice.resources import folder
from voice.session.plan import Plan

from .format import SUFFIX
from .loading import load
from .planning import plan


class UnknownRoutineError(LookupError):
    """No routine goes by this name; the message names those that there are."""


class TakenRoutineError(Exception):
    """There is a routine of that id already, and none is ever replaced; the message tells where."""


def own_folder() -> Path:
    """The folder for routines of one's own, whether it is there or not."""
    return places.data() / "routines"


def shelf(complain: Callable[[DocumentError], object] = lambda _: None) -> tuple[Plan, ...]:
    """The plans of all bundled routines in the order of their numbers; after them one's own, by id.

    The bundled are those for a partner first, then those for oneself, each in the order of their sources and
    ids. One's own that have problems are left out, for a file half edited must keep nobody from a massage.

    Args:
        complain: Given the problems of each that is left out.

    Raises:
        DocumentError: a bundled one has problems.
    """
    own = _lying_in(own_folder())
    bundled = (load(path) for name, path in _lying_in(folder("routines")).items() if name not in own)
    routines = sorted(bundled, key=lambda each: (each.audience, each.sources, each.id))
    for path in own.values():
        try:
            routines.append(load(path))
        except DocumentError as error:
            complain(error)
    return tuple(map(plan, routines))


def find(name: str) -> Plan:
    """One plan: by the id of a bundled routine or of one's own, or by the path of a file.

    Raises:
        UnknownRoutineError: neither.
        DocumentError: the file has problems.
    """
    return plan(load(place(name)))


def place(name: str) -> Path:
    """The file of a routine, given by its id or by its path; a path need not lead anywhere.

    Raises:
        UnknownRoutineError: it is neither an id nor a path.
    """
    known = _known()
    if name in known:
        return known[name]
    path = Path(name)
    if path.suffix == SUFFIX or len(path.parts) > 1 or path.is_file():
        return path
    near = nearest(name, known)
    advice = f'did you mean "{near}"?' if near else f"there are: {', '.join(sorted(known))}"
    raise UnknownRoutineError(f'no routine "{name}"; {advice}')


def add(routine_id: str, text: str, into: Path) -> Path:
    """Write a new routine file into a folder, whole or not at all, and return where.

    Raises:
        TakenRoutineError: there is one of that id already, in the folder or among the bundled ones.
        OSError: it can't be written.
    """
    path = into / f"{routine_id}{SUFFIX}"
    if routine_id in _lying_in(folder("routines")):
        raise TakenRoutineError(
            f'"{routine_id}" is the id of a routine that comes with easeup; choose another'
        )
    into.mkdir(parents=True, exist_ok=True)
    try:
        file = path.open("x", encoding="utf-8")
    except FileExistsError:
        raise TakenRoutineError(f"{path}: there is a routine already; choose another id") from None
    try:
        with file:
            file.write(text)
    except BaseException:
        path.unlink()
        raise
    return path


def _known() -> dict[str, Path]:
    """By id; where one's own has the id of a bundled one, it is meant."""
    return {**_lying_in(folder("routines")), **_lying_in(own_folder())}


def _lying_in(place: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted(place.glob(f"*{SUFFIX}"))}

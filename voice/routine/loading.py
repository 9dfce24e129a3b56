"""Loads routine files: checks them whole, and brings in the steps of the routines they include."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from voice.documents import DocumentError, read, validate
from voice.resources import folder
from voice.session.plan import Audience

from .coherence import Coherence
from .format import SUFFIX, Include, RoutineFile, Step


@dataclass(frozen=True, slots=True)
class Routine:
    """A checked routine, with the steps it includes in their places."""

    id: str
    title: str
    audience: Audience
    position: str
    needs: tuple[str, ...]
    sources: tuple[str, ...]
    steps: tuple[Step, ...]
    """Each with a `max_pressure` that respects the caps of all routines it came through, and `sources`."""
    written_in: Mapping[str, str]
    """By the id of each step, that of the routine whose file has it: this one, or one it came from."""


def load(path: Path) -> Routine:
    """Load the routine of a file.

    Raises:
        DocumentError: everything that is wrong with the file and with those it includes.
    """
    return _Loading().routine(path, ())


class _Loading:
    """One load: every file is read once, however often it is included."""

    def __init__(self) -> None:
        self._known: dict[Path, Routine | DocumentError] = {}

    def routine(self, path: Path, trail: tuple[Path, ...]) -> Routine:
        """`trail` are the files that include this one, the outermost first."""
        absolute = path.absolute()
        if absolute not in self._known:
            try:
                self._known[absolute] = self._load(path, (*trail, absolute))
            except DocumentError as error:
                self._known[absolute] = error
        known = self._known[absolute]
        if isinstance(known, DocumentError):
            raise known
        return known

    def _load(self, path: Path, trail: tuple[Path, ...]) -> Routine:
        document = read(path)
        checking = Coherence(document)
        checking.file_name(path)
        checking.own_steps()
        included: dict[int, tuple[Step, ...]] = {}
        written_in: dict[str, str] = {}
        for index, name in checking.includes():
            found = _find(name, path.parent)
            if found is None:
                checking.no_routine(index, name, {each.stem for each in _offered(path.parent)})
            elif found.absolute() in trail:
                way = [each.stem for each in trail[trail.index(found.absolute()) :]]
                checking.at_include(index, f"a routine cannot include itself ({' → '.join([*way, name])})")
            else:
                try:
                    other = self.routine(found, trail)
                except DocumentError as error:
                    checking.at_include(index, f'"{name}" cannot be included: there are problems in it')
                    checking.problems += error.problems
                else:
                    included[index] = checking.included_steps(index, name, other.steps)
                    written_in |= {step.id: other.written_in[step.id] for step in included[index]}
        try:
            shape = validate(document, RoutineFile)
        except DocumentError as error:
            checking.problems[:0] = error.problems
        else:
            steps = [
                step
                for index, entry in enumerate(shape.steps)
                for step in (included.get(index, ()) if isinstance(entry, Include) else (entry,))
            ]
            checking.whole_work(steps)
            if not checking.problems:
                return _whole(shape, steps, written_in)
        raise DocumentError(dict.fromkeys(checking.problems))


def _find(name: str, beside: Path) -> Path | None:
    return next((path for path in _offered(beside) if path.stem == name), None)


def _offered(beside: Path) -> Iterator[Path]:
    for place in (beside, folder("routines")):
        yield from place.glob(f"*{SUFFIX}")


def _whole(shape: RoutineFile, steps: Sequence[Step], written_in: Mapping[str, str]) -> Routine:
    return Routine(
        id=shape.id,
        title=shape.title,
        audience=shape.audience,
        position=shape.position,
        needs=shape.needs,
        sources=shape.sources,
        steps=tuple(
            step.model_copy(
                update={
                    "max_pressure": min(step.max_pressure, shape.max_pressure),
                    # An included step has those of its own routine by now.
                    "sources": shape.sources if step.sources is None else step.sources,
                }
            )
            for step in steps
        ),
        written_in={step.id: written_in.get(step.id, shape.id) for step in steps},
    )

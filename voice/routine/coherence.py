"""What concerns several entries of a routine file, or several files: ids, limits, cues, includes.

It looks at the raw document, since these problems are to be found along with those that keep the document
from becoming a `RoutineFile`. Whatever has the wrong shape it leaves to the models.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeGuard

from voice.documents import Document, Problem, nearest
from voice.session.plan import DEEPEST, LIGHTEST

from . import durations
from .format import ID_PATTERN, MOST_WORK_S, SUFFIX, Step, moment


class Coherence:
    """Collects the problems of one file that no entry has by itself."""

    def __init__(self, document: Document) -> None:
        self.problems: list[Problem] = []
        self._document = document
        top = document.value if isinstance(document.value, dict) else {}
        entries = top.get("steps")
        self._id = top.get("id")
        self._limit = _level(top.get("max_pressure")) or DEEPEST
        sources = top.get("sources")
        self._sources: list[object] = sources if isinstance(sources, list) else []
        self._entries: list[tuple[int, dict[str, object]]] = [
            (index, entry)
            for index, entry in enumerate(entries if isinstance(entries, list) else [])
            if isinstance(entry, dict)
        ]
        self._ids: dict[str, str] = {}
        """Ids of the steps so far, with where they come from, in words."""

    def file_name(self, path: Path) -> None:
        """A file is called by its routine's id."""
        if isinstance(self._id, str) and path.name != self._id + SUFFIX:
            message = f'the id "{self._id}" belongs into a file called {self._id}{SUFFIX}, not {path.name}'
            self._report(("id",), message)

    def own_steps(self) -> None:
        """Ids given twice, pressures above the limit, sources the routine lacks, cues that are too late."""
        for index, entry in self._entries:
            if "include" in entry:
                continue
            self._own_id(index, entry.get("id"))
            pressure, limit = _level(entry.get("pressure")), _level(entry.get("max_pressure")) or DEEPEST
            if pressure and self._limit < pressure <= limit:
                message = f"pressure {pressure} is above the routine's max_pressure, which is {self._limit}"
                self._report(("steps", index, "pressure"), message)
            sources = entry.get("sources")
            for position, source in enumerate(sources if isinstance(sources, list) else []):
                if isinstance(source, str) and source not in self._sources:
                    message = f'"{source}" is not among the sources of the routine'
                    self._report(("steps", index, "sources", position), message)
            cues = entry.get("cues")
            for position, cue in enumerate(cues if isinstance(cues, list) else []):
                if isinstance(cue, dict) and (fault := _untimely(cue.get("at"), entry)):
                    self._report(("steps", index, "cues", position, "at"), fault)

    def _own_id(self, index: int, step_id: object) -> None:
        if not isinstance(step_id, str):
            return
        if step_id in self._ids:
            self._report(("steps", index, "id"), f'the id "{step_id}" is taken {self._ids[step_id]}')
        else:
            line = self._document.problem(("steps", index), "").line
            self._ids[step_id] = f"by the step in line {line}"

    def includes(self) -> Iterator[tuple[int, str]]:
        """Index and name of each routine that is included."""
        for index, entry in self._entries:
            name = entry.get("include")
            if isinstance(name, str) and re.fullmatch(ID_PATTERN, name):
                yield index, name

    def included_steps(self, index: int, name: str, offered: tuple[Step, ...]) -> tuple[Step, ...]:
        """Those of another routine's steps that are wanted."""
        wanted = dict(self._entries)[index].get("steps")
        steps = offered
        if isinstance(wanted, list):
            by_id = {step.id: step for step in offered}
            for position, step_id in enumerate(wanted):
                if isinstance(step_id, str) and step_id not in by_id:
                    message = f'no step "{step_id}" in "{name}"{_suggestion(step_id, by_id)}'
                    self._report(("steps", index, "steps", position), message)
            steps = tuple(by_id[each] for each in dict.fromkeys(filter(_is_text, wanted)) if each in by_id)
        for step in steps:
            if step.id in self._ids:
                self.at_include(index, f'the id of its step "{step.id}" is taken here {self._ids[step.id]}')
            else:
                self._ids[step.id] = f'by a step of "{name}"'
            if step.pressure > self._limit:
                limit = f"above this routine's max_pressure, which is {self._limit}"
                self.at_include(index, f'its step "{step.id}" has pressure {step.pressure}, {limit}')
        return steps

    def whole_work(self, steps: Sequence[Step]) -> None:
        """All steps together, with those that are included, are no longer than a massage can be."""
        if (work := sum(step.work for step in steps)) > MOST_WORK_S:
            longest = max(steps, key=lambda step: step.work)
            found, most = durations.text(work), durations.text(MOST_WORK_S)
            advice = f'shorten some; the longest is "{longest.id}" with {durations.text(longest.work)}'
            self._report(("steps",), f"{found} of work in these steps together, and {most} is most; {advice}")

    def no_routine(self, index: int, name: str, known: set[str]) -> None:
        """The included routine is nowhere; `known` are those that could be included."""
        message = f'no routine "{name}", neither beside this file nor among the bundled ones'
        self.at_include(index, message + _suggestion(name, known - {str(self._id)}))

    def at_include(self, index: int, message: str) -> None:
        """Something is wrong with the routine that an entry includes."""
        self._report(("steps", index, "include"), message)

    def _report(self, where: tuple[str | int, ...], message: str) -> None:
        self.problems.append(self._document.problem(where, message))


def _level(value: object) -> int | None:
    """A pressure, if it is one."""
    if isinstance(value, int) and not isinstance(value, bool) and LIGHTEST <= value <= DEEPEST:
        return value
    return None


def _suggestion(name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f'; did you mean "{near}"?' if near else ""


def _untimely(written: object, entry: dict[str, object]) -> str | None:
    """What is wrong with a cue's moment in its step, if both are good in themselves."""
    try:
        at = moment(written)
        lengths = [durations.parse(entry[key]) for key in ("duration", "hold") if key in entry]
    except ValueError:
        return None
    if lengths and at.seconds is not None and at.seconds >= max(lengths):
        cue, step = durations.text(at.seconds), durations.text(max(lengths))
        return f"a cue at {cue} comes too late in a step of {step}"
    if not lengths and "until" in entry and at.share is not None:
        return 'a step that lasts until "next" has no length to take a share of; write a duration'
    return None


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str)

"""Makes a routine of a HowTo, ours or another's. Reads one JSON file and writes none.

Where a HowTo by others lacks what a routine needs, it gets what is cautious, and a note that says so. What
comes out is checked as a routine file is, and each problem has its place in the JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voice.documents import DocumentError, Problem, read_json, validate
from voice.routine.coherence import Coherence
from voice.routine.format import RoutineFile, Step
from voice.routine.scaffold import as_id

from .graph import UNREADABLE, Graph, Way
from .sketch import Sketch
from .steps import add_steps
from .terms import PREFIX
from .writing import routine_text

_OTHERWISE = {
    "id": "identifier",
    "title": "name",
    "needs": "tool",
    "sources": "citation",
    "steps": "step",
}
"""Keys of a routine that schema.org has a word for."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A routine that has been made of a HowTo."""

    id: str
    text: str
    """The YAML, with notes behind what was assumed."""
    assumed: Mapping[str, int]
    """The keys behind which they stand, and how often."""


def imported(path: Path) -> Imported:
    """Make a routine of the one HowTo in a file of JSON-LD.

    Raises:
        DocumentError: the file is not JSON, holds no HowTo or several, or all that is wrong with it.
    """
    graph = Graph(read_json(path))
    way = _the_one(graph)
    sketch = Sketch(graph, way)
    _head(graph, way, sketch)
    add_steps(graph, way, sketch)
    if graph.problems and not sketch.value.get("steps"):
        raise DocumentError(graph.problems)  # that there are no steps is said already
    document = sketch.document()
    checking = Coherence(document)
    checking.own_steps()
    problems: tuple[Problem, ...] = ()
    try:
        shape = validate(document, RoutineFile)
    except DocumentError as error:
        problems = error.problems
    else:
        checking.whole_work([step for step in shape.steps if isinstance(step, Step)])
    if found := dict.fromkeys((*graph.problems, *checking.problems, *problems)):
        raise DocumentError(found)
    assumed = Counter(str(way[-1]) for way in sketch.notes)
    return Imported(sketch.value["id"], routine_text(sketch.value, sketch.notes), assumed)


def _the_one(graph: Graph) -> Way:
    found = graph.all_of_type("HowTo")
    if len(found) == 1:
        return found[0]
    if found:
        message = f"one of {len(found)} HowTos in this file; keep the one that is wanted"
        raise DocumentError([graph.document.problem(way, message) for way in found])
    types = ", ".join(graph.types(()))
    message = f"no HowTo is in this file{f', but a {types}' if types else ''}"
    raise DocumentError([graph.document.problem((), f'{message}; its "@type" should be "HowTo"')])


def _head(graph: Graph, way: Way, sketch: Sketch) -> None:
    """All but the steps."""
    named = graph.property(way, "name")
    if named is None:
        graph.report(way, 'missing key "name", what the routine is called')
    title = UNREADABLE if named is None else graph.text(named)
    sketch.put(("title",), title, named or way)
    sketch.put(("id",), graph.identifier(way) or as_id(title or "") or "imported", named or way)
    for key, source in graph.own(way, PREFIX, _OTHERWISE):
        sketch.graft((key,), source)
    if "for" not in sketch.value:
        sketch.assume(("for",), "partner", way, "assumed; or self")
    if "position" not in sketch.value:
        sketch.assume(("position",), "as each step says", way, "assumed; say how to lie or sit")
    _needs(graph, way, sketch)
    sources = [text for each in graph.each(graph.property(way, "citation")) if (text := _named(graph, each))]
    if not sources and (url := graph.text(graph.property(way, "url"))):
        sources = [url]
    if sources:
        sketch.put(("sources",), sources, way)


def _needs(graph: Graph, way: Way, sketch: Sketch) -> None:
    """Supplies and tools, in the order of their positions if all have one."""
    sources = [each for key in ("supply", "tool") for each in graph.each(graph.property(way, key))]
    positions = {each: _position(graph, each) for each in sources}
    if all(isinstance(position, int) for position in positions.values()):
        sources.sort(key=lambda each: positions[each] or 0)
    needs = [(text, each) for each in sources if (text := _named(graph, each))]
    if needs:
        sketch.put(("needs",), [], needs[0][1])
        for index, (text, source) in enumerate(needs):
            sketch.put(("needs", index), text, source)


def _position(graph: Graph, way: Way) -> int | None:
    found = graph.property(way, "position")
    value: Any = None if found is None else graph.document.at(found)
    return value if isinstance(value, int) else None


def _named(graph: Graph, way: Way) -> str | None:
    """A thing that is given by its name, or as a thing with a name."""
    value = graph.document.at(way)
    if isinstance(value, dict) and "@value" not in value:
        found = graph.property(way, "name") or graph.property(way, "url")
        if found is None:
            graph.report(way, 'missing key "name"')
        return graph.text(found)
    return graph.text(way)

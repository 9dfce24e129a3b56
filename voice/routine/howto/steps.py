"""The steps of a HowTo as those of a routine: in sections or not, with directions and tips, or mere text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from voice.routine import durations as lengths
from voice.routine.format import ENDS
from voice.routine.scaffold import as_id

from . import durations
from .graph import UNREADABLE, Graph, Way
from .sketch import Sketch
from .terms import AT, PREFIX, ROLE, ROLES

_LONGEST_S = 3600
"""The longest that a routine file can write."""
_TITLE_WORDS, _TITLE_LENGTH = 5, 60
"""A step without a name is called by the first words of what is said; in words, and in characters."""
_OTHERWISE = {
    "id": "identifier",
    "title": "name",
    "say": "HowToDirection",
    "cues": "HowToDirection",
    **dict.fromkeys(ROLES, "HowToTip"),
}
"""Keys of a step that schema.org has a word for."""
_CAUTIOUS = (
    ("region", ["body"], "assumed; name the place, so that pain is remembered for it alone"),
    ("technique", "massage", "assumed"),
    ("pressure", 2, "assumed; 2 is light"),
)
_CAUTIOUS_LIMIT = 3
"""The firmest that a step may get whose pressure was assumed."""


@dataclass(frozen=True, slots=True)
class _Step:
    """The way to a step, and the name of the section it is in."""

    way: Way
    section: str | None


@dataclass(frozen=True, slots=True)
class _Parts:
    """What stands in a step, with the ways to it."""

    said: dict[str, list[Way]] = field(default_factory=lambda: {key: [] for key in ("say", *ROLES)})
    """Texts, by the key they belong to."""
    cues: list[tuple[Way, Way]] = field(default_factory=list)
    """Moments and texts."""
    times: list[Way] = field(default_factory=list)


def add_steps(graph: Graph, way: Way, sketch: Sketch) -> None:
    """Add the steps of the HowTo at `way` to a routine."""
    source = graph.property(way, "step") or graph.property(way, "steps")
    if source is None:
        graph.report(way, 'missing key "step", what is done')
        return
    sketch.put(("steps",), [], source)
    steps = [step for each in graph.each(source) for step in _flat(graph, each, None)]
    for index, step in enumerate(steps):
        _add(graph, sketch, ("steps", index), step)


def _flat(graph: Graph, way: Way, section: str | None) -> list[_Step]:
    """The steps at a way: one, or those of a section."""
    types, value = graph.types(way), graph.document.at(way)
    if {"HowToSection", "ItemList"} & set(types):
        inside = graph.property(way, "itemListElement") or graph.property(way, "steps")
        if inside is None:
            graph.report(way, 'missing key "itemListElement", the steps of this section')
        name = graph.text(graph.property(way, "name")) or section
        return [step for each in graph.each(inside) for step in _flat(graph, each, name)]
    if "HowToTip" in types:
        graph.report(way, "a tip belongs into a step; put it into the one that it is about")
        return []
    if not isinstance(value, dict | str):
        graph.report(way, "a step should be text, a HowToStep or a HowToSection")
        return []
    return [_Step(way, section)]


def _add(graph: Graph, sketch: Sketch, to: Way, step: _Step) -> None:
    way, parts = step.way, _parts(graph, step.way)
    sketch.put(to, {}, way)
    texts = {key: [graph.text(each) or "" for each in ways] for key, ways in parts.said.items()}
    for key, ways in parts.said.items():
        if ways:
            sketch.put((*to, key), " ".join(texts[key]), ways[0])
    if not texts["say"]:  # which is reported
        sketch.put((*to, "say"), UNREADABLE, way)
    _name(graph, sketch, to, step, " ".join(texts["say"]) or UNREADABLE)
    for key, source in graph.own(way, PREFIX, _OTHERWISE):
        _keep(graph, sketch, (*to, key), source)
    if parts.cues:
        sketch.put((*to, "cues"), [], way)
        for index, (moment, text) in enumerate(parts.cues):
            sketch.put((*to, "cues", index), {}, text)
            sketch.put((*to, "cues", index, "at"), _moment(graph, moment), moment)
            sketch.put((*to, "cues", index, "say"), graph.text(text), text)
    made: dict[str, Any] = sketch.at(to)
    if not any(key in made for key in ENDS):
        if parts.times:
            sketch.put((*to, "duration"), _each_time(graph, parts.times, made), parts.times[0])
        else:
            sketch.assume((*to, "until"), "next", way, "assumed, for no time was given")
    if "pressure" not in made and "max_pressure" not in made:
        sketch.assume((*to, "max_pressure"), _CAUTIOUS_LIMIT, way, "assumed; never firmer than this")
    for key, value, note in _CAUTIOUS:
        if key not in made:
            sketch.assume((*to, key), value, way, note)


def _parts(graph: Graph, way: Way) -> _Parts:
    parts = _Parts()
    if isinstance(graph.document.at(way), str):
        parts.said["say"].append(way)
        return parts
    parts.times.extend(_time(graph, way))
    # The time of the whole step goes before those of its directions.
    is_timed = bool(parts.times)
    for each in graph.each(graph.property(way, "itemListElement")):
        _sort_in(graph, each, parts, timed=not is_timed)
    if not parts.said["say"]:
        said = [found for key in ("text", "description", "name") if (found := graph.property(way, key))]
        parts.said["say"].extend(said[:1])
        if not said:
            graph.report(way, 'missing key "text", what is said')
    return parts


def _sort_in(graph: Graph, way: Way, parts: _Parts, *, timed: bool) -> None:
    """What one direction or tip of a step is to us."""
    value = graph.document.at(way)
    if not isinstance(value, dict):
        parts.said["say"].append(way)
        return
    text = graph.property(way, "text") or graph.property(way, "name")
    if text is None:
        graph.report(way, 'missing key "text", what is said')
    elif AT in value:
        parts.cues.append(((*way, AT), text))
    elif "HowToTip" not in graph.types(way):
        parts.said["say"].append(text)
        parts.times.extend(_time(graph, way) if timed else ())
    elif (role := value.get(ROLE, "tip")) in ROLES:
        parts.said[role].append(text)
    else:
        graph.report((*way, ROLE), f"should be one of {', '.join(ROLES)}")


def _time(graph: Graph, way: Way) -> list[Way]:
    """The way to how long it takes, by the most fitting of its names."""
    keys = ("performTime", "totalTime", "timeRequired")
    return [found for key in keys if (found := graph.property(way, key))][:1]


def _name(graph: Graph, sketch: Sketch, to: Way, step: _Step, said: str) -> None:
    """Title and id."""
    named = graph.property(step.way, "name")
    title = graph.text(named) or step.section
    if title is None:
        title = " ".join(said.split()[:_TITLE_WORDS])[:_TITLE_LENGTH].rstrip(".,;:!?")
        sketch.assume((*to, "title"), title, step.way, "assumed; what the step is called aloud")
    else:
        sketch.put((*to, "title"), title, named or step.way)
    name = graph.identifier(step.way)
    if name is None:
        number = int(to[-1]) + 1
        taken = {each.get("id") for each in sketch.value["steps"]}
        name = as_id(title) or f"step-{number}"
        name = f"{name}-{number}" if name in taken else name
    sketch.put((*to, "id"), name, step.way)


def _keep(graph: Graph, sketch: Sketch, to: Way, source: Way) -> None:
    """Take over a key of ours; JSON-LD may have written a list of one without its brackets."""
    if to[-1] == "include":
        graph.report(source, "no other routine can be included here; write its steps out")
    elif to[-1] in ENDS[:2]:
        sketch.put(to, _length(graph, source), source)
    elif to[-1] in {"region", "sides", "sources"}:
        ways = graph.each(source)
        sketch.put(to, [], source)
        for index, each in enumerate(ways):
            sketch.graft((*to, index), each)
    else:
        sketch.graft(to, source)


def _moment(graph: Graph, way: Way) -> object:
    written = graph.document.at(way)
    return written if isinstance(written, str) and written.endswith("%") else _length(graph, way)


def _each_time(graph: Graph, ways: list[Way], step: dict[str, Any]) -> str:
    """The length of one time, where a step takes so long in all: on all sides, in all repetitions."""
    sides, repeat = step.get("sides"), step.get("repeat")
    times = (len(sides) if isinstance(sides, list) and sides else 1) * (
        repeat if isinstance(repeat, int) and repeat > 0 else 1
    )
    total = sum(_seconds(graph, each) for each in ways)
    return _written(graph, ways[0], total / times)


def _length(graph: Graph, way: Way) -> str:
    return _written(graph, way, _seconds(graph, way))


def _seconds(graph: Graph, way: Way) -> float:
    """Seconds of a duration; what is wrong with it is reported."""
    try:
        return durations.parse(graph.document.at(way))
    except ValueError as error:
        graph.report(way, str(error))
        return 1.0


def _written(graph: Graph, way: Way, seconds: float) -> str:
    """As a routine file has it, in whole seconds."""
    if seconds > _LONGEST_S:
        graph.report(way, "is longer than an hour, and no step can be; make several steps of it")
    if round(seconds) < 1:
        graph.report(way, "is less than a second")
    return lengths.text(min(max(seconds, 1.0), _LONGEST_S))

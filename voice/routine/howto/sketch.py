"""A routine in the making: its values as YAML would have them, each with the place it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from voice.documents import Document, Place

from .graph import Graph, Way


class Sketch:
    """Grows value by value; the way to a value may only use mappings and lists that are there."""

    def __init__(self, graph: Graph, top: Way) -> None:
        """`top` leads to the node that the routine is made of."""
        self._graph = graph
        self.value: dict[str, Any] = {}
        self.notes: dict[Way, str] = {}
        """By the way to a value that was assumed, what is to be said about it."""
        self._places: dict[Way, Place] = {(): graph.document.places[top]}

    def at(self, way: Way) -> Any:
        """The value there, as it has become."""
        value: Any = self.value
        for step in way:
            value = value[step]
        return value

    def put(self, way: Way, value: object, source: Way) -> None:
        """Set a value that was made of the one at `source`."""
        inner = self.at(way[:-1])
        if isinstance(inner, list):
            inner.append(value)
        else:
            inner[way[-1]] = value
        self._places[way] = self._graph.document.places[source]

    def graft(self, way: Way, source: Way) -> None:
        """Set the value at `source` as it stands there, with all places below it."""
        self.put(way, self._graph.document.at(source), source)
        self._place(way, source)

    def _place(self, way: Way, source: Way) -> None:
        self._places[way] = self._graph.document.places[source]
        for step, _ in _inside(self._graph.document.at(source)):
            self._place((*way, step), (*source, step))

    def assume(self, way: Way, value: object, source: Way, note: str) -> None:
        """Set what nobody has given; a problem with it belongs to `source`."""
        self.put(way, value, source)
        self.notes[way] = note

    def document(self) -> Document:
        """The routine as a document whose problems lie in the file it was made of."""
        places = dict(self._places)
        _complete(self.value, (), places)
        return Document(self._graph.document.file, self.value, places)


def _complete(value: object, way: Way, places: dict[Way, Place]) -> None:
    """What has no place of its own has that of what it is in."""
    for step, inner in _inside(value):
        places.setdefault((*way, step), places[way])
        _complete(inner, (*way, step), places)


def _inside(value: object) -> Iterable[tuple[str | int, object]]:
    """What a mapping or a list holds, each with the step to it."""
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()

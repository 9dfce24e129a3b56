"""Finds its way in JSON-LD as people write it: types and properties by any of their names, one or several.

It knows the forms of JSON-LD, and nothing of what the properties mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from voice.documents import Document, Problem
from voice.routine.format import ID_PATTERN

Way = tuple["str | int", ...]

UNREADABLE = "unreadable"
"""Stands for a text that is reported already, so that it is not reported again as missing."""
_SCHEMA_ORG = re.compile(r"^(?:schema:|https?://schema\.org/)")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z]+);")


class Graph:
    """A document of JSON-LD, and the problems found in it so far."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def report(self, way: Way, message: str) -> None:
        """Something is wrong with the value there."""
        self.problems.append(self.document.problem(way, message))

    def types(self, way: Way) -> list[str]:
        """What the value there says it is, without schema.org's prefixes."""
        node = self.document.at(way)
        written = node.get("@type") if isinstance(node, dict) else None
        several = written if isinstance(written, list) else [written]
        return [_SCHEMA_ORG.sub("", each) for each in several if isinstance(each, str)]

    def all_of_type(self, name: str) -> list[Way]:
        """The ways to all nodes of a type, in the order of the file; not to those within others of them."""
        found: list[Way] = []
        for way in self.document.places:
            if not any(way[: len(other)] == other for other in found) and name in self.types(way):
                found.append(way)
        return found

    def property(self, way: Way, name: str) -> Way | None:
        """The way to a property of the node there; None where it is not given, or null."""
        node = self.document.at(way)
        if isinstance(node, dict):
            for key, value in node.items():
                if _SCHEMA_ORG.sub("", key) == name and value is not None:
                    return (*way, key)
        return None

    def own(self, way: Way, prefix: str, otherwise: Mapping[str, str]) -> Iterator[tuple[str, Way]]:
        """The properties whose names begin with a prefix, without it, and the ways to them.

        Args:
            way: To the node.
            prefix: Of the names.
            otherwise: Names that are not used, with what is; they are reported.
        """
        node = self.document.at(way)
        for key in node if isinstance(node, dict) else ():
            if key.startswith(prefix):
                name = key.removeprefix(prefix)
                if name in otherwise:
                    self.report(
                        (*way, key), f'"{key}" is not used; schema.org has "{otherwise[name]}" for it'
                    )
                else:
                    yield name, (*way, key)

    def identifier(self, way: Way) -> str | None:
        """What the node there is identified by, if that is a name such as ours; a URL, say, is not."""
        found = self.property(way, "identifier")
        value = None if found is None else self.document.at(found)
        return value if isinstance(value, str) and re.fullmatch(ID_PATTERN, value) else None

    def each(self, way: Way | None) -> list[Way]:
        """The ways to several values, or to the only one; the list may be an ItemList."""
        if way is None:
            return []
        value: Any = self.document.at(way)
        if isinstance(value, dict) and "@list" in value:
            return self.each((*way, "@list"))
        return [(*way, index) for index in range(len(value))] if isinstance(value, list) else [way]

    def text(self, way: Way | None) -> str | None:
        """The text there, on one line; None without a way. What is no text is reported."""
        if way is None:
            return None
        value: Any = self.document.at(way)
        if isinstance(value, list) and len(value) == 1:
            return self.text((*way, 0))
        if isinstance(value, dict) and "@value" in value:
            return self.text((*way, "@value"))
        if not isinstance(value, str):
            self.report(way, "should be text")
            return UNREADABLE
        if markup := _MARKUP.search(value):
            self.report(way, f'HTML such as "{markup[0]}" is in this text; take it out')
        return " ".join(value.split())

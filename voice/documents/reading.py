"""Reads YAML files into documents.

Stricter than YAML 1.1: only `true`, `false`, `null` and plain decimal numbers are anything but text, so
`1:30`, `no`, `off` and dates stay as written; keys are always text; tags, aliases and keys given twice are
problems.
It knows nothing of what the documents mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar, Protocol

import yaml

from .document import Document, DocumentError, Place, Problem

MAX_DEPTH = 32
"""Mappings and lists nested deeper than this are refused, so that reading cannot exhaust the stack."""

TORN = "half a character (a lone surrogate) is not text"

_PREFIX = "tag:yaml.org,2002:"
_STR, _NULL, _BOOL, _INT, _FLOAT, _SEQ, _MAP = (
    _PREFIX + name for name in ("str", "null", "bool", "int", "float", "seq", "map")
)


class _Mark(Protocol):
    """A place in YAML text, from 0."""

    line: int
    column: int


_SCALARS: dict[str, tuple[re.Pattern[str], Callable[[str], object]]] = {
    _NULL: (re.compile(r"^(?:null|~|)$"), lambda _: None),
    _BOOL: (re.compile(r"^(?:true|false)$"), lambda text: text == "true"),
    # Eighteen digits: more are nobody's number, and Python refuses to convert thousands of them.
    _INT: (re.compile(r"^[-+]?(?:0|[1-9][0-9]{0,17})$"), int),
    _FLOAT: (re.compile(r"^[-+]?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}$"), float),
}


class _NotSupportedError(Exception):
    """What is good YAML and refused here, with the event that brought it."""

    def __init__(self, message: str, event: yaml.Event) -> None:
        super().__init__(message)
        self.mark = event.start_mark


class _Loader(yaml.SafeLoader):
    """Composes nodes; resolves only the scalars above, refuses aliases and deep nesting."""

    yaml_implicit_resolvers: ClassVar[dict[str | None, list[tuple[str, re.Pattern[str]]]]] = {  # type: ignore[misc]  # the stubs declare an instance attribute
        None: [(tag, pattern) for tag, (pattern, _) in _SCALARS.items()]
    }
    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs leave it bare
        if isinstance(event, yaml.AliasEvent):
            raise _NotSupportedError(
                f'aliases such as "*{event.anchor}" are not supported; write the value out', event
            )
        if self.depth == MAX_DEPTH:
            raise _NotSupportedError("nested too deeply", event)
        self.depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1


def read(path: Path) -> Document:
    """Read the one YAML document of a file.

    Raises:
        DocumentError: the file cannot be read, is not UTF-8 or YAML, holds several documents, gives a key
            twice, or uses tags or aliases.
    """
    file, text = str(path), text_of(path)
    try:
        node = _Loader(text).get_single_node()
    except yaml.reader.ReaderError as error:
        line, column = _position(text[: error.position])
        problem = Problem(
            file, line, column, f"the character U+{ord(text[error.position]):04X} is not allowed"
        )
        raise DocumentError([problem]) from None
    except _NotSupportedError as error:
        raise DocumentError([Problem(file, *_spot(error.mark), str(error))]) from None
    except yaml.MarkedYAMLError as error:
        raise DocumentError([_syntax(file, error)]) from None
    if node is None:
        return Document(file, None, {(): Place(None, (1, 1))})
    reading = _Reading(file)
    value = reading.build(node, (), None)
    if reading.problems:
        raise DocumentError(reading.problems)
    return Document(file, value, MappingProxyType(reading.places))


def text_of(path: Path) -> str:
    """The text of a file, without a byte order mark.

    Raises:
        DocumentError: it cannot be read, or is not UTF-8.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DocumentError([Problem(str(path), 1, 1, f"cannot be read: {reason.lower()}")]) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _position(raw[: error.start].decode("utf-8", "replace"))
        problem = Problem(str(path), line, column, "not UTF-8 text; save the file with the encoding UTF-8")
        raise DocumentError([problem]) from None


def _position(before: str) -> tuple[int, int]:
    """Line and column, from 1, of what follows this text."""
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def is_torn(text: str) -> bool:
    """Whether there is half a character in it, which no file can hold."""
    return any("\ud800" <= character <= "\udfff" for character in text)


def _syntax(file: str, error: yaml.MarkedYAMLError) -> Problem:
    """The problem in plain words for the mistakes people make; in the parser's for the rare ones."""
    problem, context = error.problem or "", error.context or ""
    mark = error.problem_mark
    if context == "expected a single document in the stream":
        message = 'a second document starts here; a file holds only one, so take out the "---"'
    elif "'\\t'" in problem:
        message = "a tab stands here; indent with spaces"
    elif problem == "mapping values are not allowed here":
        message = 'a ":" is not allowed here; put text that holds one in quotes'
    elif problem == "could not find expected ':'":
        message, mark = 'a ":" is missing after this key', error.context_mark
    elif "quoted scalar" in context and "end of stream" in problem:
        message, mark = "the quote that opens here is never closed", error.context_mark
    elif "<block" in problem:
        message = "this line is not indented like the lines it belongs to"
    else:
        message = f"not valid YAML: {problem}" + (f" ({context})" if context else "")
    return Problem(file, *_spot(mark), message)


class _Reading:
    """Turns nodes into plain values, and notes places and problems on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[tuple[str | int, ...], Place] = {}
        self.problems: list[Problem] = []

    def build(self, node: yaml.Node, way: tuple[str | int, ...], key: yaml.Node | None) -> object:
        self.places[way] = Place(_start(key) if key else None, _start(node))
        if isinstance(node, yaml.MappingNode) and node.tag == _MAP:
            return self._mapping(node, way)
        if isinstance(node, yaml.SequenceNode) and node.tag == _SEQ:
            return [self.build(item, (*way, index), None) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode):
            if node.tag == _STR:
                if is_torn(node.value):
                    self._fault(node, TORN)
                return node.value
            pattern, convert = _SCALARS.get(node.tag, (None, str))
            if pattern and pattern.match(node.value):
                return convert(node.value)
        self._fault(node, f'tags such as "{node.tag.replace(_PREFIX, "!!")}" are not supported; leave it out')
        return None

    def _mapping(self, node: yaml.MappingNode, way: tuple[str | int, ...]) -> dict[str, object]:
        built: dict[str, object] = {}
        first: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._fault(key, "a key has to be a word, not a list or a mapping")
            elif key.value in built:
                self._fault(key, f'the key "{key.value}" is given twice; first in line {first[key.value]}')
            else:
                first[key.value] = _start(key)[0]
                built[key.value] = self.build(value, (*way, key.value), key)
        return built

    def _fault(self, node: yaml.Node, message: str) -> None:
        self.problems.append(Problem(self.file, *_start(node), message))


def _start(node: yaml.Node) -> tuple[int, int]:
    return _spot(node.start_mark)


def _spot(mark: _Mark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)

"""Events and states of a session as JSON, and back: exactly the same values. No words that people said.

Each value's type is told by the annotation it stands under; a dataclass carries its name as well, for some
annotations allow several. What is unknown, or missing, is an error and never guessed at: a file may come from
an easeup with other states.
"""

from __future__ import annotations

import functools
import hashlib
import json
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from voice.session.events import Event, Heard, NotUnderstood
from voice.session.plan import Plan
from voice.session.screening import Question
from voice.session.state import State

_NAME = "is"
"""Where a dataclass carries its name; no field can be called so."""


class EncodingError(ValueError):
    """The text doesn't stand for a value that this easeup knows; the message tells which part of it."""


def event_to_text(event: Event) -> str:
    """An event, without the words that were said."""
    return _to_text(replace(event, text="") if isinstance(event, Heard | NotUnderstood) else event)


def event_from_text(text: str) -> Event:
    """The event that `event_to_text` was given.

    Raises:
        EncodingError: It is none.
    """
    found: Event = _from_text(text, Event)
    return found


def opening_to_text(state: State) -> str:
    """A session's state, without what comes from the program, and without what has just been spoken."""
    return _to_text(replace(state, plans=(), questions=(), said=()))


def opening_from_text(text: str) -> State:
    """The state that `opening_to_text` was given, still without these.

    Raises:
        EncodingError: It is none.
    """
    found: State = _from_text(text, State)
    return found


def fingerprint(plans: tuple[Plan, ...], questions: tuple[Question, ...]) -> str:
    """Tells whether two programs have the same plans and questions: events mean the same to both."""
    return hashlib.sha256(_to_text((plans, questions)).encode()).hexdigest()


def _to_text(value: object) -> str:
    return json.dumps(_plain(value), separators=(",", ":"))


def _from_text(text: str, hint: Any) -> Any:
    try:
        content = json.loads(text)
    except ValueError as error:
        raise EncodingError(f"not JSON: {error}") from None
    return _value(content, hint)


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        own = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {_NAME: type(value).__name__, **own}
    if isinstance(value, frozenset):
        return sorted((_plain(each) for each in value), key=json.dumps)  # the same set, the same text
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise TypeError(f"a session holds {type(value).__name__}, which has no form in the journal")


def _value(content: Any, hint: Any) -> Any:
    """What some JSON stands for.

    Raises:
        EncodingError: Nothing of that type.
    """
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        return _one_of(content, get_args(hint))
    if origin in {tuple, frozenset} and isinstance(content, list):
        return origin(_items(content, get_args(hint)))
    if is_dataclass(hint) and isinstance(content, dict):
        return _instance(content, hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        try:
            return hint(content)
        except ValueError as error:
            raise EncodingError(str(error)) from None
    # A whole number that stood for seconds stays one.
    if type(content) is hint or (hint is float and type(content) is int):
        return content
    raise EncodingError(f"{content!r:.60} is no {getattr(hint, '__name__', hint)}")


def _one_of(content: Any, hints: tuple[Any, ...]) -> Any:
    for hint in hints:
        try:
            return _value(content, hint)
        except EncodingError as error:
            reason = error
            if is_dataclass(hint) and _is_named(content, hint):
                raise  # it is this one, and something in it is wrong
    raise reason


def _items(content: list[Any], hints: tuple[Any, ...]) -> Iterator[Any]:
    if hints[1:] in {(), (Ellipsis,)}:  # frozenset[X], and tuple[X, ...]
        return (_value(each, hints[0]) for each in content)
    if len(content) != len(hints):
        raise EncodingError(f"{len(content)} values instead of {len(hints)}")
    return (_value(each, hint) for each, hint in zip(content, hints, strict=True))


def _instance(content: dict[str, Any], kind: Any) -> Any:
    hints = _hints(kind)
    if not _is_named(content, kind) or content.keys() - {_NAME} != hints.keys():
        raise EncodingError(f"{content.get(_NAME)!r:.60} is no {kind.__name__}, or one with other fields")
    return kind(**{name: _value(content[name], hint) for name, hint in hints.items()})


def _is_named(content: Any, kind: Any) -> bool:
    return isinstance(content, dict) and content.get(_NAME) == kind.__name__


@functools.cache
def _hints(kind: Any) -> dict[str, Any]:
    resolved = get_type_hints(kind)
    return {field.name: resolved[field.name] for field in fields(kind)}

"""Checks documents against pydantic models, and says what is wrong in plain words, all at once."""

from __future__ import annotations

import difflib
import json
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from .document import Document, DocumentError, Problem, Where

Way = tuple["str | int", ...]


class Shape(BaseModel):
    """Base of the models that documents are checked against: strict, frozen, unknown keys refused."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class FaultsError(ValueError):
    """Raised in a validator: faults below the checked value, each with the way to it from there."""

    def __init__(self, faults: Iterable[tuple[Where, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(message for _, message in self.faults))


class MissingOneOfError(ValueError):
    """Raised in a validator of a mapping's field: one of these keys has to be there and none is."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = tuple(keys)
        super().__init__(f"missing key: one of {_listed(self.keys, 'or')}")


M = TypeVar("M", bound=BaseModel)


def validate(document: Document, model: type[M]) -> M:
    """Check a document against a model and make one of it.

    Validators of the model may raise ValueError with a message in plain words, `FaultsError` or
    `MissingOneOfError`. A key or list entry without a value is a problem, whatever the model says.

    Raises:
        DocumentError: all that is wrong, at once.
    """
    problems = [
        document.problem(way, f'"{way[-1]}" has no value' if isinstance(way[-1], str) else "an empty entry")
        for way in document.places
        if way and document.at(way) is None
    ]
    try:
        # As JSON, because strict models then take lists for tuples and text for enumerations.
        made = model.model_validate_json(json.dumps(document.value))
    except ValidationError as error:
        problems += _found(document, model, error)
    else:
        if not problems:
            return made
    raise DocumentError(problems)


_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
}
"""What the value should have been, by the kind of pydantic's error."""


_LIMITS = {
    "greater_than_equal": ("ge", "{} or more"),
    "greater_than": ("gt", "more than {}"),
    "less_than_equal": ("le", "{} or less"),
    "less_than": ("lt", "less than {}"),
}
"""Where pydantic keeps the limit that was passed, and how to say it."""


@dataclass(frozen=True, slots=True)
class _Finding:
    """One of pydantic's errors at its place in the document."""

    way: Way
    message: str
    expected: str | None = None
    """For a value of the wrong type: the right one."""
    of_union: bool = False
    """Whether it is the refusal of one of several types the value may have."""
    at_key: bool = False
    lacking: tuple[str, ...] = ()
    """Keys of which one, at least, is missing."""
    meant: str | None = None
    """For an unknown key: the key that was probably meant."""


def _found(document: Document, model: type[BaseModel], error: ValidationError) -> Iterator[Problem]:
    findings = [
        finding
        for details in error.errors(include_url=False)
        for finding in _findings(document, model, details)
        if not finding.way or document.at(finding.way) is not None
    ]
    meant = {(finding.way[:-1], finding.meant) for finding in findings if finding.meant}
    missing: dict[Way, list[str]] = {}
    types: dict[Way, list[str]] = {}
    for finding in findings:
        if any(
            (finding.way, key) in meant or (*finding.way, key) in document.places for key in finding.lacking
        ):
            continue  # it is there, misspelt or without a value
        if finding.lacking and not finding.message:
            missing.setdefault(finding.way, []).extend(finding.lacking)
        elif finding.expected:
            if not (finding.of_union and _below(finding.way, findings)):
                types.setdefault(finding.way, []).append(finding.expected)
        else:
            yield document.problem(finding.way, finding.message, at_key=finding.at_key)
    for way, keys in missing.items():
        word = "key" if len(keys) == 1 else "keys"
        yield document.problem(way, f"missing {word} {_listed(keys, 'and')}")
    for way, expected in types.items():
        value = document.at(way)
        if value is None:
            yield document.problem(way, "the file is empty")
        else:
            kinds = " or ".join(dict.fromkeys(expected))
            yield document.problem(way, f"should be {kinds}, not {_shown(value)}")


def _findings(document: Document, model: type[BaseModel], details: ErrorDetails) -> Iterator[_Finding]:
    kind, loc, context = details["type"], details["loc"], details.get("ctx", {})
    way = document.known(loc)
    cause = context.get("error")
    if kind == "too_short" and len(details["input"]) >= context["min_length"]:
        return  # pydantic counts the good items only; those that are not good have findings of their own
    if kind == "missing":
        yield _Finding(way, "", lacking=(str(loc[-1]),))
    elif kind == "extra_forbidden":
        near = nearest(str(loc[-1]), _keys(model, loc[:-1]))
        suggestion = f'; did you mean "{near}"?' if near else ""
        yield _Finding(way, f'unknown key "{loc[-1]}"{suggestion}', at_key=True, meant=near)
    elif isinstance(cause, FaultsError):
        yield from (_Finding(document.known((*loc, *where)), message) for where, message in cause.faults)
    elif isinstance(cause, MissingOneOfError):
        yield _Finding(way, str(cause), lacking=cause.keys)
    elif kind in _EXPECTED:
        yield _Finding(way, "", expected=_EXPECTED[kind], of_union=len(loc) > len(way))
    else:
        message = str(cause) if cause else _wording(kind, context, details)
        yield _Finding(way, message, at_key="[key]" in loc)


def _wording(kind: str, context: dict[str, Any], details: ErrorDetails) -> str:
    """Plain words for a value of the right type that is not among those allowed."""
    if kind in {"literal_error", "enum"}:
        expected = str(context["expected"]).replace("'", '"')
        return f"should be {expected}, not {_shown(details['input'])}"
    if kind in _LIMITS:
        limit, words = _LIMITS[kind]
        return f"should be {words.format(context[limit])}, not {details['input']}"
    if kind in {"string_too_short", "too_short"} and context["min_length"] == 1:
        return "should not be empty"
    return details["msg"].removeprefix("Input ").removeprefix("Value ")


def _below(way: Way, findings: list[_Finding]) -> bool:
    """Whether something is wrong further down: then another of the value's possible types was meant."""
    return any(len(other.way) > len(way) and other.way[: len(way)] == way for other in findings)


def _keys(model: type[BaseModel], loc: Iterable[str | int]) -> list[str]:
    """The keys that the models at this place of the document know."""
    models = [model]
    for step in loc:
        fields = [
            field.annotation
            for each in models
            for name, field in each.model_fields.items()
            if step == (field.alias or name)
        ]
        if fields:
            models = [found for annotation in fields for found in _models(annotation)]
    return [field.alias or name for each in models for name, field in each.model_fields.items()]


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    """The models that a type speaks of, however deep: in unions, lists and mappings."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, if one is near."""
    near = difflib.get_close_matches(word.lower(), sorted(known), n=1)
    return near[0] if near else None


def _listed(keys: Iterable[str], joint: str) -> str:
    *first, last = (f'"{key}"' for key in keys)
    return f"{', '.join(first)} {joint} {last}" if first else last


def _shown(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{textwrap.shorten(value, 40, placeholder=" …")}"'
        case int() | float():
            return f"the number {value}"
        case list():
            return "a list"
        case dict():
            return "keys with values"
        case _:
            return "nothing"

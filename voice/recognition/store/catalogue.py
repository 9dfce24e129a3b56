"""The publisher's list: what it says of each model, and which of them easeup can use. Reaches no network."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from .errors import StoreError
from .names import is_portable

_DYNAMIC = frozenset(("small", "big-lgraph"))
"""The publisher's types of models whose graph takes grammars at run time."""


_TOO_LARGE = 1 << 40
"""Bytes. Vosk's largest model has 3 GB."""


def _plain(name: str) -> str:
    if not is_portable(name) or name.startswith("."):
        raise ValueError("no name for a folder")
    return name


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("what would move the cursor, or is no character")
    return text


_Words = Annotated[str, Field(max_length=40), AfterValidator(_printable)]
"""For a table on a terminal."""


class Published(BaseModel):
    """A model in the publisher's list."""

    model_config = ConfigDict(frozen=True)

    name: Annotated[str, AfterValidator(_plain)]
    language: _Words = Field(alias="lang")
    """Such as "en-us"."""
    language_name: _Words = Field(alias="lang_text")
    kind: _Words = Field(alias="type")
    """small, big, big-lgraph, spk, tts."""
    is_obsolete: bool = Field(alias="obsolete")
    """The list has it as a string, "true" or "false"."""
    url: Annotated[str, Field(max_length=2000), AfterValidator(_printable)]
    """Of the archive: a zip."""
    size: int = Field(gt=0, lt=_TOO_LARGE)
    """Of the archive, in bytes."""
    md5: str = Field(pattern=r"^[0-9a-fA-F]{32}$")
    """Of the archive. Tells damage, not malice: against that there is https."""


def parse(content: bytes) -> tuple[Published, ...]:
    """Read the publisher's list. What is no model of a known form in it is passed over.

    Raises:
        StoreError: It is no list of models at all.
    """
    try:
        items = json.loads(content)
    except (ValueError, RecursionError):
        raise StoreError("what came is no list of models (no JSON)") from None
    if not isinstance(items, list):
        raise StoreError("what came is no list of models")
    models: dict[str, Published] = {}
    for item in items:
        try:
            model = Published.model_validate(item)
        except ValidationError:
            continue
        models.setdefault(model.name, model)
    return tuple(models.values())


def unusable(model: Published, languages: Collection[str]) -> str | None:
    """Why easeup can't use a model, as a sentence without its end; None: it can.

    Args:
        model: The model.
        languages: Those easeup has commands in, such as "en".
    """
    if model.kind == "big":
        return "its graph is fixed, so that it can't be told what to listen for"
    if model.kind not in _DYNAMIC:
        return f"it is no model that recognises speech (its type is {model.kind})"
    if model.language.split("-")[0] not in languages:
        return f"it is for {model.language_name}, and easeup has no commands in that language"
    if model.is_obsolete:
        return "its publisher has replaced it by a newer one"
    return None


def pick(models: Iterable[Published], name: str, languages: Collection[str]) -> Published:
    """The model of a name.

    Raises:
        StoreError: There is none, or easeup can't use it.
    """
    by_name = {model.name: model for model in models}
    if name not in by_name:
        usable = [other for other, model in by_name.items() if unusable(model, languages) is None]
        near = get_close_matches(name, usable, 1)
        hint = f'did you mean "{near[0]}"?' if near else "`easeup models` lists those there are"
        raise StoreError(f'the publisher has no model "{name}"; {hint}')
    if reason := unusable(by_name[name], languages):
        raise StoreError(f"{name} can't be used: {reason}; `easeup models` lists those that can")
    return by_name[name]

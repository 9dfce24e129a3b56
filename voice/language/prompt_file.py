"""Reads and checks prompts.yaml: the wordings of every line, and the words that fill their fields."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from voice.documents import Document, DocumentError, Problem, Shape, Where, read, validate
from voice.session.events import Part
from voice.session.intents import IntentName
from voice.session.lines import Prompt
from voice.session.plan import DEEPEST, LIGHTEST, Side

from .durations import DURATION_FIELDS, DurationWords
from .near import unknown

COMMAND = re.compile(r"<([a-z-]+)>")
"""Stands in a wording for a phrase that asks for an intent, by the intent's name."""

_Text = Annotated[str, Field(min_length=1)]
_Wordings = _Text | Annotated[tuple[_Text, ...], Field(min_length=1)]


class Terms(Shape):
    """Words that can stand in a field, by kind and name."""

    side: dict[str, _Text]
    pressure: dict[str, _Text]
    part: dict[str, _Text]
    screening: dict[str, _Text]
    explained: dict[str, _Text]
    """What the questions of the screening mean, by their ids."""
    answer: dict[str, _Text]
    """By the topics of commands.yaml."""


class Joints(Shape):
    """What stands between the last two items of a list."""

    two: str
    """When there are only two."""
    last: str


class Numbered(Shape):
    """How a numbered list is said."""

    item: _Text
    between: str


class ListWords(Shape):
    """How several things are said in a row."""

    comma: str
    all: Joints = Field(alias="and")
    any: Joints = Field(alias="or")
    numbered: Numbered


class PromptFile(Shape):
    """What prompts.yaml says."""

    prompts: dict[str, _Wordings]
    terms: Terms
    durations: DurationWords
    lists: ListWords

    def wordings(self, prompt: Prompt) -> tuple[str, ...]:
        """The wordings of a line, one at least."""
        found = self.prompts[prompt.value]
        return (found,) if isinstance(found, str) else found


_TERMS: Mapping[str, tuple[str, ...]] = {
    "side": tuple(Side),
    "pressure": tuple(map(str, range(LIGHTEST, DEEPEST + 1))),
    "part": tuple(Part),
}
"""The terms that each kind has to have, and no others. Which questions are asked, the routines know."""


def read_prompts(path: Path) -> PromptFile:
    """Read a prompts.yaml.

    Raises:
        DocumentError: all that is wrong with it, at once.
    """
    document = read(path)
    content = validate(document, PromptFile)
    problems = [*_names(document, content), *_misfits(document, content)]
    if problems:
        raise DocumentError(problems)
    return content


def unanswered(path: Path, content: PromptFile, topics: Iterable[str]) -> Iterator[Problem]:
    """Topics that can be asked about and have no answer, answers that nothing asks for.

    Args:
        path: Where the content was read.
        content: What is said.
        topics: What can be asked about.
    """
    document, topics = read(path), tuple(topics)
    for topic in topics:
        if topic not in content.terms.answer:
            yield document.problem(["terms", "answer"], f'the answer "{topic}" is missing', at_key=True)
    for topic in content.terms.answer:
        if topic not in topics:
            yield document.problem(
                ["terms", "answer", topic], unknown("question", topic, topics), at_key=True
            )


def _names(document: Document, content: PromptFile) -> Iterator[Problem]:
    """Prompts and terms that are missing, and those that nothing asks for."""
    for name in content.prompts:
        if name not in set(Prompt):
            message = unknown("prompt", name, Prompt)
            yield document.problem(["prompts", name], message, at_key=True)
    for prompt in Prompt:
        if prompt not in content.prompts:
            yield document.problem(["prompts"], f'the prompt "{prompt}" is missing', at_key=True)
    for kind, names in _TERMS.items():
        terms: dict[str, str] = getattr(content.terms, kind)
        for name in names:
            if name not in terms:
                yield document.problem(["terms", kind], f'the term "{name}" is missing', at_key=True)
        for name in terms:
            if name not in names:
                message = unknown("term", name, names)
                yield document.problem(["terms", kind, name], message, at_key=True)


def _misfits(document: Document, content: PromptFile) -> Iterator[Problem]:
    for prompt in Prompt:
        found = content.prompts.get(prompt.value, ())
        if isinstance(found, str):
            yield from _misfit(document, ["prompts", prompt.value], found, prompt.fields)
        else:
            for index, wording in enumerate(found):
                yield from _misfit(document, ["prompts", prompt.value, index], wording, prompt.fields)
    durations = content.durations.model_dump(by_alias=True)
    for name, fields in DURATION_FIELDS.items():
        yield from _misfit(document, ["durations", name], durations[name], fields)
    item = content.lists.numbered.item
    yield from _misfit(document, ["lists", "numbered", "item"], item, ("number", "item"))


def _misfit(document: Document, where: Where, wording: str, fields: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with the fields of a wording."""
    try:
        parsed = list(string.Formatter().parse(wording))
    except ValueError:
        yield document.problem(where, "a brace without its partner")
        return
    if any(form or conversion for _, _, form, conversion in parsed):
        yield document.problem(where, "a field has only a name in its braces")
        return
    used = [name for _, name, _, _ in parsed if name is not None]
    for name in fields:
        if name not in used:
            yield document.problem(where, f'the field "{{{name}}}" is missing')
    for name in dict.fromkeys(used):
        if name not in fields:
            yield document.problem(where, f'"{{{name}}}" is no field of this line')
    for name in COMMAND.findall(wording):
        if name not in set(IntentName):
            yield document.problem(where, unknown("command", name, IntentName))

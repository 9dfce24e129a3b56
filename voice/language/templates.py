"""Expands command templates (hassil's syntax) to patterns: words and, where a value belongs, a slot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hassil import parse_sentence
from hassil.errors import MissingRuleError
from hassil.expression import Sentence
from hassil.parser import ParseError
from hassil.sample import sample_sentence

from .words import words

_EMPTY = re.compile(r"\(\s*\)|\[\s*\]|<\s*>|\{\s*\}")
_SLOT = re.compile(r"\{([a-z]+)\}")


class TemplateError(ValueError):
    """A template is not well made; the message says how."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a pattern where a value belongs."""

    name: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """One wording of a command, with slots still open."""

    parts: tuple[str | Slot, ...]
    seconds: int = 0
    """A length of time that the words themselves name, in seconds."""

    @property
    def slots(self) -> tuple[str, ...]:
        """Names of its slots, in order."""
        return tuple(part.name for part in self.parts if isinstance(part, Slot))

    def __str__(self) -> str:
        return " ".join(part if isinstance(part, str) else f"{{{part.name}}}" for part in self.parts)

    def filled(self, slot: str, value: Pattern) -> Pattern:
        """This pattern with another in the place of a slot."""
        parts = [each for part in self.parts for each in (value.parts if part == Slot(slot) else (part,))]
        return Pattern(tuple(parts), self.seconds + value.seconds)


def parse(template: str) -> Sentence:
    """A template ready to be expanded.

    Raises:
        TemplateError: its brackets don't match, or there is nothing in them.
    """
    if not template.strip() or _EMPTY.search(template):
        raise TemplateError("an empty template or an empty pair of brackets")
    try:
        return parse_sentence(template)
    except ParseError:
        raise TemplateError(f'the brackets of "{template}" do not match') from None


def expand(template: str, rules: Mapping[str, Sentence]) -> tuple[Pattern, ...]:
    """All patterns of a template, in the order in which it names them, each once.

    Raises:
        TemplateError: the template or a rule it uses is not well made.
    """
    try:
        texts = list(sample_sentence(parse(template), expansion_rules=dict(rules), expand_lists=False))
    except MissingRuleError:
        raise TemplateError(f'"{template}" uses a rule that is not under "rules"') from None
    except RecursionError:
        raise TemplateError(f'"{template}" uses a rule that uses itself') from None
    return tuple(dict.fromkeys(Pattern(tuple(_parts(text))) for text in texts))


def _parts(text: str) -> Iterator[str | Slot]:
    for token in text.split():
        slot = _SLOT.fullmatch(token)
        if slot:
            yield Slot(slot[1])
        elif words(token) == [token]:
            yield token
        else:
            raise TemplateError(f'"{token}" is neither a lower-case word nor a slot')
    if not text.strip():
        raise TemplateError("a template in which every word is optional")

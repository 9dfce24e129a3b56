"""Puts lines into words: picks a wording and fills its fields. It never decides what is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from voice.session.intents import IntentName
from voice.session.lines import Line, Listing, Phrases, Span, Spoken, Term, Text, Value

from .durations import say_duration
from .numbers import Numbers
from .prompt_file import COMMAND, Joints, PromptFile

_SENTENCE_START = re.compile(r"(?:^|(?<=[.?!] ))\w")


class Prompts:
    """The wordings of one language."""

    def __init__(self, file: PromptFile, numbers: Numbers, example: Callable[[IntentName], str]) -> None:
        """`example` gives the plainest phrase of an intent."""
        self._file = file
        self._numbers = numbers
        self._example = example

    def render(self, spoken: Spoken) -> str:
        """The words of a line; text that a routine brings stays as it is.

        Raises:
            ValueError: the line's fields are not those of its prompt.
            LookupError: the language has no such term.
        """
        if isinstance(spoken, Text):
            return spoken.text
        return self._worded(spoken)

    def _worded(self, line: Line) -> str:
        fields = dict(line.fields)
        if set(fields) != set(line.prompt.fields):
            raise ValueError(f"{line.prompt} has the fields {line.prompt.fields}, not {tuple(fields)}")
        wordings = self._file.wordings(line.prompt)
        wording = wordings[line.variant % len(wordings)]
        text = wording.format(**{name: self._said(value) for name, value in fields.items()})
        text = COMMAND.sub(lambda command: self._example(IntentName(command[1])), text)
        return _SENTENCE_START.sub(lambda start: start[0].upper(), text)

    def _said(self, value: Value) -> str:
        match value:
            case str():
                # The wording around it ends the sentence.
                return value.strip().rstrip(".")
            case int():
                return self._numbers.say(value)
            case Span(seconds):
                return say_duration(seconds, self._file.durations, self._numbers)
            case Phrases(intents):
                return self._in_a_row([self._example(intent) for intent in intents], self._file.lists.any)
            case Listing(items, numbers):
                return (
                    self._numbered(items, numbers) if numbers else self._in_a_row(items, self._file.lists.all)
                )
            case Term(kind, name):
                return self._term(kind, name)

    def _term(self, kind: str, name: str) -> str:
        terms: dict[str, str] = getattr(self._file.terms, kind, {})
        if name not in terms:
            raise LookupError(f"there is no term {name!r} of the kind {kind!r}")
        return terms[name]

    def _in_a_row(self, items: Sequence[str], joints: Joints) -> str:
        if len(items) < 2:  # noqa: PLR2004  # nothing to join
            return "".join(items)
        *first, last = items
        joint = joints.two if len(items) == 2 else joints.last  # noqa: PLR2004  # the language's own case of two
        return self._file.lists.comma.join(first) + joint + last

    def _numbered(self, items: Sequence[str], numbers: Sequence[int]) -> str:
        numbered = self._file.lists.numbered
        return numbered.between.join(
            numbered.item.format(number=self._numbers.say(number), item=item)
            for number, item in zip(numbers, items, strict=True)
        )

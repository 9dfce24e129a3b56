"""Reads and checks commands.yaml: the wordings of every intent, before any routine is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from hassil.expression import Sentence
from pydantic import Field

from voice.documents import Document, DocumentError, Problem, Shape, Where, read, validate
from voice.session.intents import ONLY_WHEN_ASKED, URGENT, IntentName

from .near import unknown
from .numbers import LARGEST_READ, Numbers
from .phrasebook import Phrasebook, Reading
from .templates import Pattern, TemplateError, expand, parse

_TIMES = frozenset({"amount", "minutes", "seconds"})
_SLOTS: Mapping[IntentName, frozenset[str]] = {
    IntentName.START: frozenset({"n", "routine"}),
    IntentName.PERSON: frozenset({"n"}),
    IntentName.RATE: frozenset({"score"}),
    IntentName.GO_TO_STEP: frozenset({"n", "step"}),
    IntentName.MORE_TIME: _TIMES,
    IntentName.LESS_TIME: _TIMES,
    IntentName.FIND: _TIMES,
    IntentName.FIT_TIME: _TIMES,
}
"""The slots that an intent can make something of."""

_TITLES = frozenset({"routine", "step"})
_Usual = Annotated[int, Field(ge=1, le=LARGEST_READ)]
_Text = Annotated[str, Field(min_length=1)]


class _Amount(Shape):
    say: _Text
    plus: int = 0


class _Numbers(Shape):
    n: _Usual
    minutes: _Usual
    seconds: _Usual
    score: _Usual


_Wordings = dict[str, Annotated[tuple[_Text, ...], Field(min_length=1)]]


class _File(Shape):
    intents: _Wordings
    questions: _Wordings
    """By topic."""
    needs: _Wordings
    """By region, or by whose hands are there."""
    rules: dict[str, _Text] = Field(default_factory=dict)
    amounts: tuple[_Text | _Amount, ...]
    usual: _Numbers
    mistaken: dict[_Text, _Text] = Field(default_factory=dict)
    decoys: tuple[_Text, ...]


@dataclass(frozen=True, slots=True)
class CommandFile:
    """What commands.yaml says, worked out."""

    patterns: Mapping[IntentName, tuple[Pattern, ...]]
    """Every wording of every intent; only {routine} and {step} and numbers are still open."""
    phrasebook: Phrasebook
    """The wordings that need no title of a routine or step."""
    usual: Mapping[str, int]
    """The number with which a slot is shown."""
    mistaken: Mapping[str, str]
    """Words that mean nothing alone, each with the urgent phrase that is heard as it."""
    decoys: tuple[str, ...]
    """Words that are no command."""
    topics: tuple[str, ...]
    """What can be asked about."""
    needs: tuple[str, ...]
    """What a massage can be asked for for: regions, and whose hands are there."""


def read_commands(path: Path, numbers: Numbers) -> CommandFile:
    """Read a commands.yaml.

    Raises:
        DocumentError: all that is wrong with it, at once.
    """
    document = read(path)
    content = validate(document, _File)
    checking = _Checking(document, content, numbers)
    made = checking.made()
    if checking.problems:
        raise DocumentError(checking.problems)
    return made


class _Checking:
    """Works the file out, and notes every problem on the way."""

    def __init__(self, document: Document, content: _File, numbers: Numbers) -> None:
        self.problems: list[Problem] = []
        self._document = document
        self._content = content
        self._phrasebook = Phrasebook(numbers)

    def made(self) -> CommandFile:
        rules = self._rules()
        amounts = tuple(self._amounts(rules))
        for name in self._content.intents:
            if name not in set(IntentName):
                self._problem(["intents", name], unknown("intent", name, IntentName), at_key=True)
        patterns = {
            intent: tuple(dict.fromkeys(self._wordings(intent, rules, amounts))) for intent in IntentName
        }
        for intent, found in patterns.items():
            if found and all(_TITLES & set(each.slots) for each in found):
                self._problem(["intents", intent.value], "one wording has to do without a title", at_key=True)
        return CommandFile(
            patterns,
            self._phrasebook,
            self._content.usual.model_dump(),
            dict(self._mistaken()),
            tuple(self._decoys()),
            tuple(self._content.questions),
            tuple(self._content.needs),
        )

    def _problem(self, where: Where, message: str, *, at_key: bool = False) -> None:
        self.problems.append(self._document.problem(where, message, at_key=at_key))

    def _rules(self) -> dict[str, Sentence]:
        rules = {}
        for name, template in self._content.rules.items():
            try:
                rules[name] = parse(template)
            except TemplateError as error:  # every rule's problem is wanted
                self._problem(["rules", name], str(error))
        return rules

    def _expanded(self, where: Where, template: str, rules: Mapping[str, Sentence]) -> tuple[Pattern, ...]:
        try:
            return expand(template, rules)
        except TemplateError as error:
            self._problem(where, str(error))
            return ()

    def _amounts(self, rules: Mapping[str, Sentence]) -> Iterator[Pattern]:
        for index, entry in enumerate(self._content.amounts):
            where: Where = ["amounts", index]
            amount = _Amount(say=entry) if isinstance(entry, str) else entry
            for pattern in self._expanded(where, amount.say, rules):
                if self._slots_fit(where, pattern, _TIMES - {"amount"}):
                    yield Pattern(pattern.parts, amount.plus)

    def _wordings(
        self, intent: IntentName, rules: Mapping[str, Sentence], amounts: tuple[Pattern, ...]
    ) -> Iterator[Pattern]:
        """The patterns of an intent; those without titles also go into the phrasebook."""
        about = {IntentName.ASK: "questions", IntentName.FIND: "needs"}.get(intent)
        if intent not in self._content.intents and about != "questions":
            self._problem(["intents"], f'the intent "{intent}" is missing', at_key=True)
        for where, template, topic in self._templates(intent, about):
            clashes: set[str] = set()
            for pattern in self._expanded(where, template, rules):
                if not self._slots_fit(where, pattern, _SLOTS.get(intent, frozenset())):
                    break
                whole = (
                    [pattern.filled("amount", amount) for amount in amounts]
                    if "amount" in pattern.slots
                    else [pattern]
                )
                for each in whole:
                    yield each
                    if not _TITLES & set(each.slots):
                        reading = Reading(intent, seconds=each.seconds, about=topic)
                        clash = self._phrasebook.add(each, reading)
                        clashes |= {f'"{each}" already means "{clash.intent}"'} if clash else set()
            for message in sorted(clashes):
                self._problem(where, message)

    def _templates(self, intent: IntentName, section: str | None) -> Iterator[tuple[Where, str, str | None]]:
        """Where each template of an intent stands, the template, and what it is about."""
        if section is not None:
            wordings: _Wordings = getattr(self._content, section)
            for about, templates in wordings.items():
                for index, template in enumerate(templates):
                    yield [section, about, index], template, about
        for index, template in enumerate(self._content.intents.get(intent.value, ())):
            yield ["intents", intent.value, index], template, None

    def _slots_fit(self, where: Where, pattern: Pattern, known: frozenset[str]) -> bool:
        slots = pattern.slots
        unknown = sorted(set(slots) - known)
        if unknown:
            self._problem(where, f'"{{{unknown[0]}}}" is no slot that fits here')
        elif len(set(slots)) < len(slots):
            self._problem(where, "the same slot twice in one wording")
        return not unknown and len(set(slots)) == len(slots)

    def _mistaken(self) -> Iterator[tuple[str, str]]:
        for word, phrase in self._content.mistaken.items():
            if self._phrasebook.find(word):
                self._problem(["mistaken", word], f'"{word}" means something by itself', at_key=True)
            if not any(reading.intent in URGENT for reading in self._phrasebook.find(phrase)):
                self._problem(["mistaken", word], f'"{phrase}" is no urgent phrase, such as "stop"')
            yield word, phrase

    def _decoys(self) -> Iterator[str]:
        for index, row in enumerate(self._content.decoys):
            for decoy in row.split():
                known = [each for each in self._phrasebook.find(decoy) if each.intent not in ONLY_WHEN_ASKED]
                if known:
                    self._problem(["decoys", index], f'"{decoy}" is no decoy: it means "{known[0].intent}"')
                yield decoy

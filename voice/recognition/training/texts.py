"""What synthetic voices say: commands, alone and in company, and everyday speech that is none.

It knows neither voices nor sound. English only, like the pronunciations.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import accumulate

from voice.language.command_file import read_commands
from voice.language.numbers import LARGEST_READ, Numbers
from voice.language.phrasebook import slot_range
from voice.language.templates import Pattern
from voice.language.words import words
from voice.resources import folder
from voice.routine.shelf import shelf

from .talk import AMONG, LISTS, SENTENCES, WORDS

_LANGUAGE = "en"
_SLOT = re.compile(r"\{(\w+)\}")
_TWENTY = 20
_ENDINGS = ("", "", ".", ".", "!", "?")
"""How a text may end, which changes its melody."""


class Kind(Enum):
    """What a text is."""

    COMMAND = auto()
    NUMBER = auto()
    SERIES = auto()
    """Two or three commands."""
    AMONG = auto()
    """A command's words within a sentence."""
    SENTENCE = auto()
    WORD = auto()


WEIGHTS: Mapping[Kind, float] = {
    Kind.COMMAND: 0.55,
    Kind.NUMBER: 0.06,
    Kind.SERIES: 0.09,
    Kind.AMONG: 0.05,
    Kind.SENTENCE: 0.15,
    Kind.WORD: 0.10,
}
"""How often each kind comes. Single commands are what the model is for."""
_BY_WORD = 0.6
"""This share of commands is chosen by a word that they contain, so that rare words are said often, too."""


@dataclass(frozen=True, slots=True)
class Text:
    """One thing to be said."""

    kind: Kind
    spoken: str
    """With punctuation."""

    @property
    def words(self) -> tuple[str, ...]:
        """Its transcript."""
        return tuple(words(self.spoken))


def texts(seed: int) -> Iterator[Text]:
    """Texts without end, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 -- nothing secret
    source = _Source(chance)
    kinds, weights = list(WEIGHTS), list(WEIGHTS.values())
    while True:
        kind = chance.choices(kinds, weights)[0]
        yield Text(kind, source.make(kind) + chance.choice(_ENDINGS))


class _ShortFirst:
    """Patterns, of which a short one is chosen oftener than a long one."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = patterns
        self._weights = list(accumulate(1 / len(pattern.parts) ** 2 for pattern in patterns))

    def choose(self, chance: random.Random) -> Pattern:
        return chance.choices(self._patterns, cum_weights=self._weights)[0]


class _Source:
    """Makes texts from the language's files, the routines' titles and the talk."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._numbers = Numbers(_LANGUAGE)
        file = read_commands(folder("prompts") / _LANGUAGE / "commands.yaml", self._numbers)
        self._titles = {
            "routine": [" ".join(words(plan.title)) for plan in shelf()],
            "step": [" ".join(words(beat.title)) for plan in shelf() for beat in plan.steps],
        }
        intents = list(file.patterns.values())
        by_word: defaultdict[str, list[Pattern]] = defaultdict(list)
        for patterns in intents:
            for pattern in patterns:
                for word in dict.fromkeys(part for part in pattern.parts if isinstance(part, str)):
                    by_word[word].append(pattern)
        self._by_intent = [_ShortFirst(patterns) for patterns in intents]
        self._by_word = [_ShortFirst(by_word[word]) for word in sorted(by_word)]
        single = {str(pattern) for patterns in intents for pattern in patterns if len(pattern.parts) == 1}
        self._singles = sorted(single)
        self._strangers = sorted({*WORDS, *file.decoys} - single - set(self._numbers_alone()))

    def make(self, kind: Kind) -> str:
        """One text, without a stop at its end."""
        match kind:
            case Kind.COMMAND:
                return self._command()
            case Kind.NUMBER:
                return self._number()
            case Kind.SERIES:
                commands = [self._command() for _ in range(self._chance.choice((2, 2, 3)))]
                return self._chance.choice((", ", ". ", " ")).join(commands)
            case Kind.AMONG:
                return self._filled(self._chance.choice(AMONG))
            case Kind.SENTENCE:
                return self._filled(self._chance.choice(SENTENCES))
            case Kind.WORD:
                return self._chance.choice(self._strangers)

    def _command(self) -> str:
        groups = self._by_word if self._chance.random() < _BY_WORD else self._by_intent
        pattern = self._chance.choice(groups).choose(self._chance)
        return " ".join(part if isinstance(part, str) else self._value(part.name) for part in pattern.parts)

    def _value(self, slot: str) -> str:
        if slot in self._titles:
            return self._chance.choice(self._titles[slot])
        return self._numbers.say(self._chance.choice(slot_range(slot))) if slot == "score" else self._number()

    def _number(self) -> str:
        # One to twenty each as often as all those of thirty together: that says each word as often.
        choice = self._chance.choice(range(1, _TWENTY + 9))
        tens = choice - _TWENTY + 1
        return self._numbers.say(choice if choice <= _TWENTY else tens * 10 + self._chance.randrange(10))

    def _numbers_alone(self) -> Iterator[str]:
        for number in range(LARGEST_READ + 1):
            yield self._numbers.say(number)

    def _filled(self, template: str) -> str:
        def fill(found: re.Match[str]) -> str:
            name = found[1]
            return self._chance.choice(self._singles if name == "command" else LISTS[name])

        return _SLOT.sub(fill, template)

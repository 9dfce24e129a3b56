"""What can be said while a certain routine is at hand: the matcher, the recognizer's phrases, the examples.

It says what a text means, not whether it may be obeyed now.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from voice.session.intents import ONLY_WHEN_ASKED, URGENT, Intent, IntentName

from .command_file import CommandFile
from .numbers import Numbers
from .phrasebook import NUMBER, Found, Phrasebook, Reading, slot_range
from .templates import Pattern
from .words import words

_NEAR = 0.75
"""How alike two shapes have to be, 0 to 1, for one to be taken for a slip of the other."""
_PEOPLE_HEARD = 9
"""So many persons have a number that is listened for."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The titles that can be named at the moment."""

    routines: tuple[tuple[str, str], ...] = ()
    """Id and title of each routine, in the order in which they are numbered from 1."""
    steps: tuple[tuple[int, str], ...] = ()
    """Number and title of each step of the massage under way."""


class Commands:
    """Every command of a language, with the titles of a vocabulary."""

    def __init__(self, file: CommandFile, numbers: Numbers, vocabulary: Vocabulary) -> None:
        """Cheap enough to be made anew for every massage: only titles are entered."""
        self._file = file
        self._numbers = numbers
        self._vocabulary = vocabulary
        self._titled = Phrasebook(numbers)
        self._patterns = {
            intent: tuple(self._with_titles(intent, patterns)) for intent, patterns in file.patterns.items()
        }
        self._phrases: dict[IntentName, tuple[str, ...]] = {}

    def match(self, text: str, asked: Collection[IntentName] = ()) -> Intent | None:
        """What a whole text asks for, or None if it is not exactly a command.

        Case, punctuation and apostrophes don't matter; numbers may be words or digits.

        Args:
            text: What was said or typed.
            asked: What was asked for: `ONLY_WHEN_ASKED` means nothing without it.
        """
        silent = ONLY_WHEN_ASKED - set(asked)
        for book in (self._file.phrasebook, self._titled):
            for found in book.find(text):
                intent = None if found.intent in silent else self._intent(found)
                if intent:
                    return intent
        return None

    def suggest(self, text: str) -> str | None:
        """A command that somebody who typed this may have meant: one it contains, or one much like it."""
        shape, values = self._file.phrasebook.shape(text)
        shapes = {each: book for book in (self._titled, self._file.phrasebook) for each in book.shapes()}
        near = difflib.get_close_matches(shape, shapes, n=5, cutoff=_NEAR)
        for candidate in (*_contained(shape, shapes), *near):
            if candidate.count(NUMBER) == len(values):
                wording = self._numbered(shapes[candidate].spelled(candidate), values)
                if self.match(wording):
                    return wording
        return None

    def phrases(self, intents: Iterable[IntentName]) -> tuple[str, ...]:
        """Every phrase of these intents, in words, sorted.

        Slots are covered value by value: each wording once with the usual numbers, and each number in the
        first wording that takes it. A recognizer's grammar puts the rest together by itself.
        """
        return tuple(sorted({phrase for intent in intents for phrase in self._of(intent)}))

    def example(self, intent: IntentName) -> str:
        """The plainest phrase of an intent."""
        return example(self._file, self._numbers, intent)

    @property
    def urgent(self) -> tuple[str, ...]:
        """Every phrase of the intents that are acted on before the phrase has ended."""
        return self.phrases(URGENT)

    @property
    def mistaken(self) -> Mapping[str, str]:
        """Words that mean nothing alone, each with the urgent phrase that is often heard as it."""
        return self._file.mistaken

    def grammar(self, legal: Collection[IntentName]) -> tuple[str, ...]:
        """The phrases to listen for, sorted.

        These are all phrases of the legal and the urgent intents, the single words of the others, so that
        they are heard as what they are, and decoys, for other speech to be taken for.
        """
        whole = URGENT | set(legal)
        others = set(IntentName) - ONLY_WHEN_ASKED - whole
        single = {phrase for phrase in self.phrases(others) if " " not in phrase}
        return tuple(sorted({*self.phrases(whole), *single, *self._file.decoys}))

    def _with_titles(self, intent: IntentName, patterns: Iterable[Pattern]) -> Iterator[Pattern]:
        """The patterns of an intent with titles in their places, which are entered on the way."""
        for pattern in patterns:
            if "routine" in pattern.slots:
                for routine, title in self._vocabulary.routines:
                    for text in dict.fromkeys((" ".join(words(title)), " ".join(words(routine)))):
                        yield from self._entered(pattern, "routine", text, Reading(intent, routine=routine))
            elif "step" in pattern.slots:
                for step, title in self._vocabulary.steps:
                    yield from self._entered(pattern, "step", title, Reading(intent, step=step))
            else:
                yield pattern

    def _entered(self, pattern: Pattern, slot: str, title: str, reading: Reading) -> Iterator[Pattern]:
        parts = tuple(words(title))
        whole = pattern.filled(slot, Pattern(parts))
        # A step called "the next step" must not take a command's place.
        if parts and not self._file.phrasebook.find(str(whole)) and not self._titled.add(whole, reading):
            yield whole

    def _intent(self, found: Found) -> Intent | None:
        reading, values = found.reading, found.values
        seconds = reading.seconds + 60 * values.get("minutes", 0) + values.get("seconds", 0)
        step, routine, number = reading.step, reading.routine, values.get("score")
        match found.intent, values.get("n"):
            case IntentName.START, int(chosen):
                if chosen > len(self._vocabulary.routines):
                    return None
                routine = self._vocabulary.routines[chosen - 1][0]
            case IntentName.GO_TO_STEP, int(step_number):
                step = step_number
            case IntentName.PERSON, person:
                number = person
            case _:
                pass
        return Intent(
            found.intent,
            seconds=float(seconds) if seconds else None,
            step=step,
            number=number,
            routine=routine,
            about=reading.about,
        )

    def _of(self, intent: IntentName) -> tuple[str, ...]:
        if intent not in self._phrases:
            self._phrases[intent] = tuple(self._spoken(intent))
        return self._phrases[intent]

    def _spoken(self, intent: IntentName) -> Iterator[str]:
        covered: set[str] = set()
        for pattern in self._patterns[intent]:
            values = {slot: self._values(intent, slot) for slot in pattern.slots}
            if not all(values.values()):
                continue
            usual = {slot: min(self._file.usual[slot], values[slot][-1]) for slot in pattern.slots}
            yield _filled(pattern, usual, self._numbers)
            for slot in set(pattern.slots) - covered:
                covered.add(slot)
                for value in values[slot]:
                    yield _filled(pattern, {**usual, slot: value}, self._numbers)

    def _values(self, intent: IntentName, slot: str) -> range:
        """The numbers that are listened for in a slot; more are understood when they are typed."""
        match intent:
            case IntentName.START:
                return range(1, len(self._vocabulary.routines) + 1)
            case IntentName.PERSON:
                return range(1, _PEOPLE_HEARD + 1)
            case _:
                return slot_range(slot)

    def _numbered(self, spelled: str, values: Iterable[int]) -> str:
        """A shape with these numbers, in words, in the places of its marks."""
        for value in values:
            spelled = spelled.replace(NUMBER, self._numbers.say(value), 1)
        return spelled


def example(
    file: CommandFile, numbers: Numbers, intent: IntentName, can_hear: Callable[[str], bool] = bool
) -> str:
    """The plainest phrase of an intent that can be heard: of templates that need no title, the first.

    Where none can be heard it is the first, for those who type.
    """
    plain = [
        _filled(each, file.usual, numbers)
        for each in file.patterns[intent]
        if not {"routine", "step"} & set(each.slots)
    ]
    return next(filter(can_hear, plain), plain[0])


def _filled(pattern: Pattern, values: Mapping[str, int], numbers: Numbers) -> str:
    return " ".join(
        part if isinstance(part, str) else numbers.say(values[part.name]) for part in pattern.parts
    )


def _contained(shape: str, shapes: Collection[str]) -> Iterator[str]:
    """The shapes that stand whole within this one, longest first."""
    parts = shape.split()
    longest = max(each.count(" ") + 1 for each in shapes)
    for length in range(min(longest, len(parts) - 1), 0, -1):
        for start in range(len(parts) - length + 1):
            within = " ".join(parts[start : start + length])
            if within in shapes:
                yield within

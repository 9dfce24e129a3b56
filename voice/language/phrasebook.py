"""Finds the command that a text is, whole and exactly, by its shape: its words with a mark for every number.

"add 2 minutes" and "Add two minutes!" have one shape, so every template is one entry, whatever the number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from voice.session.intents import IntentName

from .numbers import LARGEST_READ, Numbers
from .templates import Pattern, Slot
from .words import folded, words

NUMBER = "#"
"""Stands for a number in a shape. No word can be this."""


_SCORES = range(11)
_COUNTS = range(1, LARGEST_READ + 1)


def slot_range(slot: str) -> range:
    """The numbers that a slot takes."""
    return _SCORES if slot == "score" else _COUNTS


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a shape."""

    intent: IntentName
    seconds: int = 0
    """Seconds that the words name by themselves."""
    step: int | None = None
    routine: str | None = None
    about: str | None = None
    """What is asked about, or what is needed."""
    numbers: tuple[int | Slot, ...] = ()
    """For each number of the shape: the slot it fills, or the number it has to be."""
    text: str = ""
    """The shape as people write it: with apostrophes."""

    def takes(self, values: tuple[int, ...]) -> bool:
        """Whether these are numbers it can have."""
        return all(
            value in slot_range(number.name) if isinstance(number, Slot) else value == number
            for number, value in zip(self.numbers, values, strict=True)
        )

    def overlaps(self, other: Reading) -> bool:
        """Whether some text could be read both ways; both are readings of one shape."""
        return all(
            isinstance(mine, Slot) or isinstance(theirs, Slot) or mine == theirs
            for mine, theirs in zip(self.numbers, other.numbers, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A reading of a text, with the numbers that fill its slots."""

    reading: Reading
    values: dict[str, int]

    @property
    def intent(self) -> IntentName:
        """What it asks for."""
        return self.reading.intent


class Phrasebook:
    """Wordings by shape."""

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self._readings: dict[str, list[Reading]] = {}

    def add(self, pattern: Pattern, reading: Reading) -> Reading | None:
        """Enter a pattern, all of whose slots are numbers, unless it means something else already.

        Returns:
            The reading of another intent, or about something else, that is in the way.
        """
        slots = {f"{{{name}}}": Slot(name) for name in pattern.slots}
        marks = [slots.get(str(each), each) for each in self._numbers.read(str(pattern).split())]
        spelled = [mark if isinstance(mark, str) else NUMBER for mark in marks]
        numbers = tuple(mark for mark in marks if not isinstance(mark, str))
        entry = replace(reading, numbers=numbers, text=" ".join(spelled))
        shape = " ".join(map(folded, spelled))
        known = self._readings.setdefault(shape, [])
        for other in known:
            if (other.intent, other.about) != (entry.intent, entry.about) and other.overlaps(entry):
                return other
        known.append(entry)
        return None

    def find(self, text: str) -> list[Found]:
        """What a whole text means; nothing, if it is no command."""
        shape, values = self.shape(text)
        return [
            Found(reading, _by_slot(reading, values))
            for reading in self._readings.get(shape, ())
            if reading.takes(values)
        ]

    def shape(self, text: str) -> tuple[str, tuple[int, ...]]:
        """The shape of a text and the numbers it holds."""
        read = self._numbers.read([folded(word) for word in words(text)])
        shape = " ".join(each if isinstance(each, str) else NUMBER for each in read)
        return shape, tuple(each for each in read if isinstance(each, int))

    def shapes(self) -> Iterator[str]:
        """Every shape that means something."""
        yield from self._readings

    def spelled(self, shape: str) -> str:
        """A shape as people write it."""
        return self._readings[shape][0].text


def _by_slot(reading: Reading, values: tuple[int, ...]) -> dict[str, int]:
    return {
        number.name: value
        for number, value in zip(reading.numbers, values, strict=True)
        if isinstance(number, Slot)
    }

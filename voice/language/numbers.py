"""Whole numbers as words, and words as numbers, by the spelling rules that Unicode keeps for each language.

It knows nothing of what is counted.
"""

from __future__ import annotations

from collections.abc import Sequence

from unicode_rbnf import RbnfEngine

from .words import words

LARGEST_READ = 99
"""Words of larger numbers stay words; none is ever asked for."""

_MOST_DIGITS = 6
"""Longer runs of digits are nobody's number."""


class Numbers:
    """The number words of one language."""

    def __init__(self, code: str) -> None:
        """`code` is a language code such as "en".

        Raises:
            ValueError: Unicode has no rules for that language.
        """
        self._engine = RbnfEngine.for_language(code)
        self._values: dict[tuple[str, ...], int] = {}
        for number in range(LARGEST_READ + 1):
            # Every grammatical form counts: other languages have genders and cases.
            for text in self._engine.format_number(number).text_by_ruleset.values():
                self._values.setdefault(tuple(words(text)), number)
        self._longest = max(map(len, self._values))

    def say(self, number: int) -> str:
        """The words of a number, without hyphens, as a recognizer spells them."""
        return " ".join(words(self._engine.format_number(number).text))

    def read(self, spoken: Sequence[str]) -> list[str | int]:
        """The words with every number among them, in words or digits, replaced by its value."""
        result: list[str | int] = []
        index = 0
        while index < len(spoken):
            number, length = self._at(spoken, index)
            result.append(spoken[index] if number is None else number)
            index += length
        return result

    def _at(self, spoken: Sequence[str], index: int) -> tuple[int | None, int]:
        """The number that starts at a word, and of how many words it is made."""
        first = spoken[index]
        if first.isdecimal() and len(first) <= _MOST_DIGITS:
            return int(first), 1
        for length in range(min(self._longest, len(spoken) - index), 0, -1):
            number = self._values.get(tuple(spoken[index : index + length]))
            if number is not None:
                return number, length
        return None, 1

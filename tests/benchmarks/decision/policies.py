"""Other rules by which hypotheses could be believed, to compare the product's with. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from tests.benchmarks.recognition.listening import ByRule, Listening, WholePhrases
from voice.recognition.decision import Accepted, Decision
from voice.recognition.hypothesis import UNKNOWN, Hypothesis


@dataclass(frozen=True, slots=True)
class AnyPartial:
    """Believes an urgent phrase wherever it shows, at once, and else what is a whole phrase."""

    listening: Listening

    def believed(self, hypotheses: Sequence[Hypothesis]) -> Iterator[Accepted]:
        """Those of a clip up to the first urgent one."""
        for each in hypotheses:
            if (phrase := contained(each.text, self.listening.urgent)) is not None:
                yield Accepted(phrase, each.at, urgent=True)
                return
            yield from WholePhrases(self.listening).believed([each])


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The product's rule, on finals whose likeliest text is made another before, without alternatives."""

    rule: ByRule
    rewrite: Callable[[str], str]

    def believed(self, hypotheses: Sequence[Hypothesis]) -> Iterator[Accepted]:
        """The phrases of one clip, in order."""
        return self.rule.believed(
            [
                replace(each, text=self.rewrite(each.text), alternatives=()) if each.is_final else each
                for each in hypotheses
            ]
        )


def without_unknown(text: str) -> str:
    """A text without the speech around it that is unknown; unknown speech within it stays."""
    words = text.split()
    while words and words[0] == UNKNOWN:
        del words[0]
    while words and words[-1] == UNKNOWN:
        del words[-1]
    return " ".join(words)


def longest_command(text: str, is_command: Callable[[str], bool]) -> str:
    """The longest command within a text, the first of several; the text itself if there is none."""
    words = text.split()
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            part = " ".join(words[start : start + length])
            if is_command(part):
                return part
    return text


def contained(text: str, phrases: Sequence[str]) -> str | None:
    """The longest of these phrases that stands within a text, in whole words."""
    found = (phrase for phrase in phrases if f" {phrase} " in f" {text} ")
    return max(found, key=len, default=None)


class Alone(Decision):
    """Urgent phrases count only when nothing else is said."""

    def _urgent_ending(self, text: str) -> str | None:
        return text if tuple(text.split()) in self._urgent else None

    def _urgent_beginning(self, text: str) -> str | None:
        return self._urgent_ending(text)


class NotAtTheBeginning(Decision):
    """Urgent phrases count after other words, and not before them."""

    def _urgent_beginning(self, text: str) -> str | None:
        return self._urgent_ending(text)


class Anywhere(Decision):
    """Urgent phrases count among other words, wherever they stand."""

    def _urgent_ending(self, text: str) -> str | None:
        return contained(text, tuple(map(" ".join, self._urgent)))

"""One language, whole: finds its folder and puts its commands and prompts together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from voice.documents import DocumentError, Problem
from voice.resources import folder

from .command_file import CommandFile, read_commands
from .commands import Commands, Vocabulary, example
from .numbers import Numbers
from .prompt_file import read_prompts, unanswered
from .prompts import Prompts

_COMMANDS, _PROMPTS = "commands.yaml", "prompts.yaml"


class UnknownLanguageError(ValueError):
    """There is no such language; the message names those there are."""


def languages() -> tuple[str, ...]:
    """The codes of the languages that easeup speaks: the folders under `prompts/`."""
    return tuple(sorted(path.parent.name for path in folder("prompts").glob(f"*/{_PROMPTS}")))


@dataclass(frozen=True, slots=True)
class Language:
    """What is said and understood in one language."""

    code: str
    prompts: Prompts
    _file: CommandFile
    _numbers: Numbers

    @classmethod
    def load(cls, code: str = "en", can_hear: Callable[[str], bool] = bool) -> Language:
        """Read a language that comes with easeup.

        Args:
            code: Of the language.
            can_hear: Whether the ears know all words of a phrase: what they don't, nobody is told to say.

        Raises:
            UnknownLanguageError: there is none of that code.
            DocumentError: its files are not right; all that is wrong, at once.
        """
        if code not in languages():
            raise UnknownLanguageError(f'no language "{code}"; there is {", ".join(languages())}')
        return cls.read(folder("prompts") / code, code, can_hear)

    @classmethod
    def read(cls, where: Path, code: str, can_hear: Callable[[str], bool] = bool) -> Language:
        """Read a language from a folder that holds its commands.yaml and prompts.yaml.

        Raises:
            DocumentError: the files are not right; all that is wrong, at once.
            ValueError: numbers in the language of that code cannot be said.
        """
        numbers = Numbers(code)
        problems: list[Problem] = []
        try:
            file = read_commands(where / _COMMANDS, numbers)
        except DocumentError as error:
            problems += error.problems
        try:
            wordings = read_prompts(where / _PROMPTS)
        except DocumentError as error:
            problems += error.problems
        if not problems:
            problems += unanswered(where / _PROMPTS, wordings, file.topics)
        if problems:
            raise DocumentError(problems)
        return cls(
            code,
            Prompts(wordings, numbers, partial(example, file, numbers, can_hear=can_hear)),
            file,
            numbers,
        )

    def commands(self, vocabulary: Vocabulary | None = None) -> Commands:
        """The commands, with the titles that can be named at the moment."""
        return Commands(self._file, self._numbers, vocabulary or Vocabulary())

"""What has to be asked before a massage, and what a yes asks for. Says nothing: the words are the language's.

Under `terms: screening` stand the questions, under `terms: explained` what they mean.
"""

from __future__ import annotations

from dataclasses import dataclass

from .names import Name

VALID_S = 7 * 24 * 3600.0
"""For so long nothing is asked again of the same person."""
SAME_PERSON = "same-person"
"""Id of the question that stands for all of them, while what was answered is still valid."""
NOTHING_NEW = "nothing-new"
"""The same, of somebody who has said who they are."""


class Severity(Name):
    """What a yes leads to."""

    DO_NOT = "do-not"
    """No massage."""
    ASK_FIRST = "ask-first"
    """No massage, unless a professional has allowed it: that is the second question."""
    GENTLY = "gently"
    """A light massage without depth, and without pressure points if a second question is answered yes."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question to be answered yes or no."""

    id: str
    severity: Severity

    @property
    def then(self) -> str | None:
        """Id of the question that a yes leads to."""
        return None if self.severity is Severity.DO_NOT else f"{self.id}-then"


@dataclass(frozen=True, slots=True)
class Care:
    """What a person's answers ask for in every massage."""

    gentle: bool = False
    """Never more than light."""
    no_points: bool = False
    """No steady pressure on single points."""


NO_CARE = Care()
"""Nothing has to be minded."""

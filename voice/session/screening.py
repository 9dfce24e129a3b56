"""What has to be asked before a massage. Their words stand in prompts.yaml under `terms: screening`."""

from __future__ import annotations

from dataclasses import dataclass

from .names import Name


class Severity(Name):
    """What a yes leads to."""

    DO_NOT = "do-not"
    """No massage."""
    ASK_FIRST = "ask-first"
    """No massage before a professional has been asked."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question to be answered yes or no."""

    id: str
    severity: Severity

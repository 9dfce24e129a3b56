"""Splits text into the words that matter when commands are compared. No language's rules stand here."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*")


def words(text: str) -> list[str]:
    """Lower-case words and runs of digits, as a recognizer spells them; of punctuation, only apostrophes."""
    plain = unicodedata.normalize("NFKC", text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").lower()
    return _WORD.findall(plain)


def folded(word: str) -> str:
    """A word as it is compared: people type "thats" for "that's"."""
    return word.replace("'", "")

"""Why something about the models could not be done."""

from __future__ import annotations


class StoreError(Exception):
    """It can't be done; as text, one line that says what, why, and what to do where something can be."""

    def __init__(self, line: str) -> None:
        """Servers have a say in some lines: what would end the line or move the cursor becomes its code."""
        super().__init__("".join(sign if sign.isprintable() else _code(sign) for sign in line))


class UnreachableError(StoreError):
    """The network or a server failed, so that trying again later may help."""


def _code(sign: str) -> str:
    return sign.encode("unicode_escape").decode("ascii")

"""Why something about the models could not be done."""

from __future__ import annotations


class StoreError(Exception):
    """It can't be done; as text, one line that says what, why, and what to do where something can be."""


class UnreachableError(StoreError):
    """The network or a server failed, so that trying again later may help."""

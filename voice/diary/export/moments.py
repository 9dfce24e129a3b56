"""Moments as other programs read them."""

from __future__ import annotations

from datetime import datetime, timezone


def utc(moment: datetime) -> str:
    """ISO 8601 in UTC, to the second."""
    return f"{moment.astimezone(timezone.utc):%Y-%m-%dT%H:%M:%SZ}"

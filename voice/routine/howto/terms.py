"""The words that export and import share."""

from __future__ import annotations

from typing import Any

PREFIX = "easeup:"
"""Before every key of ours that schema.org has no word for."""

CONTEXT: list[Any] = [
    "https://schema.org",
    {
        "easeup": "urn:easeup:",
        # Their order matters, which otherwise no list in JSON-LD keeps.
        f"{PREFIX}region": {"@container": "@list"},
        f"{PREFIX}sides": {"@container": "@list"},
    },
]

ROLE = f"{PREFIX}role"
"""What a tip is to us: one of these keys of a step; a tip by others is a `tip`."""
ROLES = ("care", "tip", "why")

AT = f"{PREFIX}at"
"""On a direction: it is a cue, and this is its moment, a share such as "50%" or a duration."""

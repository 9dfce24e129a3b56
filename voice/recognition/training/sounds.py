"""Which files are sounds that can be read, by how their names end. Reads none."""

from __future__ import annotations

from pathlib import Path

SOUNDS = (".wav", ".flac", ".ogg", ".opus", ".mp3", ".aif", ".aiff")
UNREADABLE = (".m4a", ".aac", ".mp4", ".wma", ".amr", ".3gp", ".webm")
"""What telephones record, and cannot be read here."""


def is_sound(path: Path) -> bool:
    """Whether a file's name is that of a sound that can be read."""
    return path.suffix.lower() in SOUNDS

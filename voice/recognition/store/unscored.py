"""The mark of a model that somebody trained and nobody scored yet: a file in its folder, for people, too."""

from __future__ import annotations

from pathlib import Path

_FILE = "not-scored.txt"
_TEXT = """\
`easeup train` made this model, and nobody has measured how well it hears people whom it doesn't know.
"Train one" in easeup's README.md tells how. Take this file away when it is done.
"""


def mark(folder: Path) -> None:
    """Put the mark into a new model's folder."""
    (folder / _FILE).write_text(_TEXT, encoding="utf-8")


def unmark(folder: Path) -> None:
    """Take it away: the model has been scored."""
    (folder / _FILE).unlink(missing_ok=True)


def is_unscored(folder: Path) -> bool:
    """Whether the mark is there. Of models from elsewhere nobody knows whether they were scored."""
    return (folder / _FILE).is_file()

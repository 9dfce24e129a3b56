"""Where a benchmark writes its figures, besides the terminal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from tests.benchmarks.recognition.figures import Figure

out_option = click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the figures as JSON."
)
Figures = dict[str, dict[str, Figure]]
"""By what was measured, and which figure of it."""


def write(out: Path | None, name: str, figures: Figures, about: Mapping[str, Any] | None = None) -> None:
    """Write the figures, and what else is known `about` them, into a file of that name; None: nowhere.

    Raises:
        OSError: The folder can't be written.
    """
    if out is None:
        return
    out.mkdir(parents=True, exist_ok=True)
    plain = {what: {which: each.as_json() for which, each in some.items()} for what, some in figures.items()}
    report = {**(about or {}), "figures": plain}
    (out / name).write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")

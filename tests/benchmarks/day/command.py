"""What does a day of massages do to a program that is never ended?

    python -m tests.benchmarks.day --out DIR

Nine people come and go, answer, ask and are hurt now and then; each event goes into a diary. A day by text on
a clock of its own, beside it the same without a diary; then, in as many hours as are wished, the whole
product in the simulated room, where all that is said has to be heard. One process each time.

Goals: memory grows by at most 20 MB after the first hour, every cue comes within 20 ms of its time, and the
diary grows as the massages do. How late sound is that has been begun tests/benchmarks/stop measures.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

import click

from tests.benchmarks.progress import progress
from tests.benchmarks.recognition.figures import Amount, Figure
from tests.benchmarks.report import Figures, out_option, write
from voice.diary.database import file
from voice.diary.errors import DiaryError
from voice.places import VARIABLE
from voice.recognition.models import BUILT_IN
from voice.synthesis.errors import VoiceUnavailable

from . import lived
from .lived import Day


@click.command()
@click.option(
    "--hours", type=click.IntRange(min=1), default=24, show_default=True, help="Of each day by text."
)
@click.option(
    "--heard",
    type=click.IntRange(min=0),
    default=2,
    show_default=True,
    help="Hours of the day by voice, each of them some minutes of computing; 0: none.",
)
@out_option
def main(*, hours: int, heard: int, out: Path | None) -> None:
    """Print what a day of massages does to memory, cues and the diary."""
    days: dict[str, tuple[int, Callable[[Callable[[float], None]], Day]]] = {
        "no diary": (hours, lambda advance: lived.by_text(hours, advance, keeps=False)),
        "a diary": (hours, lambda advance: lived.by_text(hours, advance, keeps=True)),
        "by voice": (heard, lambda advance: lived.by_voice(heard, advance, BUILT_IN)),
    }
    found: Figures = {}
    try:
        for label, (long, live) in days.items():
            if not long:
                continue
            with TemporaryDirectory() as name, progress(label, long) as advance:
                os.environ[VARIABLE] = name
                day = live(advance)
                diary_mb = file().stat().st_size / 1e6 if file().exists() else 0.0
            found[label] = _figures(long, day, diary_mb)
            click.echo(f"{label:10}" + "  ".join(f"{what}: {each}" for what, each in found[label].items()))
            for complaint in day.complaints:
                click.echo(complaint, err=True)
        write(out, "day.json", found)
    except (DiaryError, VoiceUnavailable, OSError) as error:
        raise click.ClickException(str(error)) from None


def _figures(hours: int, day: Day, diary_mb: float) -> dict[str, Figure]:
    cuts = quantiles(day.late_ms, n=100, method="inclusive")
    first, *later = day.memory_mb
    return {
        "lasted": Amount(hours, "h", 0),
        "massages": Amount(day.massages, "", 0),
        "at work": Amount(day.at_work_s / 3600, "h", 1),
        "cues": Amount(len(day.late_ms), "", 0),
        "late p99": Amount(cuts[98], "ms", 1),
        "late max": Amount(max(day.late_ms), "ms", 1),
        "memory": Amount(first, "MB", 0),
        "grew": Amount(max(later, default=first) - first, "MB", 1),
        "diary": Amount(diary_mb, "MB", 3),
    }

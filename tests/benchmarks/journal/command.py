"""What does it cost to write an event down before anything is done about it?

    python -m tests.benchmarks.journal --out DIR

The session's loop stands still for so long, so it should be less than 1 ms at p99. Beside the journal stand
the same database as SQLite would keep it by itself, waiting for the disk in every transaction (FULL) or never
(NORMAL, which a power cut would undo), and a plain file that is brought onto the disk line by line. All in
turn, in one folder, with so much time between two events; in a massage it is a second or more.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

import click

from tests.benchmarks.progress import progress
from tests.benchmarks.recognition.figures import Amount, Figure
from tests.benchmarks.report import Figures, out_option, write
from voice.diary.database import connect
from voice.diary.encoding import event_to_text
from voice.diary.errors import DiaryError
from voice.diary.journal import Journal
from voice.session.events import Event, Heard, SpeechFinished, TimePassed
from voice.session.intents import Intent, IntentName
from voice.session.state import State

GOAL_MS = 1.0
EVENTS: tuple[Event, ...] = (
    TimePassed(),
    SpeechFinished(17),
    Heard(Intent(IntentName.MORE_TIME, seconds=30.0), "half a minute more"),
)
Write = Callable[[Event], None]


@contextmanager
def journal(folder: Path, synchronous: str | None = None) -> Iterator[Write]:
    """As easeup writes; or as SQLite does with a setting of its own, and no thread beside it."""
    with connect(folder / f"{synchronous or 'journal'}.sqlite", write=True) as database:
        if synchronous is not None:
            database._syncing = None
            database._connection.execute(f"PRAGMA synchronous = {synchronous}")
        kept = Journal(database)
        kept.begin(State(()), "", 0.0, 0.0)
        seconds = count(1.0)

        def write(event: Event) -> None:
            now = next(seconds)
            kept.append(event, now, 1e9 + now)

        yield write


@contextmanager
def plain_file(folder: Path) -> Iterator[Write]:
    """One line an event, each waited for until the disk has it."""
    with (folder / "lines").open("ab", buffering=0) as file:

        def write(event: Event) -> None:
            file.write(event_to_text(event).encode() + b"\n")
            os.fsync(file.fileno())

        yield write


@click.command()
@click.option("--events", type=click.IntRange(min=100), default=1000, show_default=True, help="Of each way.")
@click.option(
    "--gap",
    type=click.FloatRange(min=0.0),
    default=0.05,
    show_default=True,
    help="Seconds between two events.",
)
@click.option(
    "--folder", type=click.Path(path_type=Path, exists=True, file_okay=False), help="On which disk to write."
)
@out_option
def main(*, events: int, gap: float, folder: Path | None, out: Path | None) -> None:
    """Print the milliseconds that each way of keeping an event takes."""
    found: Figures = {}
    try:
        with TemporaryDirectory(dir=folder) as name:
            place = Path(name)
            for label, way in {
                "journal": journal(place),
                "SQLite, FULL": journal(place, "FULL"),
                "SQLite, NORMAL": journal(place, "NORMAL"),
                "a file, fsync": plain_file(place),
            }.items():
                with way as keep:
                    found[label] = _figures(_took(label, keep, events, gap))
                _print(label, found[label])
        write(out, "journal.json", found, {"events": events, "gap s": gap, "goal at p99 ms": GOAL_MS})
    except (DiaryError, OSError) as error:
        raise click.ClickException(str(error)) from None


def _took(label: str, write: Write, events: int, gap: float) -> list[float]:
    """Milliseconds of each event."""
    took = []
    with progress(label, events) as advance:
        for number in range(events):
            time.sleep(gap)
            began = time.perf_counter()
            write(EVENTS[number % len(EVENTS)])
            took.append(1000 * (time.perf_counter() - began))
            advance(1)
    return took


def _figures(took: list[float]) -> dict[str, Figure]:
    cuts = quantiles(took, n=100, method="inclusive")
    return {
        name: Amount(value, "ms", 3)
        for name, value in zip(("p50", "p99", "max"), (cuts[49], cuts[98], max(took)), strict=True)
    }


def _print(name: str, figures: dict[str, Figure]) -> None:
    click.echo(f"{name:16}" + "".join(f"  {what}: {figure}" for what, figure in figures.items()))

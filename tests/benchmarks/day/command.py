"""What does a day of massages do to a program that is never ended?

    python -m tests.benchmarks.day --out DIR

One process on a clock of its own: massages one after the other, with somebody who answers and asks at random,
each event in the diary. Goals: memory grows by at most 20 MB, every cue comes within 20 ms of its time, and
the diary grows as the massages do. Beside it the same day without a diary. No sound: how late sound is
tests/benchmarks/stop measures.
"""

from __future__ import annotations

import json
import os
import random
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

import click

from tests.app.kept_session import first, wanted
from tests.benchmarks.progress import progress
from tests.benchmarks.recognition.figures import Amount, Figure
from voice.app.by_text import ManualClock, SilentSpeaker
from voice.app.chronicle import Chronicle
from voice.app.conversation import Conversation
from voice.app.keeping import Keeping
from voice.app.opening import language
from voice.diary.database import file
from voice.diary.errors import DiaryError
from voice.places import VARIABLE
from voice.rehearsal.record import Record
from voice.session.events import Event, Opened, SpeechFinished, TimePassed
from voice.session.state import PhaseName

_TICK_S = 0.01
"""The clock's step: what waits in the live program for the next event wakes no later."""
_ASK_S = 0.5
_WARM_S = 3600.0
"""Memory is compared with that after the first hour, when everything has been used once."""
_BEGAN = 1_800_000_000.0
_SEED = 1


@dataclass(slots=True)
class Day:
    """What was seen."""

    turns: int = 0
    late_ms: list[float] = field(default_factory=list)
    """Of each deadline: on the session's clock, and the time that dealing with it took."""
    first_mb: float = 0.0
    last_mb: float = 0.0
    massages: int = 0
    complaints: list[str] = field(default_factory=list)


def lived(hours: float, *, keeps: bool, label: str) -> Day:
    """A day, with or without a diary."""
    day, clock, chance = Day(), ManualClock(), random.Random(_SEED)  # noqa: S311 - repeatable, not secret
    speaker, record = SilentSpeaker(clock), Record()
    with ExitStack() as parts:
        advance = parts.enter_context(progress(label, hours))
        keeping = (
            Keeping.opened(parts, day.complaints.append, lambda: _BEGAN + clock.now)
            if keeps
            else Keeping(None, day.complaints.append, time.time)
        )
        state = keeping.recall(first(_SEED)).state
        talk = Conversation(state, language().prompts, speaker, [Chronicle(record), keeping], keeping.happens)

        def handle(event: Event) -> float:
            began = time.perf_counter()
            talk.handle(event, clock.now)
            day.turns += 1
            return 1000 * (time.perf_counter() - began)

        handle(Opened())
        asks_at, hour, before = 0.0, 0, PhaseName.CHOOSING
        while clock.now < hours * 3600:
            clock.wait_until(clock.now + _TICK_S)
            if speaker.ends_at is not None and speaker.ends_at <= clock.now and speaker.speaking is not None:
                ended = speaker.speaking
                speaker.cut_short()
                handle(SpeechFinished(ended))
            due = talk.deadline
            if due is not None and due <= clock.now:
                day.late_ms.append(1000 * (clock.now - due) + handle(TimePassed()))
            if clock.now >= asks_at:
                asks_at = clock.now + _ASK_S
                if (wish := wanted(talk.state, chance, stays_stopped=0.5)) is not None:
                    handle(wish)
                keeping.alive(talk.state, clock.now)
            phase = talk.state.phase.name
            if phase is PhaseName.CHOOSING and before is not phase:
                record.forget_what_is_over()
                day.massages += 1
            before = phase
            if clock.now >= (hour + 1) * _WARM_S:
                hour += 1
                advance(1.0)
                day.last_mb = _resident_mb()
                day.first_mb = day.first_mb or day.last_mb
    return day


@click.command()
@click.option("--hours", type=click.FloatRange(min=1.0), default=24.0, show_default=True)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the figures as JSON."
)
def main(*, hours: float, out: Path | None) -> None:
    """Print what a day of massages does to memory, cues and the diary."""
    found: dict[str, dict[str, Figure]] = {}
    try:
        with TemporaryDirectory() as name:
            os.environ[VARIABLE] = name
            for label, keeps in {"without a diary": False, "with a diary": True}.items():
                day = lived(hours, keeps=keeps, label=label)
                found[label] = _figures(day)
                if keeps:
                    found[label]["diary"] = Amount(file().stat().st_size / 1e6, "MB", 3)
                click.echo(
                    f"{label:16}" + "".join(f"  {what}: {each}" for what, each in found[label].items())
                )
                for complaint in day.complaints:
                    click.echo(complaint, err=True)
    except (DiaryError, OSError) as error:
        raise click.ClickException(str(error)) from None
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        figures = {
            label: {what: each.as_json() for what, each in some.items()} for label, some in found.items()
        }
        (out / "day.json").write_text(json.dumps({"hours": hours, "figures": figures}, indent=1) + "\n")


def _figures(day: Day) -> dict[str, Figure]:
    cuts = quantiles(day.late_ms, n=100, method="inclusive")
    return {
        "massages": Amount(day.massages, "", 0),
        "turns": Amount(day.turns, "", 0),
        "late p99": Amount(cuts[98], "ms", 1),
        "late max": Amount(max(day.late_ms), "ms", 1),
        "memory grew": Amount(day.last_mb - day.first_mb, "MB", 1),
    }


def _resident_mb() -> float:
    """What the process has in memory; Linux only."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

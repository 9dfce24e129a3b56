"""Is "stop" obeyed while the guide speaks, how fast, and what does it take its own words for?

    python -m tests.benchmarks.stop --speech ../shared/speech --out DIR

Everything happens in a simulated room with an echo that comes after 80 ms and dies away in 0.35 s, at several
levels of the partner's voice over the echo's. Recordings of "stop" by people who are kept out of training are
said at random moments of real narration; the time is from the word's end to zeros in the loudspeaker's
samples, without the sound card's latency, which is some 50 ms. Some are said into the very first words,
before the room can have been learned. Then the guide speaks alone, at last in a room in which the sound
breaks off now and then; all this on all processors at once. In the end easeup
and the script that most people would write meet the same people on a virtual sound card, and work there while
nobody says a word.
"""

from __future__ import annotations

from functools import partial
from itertools import product
from pathlib import Path

import click

from tests.benchmarks.progress import progress
from tests.benchmarks.recognition import clips
from tests.benchmarks.recognition.clips import Clip
from tests.benchmarks.recognition.figures import Amount, Delays, Figure, Rate, Share
from tests.benchmarks.report import Figures, out_option, write
from voice.audio.format import Samples, from_pcm16
from voice.synthesis.errors import VoiceUnavailable

from . import card as on_card
from . import fresh, working
from .acoustics import RATIOS, Acoustics
from .alone import Alarms, narrate_in, sum_of
from .breaks import narrate_with_breaks
from .guide import Trial, narration_db, obeyed
from .side_by_side import side_by_side

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_SEEDS = (1, 2)
"""Of the two halves of the narration in a room: each begins with a canceller that knows nothing."""
_HALVES = len(_SEEDS)
_FIRST_WORDS = 12
"""So many "stop" are said into the first words, in each way."""
_FIRST_RATIOS = (0.0, -6.0)
_WORK_S = 144.0
_FILE = "stop.json"


@click.command()
@click.option("--speech", type=_FOLDER, required=True, help="Folder of the recordings.")
@out_option
@click.option("--stops", type=click.IntRange(min=1), default=100, show_default=True, help="At each level.")
@click.option(
    "--hours",
    type=click.FloatRange(min=0.01),
    default=5.0,
    show_default=True,
    help="Of narration alone, in all.",
)
@click.option(
    "--card",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="Stops at each level on a virtual sound card, in real time, to easeup and to a naive script.",
)
def main(*, speech: Path, out: Path | None, stops: int, hours: float, card: int) -> None:
    """Print how many stops are obeyed, how fast, and what is heard that nobody said."""
    try:
        noise = from_pcm16(clips.kitchen(speech))
        said = _said(speech, stops)
        level_db = narration_db()
        found: Figures = {}
        rooms = [Acoustics(None), *map(Acoustics, RATIOS)]
        trials = side_by_side("stops", [partial(obeyed, room, level_db, said) for room in rooms])
        for acoustics, some in zip(rooms, trials, strict=True):
            found[str(acoustics)] = _figures(some)
            _print(str(acoustics), found[str(acoustics)])
        _first_words(found, level_db, said[:_FIRST_WORDS])
        heard = _alone(found, level_db, noise, hours)
        write(out, _FILE, found, {"heard": heard})
        for name, script in {"easeup": on_card.easeup, "naive script": on_card.naive}.items():
            for ratio in RATIOS if card else ():
                label = f"on a card, {name}, {ratio:+g} dB"
                with progress(f"{name}, {ratio:+g} dB", card) as advance:
                    met = script(ratio, said[:card], _SEEDS[0], advance)
                if met.broke_off:
                    click.echo(f"{label}: {met.broke_off}", err=True)
                if met.trials:
                    cpu = Amount(100 * met.cpu, "%", 1)
                    found[label] = {**_figures(met.trials), "of one core": cpu}
                    _print(label, found[label])
        for name, takes in {"easeup": working.easeup, "naive script": working.naive}.items() if card else ():
            label = f"at work, {name}"
            try:
                found[label] = {"of one core": Amount(100 * takes(_WORK_S), "%", 1)}
                _print(label, found[label])
            except AssertionError as error:  # a word of the tests' own person went unheard
                click.echo(f"{label}: {str(error).partition(chr(10))[0]}", err=True)
        write(out, _FILE, found, {"heard": heard})
    except (clips.SpeechError, VoiceUnavailable, OSError) as error:
        raise click.ClickException(str(error)) from None


def _said(speech: Path, count: int) -> list[Clip]:
    """Recordings of people who are kept out of training, again from the first when there are no more."""
    some = [clip for clip in clips.held_out(speech) if clip.said == "stop"]
    return [some[number % len(some)] for number in range(count)]


def _first_words(found: Figures, level_db: float, said: list[Clip]) -> None:
    ways = list(product(_FIRST_RATIOS, fresh.INTO_S, (False, True)))
    shares = side_by_side(
        "first words",
        [
            partial(fresh.obeyed, Acoustics(ratio), level_db, said, into, known=known)
            for ratio, into, known in ways
        ],
    )
    for (ratio, into, known), share in zip(ways, shares, strict=True):
        label = f"{Acoustics(ratio)}, after {into:g} s{', soundcheck' if known else ''}"
        found[label] = {"obeyed": share}
        _print(label, found[label])


def _alone(found: Figures, level_db: float, noise: Samples, hours: float) -> list[str]:
    """Let the guide speak alone in all rooms; gives what was heard."""
    rooms = [Acoustics(ratio, with_noise) for with_noise in (None, noise) for ratio in RATIOS]
    each = hours / len(rooms)
    breaking = partial(narrate_with_breaks, Acoustics(0.0), level_db, each, _SEEDS[0])
    parts = [
        *(partial(narrate_in, room, level_db, each / _HALVES, seed) for room in rooms for seed in _SEEDS),
        breaking,
    ]
    alarms = side_by_side("alone", parts)
    heard: list[str] = []
    for acoustics in rooms:
        both = sum_of([next(alarms) for _ in _SEEDS])
        found.setdefault(str(acoustics), {}).update(_rates(both))
        heard += [*both.urgent, *both.others]
        _print(f"alone, {acoustics}", _rates(both))
    broken, label = next(alarms), "alone, +0 dB, breaks"
    found[label] = {"breaks": Amount(broken.breaks, "", 0), **_rates(broken)}
    _print(label, found[label])
    return [*heard, *broken.urgent, *broken.others]


def _figures(trials: list[Trial]) -> dict[str, Figure]:
    delays = [trial.delay for trial in trials if trial.delay is not None]
    found: dict[str, Figure] = {"obeyed": Share(len(delays), len(trials))}
    if spread := Delays.of(delays):
        found["word's end to silence"] = spread
    if spread := Delays.of([trial.believed for trial in trials if trial.believed is not None]):
        found["to belief"] = spread
    return found


def _rates(alarms: Alarms) -> dict[str, Figure]:
    return {
        "false stops an hour": Rate(len(alarms.urgent), alarms.hours),
        "other commands an hour": Rate(len(alarms.others), alarms.hours),
    }


def _print(name: str, figures: dict[str, Figure]) -> None:
    click.echo(f"{name:34}" + "".join(f"  {what}: {figure}" for what, figure in figures.items()))

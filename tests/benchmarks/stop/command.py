"""Is "stop" obeyed while the guide speaks, how fast, and what does it take its own words for?

    python -m tests.benchmarks.stop --speech ../shared/speech --out DIR

Everything happens in a simulated room with an echo that comes after 80 ms and dies away in 0.35 s, at several
levels of the partner's voice over the echo's. Recordings of "stop" by people who are kept out of training are
said at random moments of real narration; the time is from the word's end to zeros in the loudspeaker's
samples, without the sound card's latency, which is some 50 ms. Then the guide speaks alone, at last in a room
in which the sound breaks off now and then. In the end easeup
and the script that most people would write meet the same people on a virtual sound card, and work there while
nobody says a word.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from tests.benchmarks.progress import progress
from tests.benchmarks.recognition import clips
from tests.benchmarks.recognition.clips import Clip
from tests.benchmarks.recognition.figures import Amount, Delays, Figure, Rate, Share
from tests.benchmarks.report import Figures, out_option, write
from voice.audio.format import from_pcm16
from voice.synthesis.errors import VoiceUnavailable

from . import card as on_card
from . import working
from .acoustics import RATIOS, Acoustics
from .alone import Alarms, narrate
from .breaks import BreakingRoom
from .guide import Guide, Trial, narration_db

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_SEED = 1
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
        for acoustics in (Acoustics(None), *map(Acoustics, RATIOS)):
            found[str(acoustics)] = _obeyed(acoustics, level_db, said)
            _print(str(acoustics), found[str(acoustics)])
        alone = [Acoustics(ratio, with_noise) for with_noise in (None, noise) for ratio in RATIOS]
        heard: list[str] = []
        for acoustics in alone:
            with progress(f"alone, {acoustics}", hours * 3600 / len(alone)) as advance:
                alarms = narrate(acoustics.room(level_db, _SEED), hours / len(alone), _SEED, advance)
            found.setdefault(str(acoustics), {}).update(_rates(alarms))
            heard += [*alarms.urgent, *alarms.others]
            _print(f"alone, {acoustics}", _rates(alarms))
        breaking, label = BreakingRoom(Acoustics(0.0).room(level_db, _SEED), _SEED), "alone, +0 dB, breaks"
        with progress(label, hours * 3600 / len(alone)) as advance:
            alarms = narrate(breaking, hours / len(alone), _SEED, advance)
        found[label] = {"breaks": Amount(breaking.breaks, "", 0), **_rates(alarms)}
        heard += [*alarms.urgent, *alarms.others]
        _print(label, found[label])
        write(out, _FILE, found, {"heard": heard})
        for name, script in {"easeup": on_card.easeup, "naive script": on_card.naive}.items():
            for ratio in RATIOS if card else ():
                label = f"on a card, {name}, {ratio:+g} dB"
                with progress(f"{name}, {ratio:+g} dB", card) as advance:
                    met = script(ratio, said[:card], _SEED, advance)
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


def _obeyed(acoustics: Acoustics, level_db: float, said: list[Clip]) -> dict[str, Figure]:
    with ExitStack() as parts, progress(f"stop, {acoustics}", len(said)) as advance:
        guide = Guide(acoustics, level_db, parts, _SEED)
        trials: list[Trial] = []
        for clip in said:
            trials.append(guide.stop(clip, narrating=acoustics.ratio is not None))
            advance(1)
    return _figures(trials)


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

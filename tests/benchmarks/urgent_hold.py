"""How long must "stop" hold as a partial before it is believed? Recall, delay and false alarms for each hold.

    python -m tests.benchmarks.urgent_hold --speech ../shared/speech

Needs recordings of people: folders `words/<word>` of one word a clip, with the file names of Speech Commands,
which hold the speaker, and `sentences`, which hold no command. Each clip is heard by itself in a grammar of
commands and decoys, between silences. One half of the speakers is for choosing, the other for reporting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import click
import numpy as np
import numpy.typing as npt
import soundfile

from voice.recognition.decision import Accepted, Decision
from voice.recognition.hypothesis import Hypothesis
from voice.recognition.models import BUILT_IN
from voice.recognition.recognizer import RATE, Recognizer

URGENT = ("stop", "stop that", "stop stop", "ouch", "that hurts", "this hurts", "pain", "sharp pain")
COMMANDS = (
    *URGENT,
    *("start", "begin", "ready", "yes", "okay", "no", "next", "back", "go back", "previous", "repeat"),
    *("say that again", "again", "restart", "skip", "switch sides", "pause", "wait", "continue", "resume"),
    *("go on", "too hard", "lighter", "softer", "firmer", "harder", "slower", "faster", "more time"),
    *("thirty seconds more", "one minute more", "two minutes more", "how long", "time left", "louder"),
    *("quieter", "help", "finished", "done", "quit"),
)
DECOYS = (
    *("go", "on", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty"),
    *("thirty", "how", "long", "more", "left", "time", "second", "seconds", "minute", "minutes", "switch"),
    *("sides", "sharp", "hard", "that", "this", "too", "say", "cancel"),
)
HOLDS = (0.0, 0.08, 0.16, 0.24, 0.32)
LEAD_S, TRAIL_S = 0.5, 1.5
"""Silence around each clip; the trail is long enough for the final."""


@dataclass(frozen=True, slots=True)
class Clip:
    """What was heard of one recording."""

    word: str | None
    """The word said; None for a sentence."""
    chosen_by: bool
    """Whether it belongs to the half that is chosen by."""
    seconds: float
    ends: float
    """Audio time of the last sound above a tenth of the clip's loudest 10 ms."""
    hypotheses: tuple[Hypothesis, ...]


Policy = Callable[[Sequence[Hypothesis]], "float | None"]
"""When hypotheses are believed to be urgent; None for never."""


def held_for(hold: float) -> Policy:
    """The rule of the product."""

    def when(hypotheses: Sequence[Hypothesis]) -> float | None:
        decision = Decision()
        decision.expect((*COMMANDS, *DECOYS), set(COMMANDS).__contains__, URGENT, hold)
        verdicts = map(decision.judge, hypotheses)
        return next((each.at for each in verdicts if isinstance(each, Accepted) and each.urgent), None)

    return when


def any_partial(hypotheses: Sequence[Hypothesis]) -> float | None:
    """Believe an urgent phrase wherever it shows, at once."""
    return next(
        (each.at for each in hypotheses if any(f" {phrase} " in f" {each.text} " for phrase in URGENT)), None
    )


def finals_only(hypotheses: Sequence[Hypothesis]) -> float | None:
    """Believe an urgent phrase when it is a whole utterance."""
    return next((each.at for each in hypotheses if each.is_final and each.text in URGENT), None)


POLICIES: dict[str, Policy] = {
    "any partial": any_partial,
    **{f"hold {hold:.2f} s": held_for(hold) for hold in HOLDS},
    "finals only": finals_only,
}


def hear(speech: Path, model: Path) -> Iterator[Clip]:
    """Every recording, in order of name."""
    recognizer = Recognizer(model)
    recognizer.listen_for((*COMMANDS, *DECOYS), ("stop",))
    heard = 0.0
    for path in sorted(speech.glob("words/*/*.flac")) + sorted(speech.glob("sentences/*.flac")):
        sound = soundfile.read(path, dtype="int16")[0]
        block = np.concatenate((_silence(LEAD_S), sound, _silence(TRAIL_S)))
        block = block[: len(block) // 1280 * 1280]
        hypotheses = recognizer.hear(block)
        recognizer.forget_utterance()
        name = re.search(r"([0-9a-f]{8})_nohash|^([0-9a-f]{8})-", path.name)
        # Background clips and sentences have no speaker in their names: they are halved by file.
        key = next(filter(None, name.groups())) if name else path.stem[-1:]
        word = path.parent.name if path.parent.parent.name == "words" else None
        seconds = len(block) / RATE
        yield Clip(word, int(key, 16) % 2 == 0, seconds, heard + LEAD_S + _end(sound), hypotheses)
        heard += seconds


def _silence(seconds: float) -> npt.NDArray[np.int16]:
    return np.zeros(round(seconds * RATE), np.int16)


def _end(sound: npt.NDArray[np.int16]) -> float:
    frames = sound[: len(sound) // 160 * 160].reshape(-1, 160).astype(np.float64)
    loudness = np.sqrt((frames**2).mean(axis=1))
    return float(np.flatnonzero(loudness >= loudness.max() / 10)[-1] + 1) * 0.01


def row(name: str, policy: Policy, clips: Iterable[Clip]) -> str:
    """One line of the table."""
    delays: list[float] = []
    stops = words = wrong_words = sentences = wrong_sentences = 0
    hours = 0.0
    for clip in clips:
        at = policy(clip.hypotheses)
        if clip.word == "stop":
            stops += 1
            delays += [] if at is None else [at - clip.ends]
        elif clip.word is None:
            sentences += 1
            hours += clip.seconds / 3600
            wrong_sentences += at is not None
        else:
            words += 1
            wrong_words += at is not None
    late = quantiles(delays, n=20)[-1]
    return (
        f"{name:12} | {len(delays) / stops:6.1%} of {stops:3}"
        f" | {median(delays) * 1000:4.0f} {late * 1000:5.0f} ms"
        f" | {wrong_words:3} of {words:4} ({wrong_words / words:5.2%})"
        f" | {wrong_sentences:3} of {sentences:3} ({wrong_sentences / hours:4.0f} an hour)"
    )


@click.command()
@click.option("--speech", type=click.Path(path_type=Path, exists=True, file_okay=False), required=True)
@click.option("--model", type=click.Path(path_type=Path, exists=True, file_okay=False), default=BUILT_IN)
def main(speech: Path, model: Path) -> None:
    """Print the table."""
    clips = list(hear(speech, model))
    for title, half in (("chosen by", True), ("reported", False)):
        click.echo(
            f"\n{title:12} | stop heard    | word end to belief p50 p95 | other words taken | sentences taken"
        )
        for name, policy in POLICIES.items():
            click.echo(row(name, policy, [clip for clip in clips if clip.chosen_by is half]))


if __name__ == "__main__":
    main()

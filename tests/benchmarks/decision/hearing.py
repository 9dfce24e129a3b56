"""What the product's recognizer makes of recordings, for rules to be tried on."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle

import numpy as np

from tests.benchmarks.progress import progress
from tests.benchmarks.recognition.clips import Clip, Kind, padded, silence, whole_chunks, word_end
from tests.benchmarks.recognition.ears import EarProcess
from tests.benchmarks.recognition.hearing import heard
from tests.benchmarks.recognition.listening import Listening, while_guiding
from tests.benchmarks.recognition.scoring import Heard
from voice.language import Commands
from voice.recognition import decision
from voice.recognition.decision import Accepted, Decision
from voice.recognition.recognizer import CHUNK, RATE, Recognizer
from voice.recognition.training.split import is_held_out

CHOSEN, REPORTED = "chosen by", "reported"
STARTS = ("start", "begin", "start one", "start the massage")
"""What is said while nobody's hands are at work; partials of the first are "stop" for a while."""
SECOND_STOP_S = 0.5
"""Seconds between two recordings of "stop", which have some silence of their own."""
_VOICES = 24
"""So many synthetic voices of the training side say the starts."""
_SEED = 3


def half(speaker: str) -> str | None:
    """What a speaker is for; None for the half of the training side that is not used."""
    if is_held_out(speaker):
        return REPORTED
    return CHOSEN if hashlib.sha256(speaker.encode()).digest()[1] % 2 else None


def hear(ear: EarProcess, listening: Listening, clips: Iterable[Clip], label: str) -> tuple[Heard, ...]:
    """Every clip by itself."""
    ear.listen_for(listening.phrases, listening.expected)
    spoken = tuple(clips)
    with progress(label, sum(len(padded(clip.sound)) for clip in spoken) / RATE) as advance:
        return tuple(heard(ear, spoken, advance))


def starts() -> Iterator[tuple[str, Clip]]:
    """The starts, said by synthetic voices, each with its half. ImportError: the extra "train" is missing."""
    from tests.benchmarks.recognition.vocabulary import said  # noqa: PLC0415 - needs the extra "train"
    from voice.recognition.training.voices import held_out, trained  # noqa: PLC0415 - the same

    some = random.Random(_SEED).sample(trained(), min(_VOICES, len(trained())))  # noqa: S311 - repeatable
    for name, voices in ((CHOSEN, some), (REPORTED, held_out())):
        for voice in voices:
            for text in STARTS:
                yield name, Clip(Kind.PHRASE, text, voice.id, f"{voice.id}/{text}", said(voice, text))


def long_phrases(known: Commands) -> Iterator[tuple[str, Clip]]:
    """Commands of several words that are legal while hands are at work, as `starts` gives them."""
    from tests.benchmarks.recognition.vocabulary import said, sampled  # noqa: PLC0415 - needs the extra "train"
    from voice.recognition.training.voices import held_out, trained  # noqa: PLC0415 - the same

    some = random.Random(_SEED).sample(trained(), min(_VOICES, len(trained())))  # noqa: S311 - repeatable
    legal = frozenset(while_guiding(known).phrases)
    phrases = [phrase for phrase in sampled(known) if " " in phrase and phrase in legal]
    for name, voices in ((CHOSEN, some), (REPORTED, held_out())):
        for phrase, voice in zip(phrases, cycle(voices), strict=False):
            yield name, Clip(Kind.PHRASE, phrase, voice.id, f"{voice.id}/{phrase}", said(voice, phrase))


def acts_on_two(recognizer: Recognizer, listening: Listening, stop: Clip, quiet: float) -> tuple[int, int]:
    """How often the product acts on a "stop" before the same recording is said again, and after.

    The recognizer is told to forget what was acted on, as the product does it.
    """
    first = np.concatenate((silence(0.5), stop.sound, silence(SECOND_STOP_S)))
    sound = whole_chunks(np.concatenate((first, stop.sound, silence(1.5))))
    rule = Decision()
    rule.expect(listening.phrases, lambda text: listening.match(text) is not None, listening.urgent)
    recognizer.forget_utterance()
    acts: list[int] = []
    with _quiet(quiet):
        for start in range(0, len(sound), CHUNK):
            for hypothesis in recognizer.hear(sound[start : start + CHUNK]):
                verdict = rule.judge(hypothesis)
                if isinstance(verdict, Accepted) and verdict.urgent:
                    recognizer.forget_utterance()
                    acts.append(start)
    # A word acts when it ends at the earliest, so what comes before the second one's middle is the first's.
    second = len(first) + word_end(stop.sound) * RATE / 2
    return sum(act < second for act in acts), sum(act >= second for act in acts)


@contextmanager
def _quiet(seconds: float) -> Iterator[None]:
    """With another QUIET_S."""
    usual, decision.QUIET_S = decision.QUIET_S, seconds
    try:
        yield
    finally:
        decision.QUIET_S = usual


def stops(clips: Sequence[Clip], name: str) -> tuple[Clip, ...]:
    """The recordings of "stop" of one half."""
    return tuple(clip for clip in clips if clip.said == "stop" and half(clip.speaker) == name)

"""Phrases of the whole vocabulary, said by the synthetic voices that are kept out of training.

What has been said once is kept in the cache folder of easeup, below `benchmarks`.
"""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Iterator

import numpy as np

from voice import places
from voice.language import Commands
from voice.recognition.training.voices import Voice, held_out
from voice.session.intents import IntentName

from .clips import Clip, Kind, Sound

PHRASES = 300
SPEAKERS = 2
"""So many voices say each phrase; all say equally many."""
_SEED = 3


def sampled(commands: Commands) -> tuple[str, ...]:
    """Every intent's plainest phrase, and more, from each intent in turn; always the same."""
    draw = random.Random(_SEED)  # noqa: S311 - repeatable, not secret
    chosen = dict.fromkeys(commands.example(intent) for intent in IntentName)
    left = {
        intent: draw.sample(found, len(found))
        for intent in IntentName
        if (found := commands.phrases([intent]))
    }
    while len(chosen) < PHRASES and any(left.values()):
        for phrases in filter(None, left.values()):
            chosen[phrases.pop()] = None
    return tuple(chosen)[:PHRASES]


def count(commands: Commands) -> int:
    """How many clips `spoken` gives."""
    return len(sampled(commands)) * min(SPEAKERS, len(held_out()))


def spoken(commands: Commands) -> Iterator[Clip]:
    """The sampled phrases, each by two of the voices that are installed; none, if there is none.

    Raises:
        EngineError: A synthesizer failed.
    """
    voices = held_out()
    for index, phrase in enumerate(sampled(commands)):
        for speaker in range(min(SPEAKERS, len(voices))):
            # One further with each round, so that each voice gets phrases of every intent.
            voice = voices[(index * SPEAKERS + speaker + index // len(voices)) % len(voices)]
            yield Clip(Kind.PHRASE, phrase, voice.id, f"{voice.id}/{phrase}", said(voice, phrase))


def said(voice: Voice, text: str) -> Sound:
    """What a voice says, from the cache if it has said it before."""
    name = hashlib.sha256(f"{voice.id}\n{text}".encode()).hexdigest()
    path = places.cache() / "benchmarks" / f"{name}.npy"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")  # two may say it at once
        with part.open("wb") as file:
            np.save(file, voice.say(text))
        part.replace(path)
    sound: Sound = np.load(path)
    return sound

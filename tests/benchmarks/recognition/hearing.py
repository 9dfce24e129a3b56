"""Lets one pair of ears hear everything, and gives its figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from voice.language import Commands
from voice.recognition.recognizer import RATE

from .clips import NOISES, Clip, Kind, Sound, in_noise, padded
from .ears import EarProcess
from .figures import Amount, Figure
from .listening import (
    Belief,
    ByRule,
    Listening,
    WholePhrases,
    headline,
    while_asked,
    while_guiding,
    whole_vocabulary,
)
from .scoring import Heard, Key, Rules, score, score_vocabulary


@dataclass(frozen=True, slots=True)
class Row:
    """One pair of ears, and how they are used."""

    name: str
    model: Path | None
    """Folder of a Vosk model; None for pocketsphinx."""
    as_product: bool = False
    """Whether with the product's grammar and rules, in place of those of the headline."""
    asked: bool = False
    """Whether the product has asked for a yes or no."""
    commands_only: bool = False
    """Whether only "stop", "yes", "no" and "go" are heard."""


@dataclass(frozen=True, slots=True)
class Material:
    """All that can be heard."""

    people: tuple[Clip, ...]
    """Without noise."""
    noise: Sound
    narration: tuple[Clip, ...]
    """One after another without a gap."""
    phrases: tuple[Clip, ...]

    def for_grammar(self, row: Row) -> Iterator[Clip]:
        """What a row hears with the grammar that it is about."""
        for clip in self.people:
            if clip.kind is Kind.COMMAND or not row.commands_only:
                for snr in _noises(clip.kind):
                    yield in_noise(clip, self.noise, snr)
        yield from () if row.commands_only else self.narration

    def seconds(self, row: Row) -> float:
        """How much audio a row hears."""
        clips = (clip for clip in self.people if clip.kind is Kind.COMMAND or not row.commands_only)
        samples = sum(len(padded(clip.sound)) * len(_noises(clip.kind)) for clip in clips)
        if not row.commands_only:
            samples += sum(len(clip.sound) for clip in self.narration)
            samples += sum(len(padded(clip.sound)) for clip in self.phrases)
        return samples / RATE


def _noises(kind: Kind) -> Sequence[float | None]:
    match kind:
        case Kind.COMMAND:
            return NOISES
        case Kind.OTHER_WORD | Kind.SENTENCE | Kind.READING:
            return (None, 5.0)
        case _:
            return (None,)


def figures(
    row: Row, material: Material, known: Commands, progress: Callable[[float], None]
) -> dict[Key, Figure]:
    """Everything that is measured of one row.

    Args:
        row: Whose.
        material: What is heard.
        known: The commands of the product.
        progress: Called with the seconds of audio that were heard since the last call.

    Raises:
        EarError: The ear can't be used.
    """
    while_working = while_asked if row.asked else while_guiding
    listening = while_working(known) if row.as_product else headline()
    with EarProcess(row.model) as ear:
        ear.listen_for(listening.phrases, listening.expected)
        rules = Rules(
            listening.match, _belief(row, listening), ByRule(listening), timed=row.model is not None
        )
        found = score(heard(ear, material.for_grammar(row), progress), rules)
        found["cost", "real-time factor"] = Amount(ear.cpu / ear.audio, "", 4)
        memory = ear.memory()
        if not row.commands_only and material.phrases:
            vocabulary = whole_vocabulary(known, decoys=row.as_product)
            unheard = frozenset(ear.listen_for(vocabulary.phrases))
            belief = _belief(row, vocabulary)
            phrases = heard(ear, material.phrases, progress)
            found |= score_vocabulary(phrases, vocabulary.match, belief, unheard)
    found["cost", "imported"] = Amount(memory.imported, "MB", 0)
    found["cost", "loaded"] = Amount(memory.loaded - memory.imported, "MB", 1)
    found["cost", "peak"] = Amount(memory.peak - memory.imported, "MB", 1)
    return found


def _belief(row: Row, listening: Listening) -> Belief:
    return ByRule(listening) if row.as_product else WholePhrases(listening)


def heard(ear: EarProcess, clips: Iterable[Clip], progress: Callable[[float], None]) -> Iterator[Heard]:
    """Each clip by itself, between silences; narration as it comes."""
    for clip in clips:
        goes_on = clip.kind is Kind.NARRATION
        sound = clip.sound if goes_on else padded(clip.sound)
        yield Heard.of(clip, len(sound) / RATE, ear.hear(sound, goes_on=goes_on))
        progress(len(sound) / RATE)

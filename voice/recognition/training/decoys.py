"""Which words are taken for unknown speech: frequent ones, the guide's own, and such as sound like commands.

Compares how words sound, by their phones. Hears nothing.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from . import lexicon
from .phones import INDEX, PHONES
from .vocabulary import Vocabulary

_CONSONANTS = {
    phone: (manner, int(place), int(voiced))
    for phone, manner, place, voiced in map(
        str.split,
        """
        P stop 0 0
        B stop 0 1
        T stop 3 0
        D stop 3 1
        K stop 5 0
        G stop 5 1
        CH affricate 4 0
        JH affricate 4 1
        F fricative 1 0
        V fricative 1 1
        TH fricative 2 0
        DH fricative 2 1
        S fricative 3 0
        Z fricative 3 1
        SH fricative 4 0
        ZH fricative 4 1
        HH fricative 6 0
        M nasal 0 1
        N nasal 3 1
        NG nasal 5 1
        L liquid 3 1
        R liquid 4 1
        W glide 0 1
        Y glide 4 1
        """.strip().splitlines(),
    )
}
"""How a consonant is made, where (from the lips to the throat), and whether with voice."""
_VOWELS = {
    phone: tuple(map(float, where))
    for phone, *where in map(
        str.split,
        """
        IY 1.0 1.0 1.0 1.0
        IH 0.8 0.8 0.8 0.8
        EH 0.5 0.8 0.5 0.8
        AE 0.2 0.8 0.2 0.8
        AA 0.0 0.3 0.0 0.3
        AO 0.3 0.1 0.3 0.1
        AH 0.4 0.4 0.4 0.4
        ER 0.5 0.3 0.6 0.4
        UH 0.8 0.2 0.8 0.2
        UW 1.0 0.1 1.0 0.1
        EY 0.5 0.8 0.9 0.9
        AY 0.1 0.4 0.8 0.8
        OW 0.5 0.2 0.8 0.1
        AW 0.1 0.4 0.8 0.2
        OY 0.4 0.1 0.8 0.8
        """.strip().splitlines(),
    )
}
"""How high and how far in front the tongue is when a vowel begins, and when it ends."""
_ADDED = 0.8
"""What a phone too many or too few counts; a wholly different phone counts 1."""
_LONGEST = 14
"""Words of more phones are no decoys."""


@dataclass(frozen=True, slots=True)
class DecoyChoice:
    """How decoys are chosen."""

    frequent: int = 2_000
    """So many of the most frequent words are looked at."""
    known: int = 20_000
    """So many are looked at for words that sound like a command."""
    alike: float = 1.7
    """Words at most so far from a command sound like it, in phones."""
    alike_each: int = 12
    """So many of them, the nearest first, are taken for each command."""
    too_alike: float = 0.5
    """Words nearer than this to a command would take its place, and are left out."""
    too_alike_to_stop: float = 1.2
    """The same for "stop". Without "shop", "stopped" and eleven more, "stop" was heard in 51 instead of
    49 of 58 recordings of people, and no more of 360 other words were taken for it, by a model before this
    one; these people were kept out of its training."""


def choose(vocabulary: Vocabulary, choice: DecoyChoice | None = None) -> tuple[str, ...]:
    """The decoys for a vocabulary, sorted.

    No word that is a command by itself is among them, and none that is nearly one. Words that are only parts
    of commands may be: a grammar that holds them hears them as what they are, for less, and to any other they
    are speech like the rest.
    """
    choice = choice or DecoyChoice()
    ranked = [word for word in islice(lexicon.by_frequency(), choice.known) if word.isalpha()]
    candidates = sorted({*ranked, *vocabulary.narration} - set(vocabulary.alone))
    near = distances(candidates, vocabulary.alone)
    limits = [
        choice.too_alike_to_stop if word in vocabulary.stops else choice.too_alike
        for word in vocabulary.alone
    ]
    is_fair: list[bool] = np.all(near >= np.array(limits), axis=1).tolist()
    fair = dict(zip(candidates, is_fair, strict=True))
    chosen = {word for word in (*ranked[: choice.frequent], *vocabulary.narration) if fair.get(word)}
    for column in near.T:
        alike = [index for index in np.argsort(column, kind="stable") if fair[candidates[index]]]
        chosen |= {candidates[index] for index in alike[: choice.alike_each] if column[index] <= choice.alike}
    return tuple(sorted(chosen))


def distances(words: Sequence[str], to: Collection[str]) -> npt.NDArray[np.float64]:
    """How differently words sound: the least edit distance of their pronunciations, in phones.

    Args:
        words: Each with a pronunciation.
        to: Words to compare them with.

    Returns:
        Shape (words, to). Like phones count little, such as 0.25 for those that differ in voice only.
        Infinite for words of more than 14 phones.
    """
    owners, spelled = _flat(words)
    result = np.full((len(words), len(to)), np.inf)
    for column, word in enumerate(to):
        for phones in lexicon.pronunciations(word):
            found = _edit_distances(spelled, [INDEX[phone] for phone in phones])
            np.minimum.at(result[:, column], owners, found)
    return result


def _flat(words: Iterable[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Every pronunciation's word, and its phones, -1 after its end."""
    ways = [
        (owner, [INDEX[phone] for phone in phones])
        for owner, word in enumerate(words)
        for phones in lexicon.pronunciations(word)
        if len(phones) <= _LONGEST
    ]
    spelled = np.full((len(ways), _LONGEST), -1)
    for row, (_, phones) in enumerate(ways):
        spelled[row, : len(phones)] = phones
    return np.array([owner for owner, _ in ways], dtype=np.int64), spelled


def _edit_distances(spelled: npt.NDArray[np.int64], to: Sequence[int]) -> npt.NDArray[np.float64]:
    """Levenshtein distances of each row to one word, with costs by phone (Wagner and Fischer, 1974)."""
    lengths = (spelled >= 0).sum(axis=1)
    before = np.arange(_LONGEST + 1) * _ADDED * np.ones((len(spelled), 1))
    for phone in to:
        row = np.empty_like(before)
        row[:, 0] = before[:, 0] + _ADDED
        for at in range(_LONGEST):
            swapped = before[:, at] + _SUBSTITUTION[phone, spelled[:, at]]
            row[:, at + 1] = np.minimum(swapped, np.minimum(before[:, at + 1], row[:, at]) + _ADDED)
        before = row
    result: npt.NDArray[np.float64] = before[np.arange(len(spelled)), lengths]
    return result


def _substitution(one: str, other: str) -> float:
    if one in _VOWELS and other in _VOWELS:
        return min(1.0, math.dist(_VOWELS[one], _VOWELS[other]))
    if one in _CONSONANTS and other in _CONSONANTS:
        (manner, place, voiced), (manner2, place2, voiced2) = _CONSONANTS[one], _CONSONANTS[other]
        return min(1.0, 0.5 * (manner != manner2) + 0.15 * abs(place - place2) + 0.25 * (voiced != voiced2))
    return 1.0


_SUBSTITUTION = np.array([[0.0 if a == b else _substitution(a, b) for b in PHONES] for a in PHONES])

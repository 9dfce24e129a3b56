"""Writes the decoding graph of a model: what Vosk searches for words in the scores of phones. Hears nothing.

Vosk composes it with the grammar, so words carry no probabilities here, only what `GraphCosts` says.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from . import lexicon
from .fst import Arc, Side, Transducer
from .hub import UNKNOWN_ID, GraphCosts, HubGraph, vosk_phones
from .phones import PHONES

__all__ = ["UNKNOWN", "GraphCosts", "build", "phone_bigram"]

UNKNOWN = "[unk]"
"""Stands for speech that is no word of the grammar."""


def build(folder: Path, words: Iterable[str], decoys: Iterable[str], costs: GraphCosts | None = None) -> None:
    """Write the folder `graph` of a model; the same bytes for the same words and costs.

    Args:
        folder: Where the files go; made if it isn't there.
        words: All that grammars may hold: Vosk drops any other without an error.
        decoys: Words that are taken for `UNKNOWN`, unless a grammar holds them.
        costs: The operating point.

    Raises:
        LexiconError: nobody knows how some of the words are said; nothing has been written.
    """
    ids = {word: number for number, word in enumerate(sorted(set(words)), UNKNOWN_ID + 1)}
    graph = HubGraph(costs or GraphCosts())
    for word, ways in lexicon.pronounced(ids).items():
        graph.add_word(ids[word], ways)
    unknown = lexicon.pronounced(sorted(set(decoys)))
    graph.add_decoys(way for ways in unknown.values() for way in ways)
    graph.add_phone_loop(phone_bigram({*ids, *unknown}))
    (folder / "phones").mkdir(parents=True, exist_ok=True)
    graph.fst.write(folder / "HCLr.fst", Side.OUTPUT)
    _any_words(len(ids) + 1).write(folder / "Gr.fst", Side.INPUT)
    symbols = ("<eps>", UNKNOWN, *ids, "#0", "<s>", "</s>")
    _write(folder / "words.txt", (f"{word} {number}" for number, word in enumerate(symbols)))
    places = enumerate((place for _, place in vosk_phones()), 1)
    _write(folder / "phones" / "word_boundary.int", (f"{number} {place}" for number, place in places))
    _write(folder / "disambig_tid.int", ())


def phone_bigram(words: Iterable[str]) -> npt.NDArray[np.float64]:
    """How likely each phone follows each in running speech, silences left out.

    Args:
        words: What speech is made of, each as often as in spoken English.

    Returns:
        Shape (phones + 1, phones) over the phones after silence; rows sum to one. The last row is for a first
        phone.
    """
    index = {phone: number for number, phone in enumerate(PHONES[1:])}
    frequency = lexicon.by_frequency()
    within, first, last = np.full((len(index), len(index)), 1e-4), np.zeros(len(index)), np.zeros(len(index))
    for word in sorted(set(words) & frequency.keys()):
        weight, phones = (
            math.exp(frequency[word]),
            [index[phone] for phone in lexicon.pronunciations(word)[0]],
        )
        first[phones[0]] += weight
        last[phones[-1]] += weight
        for pair in pairwise(phones):
            within[pair] += weight
    counts = within + np.outer(last, first / first.sum())
    rows = np.vstack((counts, counts.sum(axis=0)))
    result: npt.NDArray[np.float64] = rows / rows.sum(axis=1, keepdims=True)
    return result


def _any_words(count: int) -> Transducer:
    """A grammar of all words, equally likely, in any order: in use only where none is given."""
    fst = Transducer()
    fst.end_at(0)
    for number in range(UNKNOWN_ID, UNKNOWN_ID + count):
        fst.add_arc(0, Arc(number, number, math.log(count), 0))
    return fst


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

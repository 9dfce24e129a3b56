"""The shape of the decoding graph: a hub, which every word leaves and to which it returns. Writes no file.

Each phone has one state with a loop ("chain" topology: a first frame, then any number of further ones), so
every word is a row of states. Phones carry their place in the word, from which Vosk tells when words begin
and end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .fst import EPSILON, Arc, Transducer
from .phones import PHONES, SILENCE

UNKNOWN_ID = 1
"""The number of the word for unknown speech."""
PLACES = ("begin", "end", "internal", "singleton")
"""Where in a word a phone stands, in Kaldi's order and words."""
_BEGIN, _END, _INTERNAL, _SINGLETON = PLACES
_HUB = 0
_Placed = tuple[str, str]
"""A phone and its place."""
_Tree = dict[str, "_Tree"]
"""What may follow, by the next phone; `_OVER` where a word may be over."""
_OVER = ""


@dataclass(frozen=True, slots=True)
class GraphCosts:
    """What it costs to take a way through the graph, in nats: the operating point. A grammar adds its own."""

    silence: float = 0.7
    """A silence between words."""
    loop_entry: float = 0.0
    """Unknown speech, phone by phone."""
    loop_scale: float = 0.8
    """Factor of the phone bigram's costs in it."""
    decoy_entry: float = 3.0
    """Unknown speech that begins with a decoy."""
    decoy_next: float = 3.0
    """Each further decoy that follows without a pause. All of them are one unknown word to the grammar, which
    makes a second one dear; so sentences stay unknown to their end."""


def vosk_phones() -> tuple[_Placed, ...]:
    """The phones of Vosk, number 1 first: silence, then each phone four times, for its places in a word."""
    return ((SILENCE, "nonword"), *((phone, place) for phone in PHONES[1:] for place in PLACES))


class HubGraph:
    """The graph as it grows."""

    def __init__(self, costs: GraphCosts) -> None:
        """With a hub, where it starts and may end, and a silence that returns to it."""
        self.fst = Transducer()
        self.fst.end_at(_HUB)
        self._costs = costs
        self._numbers = {placed: number for number, placed in enumerate(vosk_phones(), 1)}
        self._tails: dict[tuple[_Placed, tuple[str, ...]], int] = {}
        self._branches: dict[tuple[object, ...], int] = {}
        silence = (SILENCE, "nonword")
        state = self._lasting(silence)
        self._enter(_HUB, silence, state, costs.silence)
        self._leave(state)

    def add_word(self, number: int, ways: Iterable[Sequence[str]]) -> None:
        """Add a word by its number and its ways to say it.

        The number stands on its first arc, so words that end alike share what follows.
        """
        for first, *rest in ways:
            placed = (first, _BEGIN if rest else _SINGLETON)
            self._enter(_HUB, placed, self._tail(placed, tuple(rest)), word=number)

    def add_phone_loop(self, bigram: npt.NDArray[np.float64]) -> None:
        """Add any phones in any order as unknown speech.

        Args:
            bigram: Probabilities of shape (phones + 1, phones), silence left out; last, for a first one.
        """
        cost = (-np.log(bigram) * self._costs.loop_scale).tolist()
        states = {(phone, place): self._lasting((phone, place)) for place in PLACES for phone in PHONES[1:]}
        for (phone, place), state in states.items():
            at = PHONES.index(phone) - 1
            if place in (_BEGIN, _SINGLETON):
                self._enter(_HUB, (phone, place), state, self._costs.loop_entry + cost[-1][at], UNKNOWN_ID)
            else:
                for before, row in zip(PHONES[1:], cost, strict=False):
                    self._enter(states[before, _BEGIN], (phone, place), state, row[at])
                    self._enter(states[before, _INTERNAL], (phone, place), state, row[at])
            if place in (_END, _SINGLETON):
                self._leave(state)

    def add_decoys(self, ways: Iterable[Sequence[str]]) -> None:
        """Add words, and any rows of them, as unknown speech: a tree whose equal branches are one."""
        tree: _Tree = {}
        for phones in ways:
            branch = tree
            for phone in phones:
                branch = branch.setdefault(phone, {})
            branch[_OVER] = {}
        again = self.fst.add_state()
        for phone, branch in sorted(tree.items()):
            for place in _places(branch, first=True):
                state = self._branch((phone, place), branch, again)
                self._enter(_HUB, (phone, place), state, self._costs.decoy_entry, UNKNOWN_ID)
            # To Vosk, a row of decoys is one word: its further first phones are internal ones.
            for place in _places(branch, first=False):
                state = self._branch((phone, place), branch, again)
                self._enter(again, (phone, place), state, self._costs.decoy_next)

    def _branch(self, placed: _Placed, after: _Tree, again: int) -> int:
        goes_on = placed[1] in (_BEGIN, _INTERNAL)
        key = (*placed, _shape(after) if goes_on else None)
        if key in self._branches:
            return self._branches[key]
        state = self._branches[key] = self._lasting(placed)
        if not goes_on:
            self._leave(state)
            return state
        for phone, branch in sorted(after.items()):
            if phone == _OVER:
                self.fst.add_arc(state, Arc(EPSILON, EPSILON, 0.0, again))
                continue
            for place in _places(branch, first=False):
                self._enter(state, (phone, place), self._branch((phone, place), branch, again))
        return state

    def _tail(self, placed: _Placed, rest: tuple[str, ...]) -> int:
        """The state of a phone that is followed by these, up to the hub."""
        if (placed, rest) in self._tails:
            return self._tails[placed, rest]
        state = self._tails[placed, rest] = self._lasting(placed)
        if rest:
            following = (rest[0], _INTERNAL if len(rest) > 1 else _END)
            self._enter(state, following, self._tail(following, rest[1:]))
        else:
            self._leave(state)
        return state

    def _lasting(self, placed: _Placed) -> int:
        """A new state in which a phone lasts; transition 2n - 1 of Kaldi is phone n's loop."""
        state = self.fst.add_state()
        self.fst.add_arc(state, Arc(2 * self._numbers[placed] - 1, EPSILON, 0.0, state))
        return state

    def _enter(
        self, source: int, placed: _Placed, target: int, cost: float = 0.0, word: int = EPSILON
    ) -> None:
        """A phone's first frame; transition 2n of Kaldi leads into phone n."""
        self.fst.add_arc(source, Arc(2 * self._numbers[placed], word, cost, target))

    def _leave(self, state: int) -> None:
        self.fst.add_arc(state, Arc(EPSILON, EPSILON, 0.0, _HUB))


def _places(after: _Tree, *, first: bool) -> tuple[str, ...]:
    """Where a decoy's phone may stand: a row of decoys may go on after any, or be over with it."""
    return (_BEGIN if first else _INTERNAL, *((_SINGLETON if first else _END,) if _OVER in after else ()))


def _shape(tree: _Tree) -> tuple[object, ...]:
    return tuple((phone, _shape(branch)) for phone, branch in sorted(tree.items()))

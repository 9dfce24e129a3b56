"""How words are said: the CMU Pronouncing Dictionary, and what it lacks. Knows no commands and no sound.

The dictionary and the language model that tells how frequent a word is come with the `pocketsphinx` package,
under a BSD licence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from .phones import INDEX

Pronunciation = tuple[str, ...]
"""Phones of `phones.PHONES`, without silence and stress."""

_ALTERNATIVE = re.compile(r"\(\d+\)$")

_ADDED = """
a           AH | EY
acupressure AE K Y AH P R EH SH ER
and         AH N D | AE N D | AH N | EH N D
are         AA R | ER
because     B IH K AH Z | B IH K AO Z | B IH K AH S | K AH Z
breastbone  B R EH S T B OW N
cupping     K AH P IH NG
earlobe     IH R L OW B
effleurage  EH F L ER AA ZH
fascia      F AE SH AH | F EY SH AH
for         F AO R | F ER
gluteal     G L UW T IY AH L
glutes      G L UW T S
gluteus     G L UW T IY AH S
i'm         AY M | AH M
instep      IH N S T EH P
latissimus  L AH T IH S AH M AH S
medius      M IY D IY AH S
midriff     M IH D R IH F
nape        N EY P
of          AH V | AH
ow          AW
petrissage  P EH T R IH S AA ZH
piriformis  P IH R IH F AO R M AH S
rhomboids   R AA M B OY D Z
ribcage     R IH B K EY JH
sacrum      S EY K R AH M | S AE K R AH M
shins       SH IH N Z
snowboy     S N OW B OY
soreness    S AO R N AH S
spinae      S P AY N IY
sternum     S T ER N AH M
tailbone    T EY L B OW N
the         DH AH | DH IY
tingles     T IH NG G AH L Z
tingly      T IH NG G L IY | T IH NG G AH L IY
tiptoes     T IH P T OW Z
to          T UW | T AH | T IH
trapezius   T R AH P IY Z IY AH S
we're       W IY R | W ER | W IH R
with        W IH DH | W IH TH
"""
"""Words that the dictionary lacks, or says as nobody does; these take the place of its own."""
_BROAD_TEXT = """
advance advances after afternoon afternoons afterwards answer answered answers ask asked asking asks aunt
bath baths branch branches can't cast castle chance chances class classes commander craft dance danced
dancer dances dancing demand demanded disaster draft drafts example examples fast faster fastest france
giraffe glance glanced glass glasses graph grass half halfway lance last lasted lasting laugh laughed
laughing laughs laughter mask master masters nasty past path paths plant planted planting plants plaster
rather shaft task tasks vast
"""
_BROAD = frozenset(_BROAD_TEXT.split())
"""Words in which southern Britons say the first "a" as in "father" (the BATH set of J. C. Wells, 1982)."""
_BRITONS = re.compile(r"espeak:en-gb(-x-rp)?\+|espeak:en-gb(-x-rp)?$|kokoro:b|pico:en-GB")
"""Synthetic voices that do."""


class LexiconError(LookupError):
    """Words without a pronunciation; as text, one line that names them and where to add them."""


def pronunciations(word: str) -> tuple[Pronunciation, ...]:
    """The ways to say a word, the usual one first.

    Args:
        word: In lower case, with its apostrophes.

    Raises:
        LexiconError: it has none.
    """
    return pronounced([word])[word]


def pronounced(words: Iterable[str]) -> dict[str, tuple[Pronunciation, ...]]:
    """The ways to say each of these words.

    Raises:
        LexiconError: some have none; all of them are named.
    """
    wanted = list(dict.fromkeys(words))
    missing = sorted(word for word in wanted if not is_known(word))
    if missing:
        raise LexiconError(
            f"no pronunciation for {', '.join(missing)}; add each to _ADDED in {Path(__file__).name}, "
            'in phones such as "L AY T ER"'
        )
    return {word: _entries()[word] for word in wanted}


def pronounced_by(speaker: str, word: str) -> tuple[Pronunciation, ...]:
    """The ways to say a word that a speaker may have.

    Args:
        speaker: A synthetic voice's id, or a person's code, whose accent nobody knows.
        word: In lower case.

    Raises:
        LexiconError: it has none.
    """
    ways = pronunciations(word)
    if word not in _BROAD:
        return ways
    broad = _BRITONS.match(speaker) is not None
    return tuple(way for way in ways if ("AA" in way) == broad) or ways


def is_known(word: str) -> bool:
    """Whether a word has a pronunciation."""
    return word in _entries()


@lru_cache(maxsize=1)
def by_frequency() -> Mapping[str, float]:
    """Natural logarithms of how likely each word is in spoken English, the most frequent first.

    Only words that have a pronunciation and stand in the language model of pocketsphinx, some 72,000.
    """
    import pocketsphinx  # noqa: PLC0415 - only training has it

    log = pocketsphinx.LogMath()
    path = pocketsphinx.get_model_path("en-us/en-us.lm.bin")
    model = pocketsphinx.NGramModel(pocketsphinx.Config(loglevel="FATAL"), log, path)
    floor = model.prob(["<no such word>"])
    likely = {word: model.prob([word]) for word in _entries()}
    ranked = sorted((-value, word) for word, value in likely.items() if value > floor)
    return {word: log.log_to_ln(-value) for value, word in ranked}


@lru_cache(maxsize=1)
def _entries() -> Mapping[str, tuple[Pronunciation, ...]]:
    import pocketsphinx  # noqa: PLC0415 - only training has it

    found: dict[str, dict[Pronunciation, None]] = {}
    path = Path(pocketsphinx.get_model_path("en-us/cmudict-en-us.dict"))
    for line in path.read_text(encoding="utf-8").splitlines():
        word, *phones = line.split()
        found.setdefault(_ALTERNATIVE.sub("", word), {})[tuple(phones)] = None
    entries = {word: tuple(ways) for word, ways in found.items()}
    for line in _ADDED.strip().splitlines():
        word, ways = line.split(maxsplit=1)
        entries[word] = tuple(tuple(way.split()) for way in ways.split("|"))
    for word in _BROAD:
        flat = entries[word]
        at = flat[0].index("AE")
        entries[word] = (*(way for way in flat if "AA" not in way), (*flat[0][:at], "AA", *flat[0][at + 1 :]))
    unknown = {phone for ways in entries.values() for way in ways for phone in way} - INDEX.keys()
    if unknown:
        raise LexiconError(f"{path}: phones that the model has not: {', '.join(sorted(unknown))}")
    return entries

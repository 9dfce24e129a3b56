from __future__ import annotations

import pytest

pytest.importorskip("pocketsphinx", reason="the train extra is not installed")

from voice.recognition.training import lexicon
from voice.recognition.training.phones import PHONES, SILENCE


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("stop", "S T AA P"),
        ("lighter", "L AY T ER"),
        ("tingly", "T IH NG G L IY"),
        ("yep", "Y EH P"),
        ("ow", "AW"),
        ("what's", "W AH T S"),
        ("i'm", "AY M"),
        ("we're", "W IY R"),
        ("the", "DH AH"),
        ("petrissage", "P EH T R IH S AA ZH"),
    ],
)
def test_the_usual_way_comes_first(word: str, phones: str) -> None:
    assert lexicon.pronunciations(word)[0] == tuple(phones.split())


@pytest.mark.parametrize(
    ("speaker", "vowel"),
    [
        ("espeak:en-gb+m1", "AA"),
        ("espeak:en-gb-x-rp+f2", "AA"),
        ("kokoro:bf_alice+bf_isabella", "AA"),
        ("pico:en-GB", "AA"),
        ("espeak:en-gb-scotland+m1", "AE"),
        ("espeak:en-us+m1", "AE"),
        ("kokoro:am_adam", "AE"),
        ("0c40e715", "AE"),
    ],
)
def test_some_britons_say_faster_in_their_own_way(speaker: str, vowel: str) -> None:
    assert lexicon.pronounced_by(speaker, "faster") == (("F", vowel, "S", "T", "ER"),)
    assert lexicon.pronounced_by(speaker, "stop") == (("S", "T", "AA", "P"),)
    assert set(lexicon.pronunciations("faster")) == {("F", "AE", "S", "T", "ER"), ("F", "AA", "S", "T", "ER")}


@pytest.mark.parametrize("word", ["the", "a", "of", "and", "to", "for", "with"])
def test_short_words_have_weak_forms(word: str) -> None:
    ways = lexicon.pronunciations(word)
    assert len(ways) > 1
    assert len(set(ways)) == len(ways)


def test_phones_are_those_of_the_model() -> None:
    ways = [way for word in lexicon.by_frequency() for way in lexicon.pronunciations(word)]
    assert {phone for way in ways for phone in way} == set(PHONES) - {SILENCE}


def test_words_that_nobody_can_say_are_named_with_what_to_do() -> None:
    with pytest.raises(
        lexicon.LexiconError, match=r"for frobnicate, zzyx; add each to _ADDED in lexicon\.py"
    ):
        lexicon.pronounced(["stop", "zzyx", "frobnicate"])
    with pytest.raises(lexicon.LexiconError, match="for zzyx; add each"):
        lexicon.pronunciations("zzyx")


def test_frequent_words_come_first() -> None:
    ranks = {word: rank for rank, word in enumerate(lexicon.by_frequency())}
    assert ranks["the"] < ranks["stop"] < ranks["petition"]
    assert len(ranks) > 20_000
    assert all(value < 0 for value in lexicon.by_frequency().values())

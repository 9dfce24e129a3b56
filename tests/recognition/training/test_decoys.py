from __future__ import annotations

import pytest

pytest.importorskip("pocketsphinx", reason="the train extra is not installed")

from voice.recognition.training import decoys, vocabulary


def distance(one: str, other: str) -> float:
    return float(decoys.distances([one], [other])[0, 0])


def test_words_that_sound_the_same_have_no_distance() -> None:
    assert distance("no", "know") == 0
    assert distance("wait", "weight") == 0


def test_a_voice_counts_less_than_a_place_and_that_less_than_another_phone() -> None:
    assert 0 < distance("back", "bag") < distance("stop", "stock") < distance("stop", "stall") < 2


def test_the_distance_of_the_nearest_pronunciation_counts() -> None:
    assert distance("a", "eh") <= distance("a", "thumb")
    assert distance("stop", "stop") == 0


def test_distances_are_the_same_both_ways() -> None:
    words = ["stop", "next", "lighter", "how", "thumb"]
    table = decoys.distances(words, words)
    assert table.tolist() == table.T.tolist()


@pytest.fixture(scope="module")
def english() -> vocabulary.Vocabulary:
    return vocabulary.of_language("en")


@pytest.fixture(scope="module")
def chosen(english: vocabulary.Vocabulary) -> set[str]:
    return set(decoys.choose(english))


def test_no_command_and_no_near_copy_of_one_is_a_decoy(chosen: set[str]) -> None:
    assert not {"stop", "next", "yes", "know", "weight", "nah", "writer"} & chosen


def test_what_is_much_like_a_stop_is_rather_taken_for_one(chosen: set[str]) -> None:
    assert not {"shop", "stopped", "stops", "top", "stock"} & chosen


def test_words_that_sound_somewhat_like_a_command_are_decoys(chosen: set[str]) -> None:
    assert {"stuff", "neck", "text", "ladder", "toe"} <= chosen


def test_frequent_words_and_the_narration_are_decoys(chosen: set[str]) -> None:
    assert {"the", "people", "think", "tomorrow", "spine", "breathe"} <= chosen
    assert 1_500 < len(chosen) < 4_000


def test_fewer_can_be_asked_for(english: vocabulary.Vocabulary, chosen: set[str]) -> None:
    few = decoys.choose(english, decoys.DecoyChoice(frequent=100, known=5_000, alike_each=2))
    assert 100 < len(few) < len(chosen) / 2
    assert list(few) == sorted(few)
    assert "the" in few

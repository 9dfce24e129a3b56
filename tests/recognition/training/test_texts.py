from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from voice.language import Commands, Language
from voice.recognition.training import lexicon
from voice.recognition.training.talk import AMONG, LISTS, SENTENCES, WORDS
from voice.recognition.training.texts import WEIGHTS, Kind, Text, texts
from voice.session.intents import IntentName

COUNT = 24_000


@pytest.fixture(scope="module")
def many() -> list[Text]:
    return list(islice(texts(1), COUNT))


@pytest.fixture(scope="module")
def commands() -> Commands:
    return Language.load().commands()


@pytest.fixture(scope="module")
def dictionary() -> frozenset[str]:
    pocketsphinx = pytest.importorskip("pocketsphinx")
    file = Path(pocketsphinx.get_model_path("en-us/cmudict-en-us.dict"))
    return frozenset(line.split()[0].partition("(")[0] for line in file.read_text("utf-8").splitlines())


def test_the_same_seed_says_the_same_and_another_something_else() -> None:
    first = list(islice(texts(5), 200))
    assert list(islice(texts(5), 200)) == first
    assert list(islice(texts(6), 200)) != first


def test_every_kind_comes_as_often_as_it_should(many: list[Text]) -> None:
    kinds = Counter(text.kind for text in many)
    for kind, weight in WEIGHTS.items():
        assert kinds[kind] / COUNT == pytest.approx(weight, abs=0.01)
    assert kinds.most_common(1)[0][0] is Kind.COMMAND


def test_every_word_of_every_command_is_said_often_enough(many: list[Text], commands: Commands) -> None:
    said = Counter(word for text in many for word in text.words)
    needed = {word for phrase in commands.phrases(set(IntentName)) for word in phrase.split()}
    assert len(needed) > 200
    assert {word: said[word] for word in needed if said[word] < 20} == {}


def test_a_command_is_understood_as_one(many: list[Text], commands: Commands) -> None:
    alone = [" ".join(text.words) for text in many if text.kind is Kind.COMMAND]
    # Numbers and titles of routines mean something only while there are such routines.
    plain = [each for each in alone if commands.match(each)]
    assert len(plain) / len(alone) > 0.9


def test_single_words_are_no_commands(many: list[Text], commands: Commands) -> None:
    said = {text.words for text in many if text.kind is Kind.WORD}
    assert len(said) > 400
    assert [word for word in said if commands.match(" ".join(word))] == []


def test_no_sentence_is_a_command(many: list[Text], commands: Commands) -> None:
    said = {" ".join(text.words) for text in many if text.kind in {Kind.SENTENCE, Kind.AMONG}}
    assert [sentence for sentence in said if commands.match(sentence)] == []


def test_everything_has_a_pronunciation(many: list[Text]) -> None:
    pytest.importorskip("pocketsphinx", reason="the train extra is not installed")
    said = {word for text in many for word in text.words}
    assert set(lexicon.pronounced(said)) == said


def test_the_talk_can_all_be_pronounced(dictionary: frozenset[str]) -> None:
    talk = " ".join((*SENTENCES, *AMONG, *WORDS, *(entry for entries in LISTS.values() for entry in entries)))
    for name in (*LISTS, "command"):
        talk = talk.replace(f"{{{name}}}", "")
    assert set(talk.split()) - dictionary == set()


def test_the_transcript_is_what_is_spoken_without_punctuation() -> None:
    assert Text(Kind.SERIES, "what's next, stop. lighter!").words == ("what's", "next", "stop", "lighter")

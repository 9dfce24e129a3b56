"""The graph's files, and what Vosk makes of them with the acoustic model that comes with easeup."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("pocketsphinx", reason="the train extra is not installed")

import vosk

from tests.recognition.conftest import Say, Sound, quiet
from voice.recognition.models import BUILT_IN
from voice.recognition.training import graph
from voice.recognition.training.graph import UNKNOWN, GraphCosts
from voice.recognition.training.hub import vosk_phones
from voice.recognition.training.lexicon import LexiconError

from .fst_files import File, read

WORDS = ("stop", "start", "lighter", "the", "how", "long", "i'm", "ready", "ow", "no")
DECOYS = ("window", "tomorrow", "shop", "table", "coffee")
GRAMMAR = ("stop", "start", "lighter", "how long", "i'm ready", "no")
FILES = ("HCLr.fst", "Gr.fst", "words.txt", "disambig_tid.int", "phones/word_boundary.int")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole model with a graph of our own."""
    made = tmp_path_factory.mktemp("model")
    for part in ("am", "conf"):
        shutil.copytree(BUILT_IN / part, made / part)
    graph.build(made / "graph", WORDS, DECOYS)
    return made


@pytest.fixture(scope="module")
def model(folder: Path) -> vosk.Model:
    vosk.SetLogLevel(-1)
    return vosk.Model(str(folder))


def ways(file: File, word: int) -> Iterator[tuple[tuple[str, str], ...]]:
    """The placed phones of every way from the hub back to it that writes this word first."""
    phones = vosk_phones()

    def onward(state: int, so_far: tuple[tuple[str, str], ...]) -> Iterator[tuple[tuple[str, str], ...]]:
        for label, _, _, target in file.arcs[state]:
            if label == 0 and target == 0:
                yield so_far
            elif label and target != state:
                yield from onward(target, (*so_far, phones[label // 2 - 1]))

    for label, output, _, target in file.arcs[0]:
        if output == word:
            yield from onward(target, (phones[label // 2 - 1],))


def number_of(folder: Path, word: str) -> int:
    lines = (folder / "graph" / "words.txt").read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: int(line.split()[1]) for line in lines}[word]


def heard(model: vosk.Model, *sounds: Sound) -> list[dict[str, object]]:
    """The words of all utterances."""
    ear = vosk.KaldiRecognizer(model, 16_000, json.dumps([*GRAMMAR, UNKNOWN]))
    ear.SetWords(True)
    ear.AcceptWaveform(np.concatenate(sounds).tobytes())
    return list(json.loads(ear.FinalResult()).get("result", []))


def test_every_word_is_its_phones_with_their_places(folder: Path) -> None:
    file = read(folder / "graph" / "HCLr.fst")
    assert set(ways(file, number_of(folder, "stop"))) == {
        (("S", "begin"), ("T", "internal"), ("AA", "internal"), ("P", "end"))
    }
    assert set(ways(file, number_of(folder, "ow"))) == {(("AW", "singleton"),)}
    assert len(set(ways(file, number_of(folder, "the")))) == 2


def test_words_that_end_alike_share_their_ends(tmp_path: Path) -> None:
    def states(*words: str) -> int:
        graph.build(tmp_path, words, ())
        return len(read(tmp_path / "HCLr.fst").arcs)

    assert states("no", "so") == states("no") + 1
    assert states("no", "see") == states("no") + 2


def accepts(file: File, placed: str) -> bool:
    """Whether these phones lead from the hub back to it as unknown speech."""
    numbers = {f"{phone}_{place[0]}": number for number, (phone, place) in enumerate(vosk_phones(), 1)}
    states = {0}
    for at, each in enumerate(placed.split()):
        silent = {
            target for state in states for label, _, _, target in file.arcs[state] if not label and target
        }  # what leads on to a further decoy
        label = 2 * numbers[each]
        states = {
            target
            for state in states | silent
            for given, output, _, target in file.arcs[state]
            if given == label and (output == 1) == (at == 0)
        }
    return any((label, target) == (0, 0) for state in states for label, _, _, target in file.arcs[state])


def test_decoys_and_rows_of_them_are_one_unknown_word(tmp_path: Path) -> None:
    graph.build(tmp_path, ("stop",), ("shop", "shot", "a"), GraphCosts(loop_scale=0.0))
    file = read(tmp_path / "HCLr.fst")
    entries = [cost for _, output, cost, _ in file.arcs[0] if output == 1]
    # SH, AH and EY begin one, AH and EY are one.
    assert entries.count(GraphCosts().decoy_entry) == 3 + 2
    for phones in ("SH_b AA_i P_e", "AH_s", "SH_b AA_i T_i SH_i AA_i P_e", "AH_b SH_i AA_i P_i EY_e"):
        assert accepts(file, phones)
    assert accepts(file, "ZH_b UH_i ZH_e")  # the phone loop
    assert not accepts(file, "SH_b AA_i")


def test_the_grammar_in_use_without_one_holds_all_words(folder: Path) -> None:
    file = read(folder / "graph" / "Gr.fst")
    (arcs,) = file.arcs
    assert [(label, output) for label, output, _, _ in arcs] == [(n, n) for n in range(1, len(WORDS) + 2)]
    assert sum(np.exp(-cost) for *_, cost, _ in arcs) == pytest.approx(1)


def test_the_same_words_give_the_same_files(folder: Path, tmp_path: Path) -> None:
    graph.build(tmp_path, reversed(WORDS), reversed(DECOYS))
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (folder / "graph" / name).read_bytes()


def test_a_word_that_nobody_can_say_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="frobnicate"):
        graph.build(tmp_path / "graph", ("stop", "frobnicate"), ())
    assert not (tmp_path / "graph").exists()


def test_each_phone_is_followed_by_something() -> None:
    table = graph.phone_bigram(["stop", "top", "a"])
    assert table.shape == (40, 39)
    assert table.sum(axis=1) == pytest.approx(np.ones(40))
    assert np.all(table > 0)


@pytest.mark.parametrize("phrase", ["stop", "start", "lighter", "how long", "i'm ready"])
def test_vosk_hears_phrases_through_it(model: vosk.Model, say: Say, phrase: str) -> None:
    words = heard(model, quiet(0.5), say(phrase), quiet(0.7))
    assert [word["word"] for word in words] == phrase.split()


@pytest.mark.parametrize("text", ["window", "tomorrow", "we would like some coffee at the table tomorrow"])
def test_other_speech_is_no_command(model: vosk.Model, say: Say, text: str) -> None:
    words = heard(model, quiet(0.5), say(text), quiet(0.7))
    assert " ".join(str(word["word"]) for word in words) not in GRAMMAR


def test_words_have_their_times(model: vosk.Model, say: Say) -> None:
    sound = say("lighter")
    (word,) = heard(model, quiet(1.0), sound, quiet(0.7))
    assert word["start"] == pytest.approx(1.0, abs=0.15)
    assert word["end"] == pytest.approx(1.0 + len(sound) / 16_000, abs=0.2)


def test_vosk_finds_every_word(model: vosk.Model) -> None:
    assert all(model.vosk_model_find_word(word) >= 0 for word in (*WORDS, UNKNOWN))
    assert model.vosk_model_find_word("window") == -1

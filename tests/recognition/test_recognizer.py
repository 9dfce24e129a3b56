from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from tests.recognition.conftest import Say, Sound, blocks, quiet
from voice.recognition.hypothesis import Hypothesis
from voice.recognition.models import BUILT_IN, ModelError
from voice.recognition.recognizer import CHUNK, RATE, Recognizer

GUIDING = (
    "stop",
    "ouch",
    "next",
    "go back",
    "lighter",
    "one minute more",
    "how long",
    "step",
    "go",
    "minute",
)
PAUSED = ("stop", "ouch", "continue", "ready", "finished", "help")
STOP = ("stop",)


def hear(recognizer: Recognizer, *sounds: Sound) -> list[Hypothesis]:
    return [hypothesis for block in blocks(*sounds) for hypothesis in recognizer.hear(block)]


def finals(hypotheses: Iterable[Hypothesis]) -> list[str]:
    return [each.text for each in hypotheses if each.is_final and each.text]


@pytest.mark.parametrize(
    "phrase", ["stop", "ouch", "next", "go back", "lighter", "one minute more", "how long"]
)
def test_commands_are_heard(recognizer: Recognizer, say: Say, phrase: str) -> None:
    recognizer.listen_for(GUIDING, STOP)
    assert finals(hear(recognizer, quiet(0.5), say(phrase), quiet(1.2))) == [phrase]


def test_a_final_has_alternatives(recognizer: Recognizer, say: Say) -> None:
    recognizer.listen_for(("stop", "no", "now", "know", "nope"), STOP)
    heard = hear(recognizer, quiet(0.5), say("no"), quiet(1.5))
    (final,) = (each for each in heard if each.is_final and each.text)
    assert final.alternatives[0].text == final.text
    assert len(final.alternatives) > 1
    scores = [each.score for each in final.alternatives]
    assert scores == sorted(scores, reverse=True)
    assert not any(each.alternatives for each in heard if not each.is_final)


def test_a_hypothesis_every_80_ms_with_the_time_of_its_sound(recognizer: Recognizer) -> None:
    recognizer.listen_for(GUIDING, STOP)
    times = [each.at for each in hear(recognizer, quiet(1.0))]
    assert times == pytest.approx([0.08 * n for n in range(1, 13)])


def test_blocks_may_have_any_length(recognizer: Recognizer, say: Say) -> None:
    sound = np.concatenate((quiet(0.5), say("go back"), quiet(1.2)))
    recognizer.listen_for(GUIDING, STOP)
    whole = list(recognizer.hear(sound))
    other = Recognizer(BUILT_IN)
    other.listen_for(GUIDING, STOP)
    bits = [each for start in range(0, len(sound), 331) for each in other.hear(sound[start : start + 331])]
    assert bits == whole


def test_the_same_sound_gives_the_same_hypotheses(say: Say) -> None:
    def session() -> list[Hypothesis]:
        recognizer = Recognizer(BUILT_IN)
        recognizer.listen_for(GUIDING, STOP)
        heard = hear(recognizer, quiet(0.4), say("next"), quiet(0.9), say("stop")[:4000])
        recognizer.listen_for(PAUSED, STOP)
        return heard + hear(recognizer, say("stop")[4000:], quiet(1.2), say("continue"), quiet(70))

    assert session() == session()


@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.7, 0.9, 1.0])
def test_a_word_begun_before_the_grammar_changed_is_not_lost(
    recognizer: Recognizer, say: Say, part: float
) -> None:
    stop = say("stop")
    cut = round(len(stop) * part)
    recognizer.listen_for(GUIDING, STOP)
    heard = hear(recognizer, quiet(0.5), stop[:cut])
    recognizer.listen_for(PAUSED, STOP)
    heard += hear(recognizer, stop[cut:], quiet(1.2))
    assert finals(heard) == ["stop"]


def test_a_word_begun_just_after_a_final_is_not_lost(recognizer: Recognizer, say: Say) -> None:
    recognizer.listen_for(GUIDING, STOP)
    sound = [*blocks(quiet(0.5), say("next"), quiet(1.5))]
    heard: list[Hypothesis] = []
    while not finals(heard):
        heard += recognizer.hear(sound.pop(0))
    stop = say("stop")
    heard += hear(recognizer, stop[:1600])
    recognizer.listen_for(PAUSED, STOP)
    heard += hear(recognizer, stop[1600:], quiet(1.2))
    assert finals(heard) == ["next", "stop"]


def test_words_of_the_old_grammar_are_not_heard_in_the_new_one(recognizer: Recognizer, say: Say) -> None:
    recognizer.listen_for(GUIDING, STOP)
    hear(recognizer, quiet(0.5), say("next"))
    recognizer.listen_for(PAUSED, STOP)
    assert "next" not in finals(hear(recognizer, quiet(1.2)))


def test_what_is_forgotten_is_not_heard_again(recognizer: Recognizer, say: Say) -> None:
    recognizer.listen_for(GUIDING, STOP)
    assert hear(recognizer, quiet(0.5), say("stop"), quiet(0.3))[-1].text == "stop"
    recognizer.forget_utterance()
    recognizer.listen_for(PAUSED, STOP)
    assert {each.text for each in hear(recognizer, quiet(1.2), say("ready"), quiet(1.2))} == {"", "ready"}


def test_a_long_utterance_is_heard_again_in_part(recognizer: Recognizer, say: Say) -> None:
    recognizer.listen_for(GUIDING, STOP)
    for _ in range(12):
        hear(recognizer, say("how long"))
    assert len(recognizer._utterance) * CHUNK / RATE == pytest.approx(3.0, abs=0.05)


def test_the_same_phrases_change_nothing(recognizer: Recognizer) -> None:
    recognizer.listen_for(GUIDING, STOP)
    ear = recognizer._ear
    recognizer.listen_for(GUIDING, STOP)
    assert recognizer._ear is ear


def test_silence_and_noise_are_no_words(recognizer: Recognizer) -> None:
    recognizer.listen_for(GUIDING, STOP)
    noise = np.random.default_rng(1).normal(0, 300, 10 * RATE).astype(np.int16)
    loud = np.random.default_rng(2).normal(0, 5000, 3 * RATE).astype(np.int16)
    assert set(finals(hear(recognizer, quiet(12), noise, quiet(2), loud, quiet(2)))) <= {"[unk]"}


def test_phrases_with_unknown_words_are_left_out_and_told(recognizer: Recognizer, say: Say) -> None:
    recognizer.listen_for(("stop", "sphinx", "sphinx and lynxes", "next"), STOP)
    assert recognizer.unheard == ("sphinx", "sphinx and lynxes")
    assert recognizer.missing(("sphinx and lynxes", "go back", "step")) == ("lynxes", "sphinx")
    assert finals(hear(recognizer, quiet(0.5), say("next"), quiet(1.2))) == ["next"]
    recognizer.listen_for(("stop",), STOP)
    assert not recognizer.unheard


def test_a_grammar_without_stop_is_refused_and_the_old_one_stays(recognizer: Recognizer, say: Say) -> None:
    recognizer.listen_for(GUIDING, STOP)
    refused: list[tuple[list[str], list[str]]] = [
        (["next", "halt"], ["halt"]),
        (["next"], ["stop"]),
        (["next"], []),
    ]
    for phrases, must_hear in refused:
        with pytest.raises(ModelError, match="without that nobody is safe"):
            recognizer.listen_for(phrases, must_hear)
    assert finals(hear(recognizer, quiet(0.5), say("go back"), quiet(1.2))) == ["go back"]


def test_hearing_needs_something_to_listen_for(recognizer: Recognizer) -> None:
    with pytest.raises(RuntimeError, match="listen_for"):
        recognizer.hear(quiet(0.01))


def test_nothing_is_written_to_the_terminal() -> None:
    # In a program of its own: Vosk writes to the C library's stderr.
    program = """
import numpy as np
from voice.recognition.models import BUILT_IN
from voice.recognition.recognizer import Recognizer
recognizer = Recognizer(BUILT_IN)
for phrases in (("stop", "next", "sphinx"), ("stop", "unheard of", "stop stop")):
    recognizer.listen_for(phrases, ("stop",))
    for seed in range(30):
        recognizer.hear(np.random.default_rng(seed).normal(0, 3000, 3200).astype(np.int16))
    recognizer.hear(np.zeros(16000 * 8, np.int16))
    recognizer.forget_utterance()
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == run.stderr == ""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
@pytest.mark.long
def test_minutes_of_speech_take_no_more_memory(recognizer: Recognizer, say: Say) -> None:
    recognizer.listen_for(GUIDING, STOP)
    minute = np.concatenate([np.concatenate((say(each), quiet(0.8))) for each in GUIDING])
    minute = np.tile(minute, 60 * RATE // len(minute) + 1)[: 60 * RATE]

    def resident_mb() -> float:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * 4096 / 2**20

    for _ in range(2):
        recognizer.hear(minute)
    before = resident_mb()
    for _ in range(4):
        recognizer.hear(minute)
    assert resident_mb() - before < 3


@pytest.mark.usefixtures("recognizer")
def test_what_an_interruption_left_half_made_goes_without_a_word() -> None:
    import vosk  # noqa: PLC0415 - as the recognizer does

    for half_made in (vosk.Model, vosk.KaldiRecognizer):
        half_made.__new__(half_made).__del__()

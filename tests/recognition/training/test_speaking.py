from __future__ import annotations

import math
from collections import Counter
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("pyworld")

from voice.recognition.training import corpus
from voice.recognition.training.engines import EngineError
from voice.recognition.training.speaking import ENGINE_SHARES, WARPED, plan, speak
from voice.recognition.training.texts import Kind, Text, texts
from voice.recognition.training.voices import Voice, trained, voices
from voice.recognition.training.warping import RATE, Warp

ESPEAK = (Voice("espeak", "en-us+m1"), Voice("espeak", "en-gb+f2"))
needs_espeak = pytest.mark.skipif(
    not any(voice.engine == "espeak" for voice in voices()), reason="espeak-ng is not installed"
)
INVENTED = tuple(Voice(engine, str(number)) for engine in ENGINE_SHARES for number in range(9))


class Seen(list[tuple[int, int]]):
    def __call__(self, done: int, total: int) -> None:
        self.append((done, total))


def level(clip: np.ndarray) -> float:
    """Decibels of the root mean square of what is loud, below full scale."""
    frames = clip[: len(clip) // 160 * 160].reshape(-1, 160).astype(float) / 32768
    power = (frames**2).mean(axis=1)
    return 10 * math.log10(power[power > power.max() * 10**-4.5].mean())


def test_a_plan_repeats_with_its_seed() -> None:
    orders = plan(INVENTED, texts(3), 300, 3)
    assert plan(INVENTED, texts(3), 300, 3) == orders
    assert plan(INVENTED, texts(3), 300, 4) != orders


def test_a_plan_balances_engines_and_warps() -> None:
    orders = plan(INVENTED, islice(texts(1), 4000), 4000, 1)
    engines = Counter(order.voice.engine for order in orders)
    for engine, share in ENGINE_SHARES.items():
        assert engines[engine] / 4000 == pytest.approx(share, abs=0.03)
    assert sum(order.change != Warp() for order in orders) / 4000 == pytest.approx(WARPED, abs=0.03)
    assert {order.voice for order in orders} == set(INVENTED)


def test_every_engine_that_can_be_there_has_a_share() -> None:
    assert {voice.engine for voice in trained()} <= set(ENGINE_SHARES)
    assert sum(ENGINE_SHARES.values()) == pytest.approx(1.0)


@needs_espeak
def test_a_corpus_holds_what_was_said_by_whom_trimmed_and_levelled(tmp_path: Path) -> None:
    seen = Seen()
    assert speak(tmp_path / "new", ESPEAK, texts(2), 30, seed=2, progress=seen) == 30
    made = corpus.read(tmp_path / "new")
    orders = plan(ESPEAK, texts(2), 30, 2)
    assert [(each.words, each.speaker) for each in made.utterances] == [
        (order.text.words, order.voice.id) for order in orders
    ]
    assert seen[0] == (0, 30)
    assert seen[-1] == (30, 30)
    for utterance in made.utterances:
        clip = made.clip(utterance)
        assert -27 < level(clip) < -13
        quiet = np.abs(clip) < 0.02 * np.abs(clip).max()
        assert quiet[: RATE // 25].all()
        assert 0.2 * RATE < len(clip) < 8 * RATE
    assert [path.name for path in (tmp_path / "new").iterdir() if path.is_dir()] == []


@needs_espeak
def test_what_is_there_is_not_said_again(tmp_path: Path) -> None:
    speak(tmp_path, ESPEAK, texts(2), 5, seed=2, progress=Seen())
    before = {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    seen = Seen()
    assert speak(tmp_path, ESPEAK, texts(2), 5, seed=2, progress=seen) == 5
    assert {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()} == before
    assert seen == []


@needs_espeak
def test_it_goes_on_where_it_was_interrupted(tmp_path: Path) -> None:
    class EnoughError(Exception):
        pass

    def until_the_first_shard(done: int, _: int) -> None:
        if done:
            raise EnoughError

    with pytest.raises(EnoughError):
        speak(tmp_path, ESPEAK, texts(2), 120, seed=2, progress=until_the_first_shard)
    assert not corpus.is_complete(tmp_path)
    seen = Seen()
    assert speak(tmp_path, ESPEAK, texts(2), 120, seed=2, progress=seen) == 120
    assert seen[0][0] >= 20
    assert len(corpus.read(tmp_path).utterances) == 120


@needs_espeak
def test_a_text_that_a_voice_makes_no_sound_of_is_left_out(tmp_path: Path) -> None:
    said = [Text(Kind.WORD, spoken) for spoken in ("stop", "...", "next")]
    assert speak(tmp_path, ESPEAK, said, 3, seed=2, progress=Seen()) == 2
    assert [each.words for each in corpus.read(tmp_path).utterances] == [("stop",), ("next",)]


@needs_espeak
def test_a_synthesizer_that_is_broken_is_told_and_nothing_counts_as_done(tmp_path: Path) -> None:
    broken = (Voice("espeak", "xx-of-nowhere"),)
    with pytest.raises(EngineError, match="espeak fails again and again"):
        speak(tmp_path / "clips", broken, texts(1), 20, seed=1, progress=Seen())
    assert not corpus.is_complete(tmp_path / "clips")
    assert not any(corpus.is_complete(part) for part in (tmp_path / "clips").rglob("*") if part.is_dir())


def test_a_synthesizer_with_a_damaged_file_is_told_at_the_first_clip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # for the processes that share the work
    (tmp_path / "easeup" / "kokoro").mkdir(parents=True)
    (tmp_path / "easeup" / "kokoro" / "tokenizer.json").write_text('{"model": {"vocab": {"a":')
    with pytest.raises(EngineError, match=r"easeup/kokoro/tokenizer\.json is damaged .*; delete it, and put"):
        speak(tmp_path / "clips", [Voice("kokoro", "af_heart")], texts(1), 1, seed=1, progress=Seen())
    assert not corpus.is_complete(tmp_path / "clips")


def test_nothing_to_say_is_a_text_like_any_other() -> None:
    assert plan(INVENTED, [Text(Kind.WORD, "hello")], 10, 1)[0].text.words == ("hello",)

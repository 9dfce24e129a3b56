"""Its files come from elsewhere: each may be cut short, damaged or missing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("pyworld")

from voice.recognition.training.engines import BrokenEngineError, EngineError, Kokoro, kokoro

INSTALLED = kokoro._FOLDER
needs_kokoro = pytest.mark.skipif(not Kokoro().names(), reason="Kokoro is not installed")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where it looks for its files: none are there."""
    caches = (kokoro._vocabulary, kokoro._style, kokoro._network)
    for cache in caches:
        cache.cache_clear()
    monkeypatch.setattr(kokoro, "_FOLDER", tmp_path)
    (tmp_path / "voices").mkdir()
    yield tmp_path
    for cache in caches:
        cache.cache_clear()


def says_which(error: BrokenEngineError, path: Path) -> None:
    assert re.fullmatch(
        rf"kokoro: {path} is damaged or not whole \(.+\); delete it, and put it there anew, from .+",
        str(error),
    )


def test_a_tokenizer_that_is_cut_short_or_another(folder: Path) -> None:
    path = folder / "tokenizer.json"
    whole = json.dumps({"model": {"vocab": {"a": 43, "\N{LATIN SMALL LETTER SCHWA}": 83}}})
    for content in (whole[: len(whole) // 2], "", "[]", json.dumps({"model": {"vocab": 7}})):
        path.write_text(content, "utf-8")
        with pytest.raises(BrokenEngineError) as caught:
            Kokoro().say("af_heart", "stop", 1.0, 1.0)
        says_which(caught.value, path)
    path.write_text(whole, "utf-8")
    assert kokoro._vocabulary()["a"] == 43


def test_a_speaker_that_is_cut_short_or_missing(folder: Path) -> None:
    path = folder / "voices" / "af_heart.bin"
    with pytest.raises(BrokenEngineError) as caught:
        kokoro._style("af_heart")
    says_which(caught.value, path)
    whole = np.arange(510 * 256, dtype="<f4").tobytes()
    for size in (0, 1_023, 100 * 1_024, len(whole) - 1):
        path.write_bytes(whole[:size])
        with pytest.raises(BrokenEngineError) as caught:
            kokoro._style("af_heart")
        says_which(caught.value, path)
    path.write_bytes(whole)
    assert kokoro._style("af_heart")[2][0] == 512


@pytest.mark.parametrize("content", [b"", b"no network at all"])
def test_a_network_that_is_none(folder: Path, content: bytes) -> None:
    pytest.importorskip("onnxruntime")
    (folder / "kokoro-quantized.onnx").write_bytes(content)
    with pytest.raises(BrokenEngineError) as caught:
        kokoro._network()
    says_which(caught.value, folder / "kokoro-quantized.onnx")


@needs_kokoro
def test_a_network_that_is_cut_short(folder: Path) -> None:
    for name in ("tokenizer.json", "voices/af_heart.bin"):
        (folder / name).symlink_to(INSTALLED / name)
    whole = (INSTALLED / "kokoro-quantized.onnx").read_bytes()
    (folder / "kokoro-quantized.onnx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BrokenEngineError) as caught:
        Kokoro().say("af_heart", "stop", 1.0, 1.0)
    says_which(caught.value, folder / "kokoro-quantized.onnx")
    (folder / "kokoro-quantized.onnx").write_bytes(whole)
    assert len(Kokoro().say("af_heart", "stop", 1.0, 1.0)) > 3_000


@needs_kokoro
def test_figures_that_the_network_refuses(folder: Path) -> None:
    for name in ("kokoro-quantized.onnx", "voices/af_heart.bin"):
        (folder / name).symlink_to(INSTALLED / name)
    signs = json.loads((INSTALLED / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    beyond = {"model": {"vocab": dict.fromkeys(signs, 100_000)}}
    (folder / "tokenizer.json").write_text(json.dumps(beyond), "utf-8")
    with pytest.raises(EngineError, match="kokoro: no sound for 'stop'") as caught:
        Kokoro().say("af_heart", "stop", 1.0, 1.0)
    assert "\n" not in str(caught.value)

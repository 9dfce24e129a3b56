"""A network of random weights gives the same scores when it is computed from its file alone."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

pytest.importorskip("torch", reason="training needs the train extra")

import torch

from voice.recognition.training import export
from voice.recognition.training.hub import vosk_phones
from voice.recognition.training.network import STEP, Network, Shape
from voice.recognition.training.phones import PHONES

Floats = npt.NDArray[np.float32]
SMALL = Shape(width=24, rank=8)


@pytest.fixture
def network() -> Network:
    torch.manual_seed(1)
    network = Network(SMALL)
    torch.nn.init.normal_(network.last.weight, std=0.5)
    network.mean.copy_(torch.randn(len(network.mean)))
    network.scale.copy_(torch.rand(len(network.scale)) + 0.5)
    for _ in range(5):  # so that the norms have something to keep
        network(3 * torch.randn(8, 90, len(network.mean)) + 1)
    return network.eval()


class Written:
    """The network of a `final.mdl`, computed column by column as its configuration says."""

    def __init__(self, model: bytes, frames: Floats) -> None:
        self._model, self._frames = model, frames
        configuration = model[model.index(b"<Nnet3> \n") : model.index(b"\n\n<NumComponents>")].decode()
        self._inputs = dict(re.findall(r"component-node name=(\S+) component=\S+ input=(.*)", configuration))
        self.value: Callable[[str, int], Floats] = cache(self._value)
        self._affine = cache(self._read_affine)

    def _read_affine(self, name: str) -> tuple[Floats, Floats]:
        at = self._model.index(f"<ComponentName> {name} <FixedAffineComponent> <LinearParams> FM ".encode())
        at = self._model.index(b"FM ", at) + 3
        rows, columns = (struct.unpack_from("<i", self._model, at + 1 + 5 * n)[0] for n in (0, 1))
        weight = np.frombuffer(self._model, "<f4", rows * columns, at + 10).reshape(rows, columns)
        at = self._model.index(b"<BiasParams> FV ", at + 10 + 4 * rows * columns) + 16
        return weight, np.frombuffer(self._model, "<f4", rows, at + 5)

    def _value(self, node: str, time: int) -> Floats:
        if node == "input":
            return np.asarray(self._frames[np.clip(time, 0, len(self._frames) - 1)])
        value = self._described(self._inputs[node], time)
        if node.endswith("relu"):
            return np.asarray(np.maximum(value, 0))
        if node.endswith("sum"):
            return value
        weight, bias = self._affine(node)
        return weight @ value + bias

    def _described(self, text: str, time: int) -> Floats:
        text = text.strip()
        if match := re.fullmatch(r"(Append|Sum)\((.*)\)", text):
            parts = [self._described(part, time) for part in re.split(r",\s*(?![^()]*\))", match[2])]
            return np.concatenate(parts) if match[1] == "Append" else np.sum(parts, axis=0)
        if match := re.fullmatch(r"Offset\((\S+), (-?\d+)\)", text):
            return self.value(match[1], time + int(match[2]))
        if match := re.fullmatch(r"Scale\((\S+), (\S+)\)", text):
            return np.float32(match[1]) * self.value(match[2], time)
        return self.value(text, time)


def test_the_scores_are_the_same(network: Network, tmp_path: Path) -> None:
    export.write(tmp_path, network)
    frames = 3 * torch.randn(1, 60, len(network.mean)) + 1
    with torch.no_grad():
        expected = network(frames)[0].numpy()
    written = Written((tmp_path / "am" / "final.mdl").read_bytes(), frames[0].numpy())
    scores = np.stack([written.value("output.affine", time) for time in range(0, 60, STEP)])
    assert np.abs(expected).max() > 0.1
    assert np.abs(scores - expected).max() < 1e-4


def test_every_phone_but_silence_is_four_to_vosk() -> None:
    numbers = [phone for phone, _ in vosk_phones()]
    assert numbers[:5] == ["SIL", *4 * [PHONES[1]]]

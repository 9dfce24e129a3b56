"""Writes a trained network and its settings in Vosk's format: `am/final.mdl` and `conf/`, not the graph.

The format is that of Kaldi's nnet3 models, written in binary. Norms are folded into the affine components,
so that only kinds of components remain which every Vosk has.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from .features import CEPSTRA, HIGH_HZ, LOW_HZ, RATE
from .hub import vosk_phones
from .network import BYPASS, STEP, Layer, Network
from .phones import forward_pdf, loop_pdf

Array = npt.NDArray[np.float64]
MFCC = {
    "sample-frequency": RATE,
    "use-energy": "false",
    "num-mel-bins": CEPSTRA,
    "num-ceps": CEPSTRA,
    "low-freq": LOW_HZ,
    "high-freq": HIGH_HZ,
    "dither": 0,
    "allow-downsample": "true",
}
DECODING = {
    "min-active": 200,
    "max-active": 1500,
    "beam": 13.0,
    "lattice-beam": 3.0,  # with 5, minutes of talk in noise took ten seconds at a time to sum up
    "acoustic-scale": 1.0,
    "frame-subsampling-factor": STEP,
    "frames-per-chunk": 9,  # scores come every 90 ms instead of every 200
    "endpoint.silence-phones": 1,
    "endpoint.rule2.min-trailing-silence": 0.5,
    "endpoint.rule3.min-trailing-silence": 0.75,
    "endpoint.rule4.min-trailing-silence": 1.0,
}


def write(folder: Path, network: Network) -> None:
    """Write `am/` and `conf/` into a model's folder."""
    for name, options in (("mfcc", MFCC), ("model", DECODING)):
        path = folder / "conf" / f"{name}.conf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"--{key}={value}\n" for key, value in options.items()), encoding="utf-8")
    am = folder / "am" / "final.mdl"
    am.parent.mkdir(parents=True, exist_ok=True)
    am.write_bytes(b"\0B" + _transitions() + _nnet(network))


def _int(value: int) -> bytes:
    return b"\4" + struct.pack("<i", value)


def _float(value: float) -> bytes:
    return b"\4" + struct.pack("<f", value)


def _double(value: float) -> bytes:
    return b"\x08" + struct.pack("<d", value)


def _vector(values: npt.ArrayLike) -> bytes:
    array = np.asarray(values, "<f4")
    return b"FV " + _int(len(array)) + array.tobytes()


def _matrix(values: Array) -> bytes:
    rows, columns = values.shape
    return b"FM " + _int(rows) + _int(columns) + np.ascontiguousarray(values, "<f4").tobytes()


def _ints(values: list[int]) -> bytes:
    return _int(len(values)) + np.asarray(values, "<i4").tobytes()


def _transitions() -> bytes:
    """One state a phone: a pdf for its first frame, another for the further ones, both at even odds."""
    phones = dict(enumerate((phone for phone, _ in vosk_phones()), start=1))
    out = BytesIO()
    out.write(b"<TransitionModel> <Topology> ")
    out.write(_ints(list(phones)))
    out.write(_ints([-1] + [0] * len(phones)))
    out.write(_int(-1) + _int(1) + _int(2))
    out.write(_int(0) + _int(1) + _int(2) + _int(0) + _float(0.5) + _int(1) + _float(0.5))
    out.write(_int(-1) + _int(-1) + _int(0))
    out.write(b"</Topology> <Tuples> ")
    out.write(_int(len(phones)))
    for number, phone in phones.items():
        out.write(_int(number) + _int(0) + _int(forward_pdf(phone)) + _int(loop_pdf(phone)))
    out.write(b"</Tuples> <LogProbs> ")
    out.write(_vector([0.0] + [float(np.log(0.5))] * (2 * len(phones))))
    out.write(b"</LogProbs> </TransitionModel> ")
    return out.getvalue()


@dataclass
class _Graph:
    """Components and the lines that connect them."""

    lines: list[str] = field(default_factory=list)
    components: list[tuple[str, bytes]] = field(default_factory=list)

    def add(self, name: str, body: bytes, source: str) -> str:
        self.components.append((name, body))
        self.lines.append(f"component-node name={name} component={name} input={source}")
        return name

    def affine(self, name: str, weight: Array, bias: Array, source: str) -> str:
        """With weights of shape (out, in, taps): taps side by side, the earliest first, as by `Append`."""
        flat = np.concatenate([weight[:, :, tap] for tap in range(weight.shape[2])], axis=1)
        body = b"<FixedAffineComponent> <LinearParams> " + _matrix(flat) + b"<BiasParams> " + _vector(bias)
        return self.add(name, body + b"</FixedAffineComponent> ", source)

    def rectified(self, name: str, width: int, source: str) -> str:
        nothing = _vector([])
        body = (
            b"<RectifiedLinearComponent> <Dim> " + _int(width)
            + b"<ValueAvg> " + nothing + b"<DerivAvg> " + nothing
            + b"<Count> " + _double(0.0)
            + b"<OderivRms> " + nothing + b"<OderivCount> " + _double(0.0)
            + b"<NumDimsSelfRepaired> " + _double(0.0) + b"<NumDimsProcessed> " + _double(0.0)
            + b"</RectifiedLinearComponent> "
        )  # fmt: skip
        return self.add(name, body, source)

    def total(self, name: str, width: int, one: str, other: str) -> str:
        body = (
            b"<NoOpComponent> <Dim> " + _int(width) + b"<BackpropScale> " + _float(1.0) + b"</NoOpComponent> "
        )
        return self.add(name, body, f"Sum({one}, Scale({BYPASS}, {other}))")


def _nnet(network: Network) -> bytes:
    graph = _Graph([f"input-node name=input dim={CEPSTRA}"])
    width = network.shape.width
    reach = network.shape.first
    weight, bias = _weights(network.first)
    # Each tap sees the input through its normalisation.
    mean, scale = network.mean.double().numpy(), network.scale.double().numpy()
    bias = bias - np.einsum("oit,i->o", weight, mean * scale)
    gain, offset = _gain_and_offset(network.first_norm)
    sources = ", ".join(_shifted("input", at) for at in range(-reach, reach + 1))
    x = graph.affine(
        "first.affine", weight * scale[:, None] * gain[:, None, None], bias * gain, f"Append({sources})"
    )
    x = graph.rectified("first.relu", width, x)
    for number, layer in enumerate(network.layers, start=1):
        if not isinstance(layer, Layer):
            raise TypeError(layer)
        x, offset = _layer(graph, f"layer{number}", layer, x, offset)
    weight, bias = _weights(network.last)
    x = graph.affine("output.affine", weight, bias + weight[:, :, 0] @ offset, x)
    graph.lines.append(f"output-node name=output input={x} objective=linear")
    out = BytesIO()
    out.write(b"<Nnet3> \n" + "\n".join(graph.lines).encode() + b"\n\n<NumComponents> ")
    out.write(_int(len(graph.components)))
    for name, body in graph.components:
        out.write(f"<ComponentName> {name} ".encode() + body)
    out.write(
        b"</Nnet3> <LeftContext> " + _int(0) + b"<RightContext> " + _int(0) + b"<Priors> " + _vector([])
    )
    return out.getvalue()


def _layer(graph: _Graph, name: str, layer: Layer, source: str, offset: Array) -> tuple[str, Array]:
    """Add a layer.

    Args:
        graph: To add it to.
        name: Of the layer.
        layer: To be added.
        source: Where its input comes from.
        offset: What is still to be added to the input: norms only multiply in the exported network.

    Returns:
        Where its output comes from, and what is still to be added to that.
    """
    weight, bias = _weights(layer.down)
    down = graph.affine(
        f"{name}.down", weight, np.einsum("oit,i->o", weight, offset), _taps(source, -layer.reach.back)
    )
    weight, bias = _weights(layer.up)
    gain, added = _gain_and_offset(layer.norm)
    up = graph.affine(f"{name}.up", weight * gain[:, None, None], bias * gain, _taps(down, layer.reach.ahead))
    width = len(bias)
    return graph.total(f"{name}.sum", width, graph.rectified(f"{name}.relu", width, up), source), (
        added + BYPASS * offset
    )


def _gain_and_offset(norm: nn.BatchNorm1d) -> tuple[Array, Array]:
    """A norm as gain and offset. As a gain is above zero, it can be applied before the rectifier as well."""
    mean, variance = norm.running_mean, norm.running_var
    if mean is None or variance is None:
        raise ValueError("the norm keeps no statistics")
    gain = 1 / np.sqrt(_double_array(variance) + norm.eps)
    return gain, -_double_array(mean) * gain


def _taps(source: str, offset: int) -> str:
    if not offset:
        return source
    return f"Append({', '.join(_shifted(source, each) for each in sorted((0, offset)))})"


def _shifted(source: str, offset: int) -> str:
    return f"Offset({source}, {offset})" if offset else source


def _weights(convolution: nn.Module) -> tuple[Array, Array]:
    """Shape (out, in, taps), and (out,)."""
    if not isinstance(convolution, nn.Conv1d):
        raise TypeError(convolution)
    bias = torch.zeros(convolution.out_channels) if convolution.bias is None else convolution.bias
    return _double_array(convolution.weight), _double_array(bias)


def _double_array(tensor: Tensor) -> Array:
    array: Array = tensor.detach().double().numpy()
    return array

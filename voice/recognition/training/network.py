"""The acoustic model, from MFCC to scores of phones: a time-delay network of factored layers. Trains nothing.

Factored layers after "Semi-orthogonal low-rank matrix factorization for deep neural networks" (Povey et
al., 2018), without the constraint. Only what `export.py` can write down for Vosk may be used here.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from .features import CEPSTRA
from .phones import PDFS

STEP = 3
"""Scores come for every third frame: every 30 ms."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a layer looks, in frames of 10 ms."""

    back: int
    ahead: int


@dataclass(frozen=True, slots=True)
class Shape:
    """The network's size."""

    width: int = 288
    rank: int = 112
    first: int = 2
    """The first layer sees so many frames on either side."""
    fine: Reach = Reach(1, 1)
    """The second looks at single frames, too, but gives every third column only, as all after it do."""
    coarse: tuple[Reach, ...] = (
        *(Reach(3, 3), Reach(3, 3), Reach(3, 3)),
        *(Reach(6, 0), Reach(6, 0), Reach(9, 0), Reach(9, 0)),
    )
    """Most look back only: what lies ahead has to be waited for."""

    @property
    def context(self) -> Reach:
        """How far the whole network looks."""
        layers = (self.fine, *self.coarse)
        return Reach(
            self.first + sum(layer.back for layer in layers),
            self.first + sum(layer.ahead for layer in layers),
        )


BYPASS = 0.66
"""Share of a layer's input that is added to its output."""


class Layer(nn.Module):
    """Down to `rank` dimensions and up again, over two frames each, added to what came in.

    Norms have no weights, so that a rectifier and the norm after it can be exported as affine components.
    """

    def __init__(self, shape: Shape, reach: Reach, step: int, stride: int) -> None:
        """With `step` frames from one column of its input to the next; gives one in `stride` columns."""
        super().__init__()
        width, rank = shape.width, shape.rank
        self.reach, self.stride = reach, stride
        self.back, self.ahead = reach.back // step, reach.ahead // step
        self.down = nn.Conv1d(width, rank, 2 if self.back else 1, dilation=max(self.back, 1), bias=False)
        self.up = nn.Conv1d(rank, width, 2 if self.ahead else 1, dilation=max(self.ahead, 1), stride=stride)
        self.norm = nn.BatchNorm1d(width, affine=False)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor) -> Tensor:
        """Shape (clips, width, columns) in, `back + ahead` columns fewer out, before the stride."""
        y: Tensor = self.norm(torch.relu(self.up(self.drop(self.down(x)))))
        return y + BYPASS * x[..., self.back : x.shape[-1] - self.ahead : self.stride]


class Network(nn.Module):
    """Scores of `PDFS` for every third frame."""

    mean: Tensor
    scale: Tensor

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.register_buffer("mean", torch.zeros(CEPSTRA))
        self.register_buffer("scale", torch.ones(CEPSTRA))
        self.first = nn.Conv1d(CEPSTRA, shape.width, 2 * shape.first + 1)
        self.first_norm = nn.BatchNorm1d(shape.width, affine=False)
        self.layers = nn.ModuleList(
            [Layer(shape, shape.fine, 1, STEP), *(Layer(shape, reach, STEP, 1) for reach in shape.coarse)]
        )
        self.last = nn.Conv1d(shape.width, PDFS, 1, bias=False)
        nn.init.zeros_(self.last.weight)

    def forward(self, cepstra: Tensor) -> Tensor:
        """Shape (clips, frames, `CEPSTRA`) in, (clips, frames / `STEP` rounded up, `PDFS`) out.

        Beyond both ends, the first and the last frame are repeated, as Vosk does.
        """
        context = self.shape.context
        x = ((cepstra - self.mean) * self.scale).transpose(1, 2)
        x = nn.functional.pad(x, (context.back, context.ahead), mode="replicate")
        x = self.first_norm(torch.relu(self.first(x)))
        for layer in self.layers:
            x = layer(x)
        scores: Tensor = self.last(x).transpose(1, 2)
        return scores

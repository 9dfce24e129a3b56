"""What is trained for: lattice-free maximum mutual information. From scores and the phones said to a loss.

How much more likely what was said is than any phones at all, for which a bigram stands (Povey et al., 2016,
"Purely sequence-trained neural networks for ASR based on lattice-free MMI"), over whole utterances and from
a flat start, so that nothing has to be aligned (Hadian et al., 2018, "End-to-end speech recognition using
lattice-free MMI"). Gradients are computed here by the forward-backward algorithm; leaving that to PyTorch
takes several times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor

from .phones import INDEX, PHONES, SILENCE

_NEVER = -1e30
_TINY = 1e-30
Chain = Sequence[tuple[int, bool]]
"""Phones of an utterance in order, and whether each may be left out (a silence)."""


def chain(words: Iterable[Sequence[str]]) -> list[tuple[int, bool]]:
    """The phones of words with a silence that may be left out around each.

    Args:
        words: The phones of each word. Without any, there is only silence.
    """
    silence = INDEX[SILENCE]
    result = [(silence, True)]
    for phones in words:
        result += [(INDEX[phone], False) for phone in phones]
        result.append((silence, True))
    return result if len(result) > 1 else [(silence, False)]


def bigram(chains: Iterable[Chain], pause: float = 0.3, smooth: float = 0.3) -> Tensor:
    """How likely each phone follows each, of shape (phones, phones); rows sum to one.

    Args:
        chains: Utterances to count in.
        pause: How often a silence that may be left out is taken to be there.
        smooth: Share of the distribution that doesn't look at the phone before.
    """
    counts = torch.full((len(PHONES), len(PHONES)), 0.1, dtype=torch.float64)
    for each in chains:
        for (left, may_skip), (right, _) in pairwise(each):
            counts[left, right] += pause if may_skip else 1.0
        for (left, _), (_, may_skip), (right, _) in zip(each, each[1:], each[2:], strict=False):
            counts[left, right] += 1 - pause if may_skip else 0.0
    alone = counts.sum(dim=0) / counts.sum()
    return ((1 - smooth) * counts / counts.sum(dim=1, keepdim=True) + smooth * alone).float()


@dataclass(frozen=True, slots=True)
class Numerators:
    """Chains of a batch, padded: each tensor has the shape (clips, longest chain)."""

    phones: Tensor
    enter: Tensor
    """Logarithm of the bigram from the phone before."""
    leap: Tensor
    """The same from the one before that, where the phone between may be left out."""
    ends: Tensor
    """Zero where the utterance may end, else `_NEVER`."""
    starts: Tensor
    """The same for where it may start."""


def numerators(chains: Sequence[Chain], transitions: Tensor) -> Numerators:
    """The chains of a batch as tensors."""
    longest = max(map(len, chains))
    shape = (len(chains), longest)
    log = transitions.log()
    silence = INDEX[SILENCE]
    phones = torch.zeros(shape, dtype=torch.long)
    enter, leap, ends, starts = (torch.full(shape, _NEVER) for _ in range(4))
    for row, each in enumerate(chains):
        index = torch.tensor([phone for phone, _ in each])
        size = len(index)
        phones[row, :size] = index
        enter[row, 1:size] = log[index[:-1], index[1:]]
        starts[row, 0] = log[silence, index[0]]
        ends[row, size - 1] = 0.0
        if size > 1:
            may_skip = torch.tensor([skippable for _, skippable in each])
            jumps = log[index[:-2], index[2:]]
            leap[row, 2:size] = torch.where(may_skip[1:-1], jumps, torch.full_like(jumps, _NEVER))
            if may_skip[0]:
                starts[row, 1] = log[silence, index[1]]
            if may_skip[-1]:
                ends[row, size - 2] = 0.0
    return Numerators(phones, enter, leap, ends, starts)


class _Mmi(torch.autograd.Function):
    @staticmethod
    def forward(context: Any, scores: Tensor, said: Numerators, transitions: Tensor) -> Tensor:
        wanted, wanted_share = _likelihood_of(said, scores)
        any_, any_share = _likelihood_of_any(transitions, scores)
        context.save_for_backward(any_share - wanted_share)
        return any_ - wanted

    @staticmethod
    def backward(context: Any, *gradients: Tensor) -> tuple[Tensor, None, None]:
        (difference,) = context.saved_tensors
        return difference * gradients[0][:, None, None], None, None


def loss(scores: Tensor, said: Numerators, transitions: Tensor) -> Tensor:
    """What is to become small.

    Args:
        scores: Of the network, shape (clips, columns, pdfs).
        said: What was said in each clip.
        transitions: A bigram of phones, as `bigram` gives it.

    Returns:
        Shape (clips,), in nats; never below zero but for rounding.
    """
    result: Tensor = _Mmi.apply(scores, said, transitions)  # type: ignore[no-untyped-call]
    return result


def _likelihood_of(said: Numerators, scores: Tensor) -> tuple[Tensor, Tensor]:
    """Log-likelihood of each clip's chain, and its gradient by the scores; with logarithms."""
    pdf = (2 * said.phones)[:, None, :].expand(-1, scores.shape[1], -1)
    first, more = scores.gather(2, pdf), scores.gather(2, pdf + 1)
    columns = scores.shape[1]
    alphas = torch.empty_like(first)
    entries = torch.empty_like(first)
    alpha = said.starts + first[:, 0]
    alphas[:, 0], entries[:, 0] = alpha, alpha
    for t in range(1, columns):
        entry = torch.logaddexp(_later(alpha, 1) + said.enter, _later(alpha, 2) + said.leap) + first[:, t]
        alpha = torch.logaddexp(entry, alpha + more[:, t])
        alphas[:, t], entries[:, t] = alpha, entry
    total = torch.logsumexp(alpha + said.ends, dim=1)
    beta = said.ends
    betas = torch.empty_like(first)
    for t in range(columns - 1, -1, -1):
        betas[:, t] = beta
        ahead = beta + first[:, t]
        beta = torch.logaddexp(
            beta + more[:, t],
            torch.logaddexp(_sooner(ahead + said.enter, 1), _sooner(ahead + said.leap, 2)),
        )
    entered = (entries + betas - total[:, None, None]).exp()
    stayed = ((alphas + betas - total[:, None, None]).exp() - entered).clamp_min(0.0)
    share = torch.zeros_like(scores)
    share.scatter_add_(2, pdf, entered)
    share.scatter_add_(2, pdf + 1, stayed)
    return total, share


def _later(x: Tensor, by: int) -> Tensor:
    return torch.nn.functional.pad(x, (by, 0), value=_NEVER)[:, : x.shape[1]]


def _sooner(x: Tensor, by: int) -> Tensor:
    return torch.nn.functional.pad(x, (0, by), value=_NEVER)[:, by:]


def _likelihood_of_any(transitions: Tensor, scores: Tensor) -> tuple[Tensor, Tensor]:
    """Log-likelihood of any phones, and its gradient by the scores; scaled to one at each column."""
    highest = scores.amax(dim=2, keepdim=True)
    weights = (scores - highest).exp()
    first, more = weights[..., 0::2], weights[..., 1::2]
    columns = scores.shape[1]
    alphas = torch.empty_like(first)
    entries = torch.empty_like(first)
    sizes = torch.empty(scores.shape[0], columns)
    alpha = transitions[INDEX[SILENCE]].expand(len(scores), -1)
    for t in range(columns):
        entry = (alpha @ transitions if t else alpha) * first[:, t]
        alpha = entry + alpha * more[:, t] if t else entry
        size = alpha.sum(dim=1, keepdim=True).clamp_min(_TINY)
        alpha = alpha / size
        alphas[:, t], entries[:, t], sizes[:, t] = alpha, entry / size, size[:, 0]
    total = sizes.log().sum(dim=1) + highest.sum(dim=(1, 2))
    beta = torch.ones_like(alpha)
    betas = torch.empty_like(first)
    backwards = transitions.T.contiguous()
    for t in range(columns - 1, -1, -1):
        betas[:, t] = beta
        beta = ((beta * first[:, t]) @ backwards + beta * more[:, t]) / sizes[:, t, None]
    entered = entries * betas
    stayed = (alphas * betas - entered).clamp_min(0.0)
    return total, torch.stack((entered, stayed), dim=3).flatten(2)

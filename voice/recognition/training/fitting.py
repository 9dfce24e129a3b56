"""Trains the network on batches. Stopped at any moment, it goes on from its checkpoint to the same end."""

from __future__ import annotations

import copy
import math
import os
import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, Subset

from .batches import Batch, Batches, is_long
from .network import Network, Shape
from .objective import loss, numerators
from .workers import made_by_others

_CHECKPOINT_EVERY = 100
_LONGEST_STEP = 2.0
"""Longest gradient: a single odd batch must not throw the network off."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How long, and how fast."""

    steps: int = 5_000
    rate: float = 2e-3
    """Learning rate at its highest; it rises for `warm_up` steps and falls to nothing like half a cosine."""
    warm_up: int = 150
    decay: float = 1e-2
    """Of the weights (AdamW)."""
    small_scores: float = 2e-4
    """Weight of the scores' squares in the loss: without, their scale drifts away."""
    averaged: float = 0.995
    """The model is an exponential average of the weights at all steps, with this memory."""


Report = Callable[[int, float], None]
"""Told after each step: its number, from one, and its loss a column."""


def fit(
    folder: Path,
    batches: Batches,
    transitions: Tensor,
    *,
    shape: Shape,
    recipe: Recipe,
    seed: int,
    report: Report,
) -> Network:
    """Train, or go on training.

    Args:
        folder: For the checkpoint.
        batches: To train on, one a step.
        transitions: Bigram of phones.
        shape: Of the network.
        recipe: Of the training.
        seed: Of the first weights, and of what is dropped out.
        report: Told of each step.

    Returns:
        The network with averaged weights, not to be trained any more.

    Raises:
        WorkerError: The process that makes the batches was killed; the last checkpoint is there.
    """
    torch.manual_seed(seed)
    network = Network(shape)
    _normalise(network, batches)
    averaged = copy.deepcopy(network).requires_grad_(False)
    optimizer = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    checkpoint = folder / "checkpoint.pt"
    done = _restore(checkpoint, network, averaged, optimizer)
    network.train()
    halved = _multiplies_halves()
    with made_by_others(_from(batches, done, recipe.steps)) as made:
        for step, batch in enumerate(made, start=done):
            torch.manual_seed(seed * 1_000_003 + step)
            for group in optimizer.param_groups:
                group["lr"] = recipe.rate * _schedule(step, recipe)
            with torch.autocast("cpu", torch.bfloat16, enabled=halved):
                scores = network(batch.cepstra).float()
            each = loss(scores, numerators(batch.chains, transitions), transitions) / scores.shape[1]
            optimizer.zero_grad(set_to_none=True)
            total = each.mean() + recipe.small_scores * scores.square().sum(dim=2).mean()
            total.backward()
            nn.utils.clip_grad_norm_(network.parameters(), _LONGEST_STEP)
            optimizer.step()
            _average(averaged, network, min(recipe.averaged, (step + 1) / (step + 10)))
            report(step + 1, float(each.detach().mean()))
            if (step + 1) % _CHECKPOINT_EVERY == 0 or step + 1 == recipe.steps:
                _save(checkpoint, network, averaged, optimizer, step + 1)
    return averaged.eval()


def _multiplies_halves() -> bool:
    """Whether this processor multiplies numbers of 16 bits itself, which takes half the time."""
    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))


def _schedule(step: int, recipe: Recipe) -> float:
    rising = min(1.0, (step + 1) / recipe.warm_up)
    return rising * 0.5 * (1 + math.cos(math.pi * step / recipe.steps))


def _from(batches: Batches, first: int, last: int) -> Iterable[Batch]:
    """Batches made by another process while this one trains."""
    return DataLoader(
        Subset(batches, range(first, last)),
        batch_size=None,
        num_workers=1 if first < last else 0,
        prefetch_factor=4 if first < last else None,
    )


def _normalise(network: Network, batches: Batches) -> None:
    """Let the network's input have mean zero and variance one, as measured on some batches."""
    seen = torch.cat([batches[number].cepstra.flatten(0, 1) for number in range(4) if not is_long(number)])
    network.mean.copy_(seen.mean(dim=0))
    network.scale.copy_(1 / seen.std(dim=0))


@torch.no_grad()
def _average(averaged: nn.Module, network: nn.Module, memory: float) -> None:
    for kept, now in zip(averaged.state_dict().values(), network.state_dict().values(), strict=True):
        if kept.is_floating_point():
            kept.lerp_(now, 1 - memory)
        else:
            kept.copy_(now)


def _save(
    path: Path, network: nn.Module, averaged: nn.Module, optimizer: torch.optim.Optimizer, steps: int
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = BytesIO()  # PyTorch itself makes a RuntimeError of a full disk
    torch.save(
        {
            "network": network.state_dict(),
            "averaged": averaged.state_dict(),
            "optimizer": optimizer.state_dict(),
            "steps": steps,
        },
        content,
    )
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(content.getbuffer())
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _restore(path: Path, network: nn.Module, averaged: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    """Steps already done; none where there is no checkpoint, or one that can't be read."""
    try:
        kept = torch.load(path, weights_only=True)
    except FileNotFoundError:
        return 0
    except (EOFError, RuntimeError, pickle.UnpicklingError):
        return 0
    network.load_state_dict(kept["network"])
    averaged.load_state_dict(kept["averaged"])
    optimizer.load_state_dict(kept["optimizer"])
    return int(kept["steps"])

from __future__ import annotations

import itertools

import pytest

pytest.importorskip("torch", reason="training needs the train extra")

import torch
from torch import Tensor

from voice.recognition.training.objective import Chain, bigram, chain, loss, numerators
from voice.recognition.training.phones import INDEX, PDFS, PHONES, SILENCE

STOP, GO = ("S", "T", "AA", "P"), ("G", "OW")
COLUMNS = 6


def ways(phones: Chain) -> list[tuple[int, ...]]:
    """Every way to leave out what may be left out."""
    options = [((phone,), ()) if may_skip else ((phone,),) for phone, may_skip in phones]
    return [sum(choice, ()) for choice in itertools.product(*options)]


def alignments(phones: tuple[int, ...], columns: int) -> list[list[tuple[int, bool]]]:
    """Every way to spread phones over columns: the phone of each column, and whether it begins there."""
    found = []
    for cuts in itertools.combinations(range(1, columns), len(phones) - 1):
        starts = (0, *cuts)
        found.append([(phones[sum(s <= t for s in starts) - 1], t in starts) for t in range(columns)])
    return found


def score(scores: Tensor, transitions: Tensor, alignment: list[tuple[int, bool]]) -> Tensor:
    total, before = torch.tensor(0.0), INDEX[SILENCE]
    for column, (phone, begins) in enumerate(alignment):
        total = total + scores[column, 2 * phone + (not begins)]
        if begins:
            total = total + transitions[before, phone].log()
        before = phone
    return total


@pytest.fixture
def transitions() -> Tensor:
    return bigram([chain([STOP, GO]), chain([GO]), chain([])])


def test_a_bigram_is_one() -> None:
    ours = bigram([chain([STOP])])
    assert torch.allclose(ours.sum(dim=1), torch.ones(len(PHONES)))
    assert ours[INDEX["S"], INDEX["T"]] > 5 * ours[INDEX["S"], INDEX["P"]]


@pytest.mark.parametrize("words", [[GO], [], [GO, ("AY",)]])
def test_what_was_said_is_summed_over_every_alignment(
    words: list[tuple[str, ...]], transitions: Tensor
) -> None:
    """Enumerated; for any phones at all there are too many ways, so few phones can be told apart there."""
    torch.manual_seed(3)
    scores = torch.randn(1, COLUMNS, PDFS)
    scores[..., 4:] = -60.0  # only silence and one phone are possible at all
    said = chain([("AA",)] * len(words))
    wanted = [
        score(scores[0], transitions, alignment)
        for phones in ways(said)
        if 0 < len(phones) <= COLUMNS
        for alignment in alignments(phones, COLUMNS)
    ]
    possible = [INDEX[SILENCE], INDEX["AA"]]
    anything = [
        score(scores[0], transitions, alignment)
        for size in range(1, COLUMNS + 1)
        for phones in itertools.product(possible, repeat=size)
        for alignment in alignments(phones, COLUMNS)
    ]
    expected = torch.logsumexp(torch.stack(anything), 0) - torch.logsumexp(torch.stack(wanted), 0)
    assert loss(scores, numerators([said], transitions), transitions)[0] == pytest.approx(
        float(expected), abs=1e-3
    )


def test_the_gradient_is_that_of_the_loss(transitions: Tensor) -> None:
    torch.manual_seed(4)
    scores = torch.randn(2, 12, PDFS, requires_grad=True)
    said = numerators([chain([STOP, GO]), chain([])], transitions)
    loss(scores, said, transitions).sum().backward()  # type: ignore[no-untyped-call]
    assert scores.grad is not None
    for place in [(0, 0, 0), (0, 5, 2 * INDEX["S"]), (0, 7, 2 * INDEX["AA"] + 1), (1, 3, 1), (1, 11, 40)]:
        moved = torch.zeros_like(scores)
        moved[place] = 1e-2
        with torch.no_grad():
            ahead = loss(scores + moved, said, transitions).sum()
            behind = loss(scores - moved, said, transitions).sum()
        assert float(scores.grad[place]) == pytest.approx(float(ahead - behind) / 2e-2, abs=2e-3)


def test_scores_far_apart_stay_finite(transitions: Tensor) -> None:
    scores = 200 * torch.randn(1, 40, PDFS)
    assert torch.isfinite(loss(scores, numerators([chain([STOP])], transitions), transitions)).all()

from __future__ import annotations

import pytest

pytest.importorskip("pocketsphinx", reason="the train extra is not installed")

from tests.recognition.conftest import Say
from voice.recognition.models import BUILT_IN
from voice.recognition.training.graph import GraphCosts
from voice.recognition.training.tuning import Trial, best, trials

NORMAL, DEAF, EAGER = GraphCosts(), GraphCosts(word=60.0), GraphCosts(loop_entry=200.0, decoy_entry=200.0)


def test_costs_decide_what_is_heard(say: Say) -> None:
    normal, deaf, eager = trials(
        BUILT_IN,
        words=("stop", "lighter", "next"),
        decoys=("window", "text", "ladder", "shop"),
        grammar=("stop", "lighter", "next"),
        commands=[(word, say(word)) for word in ("stop", "lighter", "next")],
        others=[say("window"), say("text"), say("ladder"), say("shop")],
        costs=(NORMAL, DEAF, EAGER),
    )
    assert (normal.costs, normal.heard) == (NORMAL, 1.0)
    assert normal.taken < 0.5
    assert (deaf.heard, deaf.taken) == (0.0, 0.0)
    assert eager.heard == 1.0
    assert eager.taken > normal.taken


def test_the_best_hears_most_of_those_that_take_few() -> None:
    few, more, many = Trial(NORMAL, 0.8, 0.01), Trial(NORMAL, 0.9, 0.03), Trial(NORMAL, 0.95, 0.2)
    assert best([few, more, many], taken_at_most=0.04) is more
    assert best([few, more, many], taken_at_most=0.02) is few
    assert best([few, more, many], taken_at_most=0.001) is few

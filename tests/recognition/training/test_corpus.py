from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs the train extra")

from voice.recognition.training import corpus


def test_what_holds_a_word_can_be_left_out(tmp_path: Path) -> None:
    clips = [
        (words, "one", np.full(10 + number, number, np.int16))
        for number, words in enumerate([("please", "stop"), ("next",), (), ("stop",)])
    ]
    corpus.write(tmp_path, clips)
    whole = corpus.read(tmp_path)
    without = whole.without({"stop", "go"})
    assert [each.words for each in whole.utterances] == [words for words, _, _ in clips]
    assert [each.words for each in without.utterances] == [("next",), ()]
    assert [without.clip(each).tolist() for each in without.utterances] == [[1] * 11, [2] * 12]

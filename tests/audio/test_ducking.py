from __future__ import annotations

import pytest

from voice.audio.ducking import Ducking


def ducked(*spans: tuple[bool, int]) -> list[bool]:
    """Whether it is ducked after each block of spans of somebody or nobody."""
    ducking, result = Ducking(), []
    for somebody, blocks in spans:
        for _ in range(blocks):
            ducking.hear(somebody)
            result.append(ducking.ducked)
    return result


def test_it_steps_back_for_speech_and_comes_forward_after_it() -> None:
    result = ducked((False, 50), (True, 60), (False, 100))
    assert not any(result[:60])
    assert all(result[70:180])
    assert not any(result[200:])


@pytest.mark.parametrize("blocks", [1, 5, 12])
def test_a_clap_is_no_speech(blocks: int) -> None:
    assert not any(ducked((False, 50), (True, blocks), (False, 100)))


def test_between_two_words_it_stays_back() -> None:
    result = ducked((True, 40), (False, 40), (True, 40))
    assert all(result[20:])


def test_a_noise_that_goes_on_is_no_speech() -> None:
    result = ducked((True, 500))
    assert result[300]
    assert not any(result[430:])
    again = ducked((True, 500), (False, 100), (True, 40))
    assert again[-1]


def test_what_is_known_needs_no_stepping_back() -> None:
    ducking = Ducking()
    for _ in range(30):
        ducking.hear(True)
    assert ducking.ducked
    ducking.settle()
    assert not ducking.ducked
    for _ in range(5):
        ducking.hear(False)
    assert not ducking.ducked

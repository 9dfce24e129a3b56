from __future__ import annotations

import numpy as np
import numpy.typing as npt

from voice.audio.echo import Cleaned
from voice.audio.format import BLOCK, amplitude
from voice.audio.gate import Gate
from voice.audio.near_end import NearEnd

SECOND = 100
"""Blocks."""


def block(number: int) -> npt.NDArray[np.int16]:
    return np.full(BLOCK, number, dtype=np.int16)


def passed(sounding: list[bool]) -> list[list[int]]:
    """The numbers of the blocks that come through, by those at which they do."""
    gate = Gate()
    through: list[list[int]] = []
    for number, sounds in enumerate(sounding):
        let = gate.let_through(block(number), sounds=sounds)
        through.append([] if let is None else [int(each) for each in let[::BLOCK]])
    return through


def test_what_sounds_comes_through_at_once_and_every_block_once() -> None:
    through = passed([True] * SECOND)
    assert through == [[number] for number in range(SECOND)]


def test_it_closes_after_longer_quiet_than_ends_an_utterance() -> None:
    through = passed([True, *[False] * 3 * SECOND])
    last = max(number for number, blocks in enumerate(through) if blocks)
    assert 1.2 * SECOND < last < 2.0 * SECOND
    assert all(through[:last])


def test_it_opens_with_what_came_just_before() -> None:
    through = passed([True, *[False] * 5 * SECOND, True, True])
    opened, after = through[-2:]
    assert opened == list(range(opened[0], 5 * SECOND + 2))
    assert len(opened) > 0.3 * SECOND
    assert after == [5 * SECOND + 2]


def test_after_a_short_quiet_nothing_comes_twice() -> None:
    through = passed([True, *[False] * 150, False, True, True])
    flat = [number for blocks in through for number in blocks]
    assert flat == sorted(set(flat)) == list(range(len(through)))


def stirs(levels_db: list[float], seed: int = 1) -> list[bool]:
    """Whether anything sounds in white noise of those levels, block by block."""
    random, near_end, found = np.random.default_rng(seed), NearEnd(), []
    for number, level in enumerate(levels_db):
        samples = random.standard_normal(BLOCK) * amplitude(level)
        near_end.hear(Cleaned(block(0), float(np.square(samples).mean()), 0.0, 0.0), number / 100)
        found.append(near_end.anything)
    return found


def test_a_steady_noise_is_nothing_to_listen_to_once_it_is_known() -> None:
    found = stirs([-50.0] * 60 * SECOND)
    assert all(found[: 3 * SECOND])
    assert not any(found[4 * SECOND :])


def test_somebody_who_is_as_loud_as_the_noise_is() -> None:
    both_db = -50.0 + 10 * np.log10(2)
    found = stirs([-50.0] * 5 * SECOND + [both_db] * 30 + [-50.0] * SECOND)
    assert any(found[5 * SECOND : 5 * SECOND + 15])


def test_a_noise_that_begins_is_until_it_has_become_the_usual() -> None:
    found = stirs([-60.0] * 5 * SECOND + [-45.0] * 10 * SECOND)
    assert all(found[5 * SECOND + 5 : 8 * SECOND])
    assert not any(found[-5 * SECOND :])

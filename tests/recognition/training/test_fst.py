from __future__ import annotations

from pathlib import Path

import pytest

from voice.recognition.training.fst import EPSILON, Arc, Side, Transducer

from .fst_files import read

EXPANDED, NOT_ACCEPTOR, ACCEPTOR = 1, 1 << 17, 1 << 16
INPUT_SORTED, NOT_INPUT_SORTED, OUTPUT_SORTED = 1 << 28, 1 << 29, 1 << 30


@pytest.fixture
def made() -> Transducer:
    fst = Transducer()
    end = fst.add_state()
    fst.add_arc(0, Arc(3, 1, 0.5, end))
    fst.add_arc(0, Arc(EPSILON, 2, 0.25, 0))
    fst.add_arc(0, Arc(1, EPSILON, 0.0, end))
    fst.add_arc(end, Arc(2, EPSILON, 0.0, end))
    fst.end_at(end, 1.5)
    return fst


def test_a_file_holds_states_finals_and_arcs(made: Transducer, tmp_path: Path) -> None:
    made.write(tmp_path / "x.fst", Side.INPUT)
    file = read(tmp_path / "x.fst")
    assert file.start == 0
    assert file.finals == {1: 1.5}
    assert file.arcs == [[(0, 2, 0.25, 0), (1, 0, 0.0, 1), (3, 1, 0.5, 1)], [(2, 0, 0.0, 1)]]
    assert file.epsilons == [(1, 1), (0, 1)]


def test_arcs_are_sorted_by_the_side_asked_for(made: Transducer, tmp_path: Path) -> None:
    made.write(tmp_path / "x.fst", Side.OUTPUT)
    file = read(tmp_path / "x.fst")
    assert [output for _, output, _, _ in file.arcs[0]] == [0, 1, 2]
    assert file.properties & OUTPUT_SORTED
    assert file.properties & NOT_INPUT_SORTED
    assert not file.properties & INPUT_SORTED


def test_properties_tell_an_acceptor(tmp_path: Path) -> None:
    fst = Transducer()
    fst.end_at(0)
    fst.add_arc(0, Arc(1, 1, 2.0, 0))
    fst.write(tmp_path / "x.fst", Side.INPUT)
    properties = read(tmp_path / "x.fst").properties
    assert properties & EXPANDED
    assert properties & ACCEPTOR
    assert not properties & NOT_ACCEPTOR
    assert properties & INPUT_SORTED
    assert properties & OUTPUT_SORTED


def test_the_same_transducer_gives_the_same_bytes(made: Transducer) -> None:
    assert made.to_bytes(Side.INPUT) == made.to_bytes(Side.INPUT)
    assert len(made) == 2

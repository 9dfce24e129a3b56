from __future__ import annotations

import pytest

pytest.importorskip("pyworld")

from voice.recognition.training.engines import EngineError, Festival

pytestmark = pytest.mark.skipif(not Festival().names(), reason="festival is not installed")


def test_an_error_in_its_scheme_is_told_at_once() -> None:
    festival = Festival()
    festival._order("(no_such_voice)")
    assert len(festival.say(festival.names()[0], "hello", 1.0, 1.0)) > 3000


def test_when_it_ends_it_starts_again() -> None:
    festival = Festival()
    with pytest.raises(EngineError, match="festival"):
        festival._order("(quit)")
    assert len(festival.say(festival.names()[0], "hello", 1.0, 1.0)) > 3000


def test_quotes_cannot_become_scheme() -> None:
    festival = Festival()
    plain = festival.say(festival.names()[0], "hello exit", 1.0, 1.0)
    assert len(festival.say(festival.names()[0], 'hello") (exit', 1.0, 1.0)) == pytest.approx(
        len(plain), rel=0.6
    )

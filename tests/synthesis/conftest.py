from __future__ import annotations

from collections.abc import Iterator

import pytest

from voice.synthesis.speech import Voice


@pytest.fixture(scope="session")
def voice() -> Iterator[Voice]:
    """One voice for all tests that only render with it."""
    with Voice() as voice:
        yield voice

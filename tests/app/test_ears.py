"""What the guide has asked for can be heard, and is what was asked for."""

from __future__ import annotations

import pytest

from voice.app.ears import ASKED_FOR
from voice.language import Commands, Language
from voice.session import legal
from voice.session.state import PhaseName


@pytest.fixture(scope="module")
def commands() -> Commands:
    return Language.load("en").commands()


@pytest.mark.parametrize("phase", ASKED_FOR)
def test_what_is_asked_for_is_listened_for(commands: Commands, phase: PhaseName) -> None:
    grammar = commands.grammar(legal(phase))
    for intent in ASKED_FOR[phase]:
        assert intent in legal(phase)
        assert commands.example(intent) in grammar


def test_where_the_guide_asks() -> None:
    assert {PhaseName.CHOOSING, PhaseName.SCREENING, PhaseName.PREPARING, PhaseName.CHECKING_IN} <= set(
        ASKED_FOR
    )

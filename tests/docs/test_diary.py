from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.docs.diary import PICTURE, WHO, picture


def texts(file: Path) -> list[str]:
    return sorted(element.text or "" for element in ET.parse(file).iter("{http://www.w3.org/2000/svg}text"))  # noqa: S314


def test_the_picture_says_what_would_be_drawn_now(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="pictures need the diary extra")
    picture(tmp_path / "it.svg")
    # Texts, not bytes: each version of matplotlib draws lines a little differently.
    assert texts(PICTURE) == texts(tmp_path / "it.svg"), "draw it anew: python -m tests.docs"


def test_the_picture_says_that_it_is_made_up_and_is_small() -> None:
    assert any(WHO in text for text in texts(PICTURE))
    assert PICTURE.stat().st_size < 80_000

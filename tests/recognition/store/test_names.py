from __future__ import annotations

from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.recognition.store.names import is_portable


@pytest.mark.parametrize(
    "name", ["final.mdl", "HCLr.fst", "README", "vosk-model-small-en-us-0.15", "a b", ".hidden", "com.conf"]
)
def test_names_that_models_have(name: str) -> None:
    assert is_portable(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            ".",
            "..",
            "...",
            "a.",
            "a ",
            " a",
            "a/b",
            "a\\b",
            "C:",
            "C:a",
            "a:b",
            "a\0",
            "a\n",
            "a*",
            "a?",
        ),
        *("con", "CON", "nul.txt", "Aux.a.b", "com1", "LPT9.fst", "com0", "con .txt", "PROGRA~1", "conin$"),
        *("é", "\uff0e\uff0e", "\u2215", "a" * 101),
    ],
)
def test_names_that_mean_something_else_somewhere(name: str) -> None:
    assert not is_portable(name)


@given(st.text(alphabet=st.sampled_from("acnoulmp1. \\/:~$*é\0"), max_size=12) | st.text(max_size=12))
def test_an_accepted_name_is_a_plain_one_on_windows_too(name: str) -> None:
    if is_portable(name):
        root = PureWindowsPath("C:/models")
        assert (root / name).parts == (*root.parts, name)
        assert name.upper().split(".", maxsplit=1)[0].strip() not in {
            "CON",
            "NUL",
            "AUX",
            "PRN",
            "COM1",
            "LPT1",
        }
        assert name == name.rstrip(". ")

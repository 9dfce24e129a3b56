from __future__ import annotations

import json
from typing import Any

import pytest

from tests.recognition.store.server import entry
from voice.recognition.store.catalogue import Published, parse, pick, unusable
from voice.recognition.store.errors import StoreError
from voice.recognition.store.known import BEST_FIRST, licence, preference


def published(name: str = "vosk-model-small-en-us-0.15", **changes: Any) -> Published:
    (model,) = parse(json.dumps([entry(name, "https://host/a.zip", b"archive", **changes)]).encode())
    return model


def test_an_entry_in_the_publishers_form() -> None:
    model = published()
    assert model.language == "en-us"
    assert model.size == len(b"archive")
    assert published(size=(1 << 40) - 1, lang_text="Fran\u00e7ais").language_name == "Fran\u00e7ais"
    assert not model.is_obsolete  # a string in the list
    assert published(obsolete="true").is_obsolete


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"{}", b'{"models": []}', b"\xff\xfe", b"[" * 100_000, b"null"]
)
def test_what_is_no_list(content: bytes) -> None:
    with pytest.raises(StoreError, match="no list of models"):
        parse(content)


@pytest.mark.parametrize(
    "changes",
    [
        *({"name": name} for name in ("../evil", "/etc", "a/b", "", "..", ".hidden", "nul", "C:x")),
        *({"md5": "short"}, {"size": -1}, {"size": 0}, {"size": "much"}, {"obsolete": "perhaps"}, {"url": 7}),
        *(
            {"size": 10**400},
            {"size": 1 << 40},
            {"lang_text": "US\ud800"},
            {"lang_text": "US\nEng\x1b[31mlish"},
        ),
        *({"lang": "en-us\r"}, {"lang": "en" * 40}, {"lang_text": "US" * 40}),
        *({"type": "small\x9b"}, {"type": "small" * 40}),
        *({"url": "ftp://x\ny"}, {"url": "https://host/\x1b[2J"}, {"url": "https://host/\udcff"}),
    ],
)
def test_what_is_no_model_in_it_is_passed_over(changes: dict[str, Any]) -> None:
    broken = {**entry("broken", "https://host/a.zip", b"archive"), **changes}
    good = entry("good", "https://host/a.zip", b"archive")
    assert [model.name for model in parse(json.dumps([broken, 7, None, good]).encode())] == ["good"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"type": "big"}, "its graph is fixed"),
        ({"type": "spk", "lang": "all"}, "its type is spk"),
        ({"type": "tts"}, "its type is tts"),
        (
            {"lang": "fr", "lang_text": "French"},
            "it is for French, and easeup has no commands in that language",
        ),
        ({"obsolete": "true"}, "replaced"),
    ],
)
def test_models_that_are_of_no_use(changes: dict[str, Any], reason: str) -> None:
    assert reason in (unusable(published(**changes), ["en"]) or "")


@pytest.mark.parametrize("changes", [{}, {"type": "big-lgraph"}, {"lang": "en-in"}, {"lang": "en"}])
def test_models_that_are_of_use(changes: dict[str, Any]) -> None:
    assert unusable(published(**changes), ["en"]) is None


def test_picking_by_name() -> None:
    models = [published(), published("vosk-model-en-us-0.22", type="big")]
    assert pick(models, "vosk-model-small-en-us-0.15", ["en"]) is models[0]
    with pytest.raises(
        StoreError, match=r'no model "vosk-model-small-en"; did you mean "vosk-model-small-en-us'
    ):
        pick(models, "vosk-model-small-en", ["en"])
    with pytest.raises(
        StoreError, match=r"^vosk-model-en-us-0.22 can't be used: its graph is fixed, .* lists"
    ):
        pick(models, "vosk-model-en-us-0.22", ["en"])
    with pytest.raises(StoreError, match="lists those there are"):
        pick(models, "../../etc", ["en"])


def test_known_models_come_by_their_errors_and_unknown_ones_after_them() -> None:
    names = [known.name for known in BEST_FIRST]
    assert sorted(["b", *reversed(names), "a"], key=preference) == [*names, "a", "b"]
    rates = [float(known.word_errors.split()[0]) for known in BEST_FIRST]
    assert rates == sorted(rates)
    assert licence(names[0]) == "Apache-2.0"
    assert licence("a") is None

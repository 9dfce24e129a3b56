from __future__ import annotations

import json
from pathlib import Path

from tests.recognition.store.archives import good
from tests.recognition.store.conftest import NAME, Machine
from tests.recognition.store.server import entry
from voice.recognition.models import BUILT_IN, choose
from voice.recognition.store.catalogue import parse
from voice.recognition.store.installed import installed
from voice.recognition.store.installing import install
from voice.recognition.store.listing import listing

PUBLISHED = parse(
    json.dumps(
        [
            entry("vosk-model-small-en-gb-0.15", "https://host/a", b"1", lang="en-gb", lang_text="British"),
            entry(NAME, "https://host/b", b"22"),
            entry("vosk-model-small-fr-0.22", "https://host/c", b"3", lang="fr", lang_text="French"),
            entry("vosk-model-en-us-0.22", "https://host/d", b"4", type="big"),
            entry("vosk-model-en-us-0.22-lgraph", "https://host/e", b"5", type="big-lgraph"),
            entry("vosk-model-small-en-us-0.3", "https://host/f", b"6", obsolete="true"),
        ]
    ).encode()
)


def test_what_can_be_had_best_first(tmp_path: Path) -> None:
    lines = listing(installed(tmp_path), PUBLISHED, ["en"], BUILT_IN)
    assert [(line.name, line.state, line.is_used) for line in lines] == [
        (BUILT_IN.name, "built-in", True),
        ("vosk-model-en-us-0.22-lgraph", "not installed", False),
        (NAME, "not installed", False),
        ("vosk-model-small-en-gb-0.15", "not installed", False),
    ]
    assert lines[2].download_bytes == 2
    assert lines[2].unpacked_bytes is None
    assert lines[3].licence is None


def test_what_is_here_is_there_once(machine: Machine) -> None:
    machine.publisher.publish(good())
    install(machine.published(), machine.models, machine.cache, machine.web, lambda _: None)
    used = choose(None, {}, machine.models).path
    lines = listing(installed(machine.models), PUBLISHED, ["en"], used)
    assert [(line.name, line.state, line.is_used) for line in lines][:2] == [
        (NAME, "downloaded", True),
        (BUILT_IN.name, "built-in", False),
    ]
    assert [line.name for line in lines].count(NAME) == 1
    assert lines[0].download_bytes == 2
    assert (lines[0].unpacked_bytes or 0) > 100_000


def test_a_model_elsewhere_is_none_of_these(tmp_path: Path) -> None:
    assert not any(line.is_used for line in listing(installed(tmp_path), (), ["en"], tmp_path))
    assert not any(line.is_used for line in listing(installed(tmp_path), (), ["en"], None))

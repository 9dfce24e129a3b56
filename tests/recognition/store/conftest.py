from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.recognition.store import server
from voice.recognition.store.catalogue import Published, pick
from voice.recognition.store.publisher import fetch, web_for
from voice.recognition.store.web import Web

NAME = "vosk-model-small-en-us-0.15"


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def publisher() -> Iterator[server.Publisher]:
    with server.publisher() as running:
        yield running


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """As on a full disk: writing fails with bytes still in the buffer, and then so does closing."""
    resource = pytest.importorskip("resource")
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, former[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)


@dataclass
class Machine:
    """Where models go on a machine, and its way to the publisher."""

    models: Path
    cache: Path
    publisher: server.Publisher

    @property
    def web(self) -> Web:
        return web_for(self.publisher.list_url)

    def published(self, name: str = NAME) -> Published:
        return pick(fetch(self.publisher.list_url, self.web, self.cache).models, name, ["en"])


@pytest.fixture
def machine(tmp_path: Path, publisher: server.Publisher) -> Machine:
    return Machine(tmp_path / "data" / "models", tmp_path / "cache", publisher)

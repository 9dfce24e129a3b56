"""What the network does, against real servers on this machine."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.recognition.store import server
from tests.recognition.store.server import Publisher, Served
from voice.recognition.store.errors import StoreError, UnreachableError
from voice.recognition.store.web import Web, body


def read(url: str, *, plain_http: bool = True, patience_s: float = 5.0) -> bytes:
    with Web(plain_http=plain_http, patience_s=patience_s).get(url, {}) as response:
        return b"".join(body(response))


def fault(url: str, kind: type[StoreError] = StoreError, *, plain_http: bool = True) -> str:
    with pytest.raises(kind) as caught:
        read(url, plain_http=plain_http, patience_s=0.4)
    assert type(caught.value) is kind
    line = str(caught.value)
    assert "\n" not in line
    assert len(line) < 250
    return line


@pytest.fixture
def certified(tmp_path: Path) -> Iterator[tuple[Publisher, Path]]:
    """A server with a certificate of an authority whose own certificate is in that file."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    with server.publisher(context) as running:
        yield running, tmp_path / "authority.pem"


def test_what_is_there(publisher: Publisher) -> None:
    publisher.served["/a"] = Served(b"content" * 50_000)
    assert read(f"{publisher.url}/a") == b"content" * 50_000
    assert publisher.asked("/a")[0]["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(("status", "kind"), [(404, StoreError), (403, StoreError), (500, UnreachableError)])
def test_a_server_that_refuses(publisher: Publisher, status: int, kind: type[StoreError]) -> None:
    publisher.served["/a"] = Served(status=status)
    assert f"{publisher.url}/a: the server answers {status} " in fault(f"{publisher.url}/a", kind)


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/a"
        assert fault(url, UnreachableError) == f"{url} can't be reached: Connection refused"


def test_no_such_host() -> None:
    assert fault("http://models.invalid/a", UnreachableError).startswith(
        "http://models.invalid/a can't be reached"
    )


def test_a_server_that_falls_silent(publisher: Publisher) -> None:
    publisher.served["/a"] = Served(b"content", stalls_after=3)
    assert "nothing came for 0.4 s" in fault(f"{publisher.url}/a", UnreachableError)


def test_a_connection_that_breaks(publisher: Publisher) -> None:
    publisher.served["/a"] = Served(b"content" * 50_000, breaks_after=100_000)
    assert fault(f"{publisher.url}/a", UnreachableError).endswith(
        "/a can't be reached: the connection broke off"
    )


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://host/a", "model-list.json", "", "//host/a"])
def test_addresses_that_are_not_on_the_web(url: str) -> None:
    assert "no address on the web" in fault(url)


LONG_LABEL = f"http://{'a' * 64}.invalid/a"


@pytest.mark.parametrize(
    "url", ["http://", "http://[::1/a", "http://host:port/a", "http://a..b/a", "http://a\nb/a", LONG_LABEL]
)
def test_addresses_that_are_none(url: str) -> None:
    line = fault(url)
    assert line.isprintable()
    assert "http" in line


def test_plain_http_is_for_those_who_asked_for_it() -> None:
    assert fault("http://host/a", plain_http=False) == "http://host/a is not encrypted; not asked"


def test_a_redirect_is_followed(publisher: Publisher) -> None:
    publisher.served["/old"] = Served(status=302, location="/new")
    publisher.served["/new"] = Served(b"content")
    assert read(f"{publisher.url}/old") == b"content"


def test_a_redirect_in_a_circle(publisher: Publisher) -> None:
    publisher.served["/a"] = Served(status=302, location="/a")
    assert "sends us on again and again" in fault(f"{publisher.url}/a")


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://\xff\xfe/", "/a sends us on to what can't be asked: "),
        ("http://[::1/x", "/a sends us on to what can't be asked: "),
        (LONG_LABEL, f"{LONG_LABEL} can't be asked"),
        ("ftp://a\x1b/", "ftp://a\\x1b/ is no address on the web"),
    ],
)
def test_a_redirect_to_what_is_no_address(publisher: Publisher, location: str, words: str) -> None:
    publisher.served["/a"] = Served(status=302, location=location)
    line = fault(f"{publisher.url}/a")
    assert words in line
    assert line.isprintable()


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://host/a"])
def test_a_redirect_out_of_the_web(publisher: Publisher, location: str) -> None:
    publisher.served["/a"] = Served(status=302, location=location)
    assert "no address on the web" in fault(f"{publisher.url}/a")


def test_a_certificate_that_is_trusted(
    certified: tuple[Publisher, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    running, authority = certified
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority))
    running.served["/a"] = Served(b"content")
    assert read(f"{running.url}/a", plain_http=False) == b"content"


def test_a_certificate_that_is_not(certified: tuple[Publisher, Path]) -> None:
    running, _ = certified
    running.served["/a"] = Served(b"content")
    assert "its certificate can't be trusted" in fault(f"{running.url}/a")
    assert running.requests == []


@pytest.mark.parametrize("plain_http", [False, True])
def test_a_redirect_to_plain_http_is_refused(
    certified: tuple[Publisher, Path],
    publisher: Publisher,
    monkeypatch: pytest.MonkeyPatch,
    plain_http: bool,
) -> None:
    running, authority = certified
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority))
    running.served["/a"] = Served(status=301, location=f"{publisher.url}/a")
    publisher.served["/a"] = Served(b"evil")
    assert "not encrypted; not followed" in fault(f"{running.url}/a", plain_http=plain_http)
    assert publisher.requests == []


def test_the_environments_proxy_is_used(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", publisher.url)
    publisher.served["http://models.invalid/a"] = Served(
        b"by the proxy"
    )  # a proxy is asked for whole addresses
    assert read("http://models.invalid/a") == b"by the proxy"


def test_a_proxy_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{taken.getsockname()[1]}")
        assert "the proxy fails" in fault("http://models.invalid/a", UnreachableError)

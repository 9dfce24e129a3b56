"""A publisher's server on this machine, real HTTP, whose failures can be chosen."""

from __future__ import annotations

import hashlib
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Served:
    """What a path gives, and how it fails."""

    content: bytes = b""
    status: int = 200
    location: str | None = None
    etag: str | None = '"first"'
    last_modified: str | None = None
    ranges: bool = True
    lies_about_part: bool = False
    """Sends another part than was asked for."""
    length: int | str | None = None
    """Another Content-Length than is true; 0: none at all."""
    part: str | None = None
    """Another Content-Range than is true."""
    breaks_after: int | None = None
    """So many bytes of a body are sent, then the connection is cut."""
    stalls_after: int | None = None
    """So many bytes of a body are sent, then nothing until `go_on`."""
    go_on: threading.Event = field(default_factory=threading.Event)
    pause_s: float = 0.0
    """After every 32 KiB."""


@dataclass
class Publisher:
    """The server as the tests see it."""

    url: str
    served: dict[str, Served] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Path and headers of what was asked for, in order."""
    sent: int = 0
    """Bytes of bodies so far."""
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def list_url(self) -> str:
        return f"{self.url}/models/model-list.json"

    def publish(self, archive: bytes, name: str = "vosk-model-small-en-us-0.15", **changes: Any) -> Served:
        """Put an archive on the server and into the list; `changes` are to its entry in the list."""
        path = f"/models/{name}.zip"
        self.served[path] = Served(archive)
        listed = json.loads(self.served["/models/model-list.json"].content)
        listed.append(entry(name, f"{self.url}{path}", archive, **changes))
        self.served["/models/model-list.json"].content = json.dumps(listed).encode()
        return self.served[path]

    def asked(self, ending: str) -> list[dict[str, str]]:
        """Headers of the requests for paths that end so."""
        return [headers for path, headers in self.requests if path.endswith(ending)]


def entry(name: str, url: str, archive: bytes, **changes: Any) -> dict[str, Any]:
    """An entry of the list, in the publisher's form."""
    return {
        "lang": "en-us",
        "lang_text": "US English",
        "md5": hashlib.md5(archive, usedforsecurity=False).hexdigest(),
        "name": name,
        "obsolete": "false",
        "size": len(archive),
        "size_text": f"{len(archive) / 2**20:.1f}MiB",
        "type": "small",
        "url": url,
        "version": "0.15",
        **changes,
    }


@contextmanager
def publisher(tls: ssl.SSLContext | None = None) -> Iterator[Publisher]:
    """A server with an empty list."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answering) as server:
        server.daemon_threads = True
        scheme = "http"
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
            scheme = "https"
        state = Publisher(f"{scheme}://127.0.0.1:{server.server_address[1]}")
        state.served["/models/model-list.json"] = Served(b"[]")
        server.publisher = state  # type: ignore[attr-defined]  # ours
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield state
        finally:
            state.closing.set()
            server.shutdown()
            thread.join()


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        state: Publisher = self.server.publisher  # type: ignore[attr-defined]  # ours
        state.requests.append((self.path, dict(self.headers)))
        served = state.served.get(self.path, Served(b"nothing here", status=404))
        start = self._start(served)
        part = served.content[start:]
        self.send_response(206 if start and served.status == 200 else served.status)
        if start:
            told = start + 1 if served.lies_about_part else start
            end = len(served.content) - 1
            true = f"bytes {told}-{end}/{len(served.content)}"
            self.send_header("Content-Range", served.part or true)
        if served.length != 0:
            self.send_header("Content-Length", str(served.length or len(part)))
        else:
            self.close_connection = True
        self.send_header("Accept-Ranges", "bytes" if served.ranges else "none")
        for name, value in (
            ("ETag", served.etag),
            ("Last-Modified", served.last_modified),
            ("Location", served.location),
        ):
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        self._send(part, served, state)

    def _start(self, served: Served) -> int:
        asked, condition = self.headers.get("Range"), self.headers.get("If-Range")
        if asked is None or not served.ranges or condition not in (None, served.etag, served.last_modified):
            return 0
        return int(asked.removeprefix("bytes=").removesuffix("-"))

    def _send(self, part: bytes, served: Served, state: Publisher) -> None:
        stop = len(part) if served.stalls_after is None else served.stalls_after
        try:
            self._write(part[:stop][: served.breaks_after], served, state)
            if stop < len(part):
                while not (served.go_on.wait(0.02) or state.closing.is_set()):
                    pass
            if served.go_on.is_set():
                self._write(part[stop:], served, state)
            elif stop < len(part) or served.breaks_after is not None:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:  # the client has gone
            self.close_connection = True

    def _write(self, part: bytes, served: Served, state: Publisher) -> None:
        for start in range(0, len(part), 1 << 15):
            piece = part[start : start + (1 << 15)]
            self.wfile.write(piece)
            state.sent += len(piece)
            time.sleep(served.pause_s)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """The tests look at `requests` instead."""

"""The network, over https: what comes from an address, or one line that says why nothing does.

Uses requests: Vosk's package needs it anyway, it heeds the environment's proxies, and it brings certificates
for systems on which Python finds none (macOS).
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import requests

from .errors import StoreError, UnreachableError

PATIENCE_S = 20.0
"""So long nothing may come before a server is given up."""
_MOST_REDIRECTS = 10
_CHUNK = 1 << 16


class Web:
    """Asks servers, following their redirects, but never from https to plain http."""

    def __init__(self, *, plain_http: bool, patience_s: float = PATIENCE_S) -> None:
        """Reaches nothing yet.

        Args:
            plain_http: Whether addresses without encryption are allowed: where the user named one himself.
            patience_s: So many seconds nothing may come before a server is given up.
        """
        self._plain_http = plain_http
        self._patience_s = patience_s

    @contextmanager
    def get(self, url: str, headers: Mapping[str, str]) -> Iterator[requests.Response]:
        """What is at an address; the body is read by and by (`body`), within the context.

        Raises:
            UnreachableError: The network or the server fails, now or while the body is read.
            StoreError: The address can't be asked, or the server has nothing there.
        """
        if _scheme(url) == "http" and not self._plain_http:
            raise StoreError(f"{url} is not encrypted; not asked")
        with _plainly(url, self._patience_s), _NotFollowing() as session:
            # The bytes as they are: the checksum is of those.
            session.headers.update({"User-Agent": "easeup", "Accept-Encoding": "identity", **headers})
            with self._follow(session, url) as response:
                _check_status(response)
                yield response

    def _follow(self, session: _NotFollowing, url: str) -> requests.Response:
        for _ in range(_MOST_REDIRECTS):
            response, target = self._ask(session, url)
            if target is None:
                return response
            response.close()
            if _scheme(target) == "http" and _scheme(url) == "https":
                raise StoreError(f"{url} sends us on to {target}, which is not encrypted; not followed")
            url = target
        raise StoreError(f"{url} sends us on again and again; not followed")

    def _ask(self, session: _NotFollowing, url: str) -> tuple[requests.Response, str | None]:
        """The answer, and where it sends us on to."""
        try:
            response = session.get(url, stream=True, timeout=self._patience_s)
        except requests.RequestException:  # some are ValueErrors, too
            raise
        except ValueError as error:
            raise StoreError(f"{url} can't be asked: {error}") from None
        try:
            target = session.target(response)
            return response, None if target is None else urljoin(url, target)
        except ValueError as error:
            response.close()
            raise StoreError(f"{url} sends us on to what can't be asked: {error}") from None


class _NotFollowing(requests.Session):
    """Leaves redirects to us.

    With allow_redirects=False requests looks at them all the same, and where it can't make sense of one it
    forgets the open response.
    """

    def get_redirect_target(self, resp: requests.Response) -> None:
        del resp

    def target(self, response: requests.Response) -> str | None:
        """Where a response sends us on to."""
        return super().get_redirect_target(response)


def is_plain_http(url: str) -> bool:
    """Whether an address is one without encryption."""
    try:
        return urlsplit(url).scheme == "http"
    except ValueError:  # it is none: who asks for it is told
        return False


def body(response: requests.Response) -> Iterator[bytes]:
    """The body, in pieces."""
    yield from response.iter_content(_CHUNK)


def _scheme(url: str) -> str:
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        scheme = ""
    if scheme not in ("http", "https"):
        raise StoreError(f"{url} is no address on the web (https://…)")
    return scheme


def _check_status(response: requests.Response) -> None:
    status = response.status_code
    if status in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
        return
    says = f"{response.url}: the server answers {status} {response.reason}"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        raise UnreachableError(f"{says}; try again later")
    raise StoreError(says)


@contextmanager
def _plainly(url: str, patience_s: float) -> Iterator[None]:
    try:
        yield
    except requests.exceptions.ProxyError as error:
        cause = _cause(error, patience_s)
        raise UnreachableError(f"{url} can't be reached: the proxy fails ({cause})") from None
    except requests.exceptions.InvalidURL as error:
        raise StoreError(f"{url} can't be asked: {error}") from None
    except requests.exceptions.RequestException as error:
        for seen in _chain(error):
            if isinstance(seen, ssl.SSLCertVerificationError):
                raise StoreError(f"{url}: its certificate can't be trusted: {seen.verify_message}") from None
        raise UnreachableError(f"{url} can't be reached: {_cause(error, patience_s)}") from None


def _cause(error: BaseException, patience_s: float) -> str:
    """What the system said, which lies deep in the exception: "Connection refused"."""
    for seen in _chain(error):
        if isinstance(seen, TimeoutError):
            return f"nothing came for {patience_s:g} s"
        if isinstance(seen, OSError) and seen.strerror:
            return seen.strerror
    return "the connection broke off"


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__

"""The publisher's list from the network, or the copy of it that was kept."""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from .catalogue import Published, parse
from .errors import StoreError
from .web import Web, body, is_plain_http

VARIABLE = "EASEUP_MODEL_LIST"
ADDRESS = "https://alphacephei.com/vosk/models/model-list.json"
"""Of the publisher of Vosk."""
FRESH = timedelta(days=1)
"""A kept list that is younger is taken without asking again."""
_MOST_BYTES = 4 << 20
_KEPT = "list.json"
_YEARS = range(2000, 3000)
"""In which a list may have been fetched; at the ends of the calendar time zones overflow."""


@dataclass(frozen=True, slots=True)
class PublishersList:
    """What the publisher has."""

    models: tuple[Published, ...]
    fetched: datetime
    """When it came from the network, in UTC."""


def address(environ: Mapping[str, str]) -> str:
    """Where the list is: by EASEUP_MODEL_LIST (empty counts as unset), else at Vosk's publisher."""
    return environ.get(VARIABLE) or ADDRESS


def web_for(url: str) -> Web:
    """The network for a list and the models in it: plain http only where somebody set such an address."""
    return Web(plain_http=is_plain_http(url))


def fetch(url: str, web: Web, cache: Path) -> PublishersList:
    """The list from the network; a copy is kept.

    Args:
        url: Where it is.
        web: The network.
        cache: Folder for the copy; where it can't be written, none is kept, nor of a list nested too deep.

    Raises:
        StoreError: It can't be had.
    """
    content = b""
    with web.get(url, {}) as response:
        for piece in body(response):
            content += piece
            if len(content) > _MOST_BYTES:
                raise StoreError(f"{url}: what comes is too long for a list of models")
    try:
        models = parse(content)
    except StoreError as error:
        raise StoreError(f"{url}: {error}") from None
    fetched = datetime.now(timezone.utc)
    with contextlib.suppress(OSError, RecursionError):
        _keep(cache, url, fetched, content)
    return PublishersList(models, fetched)


def fetch_or_kept(url: str, web: Web, cache: Path) -> tuple[PublishersList | None, str | None]:
    """The list for looking at: the kept one while it is fresh, else from the network, else the kept one.

    Returns:
        The list, or None where there is none; and why the network gave none, on one line, if it was asked.
    """
    kept = _kept(cache, url)
    if kept is not None and timedelta(0) <= datetime.now(timezone.utc) - kept.fetched < FRESH:
        return kept, None
    try:
        return fetch(url, web, cache), None
    except StoreError as error:
        return kept, str(error)


def _keep(cache: Path, url: str, fetched: datetime, content: bytes) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    unfinished = cache / f"{_KEPT}.{secrets.token_hex(4)}"
    text = json.dumps({"url": url, "fetched": fetched.isoformat(), "list": json.loads(content)})
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(cache / _KEPT)
    finally:
        unfinished.unlink(missing_ok=True)


def _kept(cache: Path, url: str) -> PublishersList | None:
    try:
        kept = json.loads((cache / _KEPT).read_bytes())
        if kept["url"] != url:
            return None
        return PublishersList(parse(json.dumps(kept["list"]).encode()), _moment(kept["fetched"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError, StoreError):
        return None  # a copy is worth no failure


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.year not in _YEARS:
        raise ValueError("no time at which a list was fetched")
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)

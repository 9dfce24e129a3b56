"""One archive from the network into one file, whole and with the right checksum; goes on where it broke off.

It goes on only where the server can tell that its file is still the same (If-Range with its ETag, or else
with Last-Modified); otherwise it starts anew, unless all of it is here and has only to be checked.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import requests

from .catalogue import Published
from .errors import StoreError, UnreachableError
from .web import Web, body
from .writing import named_in_errors

Tell = Callable[[int], None]
"""Told how many bytes are there so far."""

_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})")
_MOST_DIGITS = 15
"""Of a length that is worth reading: Python refuses some thousand of them, and floats some hundred."""


@dataclass(frozen=True, slots=True)
class Partial:
    """An archive that is not here whole yet, and what it takes to go on with it."""

    file: Path
    model: Published

    @property
    def size(self) -> int:
        """The bytes that are here and can be gone on with."""
        validator = self.validator
        if validator is None:
            return 0
        size = self.file.stat().st_size
        return size if validator or size == self.model.size else 0

    @property
    def validator(self) -> str | None:
        """What the server called this state of its file, perhaps nothing; None: nothing of it is here."""
        try:
            note = json.loads(self._note.read_bytes())
            if self.file.exists() and note["url"] == self.model.url and note["md5"] == self.model.md5:
                return str(note["validator"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return None

    def begin(self, response: requests.Response) -> None:
        """Start anew with what a server sends."""
        self.discard()
        note = {"url": self.model.url, "md5": self.model.md5, "validator": _validator(response)}
        with named_in_errors(self._note):
            self._note.write_text(json.dumps(note), encoding="utf-8")

    def discard(self) -> None:
        """Keep nothing of it."""
        self.file.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    @property
    def _note(self) -> Path:
        return self.file.with_name(self.file.name + ".json")


def partial(model: Published, cache: Path) -> Partial:
    """What is here of a model's archive, which may be nothing."""
    return Partial(cache / f"{model.name}.zip.part", model)


def download(model: Published, cache: Path, web: Web, tell: Tell) -> Path:
    """A model's archive, whole and with the checksum the publisher gives.

    When the network fails or the user interrupts, what came is kept if it can be gone on with; after any
    other failure nothing is.

    Args:
        model: What to get.
        cache: Folder for it; made if it is not there.
        web: The network.
        tell: Told the progress, also what was there before.

    Raises:
        StoreError: It can't be had, or is not what the publisher's list says.
        OSError: It can't be written.
    """
    cache.mkdir(parents=True, exist_ok=True)
    here = partial(model, cache)
    if here.size > model.size:
        here.discard()
    free, needed = shutil.disk_usage(cache).free, model.size - here.size
    if free < needed:
        raise StoreError(f"{model.name} needs {megabytes(needed)} in {cache}, and {megabytes(free)} are free")
    with _kept_where_it_helps(here):
        if here.size < model.size:
            _go_on(here, web, tell)
        tell(model.size)
        _check(here)
    return here.file


def megabytes(size: int) -> str:
    """A size in bytes, for reading."""
    return f"{size / 1e6:,.1f} MB"


@contextmanager
def _kept_where_it_helps(here: Partial) -> Iterator[None]:
    try:
        yield
    except UnreachableError as error:
        if not here.size:
            here.discard()
            raise
        raise UnreachableError(
            f"{error}; {megabytes(here.size)} are kept, and the same command goes on from there"
        ) from None
    except KeyboardInterrupt:
        if not here.size:
            here.discard()
        raise
    except BaseException:
        here.discard()
        raise


def _go_on(here: Partial, web: Web, tell: Tell) -> None:
    headers = {}
    if here.size and here.validator:
        headers = {"Range": f"bytes={here.size}-", "If-Range": here.validator}
    with web.get(here.model.url, headers) as response:
        if response.status_code == HTTPStatus.PARTIAL_CONTENT:
            _check_range(response, here)
        else:
            here.begin(response)
            _check_length(response, here.model)
        with named_in_errors(here.file), here.file.open("ab") as file:
            done = file.tell()
            tell(done)
            for piece in body(response):
                done += len(piece)
                if done > here.model.size:
                    raise StoreError(_other_size(here.model, "more"))
                file.write(piece)
                tell(done)
        if done < here.model.size:
            raise UnreachableError(f"{here.model.url}: the connection ended early")


def _check_range(response: requests.Response, here: Partial) -> None:
    size = here.model.size
    found = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if found is None or tuple(map(int, found.groups())) != (here.size, size - 1, size):
        raise StoreError(f"{here.model.url}: the server sends another part than was asked for; get it again")


def _check_length(response: requests.Response, model: Published) -> None:
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and length.lstrip("0") != str(model.size):
        sent = megabytes(int(length)) if len(length) <= _MOST_DIGITS else "more"
        raise StoreError(_other_size(model, sent))


def _other_size(model: Published, sent: str) -> str:
    return (
        f"{model.url}: the publisher's list says {megabytes(model.size)} and the server sends {sent}; "
        "try again later"
    )


def _check(here: Partial) -> None:
    with here.file.open("rb") as file:
        digest = hashlib.md5(usedforsecurity=False)
        while piece := file.read(1 << 20):
            digest.update(piece)
    if digest.hexdigest() != here.model.md5.lower():
        raise StoreError(
            f"{here.model.url}: what came has not the checksum of the publisher's list; "
            "nothing is kept, get it again"
        )


def _validator(response: requests.Response) -> str:
    """Empty: it can't be gone on with a part of what this server sends."""
    if response.headers.get("Accept-Ranges", "").lower() == "none":
        return ""
    tag = response.headers.get("ETag", "")
    if tag and not tag.startswith("W/"):  # a weak one may stand for other bytes
        return tag
    return response.headers.get("Last-Modified", "")

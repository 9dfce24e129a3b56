"""Archives of models, good and hostile."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from voice.recognition.models import BUILT_IN

TOP = "vosk-model-small-en-us-0.15"
Member = tuple[str | zipfile.ZipInfo, bytes]


def pack(members: Iterable[Member], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members, in order, by the names they are given."""
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w", method) as archive:
        warnings.filterwarnings("ignore", "Duplicate name")
        for name, content in members:
            archive.writestr(named(name) if isinstance(name, str) else name, content, method)
    return packed.getvalue()


def named(name: str) -> zipfile.ZipInfo:
    """A member of exactly that name, which ZipInfo would tidy."""
    info = zipfile.ZipInfo("placeholder")
    info.filename = name
    return info


def model_members(top: str = TOP) -> list[Member]:
    """The built-in model as the publisher packs models: in one folder."""
    files = sorted(path for path in BUILT_IN.rglob("*") if path.is_file())
    return [(f"{top}/{file.relative_to(BUILT_IN).as_posix()}", file.read_bytes()) for file in files]


@cache
def good() -> bytes:
    """The built-in model, packed."""
    return pack(model_members())


def tree(folder: Path) -> list[str]:
    """All that is in a folder, hidden or not."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))

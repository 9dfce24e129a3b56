"""Clips that have been rendered before: in memory, and in a folder on disk. No clip is worth a failure.

The folder holds one file a clip, named by a hash, so that its listing tells nobody what was said; whatever
cannot be read or written there is as if it weren't.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import threading
import time
from collections import OrderedDict
from pathlib import Path

import numpy as np

from voice import places

from .clip import Clip, ClipKey

_MAGIC = b"easeup clip 1\n"
_CHECKSUM_BYTES = 32
_SUFFIX = ".clip"
_UNFINISHED = ".part"
_ABANDONED_SECONDS = 3600.0
"""An unfinished file that is older was left behind by a crash."""


def default_folder() -> Path:
    """Where clips are kept for this user."""
    return places.cache() / "clips"


class ClipCache:
    """Finds clips by key; forgets the ones asked for longest ago. Safe in many threads and processes."""

    def __init__(
        self, folder: Path | None, *, memory_bytes: int = 16 << 20, disk_bytes: int = 64 << 20
    ) -> None:
        """`folder`: usually `default_folder()`, made when first written to; None: keep clips in memory only.

        One second of speech takes 64 kB in memory and 32 kB on disk.
        """
        self._folder = folder
        self._memory_bytes = memory_bytes
        self._disk_bytes = disk_bytes
        self._clips: OrderedDict[ClipKey, Clip] = OrderedDict()
        self._held = 0
        self._on_disk: int | None = None
        """Bytes in the folder, as far as this process knows; None: not looked yet."""
        self._lock = threading.Lock()

    def find(self, key: ClipKey) -> Clip | None:
        """The clip of that key, or None."""
        with self._lock:
            if key in self._clips:
                self._clips.move_to_end(key)
                return self._clips[key]
        clip = self._read(key)
        if clip is not None:
            self._remember(clip)
        return clip

    def store(self, clip: Clip) -> None:
        """Keep a clip."""
        self._remember(clip)
        with contextlib.suppress(OSError):  # no room, no permission, no such disk: only no disk cache
            self._write(clip)

    def _remember(self, clip: Clip) -> None:
        with self._lock:
            old = self._clips.pop(clip.key, None)
            if old is not None:
                self._held -= old.pcm.nbytes
            self._clips[clip.key] = clip
            self._held += clip.pcm.nbytes
            while self._held > self._memory_bytes:
                self._held -= self._clips.popitem(last=False)[1].pcm.nbytes

    def _read(self, key: ClipKey) -> Clip | None:
        if self._folder is None:
            return None
        file = self._folder / (key.digest + _SUFFIX)
        try:
            content = file.read_bytes()
        except OSError:
            return None
        samples = content[len(_MAGIC) + _CHECKSUM_BYTES :]
        if content != _seal(key, samples) + samples or not samples:
            with contextlib.suppress(OSError):
                file.unlink()
            return None
        with contextlib.suppress(OSError):
            os.utime(file)  # what was read last is thrown away last
        return Clip(np.frombuffer(samples, "<i2").astype(np.float32) / np.float32(32768.0), key)

    def _write(self, clip: Clip) -> None:
        if self._folder is None:
            return
        samples = (clip.pcm * np.float32(32768.0)).astype("<i2").tobytes()
        content = _seal(clip.key, samples) + samples
        if len(content) > self._disk_bytes:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = self._folder / (secrets.token_hex(8) + _UNFINISHED)
        try:
            unfinished.write_bytes(content)
            # Nobody ever sees half a file under a clip's name.
            unfinished.replace(self._folder / (clip.key.digest + _SUFFIX))
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        with self._lock:
            if self._on_disk is not None:
                self._on_disk += len(content)
            if self._on_disk is None or self._on_disk > self._disk_bytes:
                self._on_disk = _prune(self._folder, self._disk_bytes)


def _seal(key: ClipKey, samples: bytes) -> bytes:
    """What stands before the samples: it fits them and no others, and this key and no other."""
    return _MAGIC + hashlib.sha256(key.digest.encode() + samples).digest()


def _prune(folder: Path, limit: int) -> int:
    """Remove the clips read longest ago until the rest takes `limit` bytes at most; return what it takes."""
    clips = sorted(_look(file) for file in folder.glob("*" + _SUFFIX))
    total = sum(size for _, size, _ in clips)
    if total > limit:
        # Some room at once, so that not every new clip looks through the folder.
        limit -= limit // 10
    for _, size, file in clips:
        if total <= limit:
            break
        file.unlink(missing_ok=True)
        total -= size
    for file in folder.glob("*" + _UNFINISHED):
        if time.time() - _look(file)[0] > _ABANDONED_SECONDS:
            file.unlink(missing_ok=True)
    return total


def _look(file: Path) -> tuple[float, int, Path]:
    """When it was last read, its size in bytes, and itself."""
    try:
        status = file.stat()
    except FileNotFoundError:  # another process prunes too
        return time.time(), 0, file
    return status.st_mtime, status.st_size, file

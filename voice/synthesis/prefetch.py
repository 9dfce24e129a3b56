"""Clips at once: from the cache, or rendered ahead in the background, or rendered now. Decides no words."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from types import TracebackType

from .clip import Clip, ClipKey
from .clips import ClipCache
from .errors import VoiceUnavailable
from .rates import USUAL
from .speech import Voice

_GOODBYE_SECONDS = 2.0


class Prefetcher:
    """Gets clips of one voice, and renders the wished ones in a thread of its own while nobody asks.

    Close it before its voice. Without `background` there is no thread and wishes are not rendered; `get`
    gives the same clips either way.
    """

    def __init__(self, voice: Voice, cache: ClipCache, *, background: bool = True) -> None:
        """The voice and the cache stay the caller's; the cache may be shared."""
        self._voice = voice
        self._cache = cache
        self._changed = threading.Condition()
        """Guards the next three. Never held while something is rendered."""
        self._wishes: deque[tuple[str, int]] = deque()
        self._waiting = 0
        """How many calls of `get` wait for the voice; wishes stand back for them."""
        self._closed = False
        self._rendering = threading.Lock()
        """Held while something is rendered, so that nobody renders what is being rendered."""
        self._thread: threading.Thread | None = None
        if background:
            self._thread = threading.Thread(target=self._grant_wishes, name="prefetch", daemon=True)
            self._thread.start()

    def want(self, texts: Iterable[str], rate: int = USUAL) -> None:
        """Replace the wishes: lines that are likely to come next, the likeliest first. Returns at once."""
        wishes = [(text, rate) for text in texts]
        with self._changed:
            self._wishes = deque(wishes)
            self._changed.notify_all()

    def get(self, text: str, rate: int = USUAL) -> Clip:
        """The clip of `text` at `rate` words per minute: at once if it is there, else rendered before wishes.

        Errors as `Voice.render`.
        """
        key = self._voice.key(text, rate)
        clip = self._cache.find(key)
        if clip is not None:
            return clip
        with self._changed:
            self._waiting += 1
        try:
            return self._rendered(key)
        finally:
            with self._changed:
                self._waiting -= 1
                self._changed.notify_all()

    def _rendered(self, key: ClipKey) -> Clip:
        with self._rendering:
            # It may have been rendered while we waited.
            clip = self._cache.find(key)
            if clip is None:
                clip = self._voice.render(key.text, key.rate)
                self._cache.store(clip)
            return clip

    def _grant_wishes(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or (self._wishes and not self._waiting))
                if self._closed:
                    return
                text, rate = self._wishes.popleft()
            try:
                self._rendered(self._voice.key(text, rate))
            except ValueError:
                # Whoever says this line will be told.
                continue
            except VoiceUnavailable:
                # Whoever speaks next will be told; until the next wishes there is no use in trying.
                with self._changed:
                    self._wishes.clear()

    def close(self) -> None:
        """Drop the wishes and end the thread. A text being rendered is finished, for up to 2 s."""
        with self._changed:
            self._closed = True
            self._wishes.clear()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(_GOODBYE_SECONDS)

    def __enter__(self) -> Prefetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

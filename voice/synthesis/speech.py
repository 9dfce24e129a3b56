"""One voice: text in, clips out. Keeps its child process going; may not play, cache or hurry."""

from __future__ import annotations

import functools
import importlib.metadata
import platform
import sys
import threading
import unicodedata
from collections.abc import Callable
from types import TracebackType
from typing import Any, TypeVar

from . import shaping
from .clip import SAMPLE_RATE, Clip, ClipKey
from .errors import UnknownVoice, VoiceUnavailable
from .rates import FASTEST, SLOWEST, USUAL
from .renderer import Renderer, RendererFailure

DEFAULT_VOICE = "gmw/en-us" if sys.platform == "linux" else None
"""espeak-ng's American English; elsewhere, None: the voice that the system has chosen."""

LONGEST_TEXT = 4000
"""Bytes in UTF-8. pyttsx3 lets espeak-ng read ten times past the text's end: 20,000 bytes crashed it."""

_ATTEMPTS = 3
_START_SECONDS = 20.0
"""How long the child may take to start: a small computer reads all its modules from a slow card."""
_SECONDS_PER_BYTE = 0.005
"""Added to the timeout. 7,500 characters took 2.6 s."""


_Answer = TypeVar("_Answer")


class Voice:
    """A voice that renders text, in a child process that starts with the first text. Safe in many threads.

    Use it as a context manager, or `close` it: the child ends with it (and with this process in any case).
    """

    def __init__(self, voice_id: str | None = DEFAULT_VOICE, *, timeout: float = 5.0) -> None:
        """`voice_id`: one of `voices()`, on Linux also with a variant ("gmw/en-us+f3"); checked at first use.

        `timeout`: seconds that one attempt at a sentence may take.
        """
        self._voice_id = voice_id
        self._timeout = timeout
        self._renderer: Renderer | None = None
        self._one_at_a_time = threading.Lock()
        self._closed = False

    def key(self, text: str, rate: int = USUAL) -> ClipKey:
        """What the clip of `text` at `rate` words per minute is known by.

        ValueError: the text is empty or too long for one clip, or the rate is not between 80 and 450.
        """
        if not SLOWEST <= rate <= FASTEST:
            raise ValueError(f"{rate} words per minute are not between {SLOWEST} and {FASTEST}")
        return ClipKey(_on_one_line(text), self._voice_id, rate, _versions())

    def render(self, text: str, rate: int = USUAL) -> Clip:
        """Speak `text` at `rate` words per minute into a clip: the same samples every time (on Linux).

        ValueError: as `key`, or nothing in the text is spoken. UnknownVoice: there is no such voice.
        VoiceUnavailable: it failed three times, each time in a new process.
        """
        key = self.key(text, rate)
        request = {"do": "render", "text": key.text, "voice": key.voice, "rate": key.rate}
        seconds = self._timeout + len(key.text.encode()) * _SECONDS_PER_BYTE

        def read(header: dict[str, Any], sound: bytes) -> Clip:
            if "unknown" in header:
                raise UnknownVoice(header["unknown"], tuple(header["near"]))
            return _to_clip(sound, key)

        return self._ask(request, seconds, read)

    def voices(self) -> tuple[str, ...]:
        """The ids of all voices, sorted, without variants. VoiceUnavailable: the engine failed."""
        return self._ask({"do": "voices"}, self._timeout, lambda header, _: tuple(header["voices"]))

    def _ask(
        self, request: dict[str, Any], seconds: float, read: Callable[[dict[str, Any], bytes], _Answer]
    ) -> _Answer:
        why = ""
        with self._one_at_a_time:
            for _ in range(_ATTEMPTS):
                if self._closed:
                    raise VoiceUnavailable("The voice has been closed.")
                try:
                    return read(*self._started().answer(request, seconds))
                except RendererFailure as failure:
                    why = str(failure)
                    self._end_renderer()
        raise _unavailable(why)

    def _started(self) -> Renderer:
        if self._renderer is None:
            try:
                self._renderer = Renderer()
            except OSError as error:
                raise _unavailable(f"it could not be started ({error})") from error
            header, _ = self._renderer.answer(None, _START_SECONDS)
            if "missing" in header:
                self._end_renderer()
                raise VoiceUnavailable(
                    f"No voice is installed ({header['missing']}): install espeak-ng, "
                    "on Debian or Ubuntu with `sudo apt install libespeak-ng1`."
                )
        return self._renderer

    def _end_renderer(self) -> None:
        renderer, self._renderer = self._renderer, None
        if renderer is not None:
            renderer.end()

    def close(self) -> None:
        """End the child, also in the middle of a text; whoever waits for that text gets VoiceUnavailable."""
        self._closed = True
        renderer = self._renderer
        if renderer is not None:
            renderer.kill()
        with self._one_at_a_time:
            self._end_renderer()

    def __enter__(self) -> Voice:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()


def _to_clip(sound: bytes, key: ClipKey) -> Clip:
    """RendererFailure: what came is not the text spoken."""
    try:
        samples = shaping.decode(sound)
    except ValueError as error:
        raise RendererFailure(str(error)) from error
    if shaping.is_silent(samples):
        if not any(character.isalnum() for character in key.text):
            raise ValueError(f'nothing in the text "{key.text}" is spoken')
        raise RendererFailure(f'it gave only silence for "{key.text}"')
    pcm = shaping.shape(samples)
    if not shaping.is_plausible(pcm, key.text, key.rate):
        raise RendererFailure(f'it gave {len(pcm) / SAMPLE_RATE:.1f} s of sound for "{key.text}"')
    return Clip(pcm, key)


def _unavailable(why: str) -> VoiceUnavailable:
    return VoiceUnavailable(
        f"The voice failed {_ATTEMPTS} times, {why}: see `easeup doctor`, or install it anew with "
        "`pip install --force-reinstall pyttsx3 espeakng-loader`."
    )


def _on_one_line(text: str) -> str:
    # Control characters (a NUL would end the text for C), halves of surrogate pairs and line ends.
    gaps = {"Cc", "Cs", "Zl", "Zp"}
    spaced = (" " if unicodedata.category(character) in gaps else character for character in text)
    line = " ".join(unicodedata.normalize("NFC", "".join(spaced)).split())
    if not line:
        raise ValueError("there is no text to speak")
    if len(line.encode()) > LONGEST_TEXT:
        raise ValueError(f'the text "{line[:40]}…" is too long for one clip: speak it in parts')
    return line


@functools.cache
def _versions() -> str:
    packages = ", ".join(f"{name} {_version(name)}" for name in ("soxr", "pyttsx3", "espeakng-loader"))
    return f"shaping {shaping.VERSION}, {packages}"


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        # No loader: the system's own voice. Its version is not known, but it changes with the system.
        return platform.platform()

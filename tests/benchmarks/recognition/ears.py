"""Ears, each in a child process of its own, where their time and memory are measured.

A child imports what its ear needs and nothing else, so this module may import no other of this package.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from voice.recognition.hypothesis import Hypothesis
from voice.recognition.models import ModelError
from voice.recognition.recognizer import RATE, Recognizer

_MEGABYTE = 1e6


class EarError(Exception):
    """An ear can't be used; as text, one line that says which, why and what to do."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident memory of a child, in MB; zeros where the system doesn't tell."""

    imported: float
    """After the import of the recognizer's package."""
    loaded: float
    """After the model was loaded."""
    peak: float
    """The most there ever was."""


class _Ear(Protocol):
    def listen_for(self, phrases: Sequence[str], expected: Sequence[str]) -> tuple[str, ...]:
        """Set the grammar; gives the phrases that can't be heard."""

    def hear(self, sound: npt.NDArray[np.int16], *, goes_on: bool) -> tuple[Hypothesis, ...]:
        """Listen; unless it goes on, the next sound has nothing to do with this one."""


class _Vosk:
    def __init__(self, model: Path) -> None:
        self._recognizer = Recognizer(model)
        self._heard = 0

    def listen_for(self, phrases: Sequence[str], expected: Sequence[str]) -> tuple[str, ...]:
        self._recognizer.listen_for(phrases, ("stop",), expected)
        return self._recognizer.unheard

    def hear(self, sound: npt.NDArray[np.int16], *, goes_on: bool) -> tuple[Hypothesis, ...]:
        began, self._heard = self._heard / RATE, self._heard + len(sound)
        hypotheses = self._recognizer.hear(sound)
        if not goes_on:
            self._recognizer.forget_utterance()
        return tuple(replace(each, at=each.at - began) for each in hypotheses)


class _Pocketsphinx:
    """Its own English model; a sound is one utterance, heard as a whole."""

    def __init__(self) -> None:
        import pocketsphinx  # noqa: PLC0415 - in the extra "benchmarks", and only this child needs it

        self._decoder = pocketsphinx.Decoder(lm=None, samprate=float(RATE), loglevel="FATAL")

    def listen_for(self, phrases: Sequence[str], expected: Sequence[str]) -> tuple[str, ...]:
        del expected
        known = [each for each in phrases if all(map(self._decoder.lookup_word, each.split()))]
        rule = _alternatives([tuple(each.split()) for each in known])
        self._decoder.add_jsgf_string("phrases", f"#JSGF V1.0;\ngrammar phrases;\npublic <phrase> = {rule};")
        self._decoder.activate_search("phrases")
        return tuple(set(phrases) - set(known))

    def hear(self, sound: npt.NDArray[np.int16], *, goes_on: bool) -> tuple[Hypothesis, ...]:
        del goes_on
        self._decoder.start_utt()
        self._decoder.process_raw(sound.tobytes(), no_search=False, full_utt=True)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        text = found.hypstr if found else ""
        return (Hypothesis(text, is_final=True, at=len(sound) / RATE),)


def _alternatives(phrases: Sequence[tuple[str, ...]]) -> str:
    """JSGF of these phrases as a tree: of a flat list of 2,000, decoding takes thirty times as long."""
    rest: dict[str, list[tuple[str, ...]]] = {}
    for first, *more in phrases:
        rest.setdefault(first, []).append(tuple(more))
    return " | ".join(_branch(first, following) for first, following in rest.items())


def _branch(first: str, following: Sequence[tuple[str, ...]]) -> str:
    longer = [each for each in following if each]
    if not longer:
        return first
    inner = _alternatives(longer)
    return f"{first} [{inner}]" if () in following else f"{first} ({inner})"


class EarProcess:
    """One ear in its child. A context manager; the child ends with it."""

    def __init__(self, model: Path | None) -> None:
        """Start it.

        Args:
            model: Folder of a Vosk model; None for pocketsphinx.

        Raises:
            EarError: The ear can't be had.
        """
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._child = context.Process(target=_serve, args=(other, model), daemon=True)
        self._child.start()
        other.close()
        self._name = "pocketsphinx" if model is None else str(model)
        self.imported, self.loaded = self._answer()
        self.cpu = self.audio = 0.0
        """Seconds, of everything heard since the last `listen_for`."""

    def listen_for(self, phrases: Sequence[str], expected: Sequence[str] = ()) -> tuple[str, ...]:
        """Listen for these from now on; gives those that can't be heard. EarError: "stop" is among them."""
        self._pipe.send((tuple(phrases), tuple(expected)))
        unheard: tuple[str, ...] = self._answer()
        self.cpu = self.audio = 0.0
        return unheard

    def hear(self, sound: npt.NDArray[np.int16], *, goes_on: bool = False) -> tuple[Hypothesis, ...]:
        """What is heard in a sound of whole chunks; times are from its beginning.

        Args:
            sound: Shape (samples,), 16 kHz.
            goes_on: Whether the next sound follows without a gap.
        """
        self._pipe.send((sound, goes_on))
        hypotheses: tuple[Hypothesis, ...]
        hypotheses, cpu = self._answer()
        self.cpu += cpu
        self.audio += len(sound) / RATE
        return hypotheses

    def memory(self) -> Memory:
        """What the child takes and has taken."""
        self._pipe.send(None)
        return Memory(self.imported, self.loaded, self._answer())

    def _answer(self) -> Any:
        try:
            answer = self._pipe.recv()
        except EOFError:
            self._child.join()
            raise EarError(f"{self._name}: the ear crashed (exit code {self._child.exitcode})") from None
        if isinstance(answer, EarError):
            raise answer
        return answer

    def __enter__(self) -> EarProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._pipe.close()
        self._child.join(5)
        self._child.kill()


def _serve(pipe: Connection, model: Path | None) -> None:
    """The child: answers until the pipe is closed."""
    try:
        imported = _import(model)
        ear: _Ear = _Pocketsphinx() if model is None else _Vosk(model)
        pipe.send((imported, _resident("VmRSS")))
        while True:
            match pipe.recv():
                case None:
                    pipe.send(_resident("VmHWM"))
                case (np.ndarray() as sound, bool() as goes_on):
                    began = time.process_time()
                    hypotheses = ear.hear(sound, goes_on=goes_on)
                    pipe.send((hypotheses, time.process_time() - began))
                case (phrases, expected):
                    pipe.send(ear.listen_for(phrases, expected))
    except (ModelError, ImportError) as error:
        pipe.send(EarError(_why(error)))
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        pass


def _import(model: Path | None) -> float:
    if model is None:
        import pocketsphinx  # noqa: F401, PLC0415 - measured here
    else:
        import vosk  # noqa: F401, PLC0415 - measured here
    return _resident("VmRSS")


def _why(error: Exception) -> str:
    if isinstance(error, ImportError):
        return f"{error}; install the benchmarks' needs: pip install '.[benchmarks]', or choose other --ears"
    return str(error)


def _resident(line: str) -> float:
    status = Path("/proc/self/status")
    if not status.is_file():
        return 0.0
    found = next(each for each in status.read_text(encoding="ascii").splitlines() if each.startswith(line))
    return int(found.split()[1]) * 1024 / _MEGABYTE

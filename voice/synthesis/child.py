"""The program in the child process: text in on stdin, the bytes of a sound file out on stdout.

A request is one line of JSON, an answer is one line of JSON, followed by as many bytes as it announces:

    {"do": "render", "text": "Stop.", "voice": "gmw/en-us", "rate": 150}   ->  {"bytes": 21344} RIFF...
                                                                           or  {"unknown": "..", "near": [..]}
                                                                           or  {"failed": "why"}
    {"do": "voices"}                                                       ->  {"voices": ["gmw/en-us", ..]}

The first line, unasked, is `{"ready": true}`, or `{"missing": "why"}` when there is no engine. The end of
stdin, also by the parent's death, ends the program.

Why a process of its own: the engine may crash (a text of 20,000 characters does it), hang, or call exit().
Why, on Linux, one more for every request, forked from this one once the libraries are loaded: espeak-ng
carries state from one text to the next, so that the same words give other samples after other words; and
pyttsx3 loses rates and files when an engine that has just spoken is hurried. A fresh engine costs 15 ms and
has neither trouble.

It may not import anything of `voice` (it is started by its path), play a sound, or write on stdout anything
but answers.
"""

from __future__ import annotations

import contextlib
import ctypes
import difflib
import functools
import importlib
import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

_LINUX = sys.platform == "linux"
# Elsewhere pyttsx3 chooses the system's own voice (nsss on macOS, sapi5 on Windows), and one engine serves
# all requests, since those systems cannot fork safely. No machine of theirs has run this yet.
_DRIVER = "espeak" if _LINUX else None
_LONGEST_DATA_PATH = 120
"""Characters. espeak-ng cuts the path of its data off at 160, without a word, and then calls exit(1)."""
_RENDER_SECONDS = 60
"""A forked engine ends itself after so long; the parent process gives up far sooner."""
_SETTLE_SECONDS = 1.0
"""How long a property may take to be taken on, or a file to be whole after the engine said it was done."""


class _UnknownVoiceError(Exception):
    """`args` are the names of voices that come near."""


class _RenderError(Exception):
    """The engine did not do what it was asked."""


def main(folder: Path) -> int:
    """Answer requests until stdin ends. `folder` is private, for sound files, and is removed at the end."""
    # Ctrl-C in the terminal is the parent's to deal with.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    # The espeak driver prints "Audio saved to …": from here on, stdout leads nowhere.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        try:
            _load_libraries(folder)
        except (ImportError, OSError, RuntimeError) as error:
            _write(answers, {"missing": str(error)})
            return 1
        _write(answers, {"ready": True})
        for line in sys.stdin.buffer:
            if not _serve(json.loads(line), answers, folder / "clip.wav"):
                return 1
    except BrokenPipeError:
        return 1  # The parent is gone.
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _load_libraries(folder: Path) -> None:
    """Load what forks can share, so that they only have to start the engine. Starts no thread."""
    with contextlib.suppress(ImportError):  # not there for every machine: then the system's espeak-ng is used
        loader = importlib.import_module("espeakng_loader")
        os.environ["ESPEAK_DATA_PATH"] = _short(loader.get_data_path(), folder)
        # pyttsx3 asks for "libespeak-ng.so.1", and gets the library of that name which is already loaded.
        ctypes.CDLL(loader.get_library_path())
    importlib.import_module("pyttsx3")
    if _DRIVER:
        importlib.import_module(f"pyttsx3.drivers.{_DRIVER}")


def _short(data_path: str, folder: Path) -> str:
    if len(data_path) <= _LONGEST_DATA_PATH:
        return data_path
    link = folder / "espeak-ng-data"
    link.symlink_to(data_path, target_is_directory=True)
    return str(link)


def _serve(request: dict[str, Any], answers: BinaryIO, file: Path) -> bool:
    """Answer one request. False: the engine crashed, and nothing was answered."""
    if not _LINUX:
        _write(answers, *_answer(request, file))
        return True
    fork = os.fork()
    if fork:
        return os.waitpid(fork, 0)[1] == 0
    code = 1
    try:
        signal.alarm(_RENDER_SECONDS)
        _write(answers, *_answer(request, file))
        code = 0
    finally:
        # Not sys.exit: espeak-ng may abort in its own end, and `finally` in main is not for the fork.
        os._exit(code)


def _write(answers: BinaryIO, header: dict[str, Any], payload: bytes = b"") -> None:
    answers.write(json.dumps(header).encode() + b"\n" + payload)
    answers.flush()


def _answer(request: dict[str, Any], file: Path) -> tuple[dict[str, Any], bytes]:
    try:
        if request["do"] == "voices":
            return {"voices": sorted(voice.id for voice in _engine().getProperty("voices"))}, b""
        sound = _render(request["text"], request["voice"], request["rate"], file)
    except _UnknownVoiceError as error:
        return {"unknown": request["voice"], "near": list(error.args)}, b""
    except (_RenderError, OSError, RuntimeError, ValueError) as error:
        return {"failed": str(error)}, b""
    return {"bytes": len(sound)}, sound


@functools.cache
def _engine() -> Any:
    engine = importlib.import_module("pyttsx3").init(_DRIVER)
    # Until its first loop has ended, the engine queues what it is told, and leaves its loop too early.
    engine.runAndWait()
    if _LINUX:
        # Breathy voices ("+f3") add noise, whose seed espeak-ng has just taken from the clock. An older one
        # lacks the function, and those voices are then never twice the same.
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL("libespeak-ng.so.1").espeak_ng_SetRandSeed(ctypes.c_long(1))
    return engine


def _render(text: str, voice: str | None, rate: int, file: Path) -> bytes:
    engine = _engine()
    if voice is not None:
        _set(engine, "voice", _find_voice(engine, voice))
    _set(engine, "rate", rate)
    file.unlink(missing_ok=True)
    engine.save_to_file(text, str(file))
    engine.runAndWait()
    # A driver may return before the file is written.
    deadline = time.monotonic() + _SETTLE_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(FileNotFoundError):
            sound = file.read_bytes()
            if _is_whole(sound):
                file.unlink()
                return sound
        time.sleep(0.002)
    raise _RenderError("the engine wrote no whole sound file")


def _set(engine: Any, name: str, value: str | int) -> None:
    """Set a property and wait until it is: the engine takes it on in a thread, and loses it if hurried."""
    engine.setProperty(name, value)
    wanted = value.lower() if isinstance(value, str) else value
    deadline = time.monotonic() + _SETTLE_SECONDS
    while True:
        actual = engine.getProperty(name)
        if (actual.lower() if isinstance(actual, str) else actual) == wanted:
            return
        if time.monotonic() > deadline:
            raise _RenderError(f"the engine keeps {name} {actual} instead of {value}")
        time.sleep(0.001)


def _find_voice(engine: Any, wanted: str) -> str:
    """The full id of a voice given by id, its last part, name or language, with or without "+variant"."""
    base, plus, variant = wanted.partition("+")
    voices = engine.getProperty("voices")
    ids: list[str] = [voice.id for voice in voices]
    # The id itself first, so that another voice's name cannot stand in its way.
    names: dict[str, str] = {
        name.lower(): voice.id for voice in reversed(voices) for name in (*voice.languages, voice.name)
    }
    names |= {id_.rpartition("/")[2].lower(): id_ for id_ in reversed(ids)} | {
        id_.lower(): id_ for id_ in ids
    }
    found = names.get(base.lower())
    if found is None:
        near = difflib.get_close_matches(base.lower(), names, n=4, cutoff=0.6)
        raise _UnknownVoiceError(*dict.fromkeys(names[name] for name in near))
    if not plus:
        return found
    # The engine takes an unknown variant for none. The files' names are the variants' names, in their case.
    variants = {name.lower(): name for name in _variants()}
    if variant.lower() not in variants:
        near = difflib.get_close_matches(variant.lower(), variants, n=4, cutoff=0.4)
        raise _UnknownVoiceError(*(f"{found}+{variants[name]}" for name in near))
    return f"{found}+{variants[variant.lower()]}"


def _variants() -> list[str]:
    # A system's own espeak-ng keeps its data where pyttsx3 does not tell: no variants there.
    folder = Path(os.environ.get("ESPEAK_DATA_PATH", os.devnull), "voices", "!v")
    return sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []


def _is_whole(sound: bytes) -> bool:
    """Whether it is as long as the header of a WAV (or, on macOS, AIFF) file says."""
    order = {b"RIFF": "little", b"FORM": "big"}.get(sound[:4])
    if order == "little":
        return int.from_bytes(sound[4:8], "little") + 8 == len(sound)
    return order == "big" and int.from_bytes(sound[4:8], "big") + 8 == len(sound)


if __name__ == "__main__":
    # Started by its path, its own folder heads the import path: neighbours could be taken for other modules.
    sys.path.pop(0)
    sys.exit(main(Path(sys.argv[1])))

"""Festival: two men's diphones, a woman's statistical voice. One program runs on: it starts slowly."""

from __future__ import annotations

import atexit
import re
import select
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voice.recognition.training.warping import Warp, warp

from .engine import EngineError, read_wav

_FOLDER = Path("/usr/share/festival/voices")
_PITCHES = {"kal_diphone": 105.0, "ked_diphone": 105.0}
"""The hertz about which each voice speaks by itself. The statistical voice can't be told another."""
_STATISTICAL = "cmu_us_slt_arctic_hts"
_DONE = b"clip done\n"
_SECONDS = 20


class Festival:
    """The program `festival`, fed with its own Scheme."""

    name = "festival"
    how_to_install = "sudo apt install festival festvox-kallpc16k festvox-kdlpc16k festvox-us-slt-hts"

    def __init__(self) -> None:
        """Starts nothing yet."""
        self._program: subprocess.Popen[bytes] | None = None

    def names(self) -> tuple[str, ...]:
        """The English voices that are installed."""
        if shutil.which("festival") is None:
            return ()
        return tuple(name for name in (*_PITCHES, _STATISTICAL) if any(_FOLDER.glob(f"*/{name}")))

    def say(self, name: str, text: str, speed: float, pitch: float) -> npt.NDArray[np.int16]:
        """See `Engine`."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "clip.wav")
            self._order(f"(voice_{name}) {_settings(name, speed, pitch)} {_saying(text, file)}")
            if not file.exists():
                raise EngineError(f"festival: no sound for {text!r}")
            clip = read_wav(file.read_bytes())
        return clip if name in _PITCHES else warp(clip, Warp(pitch=pitch))

    def _order(self, scheme: str) -> None:
        program = self._running()
        assert program.stdin is not None  # noqa: S101 -- for the type checker
        assert program.stdout is not None  # noqa: S101
        try:
            # On lines of its own: an error ends the line it is in.
            program.stdin.write(
                f'{scheme}\n(format t "{_DONE.decode().strip()}\\n")\n(fflush nil)\n'.encode()
            )
            program.stdin.flush()
        except BrokenPipeError:
            self._end()
            raise EngineError("festival: it has ended") from None
        while True:
            ready, _, _ = select.select([program.stdout], [], [], _SECONDS)
            line = program.stdout.readline() if ready else b""
            if line.endswith(_DONE):
                return
            if not line:  # It hangs, or has ended.
                self._end()
                raise EngineError(f"festival: it failed at {scheme}")

    def _running(self) -> subprocess.Popen[bytes]:
        if self._program is None:
            try:
                self._program = subprocess.Popen(
                    ("festival", "--pipe"),  # noqa: S607 -- where it lies is the system's to know
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    bufsize=0,
                )
            except OSError as error:
                raise EngineError(f"festival: {error}") from None
            atexit.register(self._end)
        return self._program

    def _end(self) -> None:
        if self._program is not None:
            atexit.unregister(self._end)
            self._program.kill()
            self._program.communicate()
            self._program = None


def _settings(name: str, speed: float, pitch: float) -> str:
    if name == _STATISTICAL:
        return f'(set! hts_engine_params (append hts_engine_params (list (list "-r" {speed:.3f}))))'
    hertz = _PITCHES[name] * pitch
    return (
        f"(Parameter.set 'Duration_Stretch {1 / speed:.3f}) "
        f"(set! int_lr_params '((target_f0_mean {hertz:.1f}) (target_f0_std {hertz / 8:.1f}) "
        "(model_f0_mean 170) (model_f0_std 34)))"
    )


def _saying(text: str, file: Path) -> str:
    plain = re.sub(r'["\\]', "", text)
    return f'(utt.save.wave (utt.synth (Utterance Text "{plain}")) "{file}" (quote riff))'

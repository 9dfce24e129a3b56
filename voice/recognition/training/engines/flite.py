"""flite: voices made from recordings of three men and a woman."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voice.recognition.training.warping import Warp, warp

from .engine import EngineError, read_wav, run

_PITCHES = {"kal16": 105.0, "awb": 130.0, "slt": 175.0}
"""The hertz about which each voice speaks by itself. The voice "rms" can't be told another."""


class Flite:
    """The program `flite`."""

    name = "flite"
    how_to_install = "sudo apt install flite"

    def names(self) -> tuple[str, ...]:
        """The voices that can say anything, one for each speaker."""
        return ("kal16", "awb", "slt", "rms") if shutil.which("flite") else ()

    def say(self, name: str, text: str, speed: float, pitch: float) -> npt.NDArray[np.int16]:
        """See `Engine`."""
        natural = _PITCHES.get(name)
        settings = [f"duration_stretch={1 / speed:.3f}"]
        if natural:
            settings.append(f"int_f0_target_mean={natural * pitch:.1f}")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "clip.wav")
            options = [part for setting in settings for part in ("--setf", setting)]
            run(("flite", "-voice", name, *options, "-t", text, "-o", str(file)))
            if not file.exists():
                raise EngineError(f"flite: no sound for {text!r}")
            clip = read_wav(file.read_bytes())
        return clip if natural else warp(clip, Warp(pitch=pitch))

"""espeak-ng: formant synthesis, in the accents of English and in voice variants that sound like people."""

from __future__ import annotations

import math
import shutil

import numpy as np
import numpy.typing as npt

from .engine import read_wav, run

_ACCENTS = ("en-us", "en-gb", "en-gb-scotland", "en-gb-x-gbclan", "en-gb-x-rp", "en-gb-x-gbcwmd", "en-029")
_VARIANTS = (
    *("m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "f1", "f2", "f3", "f4", "f5"),
    *("klatt", "klatt2", "klatt3", "klatt4", "klatt5", "klatt6"),
    *("Alex", "Andy", "Annie", "Denis", "Diogo", "Gene", "Henrique", "Hugo", "Mario", "Mike", "Nguyen"),
    *("adam", "anika", "antonio", "belinda", "benjamin", "boris", "caleb", "david", "ed", "edward", "iven"),
    *("john", "linda", "max", "michel", "miguel", "pablo", "paul", "pedro", "quincy", "rob", "sandro"),
    *("steph", "steph2", "victor"),
)
"""Without the whispers, robots, demons and animals, and without those of whom pocketsphinx understood at most
one of five words."""
_WORDS_A_MINUTE = 160


class Espeak:
    """The program `espeak-ng`. Breathy variants never sound quite the same: their noise has no seed."""

    name = "espeak"
    how_to_install = "sudo apt install espeak-ng"

    def names(self) -> tuple[str, ...]:
        """Every accent in every variant."""
        if shutil.which("espeak-ng") is None:
            return ()
        return tuple(f"{accent}+{variant}" for accent in _ACCENTS for variant in _VARIANTS)

    def say(self, name: str, text: str, speed: float, pitch: float) -> npt.NDArray[np.int16]:
        """See `Engine`. Its scale of pitch, 0 to 99 with 50 in the middle, spans two octaves."""
        rate = f"{_WORDS_A_MINUTE * speed:.0f}"
        scale = f"{min(max(50 + 50 * math.log2(pitch), 0), 99):.0f}"
        return read_wav(run(("espeak-ng", "-v", name, "-s", rate, "-p", scale, "--stdout", "--", text)))

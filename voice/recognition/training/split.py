"""Who is kept out of training, to be scored on: a quarter of the people, and some synthetic voices."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

HELD_OUT_PARTS = 4
"""One speaker in so many is held out."""
NOISE_SHARE = 0.6
"""Noise is trained with from so much of each recording of it; what comes after is for scoring."""
_SPEAKER = re.compile(r"(?:^|_)([0-9a-f]{8})_nohash_")
HELD_OUT_VOICES: tuple[str, ...] = (
    *("espeak:en-us+f4", "espeak:en-gb+m3", "espeak:en-gb-scotland+klatt4"),
    *("flite:rms", "festival:ked_diphone", "kokoro:am_michael", "kokoro:bf_emma", "kokoro:if_sara"),
)
"""Ids of synthetic voices that are never trained on."""


def speaker_of(recording: Path) -> str:
    """Who speaks, by the file names of Speech Commands; of other files, the stem."""
    name = _SPEAKER.search(recording.name)
    return name[1] if name else recording.stem


def is_held_out(speaker: str) -> bool:
    """Whether a person's recordings are for scoring only.

    Decided by the name alone, so that a speaker stays on one side whatever else is added.

    Args:
        speaker: As `speaker_of` gives it.
    """
    return hashlib.sha256(speaker.encode()).digest()[0] % HELD_OUT_PARTS == 0

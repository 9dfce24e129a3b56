"""What the publisher's page tells of its English models, and its list does not: licence and quality.

Source: https://alphacephei.com/vosk/models. Models that are not here can be used as well, after these.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """A model of the publisher."""

    name: str
    licence: str
    """Short, as SPDX has it where the page is that exact."""
    word_errors: str
    """Word error rate in % by its publisher, and on what."""


BEST_FIRST = (
    Known("vosk-model-en-us-0.22-lgraph", "Apache-2.0", "7.82 on LibriSpeech, 8.20 on TED-LIUM"),
    Known("vosk-model-en-us-daanzu-20200905-lgraph", "AGPL", "8.20 on LibriSpeech, 9.28 on TED-LIUM"),
    Known("vosk-model-small-en-us-0.15", "Apache-2.0", "9.85 on LibriSpeech, 10.38 on TED-LIUM"),
    Known("vosk-model-small-en-us-zamia-0.5", "LGPL-3.0", "11.55 on LibriSpeech, 12.64 on TED-LIUM"),
    Known("vosk-model-small-en-in-0.4", "Apache-2.0", "49.05 on NPTEL (Indian English lectures)"),
)
"""By word error rate: of several that were downloaded, the first one here is used."""
_PLACES = {known.name: (place, known) for place, known in enumerate(BEST_FIRST)}


def preference(name: str) -> tuple[int, str]:
    """What to sort models by, best first: the known ones by their word error rate, then others by name."""
    return (_PLACES[name][0] if name in _PLACES else len(BEST_FIRST), name)


def licence(name: str) -> str | None:
    """A model's licence, where the publisher's page tells it."""
    return _PLACES[name][1].licence if name in _PLACES else None

"""When the narration steps back: while somebody speaks, until it is known what was said. Pure."""

from __future__ import annotations

from collections import deque

_ONSET = 20
"""Blocks that are looked at together."""
_ONSET_SHARE = 0.7
"""How many of them have to be somebody's: a clap or a creak is shorter."""
_QUIET = 80
"""Blocks without anybody after which it comes forward again."""
_LONGEST = 400
"""Blocks after which it comes forward, until there has been quiet: it is noise, nobody speaks for so long."""


class Ducking:
    """Follows who is heard, 10 ms at a time."""

    def __init__(self) -> None:
        self.ducked = False
        self._recent: deque[bool] = deque(maxlen=_ONSET)
        self._quiet = 0
        self._lasts = 0
        self._is_noise = False

    def hear(self, somebody: bool) -> None:
        """Take note of 10 ms in which somebody sounded, or nobody."""
        self._recent.append(somebody)
        self._quiet = 0 if somebody else self._quiet + 1
        if self.ducked:
            self._lasts += 1
            if self._quiet >= _QUIET or self._lasts >= _LONGEST:
                self._is_noise = self._quiet < _QUIET
                self.settle()
        elif self._is_noise:
            self._is_noise = self._quiet < _QUIET
        elif sum(self._recent) >= _ONSET_SHARE * _ONSET:
            self.ducked, self._lasts = True, 0

    def settle(self) -> None:
        """It is known what was said, or that it was nothing: what is answered is said aloud."""
        self.ducked = False
        self._recent.clear()

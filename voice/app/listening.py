"""The thread that listens: microphone blocks in, events out, and silence at once when somebody says stop.

Between a stop that is believed and silence lies nothing that could keep it waiting: not the session, which
may be busy with what happened before, not the voice, the disk or the screen.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from voice.audio.exchange import MicrophoneBlock
from voice.session.events import Event, Heard
from voice.session.intents import URGENT

from .ears import Ears

BEHIND_S = 0.5
"""Ears that hang further behind the microphone hear a stop too late: the machine is too slow, or too busy."""

_LOOK_S = 0.5
"""How soon it notices that it is to end, when no sound comes."""
_GOODBYE_S = 2.0


class Listening:
    """Listens from `with` to its end."""

    def __init__(
        self,
        ears: Ears,
        blocks: queue.Queue[MicrophoneBlock],
        happened: Callable[[Event], object],
        silence: Callable[[], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Make one; all three are called on its thread, and may not wait.

        Args:
            ears: Who listen.
            blocks: Where the microphone's blocks come from.
            happened: Given each event.
            silence: Called before it when that is urgent: in every state the session falls silent then, too.
            failed: Given what broke the ears; they don't listen any more.
        """
        self._ears = ears
        self._blocks = blocks
        self._happened = happened
        self._silence = silence
        self._failed = failed
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="ears", daemon=True)

    def _listen(self) -> None:
        while not self._ended.is_set():
            try:
                block = self._blocks.get(timeout=_LOOK_S)
            except queue.Empty:
                continue
            try:
                for event in self._ears.hear(block):
                    if isinstance(event, Heard) and event.intent.name in URGENT:
                        self._silence()
                    self._happened(event)
            except Exception as error:  # noqa: BLE001 - whatever it is, nobody must go on believing to be heard
                self._failed(error)
                return

    def __enter__(self) -> Listening:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join(_GOODBYE_S)  # one that hangs must not keep the program from ending

"""The ears of a session: listens for what can be said in its state.

Watches the conversation on the session's thread and listens on its own; a new expectation is taken up with
the next block.
"""

from __future__ import annotations

from voice.audio.exchange import MicrophoneBlock
from voice.language import Commands
from voice.session.events import Heard, NotUnderstood
from voice.session.state import PhaseName, State
from voice.synthesis.rates import words_per_minute

from .conversation import Turned
from .hearing import Hearing
from .vocabulary import CommandsInUse


class Ears:
    """Sound in, events out. A witness of the conversation it listens for."""

    def __init__(self, hearing: Hearing, commands: CommandsInUse, state: State) -> None:
        """Listen for what can be said in `state`.

        Raises:
            ModelError: The model can't be used.
        """
        self._hearing = hearing
        self._commands = commands
        self._wanted = self._expectation(state)
        self._taken_up = self._wanted
        self._hearing.expect(*self._taken_up)

    def _expectation(self, state: State) -> tuple[Commands, PhaseName]:
        return self._commands.at(state), state.phase.name

    def turned(self, turn: Turned) -> None:
        """The session may be in another phase now, in another massage, and saying something else."""
        state = turn.transition.state
        self._wanted = self._expectation(state)
        if state.speaking is None:
            self._hearing.narration_ends()
        elif state.speaking.utterance_id in turn.texts:
            text = turn.texts[state.speaking.utterance_id]
            self._hearing.narration_begins(text, words_per_minute(state.speech_rate))

    def hear(self, block: MicrophoneBlock) -> tuple[Heard | NotUnderstood, ...]:
        """Listen on to 10 ms of sound."""
        if self._wanted != self._taken_up:
            self._taken_up = self._wanted
            self._hearing.expect(*self._taken_up)
        return self._hearing.hear(block)

"""A session without devices: everything turns on audio time, in one thread, as fast as the CPU allows."""

from __future__ import annotations

import queue
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from voice.audio.exchange import LockStep, MicrophoneBlock, Room
from voice.audio.files import FileRoom
from voice.audio.mixer import Mixer
from voice.recognition.recognizer import Recognizer
from voice.rehearsal.partner import Partner
from voice.rehearsal.record import Entry, Record
from voice.session.events import Heard, Opened, SpeechFinished, TimePassed
from voice.session.intents import Intent, IntentName
from voice.session.plan import Plan
from voice.synthesis.clips import ClipCache, default_folder
from voice.synthesis.errors import VoiceUnavailable
from voice.synthesis.prefetch import Prefetcher
from voice.synthesis.speech import Voice

from .chronicle import Chronicle
from .conversation import Conversation
from .ears import Ears
from .hearing import Hearing
from .keeping import Keeping
from .opening import first_state, language
from .speaker import RoomSpeaker
from .vocabulary import CommandsInUse

_REST_S = 3.0
"""A session that has rested for so long has nothing more to say."""


class LockStepSession:
    """A whole session in a room that is not there: real ears, real voice, real mixer."""

    def __init__(
        self,
        room: Room,
        chosen: Plan | None,
        model: Path | None,
        parts: ExitStack,
        *,
        partner: Partner | None = None,
        tell: Callable[[Entry], object] | None = None,
        keeping: Keeping | None = None,
    ) -> None:
        """Put it together.

        Args:
            room: What lies between loudspeaker and microphone.
            chosen: The routine that "start" alone begins.
            model: Folder of the recognition model; None: without ears, all is said by `ask_for`.
            parts: Closes the voice in the end.
            partner: Who is told what the guide does.
            tell: Given each entry of the record as it begins.
            keeping: Writes it down, in a diary in which nothing is under way; None: nobody does.

        Raises:
            DocumentError: A bundled routine, command or prompt file has problems.
            ModelError: The model can't be used.
        """
        self.record = Record()
        mixer = Mixer()
        self._blocks: queue.Queue[MicrophoneBlock] = queue.Queue(maxsize=1)
        self._finished: list[int] = []
        self._sound = LockStep(mixer, self._blocks, self._finished.append, room)
        recognizer = None if model is None else Recognizer(model)
        spoken_in = language(recognizer)
        state = first_state(chosen)
        if keeping is not None:
            state = keeping.recall(state).state
        clips = parts.enter_context(
            Prefetcher(parts.enter_context(Voice()), ClipCache(default_folder()), background=False)
        )
        self._commands = CommandsInUse(spoken_in)
        self._ears = None if recognizer is None else Ears(Hearing(recognizer, mixer), self._commands, state)
        watching = (Chronicle(self.record, partner, tell), self._ears, keeping)
        self.conversation = Conversation(
            state,
            spoken_in.prompts,
            RoomSpeaker(mixer, clips, _give_up),
            [witness for witness in watching if witness is not None],
            None if keeping is None else keeping.happens,
        )

    @property
    def now(self) -> float:
        """Audio time, in seconds."""
        return self._sound.audio_time

    def open(self) -> None:
        """The first event."""
        self.conversation.handle(Opened(), self.now)

    def step(self) -> None:
        """Let 10 ms pass, and answer what they bring: speech that ended, what was heard, time."""
        self._sound.step()
        now = self.now
        for utterance_id in self._finished:
            self.conversation.handle(SpeechFinished(utterance_id), now)
        self._finished.clear()
        block = self._blocks.get_nowait()
        for event in () if self._ears is None else self._ears.hear(block):
            self.conversation.handle(event, now)
        deadline = self.conversation.deadline
        if deadline is not None and deadline <= now:
            self.conversation.handle(TimePassed(), now)

    def ask_for(self, name: IntentName) -> None:
        """Somebody asks for this, in the plainest words for it; nobody has to hear them."""
        words = self._commands.at(self.conversation.state).example(name)
        self.conversation.handle(Heard(Intent(name), words), self.now)

    @property
    def rests(self) -> bool:
        """Whether nothing goes on that would end by itself."""
        return self.conversation.deadline is None and self.conversation.state.speaking is None


def _give_up(error: VoiceUnavailable) -> None:
    """Without a voice there is nothing to listen to."""
    raise error


def run_on_files(
    microphone: Path,
    loudspeaker: Path,
    chosen: Plan | None,
    model: Path,
    *,
    tell: Callable[[Entry], object] | None = None,
) -> None:
    """Hold a session that hears one sound file and speaks into another.

    Args:
        microphone: What is heard; silence follows it.
        loudspeaker: WAV to write.
        chosen: The routine that "start" alone begins.
        model: Folder of the recognition model.
        tell: Given each entry of the record as it begins.

    Raises:
        DocumentError, ModelError: See `LockStepSession`.
        AudioFileError: A file can't be read or written.
        VoiceUnavailable: The voice can't speak.
    """
    with ExitStack() as parts:
        room = parts.enter_context(FileRoom(microphone, loudspeaker))
        session = LockStepSession(room, chosen, model, parts, tell=tell)
        session.open()
        busy_until = 0.0
        while session.now - busy_until < _REST_S:
            session.step()
            if not (room.ended and session.rests):
                busy_until = session.now

"""A session on real devices: the audio callback, the ears and the voice on threads, and one session loop.

The callback fills a bounded queue of blocks; a thread listens to them; whatever happens goes into one inbox,
which the session loop empties. Nothing but the loop touches the session, and nothing that may take its time
(rendering, listening) is done in it.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from voice.audio.devices import Device, SoundUnavailable
from voice.audio.exchange import MicrophoneBlock
from voice.audio.format import BLOCK_SECONDS
from voice.audio.mixer import Mixer
from voice.audio.stream import QUEUED_BLOCKS, DuplexStream
from voice.audio.watch import Trouble
from voice.recognition.recognizer import Recognizer
from voice.rehearsal.record import Entry, Record
from voice.session.events import (
    Event,
    Failed,
    Heard,
    Interrupted,
    Opened,
    Part,
    Recovered,
    SpeechFinished,
    TimePassed,
)
from voice.session.intents import URGENT
from voice.session.lines import Line, Prompt
from voice.session.plan import Plan
from voice.session.state import PhaseName
from voice.synthesis.clips import ClipCache, default_folder
from voice.synthesis.errors import VoiceUnavailable
from voice.synthesis.prefetch import Prefetcher
from voice.synthesis.speech import Voice

from .chronicle import Chronicle
from .clock import SessionClock
from .conversation import Conversation
from .ears import Ears
from .foresight import upcoming
from .hearing import Hearing
from .keeping import Keeping
from .listening import BEHIND_S, Listening
from .opening import first_state, language
from .speaker import RoomSpeaker
from .vocabulary import CommandsInUse

_LOOK_S = 0.25
"""How often the parts are looked at."""
_TRY_VOICE_S = 5.0
"""How often a voice that is lost is tried again."""
_TRY_SOUND_S = 2.0
"""How often devices that are lost are opened again."""
_TRY_SILENT_S = 10.0
"""How often a microphone is that gives nothing: if it is muted, that only interrupts the loudspeaker."""


@dataclass(frozen=True, slots=True)
class _Broken:
    """A part failed on a thread of its own; the session is told, and so is whoever looks at the screen."""

    part: Part
    why: str


_Inbox = queue.SimpleQueue[Event | _Broken]


def run_live(
    chosen: Plan | None,
    model: Path,
    *,
    seed: int,
    microphone: Device | Path = None,
    loudspeaker: Device | Path = None,
    echo_delay_s: float | None = None,
    tell: Callable[[Entry], object] | None = None,
    complain: Callable[[str], object],
) -> None:
    """Listen and guide until the program is interrupted.

    Args:
        chosen: The routine that "start" alone begins.
        model: Folder of the recognition model.
        seed: Draws the wordings.
        microphone: A device, or a sound file that is heard instead.
        loudspeaker: A device, or a WAV to write instead of playing.
        echo_delay_s: From a sound's being played to its being heard, if a soundcheck has found that.
        tell: Given each entry of the record as it begins.
        complain: Given one line when a part fails.

    Raises:
        SoundUnavailable: There is no usable device.
        AudioFileError: A file can't be read or written.
        ModelError: The model can't be used.
        VoiceUnavailable: The voice can't speak.
        DocumentError: A bundled file has problems.
        KeyboardInterrupt: Ctrl-C; all devices have been released.
    """
    with ExitStack() as parts:
        live = _Live(chosen, model, parts, seed=seed, echo_delay_s=echo_delay_s, tell=tell, complain=complain)
        stream = parts.enter_context(
            DuplexStream(
                live.mixer,
                live.blocks,
                lambda utterance_id: live.inbox.put(SpeechFinished(utterance_id)),
                microphone=microphone,
                loudspeaker=loudspeaker,
            )
        )
        parts.enter_context(Listening(live.ears, live.blocks, live.inbox.put, live.silence, live.deaf))
        live.loop(stream)


class _Live:
    """The session loop and what it owns."""

    def __init__(
        self,
        chosen: Plan | None,
        model: Path,
        parts: ExitStack,
        *,
        seed: int,
        echo_delay_s: float | None,
        tell: Callable[[Entry], object] | None,
        complain: Callable[[str], object],
    ) -> None:
        recognizer = Recognizer(model)
        spoken_in = language(recognizer)
        self._complain = complain
        self._keeping = Keeping.opened(parts, complain)
        recalled = self._keeping.recall(first_state(chosen, seed=seed))
        state = recalled.state
        self._prompts = spoken_in.prompts
        self.mixer = Mixer()
        self.blocks: queue.Queue[MicrophoneBlock] = queue.Queue(QUEUED_BLOCKS)
        self.inbox: _Inbox = queue.SimpleQueue()
        hearing = Hearing(recognizer, self.mixer, echo_delay_s)
        self.ears = Ears(hearing, CommandsInUse(spoken_in), state)
        # Before the voice, so that it ends after it: closing the voice frees whoever waits for a line.
        self._speaking = parts.enter_context(ThreadPoolExecutor(1, "speaker"))
        self._voice = parts.enter_context(Voice())
        self._clips = parts.enter_context(Prefetcher(self._voice, ClipCache(default_folder())))
        self._voice_tried = 0.0
        self._sound_tried = 0.0
        self._mending: threading.Thread | None = None
        self._lags = False
        self._deaf = False
        self._troubles: dict[Part, Trouble | None] = {}
        self._record = Record()
        self._speaker = RoomSpeaker(
            self.mixer,
            self._clips,
            self._voice_failed,
            lambda job: self._speaking.submit(self._speak, job),
        )
        self._conversation = Conversation(
            state,
            spoken_in.prompts,
            self._speaker,
            [Chronicle(self._record, tell=tell), self.ears, self._keeping],
            self._keeping.happens,
        )
        # The first line is rendered before the devices open, so that a voice that can't speak is found now.
        self._clips.get(spoken_in.prompts.render(Line(Prompt.STOPPED)))
        self._clock = SessionClock(recalled.now)
        self._catching_up = recalled.catching_up

    def _now(self) -> float:
        """Seconds on the session's clock."""
        return self._clock.now

    def _speak(self, job: Callable[[], None]) -> None:
        """Render and play, on the speaker's thread."""
        try:
            job()
        except Exception as error:  # noqa: BLE001 - in doubt nobody may wait for words that never come
            self._voice_failed(error)

    def silence(self) -> None:
        """Nothing sounds from the next block on, until the session has come to this stop; on any thread."""
        self._speaker.bar()

    def deaf(self, error: Exception) -> None:
        """The ears have failed; on their thread."""
        self._deaf = True
        # They may have broken while they made room for somebody, and take nothing back any more.
        self.mixer.duck(False)
        self.mixer.hush(False)
        self.inbox.put(_Broken(Part.RECOGNIZER, f"the recognizer failed: {error}; start easeup again"))

    def _voice_failed(self, error: Exception) -> None:
        self.inbox.put(_Broken(Part.VOICE, str(error)))

    def _try_voice(self) -> None:
        """Whether the voice speaks again; a clip from the cache would prove nothing."""
        try:
            self._voice.render(self._prompts.render(Line(Prompt.STOPPED)))
        except VoiceUnavailable:
            return
        self.inbox.put(Recovered(Part.VOICE))

    def _try_sound(self, stream: DuplexStream, now: float) -> None:
        """Open the devices anew; that they are back is noticed by the sound that flows."""
        if self._mending is not None and self._mending.is_alive():
            return
        self._sound_tried = now

        def mend() -> None:
            with suppress(SoundUnavailable):
                stream.reopen()

        self._mending = threading.Thread(target=mend, name="mending", daemon=True)
        self._mending.start()

    def loop(self, stream: DuplexStream) -> None:
        """Handle every event in its turn, for ever."""
        self._clock.absence()  # the devices took their time to open, and nobody waited for a massage
        for first in (*self._catching_up, Opened()):
            self._handle(first)
        looked = self._now()
        while True:
            if (absent := self._clock.absence()) is not None:
                self._complain("the program stood still, or the clock was set: the massage is paused")
                self._handle(Interrupted(absent))
                # What the microphone heard meanwhile would make all that follows late; one pause is enough.
                looked = self._now()
                self._try_sound(stream, looked)
            now = self._now()
            if now - looked >= _LOOK_S:
                looked = now
                self._look(stream, now)
            deadline = self._conversation.deadline
            wait = _LOOK_S if deadline is None else min(_LOOK_S, deadline - now)
            try:
                event = self.inbox.get(timeout=max(0.0, wait))
            except queue.Empty:
                if deadline is not None and deadline <= self._now():
                    self._handle(TimePassed())
                continue
            if isinstance(event, _Broken):
                if event.part not in self._conversation.state.failed:
                    self._complain(event.why)
                event = Failed(event.part)
            if isinstance(event, Heard) and event.intent.name in URGENT:
                self._speaker.unbar()  # its own silence and answer come now
            self._handle(event)

    def _look(self, stream: DuplexStream, now: float) -> None:
        """See to the parts that don't speak up by themselves."""
        self._keeping.alive(self._conversation.state, now)
        failed = self._conversation.state.failed
        for change in (*stream.changes(now), *self._lag()):
            self._handle(change)
        self._tell_of(stream)
        if Part.VOICE in failed and now - self._voice_tried >= _TRY_VOICE_S:
            self._voice_tried = now
            self._speaking.submit(self._try_voice)
        silent = stream.trouble(Part.MICROPHONE) is Trouble.SILENT
        if stream.stalled and now - self._sound_tried >= (_TRY_SILENT_S if silent else _TRY_SOUND_S):
            if not any(map(stream.trouble, Part)):
                self._complain("the microphone hung behind, and is opened anew")
            self._try_sound(stream, now)
        if self._conversation.state.phase.name is PhaseName.CHOOSING:
            self._record.forget_what_is_over()

    def _tell_of(self, stream: DuplexStream) -> None:
        """What is wrong with the devices, on the screen; again when something else is."""
        for part in (Part.MICROPHONE, Part.LOUDSPEAKER):
            trouble = stream.trouble(part)
            if trouble is not self._troubles.get(part):
                self._troubles[part] = trouble
                self._complain(f"the {part} {'is back' if trouble is None else trouble.value}")

    def _lag(self) -> tuple[Failed | Recovered, ...]:
        """Ears that hang behind hear a stop too late: that counts as deaf."""
        lag = self.blocks.qsize() * BLOCK_SECONDS
        if self._deaf:
            return ()
        if not self._lags and lag > BEHIND_S:
            self._lags = True
            self._complain("the recognizer hangs behind; close other programs")
            return (Failed(Part.RECOGNIZER),)
        if self._lags and lag < BEHIND_S / 5:
            self._lags = False
            self._complain("the recognizer is back")
            return (Recovered(Part.RECOGNIZER),)
        return ()

    def _handle(self, event: Event) -> None:
        conversation = self._conversation
        conversation.handle(event, self._now())
        lines = upcoming(conversation.state, conversation.deadline, self._prompts, self._now())
        self._clips.want(lines, self._speaker.words_per_minute)

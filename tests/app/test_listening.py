"""From the word "stop" to zeros in the loudspeaker, while everything else stands still."""

from __future__ import annotations

import queue
import time
from contextlib import ExitStack

import numpy as np

from voice.app.ears import Ears
from voice.app.hearing import Hearing
from voice.app.listening import Listening
from voice.app.opening import first_state, language
from voice.app.speaker import RoomSpeaker
from voice.app.vocabulary import CommandsInUse
from voice.audio.exchange import LockStep, MicrophoneBlock
from voice.audio.format import BLOCK, RATE, Pcm16, Samples
from voice.audio.mixer import Mixer
from voice.audio.room import Echo, SimulatedRoom
from voice.recognition.models import BUILT_IN
from voice.recognition.recognizer import Recognizer
from voice.session.actions import Earcon
from voice.session.events import Event, Heard
from voice.session.intents import URGENT, IntentName
from voice.synthesis.clips import ClipCache, default_folder
from voice.synthesis.prefetch import Prefetcher
from voice.synthesis.speech import Voice

_STORY = (
    "Rest your hands, and let them grow warm. A slow stroke tells more than a fast one. Look at the back, "
    "and at the breath that moves it. There is time for everything here, and nothing has to be done at once."
)
_SAID_AFTER = 600
"""Blocks: in the middle of the story."""
_NEXT_AND_FADE = 2
"""Blocks: the one in which it fades out, and the first of zeros."""


class _Loudspeaker:
    """A room that remembers what was played in it last."""

    def __init__(self, room: SimulatedRoom) -> None:
        self.room = room
        self.last: Samples = np.zeros(BLOCK, dtype=np.float32)

    def step(self, loudspeaker: Samples) -> Pcm16:
        self.last = loudspeaker.copy()
        return self.room.step(loudspeaker)


def test_a_stop_is_silence_in_the_next_blocks_while_nobody_handles_anything() -> None:
    inbox: queue.SimpleQueue[Event] = queue.SimpleQueue()  # the session never comes to look into it
    with ExitStack() as parts:
        voice = parts.enter_context(Voice())
        clips = Prefetcher(voice, ClipCache(default_folder()), background=False)
        with Voice("gmw/en-us") as person:
            word = person.render("stop", 140).pcm
        mixer, room = Mixer(), _Loudspeaker(SimulatedRoom(echo=Echo(0.0, 80.0, 0.3)))
        speaker = RoomSpeaker(mixer, clips, _broken)
        recognizer = Recognizer(BUILT_IN)
        hearing = Hearing(recognizer, mixer)
        ears = Ears(hearing, CommandsInUse(language(recognizer)), first_state(None))
        blocks: queue.Queue[MicrophoneBlock] = queue.Queue(1)
        sound = LockStep(mixer, blocks, lambda _: None, room)
        parts.enter_context(Listening(ears, blocks, inbox.put, speaker.bar, _broken))
        speaker.say(1, (_STORY,))
        for _ in range(_SAID_AFTER):
            _step(sound, blocks)
        assert mixer.speaking is not None
        room.room.speak(word)
        ends = sound.audio_time + len(word) / RATE
        while mixer.speaking is not None:
            assert sound.audio_time < ends + 1.0
            _step(sound, blocks)
        for _ in range(_NEXT_AND_FADE):
            _step(sound, blocks)
        assert not room.last.any()
        # What the session had begun to do before it came to the stop is not heard.
        speaker.say(2, (_STORY,))
        speaker.tempo(60)
        speaker.chime(Earcon.HEARD)
        for _ in range(20):
            _step(sound, blocks)
            assert not room.last.any()
        # Nor is what it answers to something that happened before, such as a device that was lost.
        speaker.silence()
        speaker.say(3, (_STORY,))
        for _ in range(20):
            _step(sound, blocks)
            assert not room.last.any()
        heard = [inbox.get_nowait() for _ in range(inbox.qsize())]
        stops = [event for event in heard if isinstance(event, Heard) and event.intent.name in URGENT]
        assert IntentName.STOP in {event.intent.name for event in stops}
        for _ in stops:
            speaker.unbar()
        speaker.say(4, (_STORY,))
        for _ in range(20):
            _step(sound, blocks)
        assert room.last.any()


def test_nothing_sounds_between_two_stops() -> None:
    with ExitStack() as parts:
        voice = parts.enter_context(Voice())
        mixer = Mixer()
        speaker = RoomSpeaker(
            mixer, Prefetcher(voice, ClipCache(default_folder()), background=False), _broken
        )
        speaker.bar()
        speaker.bar()
        speaker.unbar()
        speaker.silence()
        speaker.say(1, (_STORY,))
        assert mixer.speaking is None
        speaker.unbar()
        speaker.silence()
        speaker.say(2, (_STORY,))
        assert mixer.speaking == 2


def _step(sound: LockStep, blocks: queue.Queue[MicrophoneBlock]) -> None:
    """Let 10 ms pass; the ears are as fast as the sound here."""
    sound.step()
    given_up = time.monotonic() + 10.0
    while not blocks.empty():
        assert time.monotonic() < given_up
        time.sleep(0.0005)


def _broken(error: Exception) -> None:
    raise error

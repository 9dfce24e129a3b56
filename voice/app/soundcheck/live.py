"""A soundcheck on real devices."""

from __future__ import annotations

import queue
from collections.abc import Callable
from pathlib import Path

from voice.app.hearing import Hearing
from voice.app.opening import first_state, language
from voice.app.vocabulary import CommandsInUse
from voice.audio.devices import Device, SoundUnavailable
from voice.audio.exchange import MicrophoneBlock
from voice.audio.format import BLOCK_SECONDS
from voice.audio.mixer import Mixer
from voice.audio.stream import QUEUED_BLOCKS, DuplexStream
from voice.recognition.recognizer import Recognizer
from voice.synthesis.clips import ClipCache, default_folder
from voice.synthesis.prefetch import Prefetcher
from voice.synthesis.speech import Voice

from .measured import Measured
from .procedure import Soundcheck

_PATIENCE_S = 2.0
"""Without a block for so long, the devices are gone."""


def check(
    model: Path,
    *,
    microphone: Device,
    loudspeaker: Device,
    tell: Callable[[str], object],
) -> Measured:
    """Hold a soundcheck; takes a minute.

    Args:
        model: Folder of the recognition model.
        microphone: To listen with.
        loudspeaker: To speak through.
        tell: Given each line as it is said.

    Raises:
        SoundUnavailable: There is no usable device, or it went away.
        ModelError: The model can't be used.
        VoiceUnavailable: The voice can't speak.
        DocumentError: A bundled file has problems.
        KeyboardInterrupt: Ctrl-C; all devices have been released.
    """
    recognizer, mixer = Recognizer(model), Mixer()
    spoken_in = language(recognizer)
    blocks: queue.Queue[MicrophoneBlock] = queue.Queue(QUEUED_BLOCKS)
    with Voice() as voice, Prefetcher(voice, ClipCache(default_folder()), background=False) as clips:
        soundcheck = Soundcheck(
            mixer,
            clips.get,
            spoken_in.prompts,
            Hearing(recognizer, mixer),
            commands=CommandsInUse(spoken_in).at(first_state(None)),
            tell=tell,
        )
        with DuplexStream(mixer, blocks, lambda _: None, microphone=microphone, loudspeaker=loudspeaker):
            while soundcheck.measured is None:
                try:
                    block = blocks.get(timeout=_PATIENCE_S)
                except queue.Empty:
                    raise SoundUnavailable(
                        "the sound broke off; reconnect the devices, and run the soundcheck again"
                    ) from None
                soundcheck.hear(block, behind_s=blocks.qsize() * BLOCK_SECONDS)
    return soundcheck.measured

"""The script most people would write: Vosk's microphone example, and pyttsx3 that says line after line.

A program of its own, `python -m tests.benchmarks.stop.naive MODEL`; lines come on stdin. It prints "says"
when it begins to say one, and "stop" when it has heard that.
"""

from __future__ import annotations

import json
import queue
import sys
import threading
import time

import pyttsx3
import sounddevice
import vosk

_WORDS = ["stop", "next", "back", "lighter", "firmer", "pause", "continue", "yes", "no", "[unk]"]
_RATE = 16_000
_BLOCK = 8_000
"""As in Vosk's example: half a second."""
_BETWEEN_S = 2.0


def main(model: str) -> None:
    """Say every line, and stop when somebody says so."""
    vosk.SetLogLevel(-1)
    recognizer = vosk.KaldiRecognizer(vosk.Model(model), _RATE, json.dumps(_WORDS))
    blocks: queue.Queue[bytes] = queue.Queue()
    engine = pyttsx3.init()

    def listen() -> None:
        while True:
            if recognizer.AcceptWaveform(blocks.get()) and "stop" in json.loads(recognizer.Result())["text"]:
                print("stop", flush=True)
                engine.stop()

    threading.Thread(target=listen, daemon=True).start()
    with sounddevice.RawInputStream(
        samplerate=_RATE,
        blocksize=_BLOCK,
        dtype="int16",
        channels=1,
        callback=lambda sound, *_: blocks.put(bytes(sound)),
    ):
        for line in sys.stdin:
            print("says", flush=True)
            engine.say(line.strip())
            engine.runAndWait()
            time.sleep(_BETWEEN_S)


if __name__ == "__main__":
    main(sys.argv[1])

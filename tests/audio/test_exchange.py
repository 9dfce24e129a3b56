from __future__ import annotations

import queue
from pathlib import Path

import numpy as np
import pytest

from voice.audio.exchange import Exchange, LockStep, MicrophoneBlock
from voice.audio.files import FileLoudspeaker, FileMicrophone, FileRoom
from voice.audio.format import BLOCK, to_pcm16
from voice.audio.mixer import LOUDEST_LEVEL, Mixer
from voice.audio.wav import AudioFileError, read, write

from .signals import hiss


def test_a_step_plays_and_hears_and_counts_time() -> None:
    mixer, blocks, finished = Mixer(), queue.Queue[MicrophoneBlock](4), list[int]()
    mixer.say(5, hiss(0.015))
    exchange = Exchange(mixer, blocks, finished.append)
    microphone, loudspeaker = np.full(BLOCK, 9, dtype=np.int16), np.zeros(BLOCK, dtype=np.float32)
    exchange.step(microphone, loudspeaker)
    assert finished == []
    first_played = to_pcm16(loudspeaker)
    microphone[:] = 10
    exchange.step(microphone, loudspeaker)
    assert finished == [5]
    assert exchange.audio_time == pytest.approx(0.02)
    first, second = blocks.get_nowait(), blocks.get_nowait()
    assert first.at == 0
    assert second.at == pytest.approx(0.01)
    assert (first.samples == 9).all()
    assert (second.samples == 10).all()
    assert np.array_equal(first.played, first_played)
    assert np.array_equal(second.played, to_pcm16(loudspeaker))


def test_what_was_played_may_be_heard_for_half_a_second() -> None:
    mixer = Mixer()
    exchange = Exchange(mixer, queue.Queue[MicrophoneBlock](), list[int]().append)
    microphone, loudspeaker = np.zeros(BLOCK, dtype=np.int16), np.zeros(BLOCK, dtype=np.float32)
    assert not exchange.plays
    mixer.say(5, hiss(0.1))
    plays = []
    for _ in range(70):
        exchange.step(microphone, loudspeaker)
        plays.append(exchange.plays)
    assert plays == [True] * (10 + 49) + [False] * 11


def test_a_full_queue_drops_the_block_counts_it_and_time_goes_on() -> None:
    blocks = queue.Queue[MicrophoneBlock](2)
    exchange = Exchange(Mixer(), blocks, list[int]().append)
    microphone, loudspeaker = np.zeros(BLOCK, dtype=np.int16), np.zeros(BLOCK, dtype=np.float32)
    for _ in range(5):
        exchange.step(microphone, loudspeaker)
    assert exchange.dropped == 3
    blocks.get_nowait()
    exchange.step(microphone, loudspeaker)
    blocks.get_nowait()
    assert blocks.get_nowait().at == pytest.approx(0.05)


def test_two_files_turn_in_lock_step_to_the_sample(tmp_path: Path) -> None:
    speech, narration = hiss(0.255, seed=1), hiss(0.333, seed=2)
    write(tmp_path / "in.wav", speech)
    mixer, blocks, finished = Mixer(), queue.Queue[MicrophoneBlock](1), list[int]()
    mixer.volume(LOUDEST_LEVEL)
    heard = []
    with FileRoom(tmp_path / "in.wav", tmp_path / "out.wav") as room:
        sound = LockStep(mixer, blocks, finished.append, room)
        for number in range(50):
            if number == 10:
                mixer.say(1, narration)
            assert room.ended == (number * BLOCK >= len(speech))
            sound.step()
            heard.append(blocks.get_nowait())
    assert sound.dropped == 0
    assert sound.audio_time == pytest.approx(0.5)
    assert finished == [1]
    samples = np.concatenate([block.samples for block in heard])
    assert np.array_equal(samples[: len(speech)], to_pcm16(speech))
    assert not samples[len(speech) :].any()
    assert np.array_equal(
        to_pcm16(read(tmp_path / "out.wav")), np.concatenate([block.played for block in heard])
    )
    assert np.array_equal(to_pcm16(read(tmp_path / "out.wav"))[1600 : 1600 + 5328], to_pcm16(narration))


def test_a_file_microphone_is_silent_after_its_end(tmp_path: Path) -> None:
    write(tmp_path / "in.wav", np.full(BLOCK + 1, 0.5, dtype=np.float32))
    microphone = FileMicrophone(tmp_path / "in.wav")
    block = np.ones(BLOCK, dtype=np.int16)
    microphone.take(block)
    assert (block == 16384).all()
    microphone.take(block)
    assert block.tolist() == [16384] + [0] * (BLOCK - 1)
    microphone.take(block)
    assert not block.any()


def test_a_file_loudspeaker_writes_everything_it_was_given(tmp_path: Path) -> None:
    sound = hiss(2)
    loudspeaker = FileLoudspeaker(tmp_path / "out.wav")
    block = np.zeros(BLOCK, dtype=np.float32)
    for start in range(0, len(sound), BLOCK):
        block[:] = sound[start : start + BLOCK]
        loudspeaker.put(block)
    loudspeaker.close()
    assert np.array_equal(to_pcm16(read(tmp_path / "out.wav")), to_pcm16(sound))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a disk that is always full")
def test_a_full_disk_is_told_at_the_end() -> None:
    with pytest.raises(AudioFileError, match="No space left"):
        FileLoudspeaker(Path("/dev/full"))

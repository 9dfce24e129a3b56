from __future__ import annotations

import os
import signal
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voice.audio.format import RATE
from voice.audio.wav import AudioFileError, WavWriter, read, write

from .signals import hiss, strength, tone


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize(
    ("suffix", "subtype"), [("wav", "PCM_16"), ("wav", "PCM_24"), ("wav", "FLOAT"), ("flac", "PCM_24")]
)
def test_reads_every_rate_and_width_in_stereo(tmp_path: Path, rate: int, suffix: str, subtype: str) -> None:
    path = tmp_path / f"tone.{suffix}"
    left, right = tone(440, 0.5, 0.4, rate), tone(1000, 0.5, 0.2, rate)
    soundfile.write(path, np.column_stack([left, right]), rate, subtype=subtype)
    sound = read(path)
    assert sound.dtype == np.float32
    assert sound.shape == (pytest.approx(RATE // 2, abs=1),)
    middle = sound[800:7200]
    assert strength(middle, 440) == pytest.approx(0.2, abs=0.003)
    assert strength(middle, 1000) == pytest.approx(0.1, abs=0.003)
    assert strength(middle, 2200) < 0.002


def test_reads_8_bit_mono(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", tone(440, 0.5), RATE, subtype="PCM_U8")
    assert strength(read(tmp_path / "a.wav"), 440) == pytest.approx(0.3, abs=0.01)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    sound = hiss(0.3)
    write(tmp_path / "a.wav", sound)
    assert np.abs(read(tmp_path / "a.wav") - sound).max() <= 0.5 / 32768
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)


def test_floats_beyond_full_scale_are_brought_back(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", tone(440, 0.2, 3.0), RATE, subtype="FLOAT")
    assert np.abs(read(tmp_path / "a.wav")).max() == 1


def no_file(path: Path) -> None:
    assert not path.exists()


def text(path: Path) -> None:
    path.write_text("this is not sound\n")


def empty(path: Path) -> None:
    soundfile.write(path, np.zeros(0), RATE)


def not_numbers(path: Path) -> None:
    soundfile.write(path, np.full(100, np.nan), RATE, subtype="FLOAT")


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (no_file, "there is no such file"),
        (Path.mkdir, "there is no such file"),
        (text, "not readable as sound"),
        (empty, "it holds no sound"),
        (not_numbers, "not numbers"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(tmp_path: Path, make: object, why: str) -> None:
    path = tmp_path / "a.wav"
    assert callable(make)
    make(path)
    with pytest.raises(AudioFileError, match=why) as caught:
        read(path)
    line = str(caught.value)
    assert line.startswith(f"{path}: ")
    assert "; " in line
    assert "\n" not in line


def test_what_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match=r"can't be written \(.*\); choose another place"):
        WavWriter(tmp_path / "nowhere" / "a.wav")


def test_a_long_file_is_valid_all_the_time_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    second = hiss(1)
    with WavWriter(path) as writer:
        for number in range(1, 4):
            writer.write(second)
            assert soundfile.info(path).frames == number * RATE
    assert soundfile.info(path).frames == 3 * RATE
    writer.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_killed_program_leaves_a_file_that_plays(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    program = """
import sys, numpy as np
from pathlib import Path
from voice.audio.wav import WavWriter
writer = WavWriter(Path(sys.argv[1]))
for _ in range(250):
    writer.write(np.full(160, 0.25, dtype=np.float32))
print("written", flush=True)
sys.stdin.read()
"""
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"written\n"
        os.kill(child.pid, signal.SIGKILL)
    sound = read(path)
    assert len(sound) >= 2 * RATE - 160
    assert (sound == 0.25).all()

from __future__ import annotations

import io
import sys

import numpy as np
import pytest
import soundfile

pytest.importorskip("pyworld")

from voice.recognition.training.engines.engine import EngineError, at_16_khz, read_wav, run


def wav(samples: int, rate: int) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, np.full(samples, 0.5), rate, format="WAV", subtype="PCM_16")
    return file.getvalue()


def test_other_rates_become_16_khz() -> None:
    assert len(read_wav(wav(22_050, 22_050))) == 16_000
    assert len(at_16_khz(np.full(24_000, 0.5, np.float32), 24_000)) == 16_000


def test_a_file_from_a_pipe_whose_header_knows_no_length_is_read_whole() -> None:
    content = bytearray(wav(8_000, 16_000))
    content[4:8] = content[40:44] = b"\xff\xff\xff\x7f"
    assert len(read_wav(bytes(content))) == 8_000


@pytest.mark.parametrize("content", [b"", b"RIFF", b"no sound at all", wav(0, 16_000)])
def test_what_is_no_sound_is_an_engines_error(content: bytes) -> None:
    with pytest.raises(EngineError, match="no sound"):
        read_wav(content)


def test_a_program_that_fails_or_is_not_there_is_an_engines_error() -> None:
    with pytest.raises(EngineError, match="exit status 3"):
        run((sys.executable, "-c", "raise SystemExit(3)"))
    with pytest.raises(EngineError, match="no-such-synthesizer"):
        run(("no-such-synthesizer", "hello"))

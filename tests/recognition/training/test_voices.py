from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("pyworld")

from voice.recognition.training.split import HELD_OUT_VOICES
from voice.recognition.training.voices import Voice, held_out, missing, trained, voices
from voice.recognition.training.warping import RATE

VOICES = voices()
ENGINES = sorted({voice.engine for voice in VOICES})


def one_of(engine: str) -> Voice:
    return next(voice for voice in VOICES if voice.engine == engine)


def test_an_engine_has_voices_or_is_told_to_be_missing() -> None:
    lacking = {line.partition(":")[0] for line in missing()}
    assert lacking | set(ENGINES) == {"espeak", "flite", "festival", "pico", "kokoro"}
    assert lacking & set(ENGINES) == set()
    assert all("\n" not in line and ("apt install" in line or "pip install" in line) for line in missing())


def test_ids_are_unique() -> None:
    assert len({voice.id for voice in VOICES}) == len(VOICES)


def test_a_mixture_has_its_speakers_timbres_and_an_accent_has_none() -> None:
    assert Voice("kokoro", "af_heart+af_sky").timbres == {"kokoro:af_heart", "kokoro:af_sky"}
    assert Voice("espeak", "en-us+f2").timbres == Voice("espeak", "en-gb+f2").timbres == {"espeak:f2"}
    assert Voice("flite", "slt").timbres == {"flite:slt"}


def test_who_is_held_out_is_not_trained_on_in_any_form() -> None:
    kept_out = {timbre for voice in held_out() for timbre in voice.timbres}
    assert {voice.id for voice in held_out()} == set(HELD_OUT_VOICES) & {voice.id for voice in VOICES}
    assert kept_out & {timbre for voice in trained() for timbre in voice.timbres} == set()
    assert {voice.engine for voice in trained()} == set(ENGINES)


@pytest.mark.parametrize("engine", ENGINES)
def test_it_says_a_phrase_in_a_sensible_time(engine: str) -> None:
    said = one_of(engine).say("a little lighter, please.")
    assert said.dtype == np.int16
    assert 0.8 * RATE < len(said) < 4 * RATE
    assert np.abs(said).max() > 3000


@pytest.mark.parametrize("engine", ENGINES)
def test_it_says_more_quickly_what_it_is_told_to(engine: str) -> None:
    voice = one_of(engine)
    slow, fast = (len(voice.say("go back to the next step", speed=speed)) for speed in (0.8, 1.4))
    assert fast < 0.8 * slow


@pytest.mark.parametrize("voice", [one_of(engine) for engine in ENGINES], ids=lambda voice: voice.engine)
def test_its_pitch_goes_up(voice: Voice) -> None:
    pyworld = pytest.importorskip("pyworld")

    def middle(pitch: float) -> float:
        sound = voice.say("yellow lemon", pitch=pitch).astype(np.float64)
        found, _ = pyworld.dio(sound, RATE)
        return float(np.median(found[found > 0]))

    assert middle(1.3) > 1.1 * middle(0.95)

from __future__ import annotations

import queue

import numpy as np
import pytest

from voice.audio.exchange import LockStep, MicrophoneBlock
from voice.audio.format import BLOCK, RATE, Pcm16, Samples, amplitude, from_pcm16, rms
from voice.audio.mixer import LOUDEST_LEVEL, Mixer
from voice.audio.room import PARTNER_DB, Echo, SimulatedRoom, speech_level

from .signals import babble, hiss

SILENCE = np.zeros(BLOCK, dtype=np.float32)


def heard(room: SimulatedRoom, loudspeaker: Samples) -> Samples:
    blocks = [room.step(block) for block in loudspeaker.reshape(-1, BLOCK)]
    return from_pcm16(np.concatenate(blocks))


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), dtype=np.float32)


def decibels(level: float) -> float:
    return 20 * float(np.log10(level))


@pytest.mark.parametrize(("gain_db", "delay_ms"), [(-6.0, 0.0), (-12.0, 3.0), (-20.0, 60.0), (0.0, 250.0)])
def test_the_echo_has_its_delay_and_gain(gain_db: float, delay_ms: float) -> None:
    played = hiss(2, 0.1)
    microphone = heard(SimulatedRoom(echo=Echo(gain_db, delay_ms)), played)
    spectrum = np.fft.rfft(microphone, 2 * len(played)) * np.conj(np.fft.rfft(played, 2 * len(played)))
    correlation = np.fft.irfft(spectrum)
    delay = int(correlation.argmax())
    assert delay == round(delay_ms * RATE / 1000)
    gain = correlation[delay] / np.square(played[: len(played) - delay], dtype=np.float64).sum()
    assert decibels(gain) == pytest.approx(gain_db, abs=0.05)


def test_a_room_swallows_the_echo_in_its_time() -> None:
    clap = silence(1.0)
    clap[0] = 0.9
    microphone = heard(SimulatedRoom(echo=Echo(-6.0, 20.0, decay_s=0.35), seed=4), clap)
    delay = round(0.02 * RATE)
    assert np.abs(microphone[:delay]).max() < amplitude(-55)
    assert np.abs(microphone).argmax() == delay
    assert decibels(np.sqrt(np.square(microphone, dtype=np.float64).sum())) == pytest.approx(-7, abs=0.2)
    early, later = (rms(microphone[delay + at : delay + at + 800]) for at in (160, 160 + 1_600))
    assert decibels(early / later) == pytest.approx(60 * 0.1 / 0.35, abs=2)


def test_without_an_echo_the_microphone_hears_nothing_of_the_loudspeaker() -> None:
    assert rms(heard(SimulatedRoom(), hiss(1, 0.3))) < amplitude(-69)


@pytest.mark.parametrize("snr_db", [-5.0, 5.0, 20.0])
@pytest.mark.parametrize("spoken_level", [0.02, 0.5])
def test_the_noise_is_as_far_below_the_speech_as_asked_for(snr_db: float, spoken_level: float) -> None:
    quiet, noisy = SimulatedRoom(), SimulatedRoom(noise=hiss(0.7, 0.3), snr_db=snr_db)
    speech = babble(4) * np.float32(spoken_level)
    quiet.speak(speech)
    partner = heard(quiet, silence(4))
    noise = heard(noisy, silence(4))
    assert decibels(speech_level(partner)) == pytest.approx(PARTNER_DB, abs=0.2)
    assert decibels(speech_level(partner) / rms(noise)) == pytest.approx(snr_db, abs=0.2)


def test_pauses_do_not_count_in_the_level_of_speech() -> None:
    speech = hiss(1, 0.1)
    padded = np.concatenate([silence(3), speech, silence(2)])
    assert speech_level(padded) == pytest.approx(rms(speech), rel=0.02)
    assert speech_level(silence(1)) == 0
    assert speech_level(silence(0)) == 0


def test_the_microphone_never_gives_digital_zeros() -> None:
    room = SimulatedRoom()
    blocks = [room.step(SILENCE) for _ in range(300)]
    assert all(block.any() for block in blocks)
    assert decibels(rms(from_pcm16(np.concatenate(blocks)))) == pytest.approx(-70, abs=0.5)


def test_the_partner_speaks_from_the_next_block_and_one_thing_after_the_other() -> None:
    room = SimulatedRoom()
    room.step(SILENCE)
    assert not room.partner_speaking
    first, second = hiss(0.055, 0.1, 1), hiss(0.045, 0.1, 2)
    room.speak(first)
    room.speak(second)
    assert room.partner_speaking
    microphone = heard(room, silence(0.1))
    assert not room.partner_speaking
    for said, part in ((first, microphone[:880]), (second, microphone[880:])):
        likeness = np.dot(said, part) / np.linalg.norm(said) / np.linalg.norm(part)
        assert likeness > 0.99
    assert rms(heard(room, silence(1))) < amplitude(-69)


def test_speech_that_is_silent_takes_its_time_and_stays_silent() -> None:
    room = SimulatedRoom()
    room.speak(silence(0.5))
    room.speak(silence(0))
    assert rms(heard(room, silence(0.5))) < amplitude(-69)
    assert not room.partner_speaking


def conversation(seed: int) -> tuple[Pcm16, Samples]:
    mixer, blocks = Mixer(), queue.Queue[MicrophoneBlock](1)
    room = SimulatedRoom(echo=Echo(-10, 60), noise=hiss(0.3), snr_db=10, seed=seed)
    sound = LockStep(mixer, blocks, list[int]().append, room)
    mixer.say(1, babble(1))
    microphone, bystander = [], []
    for number in range(150):
        if number == 50:
            room.speak(babble(0.5, 3))
        sound.step()
        microphone.append(blocks.get_nowait().samples)
        bystander.append(room.bystander_block)
    return np.concatenate(microphone), np.concatenate(bystander)


def test_the_same_seed_gives_the_same_room_and_another_one_another() -> None:
    one, again, other = conversation(1), conversation(1), conversation(2)
    assert np.array_equal(one[0], again[0])
    assert np.array_equal(one[1], again[1])
    assert not np.array_equal(one[0], other[0])


def test_a_bystander_hears_both_at_like_levels_and_nothing_clips() -> None:
    room, mixer = SimulatedRoom(), Mixer()
    # Speech from a synthesizer is about as loud as this.
    narration = babble(2) * np.float32(amplitude(-21) / speech_level(babble(2)))
    mixer.say(1, narration)
    levels = []
    for talk in (narration, None):
        if talk is None:
            room.speak(babble(2, 5))
        block, bystander = SILENCE.copy(), []
        for _ in range(200):
            mixer.render(block)
            room.step(block)
            bystander.append(room.bystander_block)
        levels.append(decibels(speech_level(np.concatenate(bystander))))
    assert levels[0] == pytest.approx(levels[1], abs=3)
    mixer.volume(LOUDEST_LEVEL)
    mixer.say(2, hiss(1, 1.0))
    room.speak(babble(1))
    for _ in range(100):
        mixer.render(block)
        room.step(block)
        assert np.abs(room.bystander_block).max() <= 1


@pytest.mark.parametrize("noise", [silence(1), silence(0)])
def test_noise_that_is_silent_is_an_error(noise: Samples) -> None:
    with pytest.raises(ValueError, match="noise is silent"):
        SimulatedRoom(noise=noise)


def test_an_echo_before_its_sound_is_an_error() -> None:
    for echo in (Echo(-10, -1), Echo(-10, 0, decay_s=-0.1)):
        with pytest.raises(ValueError, match="delay_ms and decay_s are 0 or more"):
            SimulatedRoom(echo=echo)

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs the train extra")
pytest.importorskip("kaldi_native_fbank", reason="training needs the train extra")

import kaldi_native_fbank as fbank
import torch

from voice.recognition.training import export, features


def speechlike(seconds: float) -> np.ndarray:
    rng = np.random.default_rng(7)
    times = np.arange(int(seconds * features.RATE)) / features.RATE
    hum = sum(np.sin(2 * np.pi * 120 * n * times) / n for n in range(1, 20))
    return np.rint(3000 * hum * (1 + np.sin(2 * np.pi * 3 * times)) + 50 * rng.standard_normal(len(times)))


def kaldi(sound: np.ndarray) -> np.ndarray:
    """Features by Kaldi's own code with the options that are exported."""
    options = fbank.MfccOptions()
    options.frame_opts.dither = export.MFCC["dither"]
    options.frame_opts.samp_freq = export.MFCC["sample-frequency"]
    options.use_energy = export.MFCC["use-energy"] != "false"
    options.num_ceps = export.MFCC["num-ceps"]
    options.mel_opts.num_bins = export.MFCC["num-mel-bins"]
    options.mel_opts.low_freq = export.MFCC["low-freq"]
    options.mel_opts.high_freq = export.MFCC["high-freq"]
    computer = fbank.OnlineMfcc(options)
    computer.accept_waveform(features.RATE, sound.astype(np.float32).tolist())
    computer.input_finished()
    return np.stack([computer.get_frame(at) for at in range(computer.num_frames_ready)])


@pytest.mark.parametrize("seconds", [0.1, 1.003])
def test_they_equal_kaldis(seconds: float) -> None:
    sound = speechlike(seconds)
    ours = features.mfcc(torch.from_numpy(sound[None].astype(np.float32)))[0].numpy()
    assert ours.shape == (1 + (len(sound) - features.WINDOW) // features.SHIFT, features.CEPSTRA)
    assert np.abs(ours - kaldi(sound)).max() < 1e-3


def test_digital_silence_is_finite() -> None:
    assert torch.isfinite(features.mfcc(torch.zeros(1, 4000))).all()


def test_a_longer_vocal_tract_moves_the_bands() -> None:
    sound = torch.from_numpy(speechlike(0.5)[None].astype(np.float32)).repeat(3, 1)
    lower, same, higher = features.log_mel(sound, torch.tensor([0.9, 1.0, 1.1]))
    assert torch.equal(same, features.log_mel(sound)[0])
    bands = torch.arange(float(features.CEPSTRA))

    def centre(energies: object) -> float:
        share = torch.softmax(energies.mean(dim=0), dim=0)  # type: ignore[attr-defined]
        return float((share * bands).sum())

    assert centre(lower) < centre(same) < centre(higher)

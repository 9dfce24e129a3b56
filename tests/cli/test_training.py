"""`easeup train` from nothing to a model that Vosk loads; far too short to hear anything."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from filelock import FileLock

from tests.app.conftest import COMMAND, Easeup
from voice.language import Language
from voice.recognition import models
from voice.recognition.recognizer import Recognizer
from voice.recognition.store import unscored
from voice.recognition.training.split import is_held_out, speaker_of
from voice.session.intents import IntentName

TRAINABLE = importlib.util.find_spec("torch") is not None
needs_the_extra = pytest.mark.skipif(not TRAINABLE, reason="training needs the train extra")
needs_a_voice = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="training needs espeak-ng")


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    """Recordings in which nobody speaks: what is learned of them doesn't matter here."""
    noise = 0.05 * np.random.default_rng(2).standard_normal(16_000)
    stranger = next(code for code in (f"{number:08x}" for number in range(100)) if is_held_out(code))
    stops = (f"stop/{code}_nohash_0.wav" for code in ("0c40e715", "0cb74144", stranger))
    for name in (*stops, "background/1024.wav"):
        path = tmp_path / "speech" / "words" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(path, noise, 16_000)
    (tmp_path / "speech" / "noise").mkdir()
    soundfile.write(tmp_path / "speech" / "noise" / "fan.wav", np.tile(noise, 3), 16_000)
    return tmp_path / "speech"


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where trainings with the same synthetic clips find them."""
    return tmp_path_factory.mktemp("work")


@needs_the_extra
@needs_a_voice
def test_from_nothing_to_a_model(easeup: Easeup, tmp_path: Path, speech: Path, work: Path) -> None:
    out = tmp_path / "model"
    options = ("--speech", speech, "--work", work, "--out", out, "--clips", "40", "--steps", "4")
    ended = easeup("train", *options)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == f"{out}\n"
    assert re.search(r'"stop" was heard [01] of 1 times', ended.stderr)
    assert "were taken for a command" in ended.stderr
    assert "nobody has scored it" not in ended.stderr
    assert not unscored.is_unscored(out)
    assert models.fault(out) is None
    assert sum(file.stat().st_size for file in out.rglob("*") if file.is_file()) < 6_000_000
    commands = Language.load("en").commands()
    assert Recognizer(out).missing(commands.phrases(IntentName)) == ()
    again = easeup("train", *options)
    assert again.returncode == 2
    assert f"{out}: there is something already" in again.stderr


@needs_the_extra
@needs_a_voice
def test_a_model_that_nobody_scored(easeup: Easeup, tmp_path: Path, speech: Path, work: Path) -> None:
    recordings = tmp_path / "recordings"
    shutil.copytree(speech / "words" / "stop", recordings / "stop")
    own = {"XDG_DATA_HOME": str(tmp_path / "data"), "EASEUP_MODEL_LIST": "http://127.0.0.1:9/nowhere"}
    options = ("--recordings", recordings, "--work", work, "--clips", "40", "--steps", "2")
    ended = easeup("train", *options, **own)
    assert ended.returncode == 0, ended.stderr
    assert "easeup: easeup listens with it from now on\n" in ended.stderr
    last = ended.stderr.splitlines()[-1]
    assert last.startswith("easeup: nobody has scored it: train with --speech")
    assert f"python -m tests.benchmarks.recognition --speech DIR --model {ended.stdout.strip()};" in last
    assert last.endswith("; `easeup models remove own-en` takes it away again")

    listed = easeup("models", **own).stdout
    assert re.search(r"^\* own-en .* own, not scored$", listed, re.MULTILINE)
    assert "your own, which comes before all others; nobody has scored it\n" in listed
    (model,) = (
        each for each in json.loads(easeup("doctor", "--json", **own).stdout) if each["part"] == "model"
    )
    assert "; nobody has scored it" in model["says"]
    assert easeup("models", "remove", "own-en", **own).returncode == 0
    assert "used: " + str(models.BUILT_IN) in easeup("models", **own).stdout


@needs_the_extra
@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--recordings", "no recordings here; make one folder for each phrase"),
        ("--corpus", "no transcripts here; a corpus has wav.scp, text and utt2spk"),
    ],
)
def test_a_folder_in_which_there_is_nothing(easeup: Easeup, tmp_path: Path, option: str, said: str) -> None:
    (tmp_path / "empty").mkdir()
    folders = (option, tmp_path / "empty", "--work", tmp_path / "work", "--out", tmp_path / "model")
    ended = easeup("train", *folders, "--clips", "30")
    assert ended.returncode == 1
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "model").exists()


@needs_the_extra
def test_a_corpus_of_which_all_is_kept_for_scoring(easeup: Easeup, tmp_path: Path) -> None:
    stranger = next(str(code) for code in range(100) if is_held_out(str(code)))
    chapter = tmp_path / "corpus" / stranger / "1"
    chapter.mkdir(parents=True)
    soundfile.write(chapter / f"{stranger}-1-0.flac", np.zeros(16_000), 16_000)
    (chapter / f"{stranger}-1.trans.txt").write_text(f"{stranger}-1-0 NEXT\n")
    ended = easeup(
        "train", "--corpus", tmp_path / "corpus", "--work", tmp_path / "w", "--out", tmp_path / "m"
    )
    assert ended.returncode == 2
    assert "all of its speakers are kept for scoring" in ended.stderr
    assert "Traceback" not in ended.stderr


@needs_the_extra
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.write_bytes(b"RIFF but no more"), "this sound can't be read"),
        (lambda path: soundfile.write(path, np.zeros(16_000), 16_000), "nobody speaks here"),
        (lambda path: soundfile.write(path, np.ones(4_000), 4_000), "4000 Hz are too few"),
    ],
)
def test_what_is_scored_on_is_looked_at_before_the_long_work(
    easeup: Easeup, tmp_path: Path, speech: Path, spoil: Callable[[Path], object], said: str
) -> None:
    path = next(path for path in speech.rglob("*.wav") if is_held_out(speaker_of(path)))
    spoil(path)
    ended = easeup("train", "--speech", speech, "--work", tmp_path / "work", "--out", tmp_path / "model")
    assert ended.returncode == 1
    assert f"easeup: {path}: " in ended.stderr
    assert said in ended.stderr
    assert "Recordings are checked" not in ended.stderr
    assert "Traceback" not in ended.stderr


@needs_the_extra
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--steps", "0"), "Invalid value for '--steps'"),
        (("--clips", "-3"), "Invalid value for '--clips'"),
        (("--seed", "-1"), "Invalid value for '--seed'"),
        (("--without", "Stopp"), "--without stopp: no recording holds this word"),
    ],
)
def test_bad_options(
    easeup: Easeup, tmp_path: Path, speech: Path, options: tuple[str, str], said: str
) -> None:
    folders = ("--speech", speech, "--work", tmp_path / "work", "--out", tmp_path / "model")
    ended = easeup("train", *folders, *options)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert [path.name for path in tmp_path.iterdir() if "model" in path.name] == []


@needs_the_extra
@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
def test_what_cannot_be_written_is_told_before_the_long_work(easeup: Easeup, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ended = easeup("train", "--work", tmp_path / "work", "--out", tmp_path / "file" / "model")
    assert ended.returncode == 2
    assert str(tmp_path / "file") in ended.stderr
    assert "Synthetic" not in ended.stderr


@needs_the_extra
def test_two_at_once(easeup: Easeup, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    with FileLock(tmp_path / "work" / "lock"):
        ended = easeup("train", "--work", tmp_path / "work", "--out", tmp_path / "model")
    assert ended.returncode == 2
    assert "another training is at work here" in ended.stderr


@needs_the_extra
@needs_a_voice
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="children are looked up as Linux has them")
def test_a_worker_that_is_killed(environment: dict[str, str], tmp_path: Path) -> None:
    work = tmp_path / "work"
    options = ("train", "--work", work, "--out", tmp_path / "model", "--clips", "3000")
    process = subprocess.Popen([*COMMAND, *options], env=environment, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 120
    while not list(work.glob("synthetic-*/shards-*/*/sound.s16")):
        assert time.monotonic() < until
        assert process.poll() is None
        time.sleep(0.05)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    workers = [pid for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    os.kill(int(workers[0]), signal.SIGKILL)
    _, talk = process.communicate(timeout=120)
    assert process.returncode == 2
    assert talk.splitlines()[-1].startswith("easeup: a process that shared the work was killed")
    assert "Traceback" not in talk
    assert not (tmp_path / "model").exists()


@needs_the_extra
@pytest.mark.skipif(
    importlib.util.find_spec("ttspico") is not None, reason="Pico is a package, which is always found"
)
def test_without_any_voice(easeup: Easeup, tmp_path: Path) -> None:
    options = ("--work", tmp_path / "work", "--out", tmp_path / "model")
    ended = easeup("train", *options, PATH="", XDG_CACHE_HOME=str(tmp_path))
    assert ended.returncode == 2
    assert "there is no synthetic voice to train with" in ended.stderr


@pytest.mark.skipif(TRAINABLE, reason="the train extra is installed")
def test_without_the_extra_it_says_how_to_get_it(easeup: Easeup, tmp_path: Path) -> None:
    ended = easeup("train", "--out", tmp_path / "model")
    assert ended.returncode == 2
    assert "pip install '.[train]'" in ended.stderr

"""The child dies, hangs or lacks its engine: the next text is spoken, or one line says why not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import espeakng_loader
import numpy as np
import pytest

from voice.synthesis.errors import VoiceUnavailable
from voice.synthesis.speech import Voice

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")


def pid_of(voice: Voice) -> int:
    assert voice._renderer is not None
    return voice._renderer.pid


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 3
    while Path(f"/proc/{pid}").exists() and " Z " not in f" {status_of(pid)} ":
        assert time.monotonic() < deadline, f"{pid} is still there"
        time.sleep(0.01)


def status_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return "Z"


def test_it_starts_with_the_first_text_and_ends_with_the_voice() -> None:
    with Voice() as voice:
        assert voice._renderer is None
        voice.render("one")
        pid = pid_of(voice)
        folder = Path(voice._renderer._folder) if voice._renderer else Path()
        assert folder.is_dir()
    wait_until_gone(pid)
    assert not folder.exists()
    with pytest.raises(VoiceUnavailable, match="closed"):
        voice.render("two")


def test_killed_between_texts() -> None:
    with Voice() as voice:
        before = voice.render("one")
        pid = pid_of(voice)
        os.kill(pid, signal.SIGKILL)
        assert np.array_equal(voice.render("one").pcm, before.pcm)
        assert pid_of(voice) != pid


def test_killed_again_and_again_during_texts() -> None:
    with Voice() as voice:
        expected = voice.render("one two three").pcm
        done = threading.Event()
        killed = []

        def kill_now_and_then() -> None:
            # A text gets three attempts; they all fit in between.
            while not done.wait(0.5):
                renderer = voice._renderer
                if renderer is not None:
                    os.kill(renderer.pid, signal.SIGKILL)
                    killed.append(renderer.pid)

        killer = threading.Thread(target=kill_now_and_then)
        killer.start()
        try:
            while len(killed) < 4:
                assert np.array_equal(voice.render("one two three").pcm, expected)
        finally:
            done.set()
            killer.join()
        assert len(set(killed)) == len(killed)


def test_hanging_it_is_killed_and_the_text_tried_again() -> None:
    with Voice(timeout=0.5) as voice:
        before = voice.render("one")
        pid = pid_of(voice)
        os.kill(pid, signal.SIGSTOP)
        began = time.monotonic()
        assert np.array_equal(voice.render("one").pcm, before.pcm)
        assert 0.5 <= time.monotonic() - began < 5
        wait_until_gone(pid)


def test_it_gives_up_after_three_attempts_with_one_line() -> None:
    with Voice(timeout=0.001) as voice, pytest.raises(VoiceUnavailable) as caught:
        voice.render("one")
    assert str(caught.value).startswith("The voice failed 3 times, it did not answer within 0.016 s")
    assert "easeup doctor" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_closing_ends_a_text_under_way() -> None:
    voice = Voice(timeout=30)
    voice.render("one")
    os.kill(pid_of(voice), signal.SIGSTOP)
    closer = threading.Timer(0.1, voice.close)
    closer.start()
    with pytest.raises(VoiceUnavailable, match="closed"):
        voice.render("two")
    closer.join()


def test_ctrl_c_does_not_reach_it() -> None:
    with Voice() as voice:
        voice.render("one")
        pid = pid_of(voice)
        assert os.getpgid(pid) != os.getpgid(0)
        os.kill(pid, signal.SIGINT)
        voice.render("two")
        assert pid_of(voice) == pid


def test_it_ends_when_its_parent_is_killed() -> None:
    program = (
        "from voice.synthesis.speech import Voice\n"
        "voice = Voice(); voice.render('one')\n"
        "print(voice._renderer.pid, voice._renderer._folder, flush=True)\n"
        "import time; time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid, folder = parent.stdout.readline().split()
        parent.kill()
    wait_until_gone(int(pid))
    assert not Path(folder).exists()


def test_nothing_is_written_on_the_terminal() -> None:
    program = (
        "from voice.synthesis.speech import Voice\n"
        "with Voice() as voice: voice.render('one'); voice.voices(); voice.render('two')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_modules_where_the_user_stands_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("voice", "json", "pyttsx3"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('the wrong one')")
    monkeypatch.chdir(tmp_path)
    with Voice() as voice:
        assert voice.render("one").seconds > 0


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, **modules: str) -> None:
    """Let the child find these modules before those of the environment."""
    for name, source in modules.items():
        (folder / f"{name}.py").write_text(source)
    monkeypatch.setenv("PYTHONPATH", str(folder))


def loader(data_path: Path) -> str:
    library = espeakng_loader.get_library_path()
    return f"def get_library_path(): return {library!r}\ndef get_data_path(): return {str(data_path)!r}"


def test_without_an_engine_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(
        tmp_path, monkeypatch, espeakng_loader="raise ImportError", pyttsx3="raise RuntimeError('no eSpeak')"
    )
    with Voice() as voice, pytest.raises(VoiceUnavailable) as caught:
        voice.render("one")
    assert str(caught.value).startswith("No voice is installed (no eSpeak): install espeak-ng")


def test_an_engine_that_exits_is_named_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, espeakng_loader=loader(tmp_path / "nowhere"))
    with Voice() as voice, pytest.raises(VoiceUnavailable, match=r"its engine crashed \(.*phontab.*\)"):
        voice.render("one")


def test_data_in_a_deep_folder_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, voice: Voice
) -> None:
    expected = voice.render("one two").pcm
    deep = tmp_path / ("x" * 150)
    deep.mkdir()
    data = deep / "espeak-ng-data"
    data.symlink_to(espeakng_loader.get_data_path(), target_is_directory=True)
    install(tmp_path, monkeypatch, espeakng_loader=loader(data))
    with Voice() as far:
        assert np.array_equal(far.render("one two").pcm, expected)

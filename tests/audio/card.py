"""A sound card without hardware: a private PulseAudio with a loudspeaker that the microphone hears."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# `air` is what the microphone hears: the loudspeaker, and a person who speaks through the sink `user`. Both
# are parts of one card: loopbacks would have to bring clocks together, and stutter on a busy
# machine. The only one leads nowhere; it keeps the card's blocks short.
_CARD = """
load-module module-native-protocol-unix socket={run}/native auth-anonymous=1
load-module module-null-sink sink_name=air rate={rate} channels=2
load-module module-remap-sink sink_name=speaker master=air
load-module module-remap-sink sink_name=user master=air
load-module module-remap-source source_name=mic master=air.monitor channels=1
load-module module-null-sink sink_name=elsewhere rate={rate} channels=1
load-module module-loopback source=air.monitor sink=elsewhere latency_msec=20 adjust_time=0
set-default-sink speaker
set-default-source mic
"""

_DAEMON = (
    "pulseaudio -n --daemonize=no --exit-idle-time=-1 --use-pid-file=no --disable-shm=yes --realtime=no "
    "--high-priority=no --resample-method=speex-float-3 -F /dev/stdin"
)


@contextmanager
def sound_card(folder: Path, rate: int = 48_000) -> Iterator[dict[str, str]]:
    """Run the card and give the environment in which programs find it."""
    run, home = folder / "run", folder / "home"
    run.mkdir(mode=0o700)
    home.mkdir()
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(run),
        "PULSE_RUNTIME_PATH": str(run),
        "PULSE_STATE_PATH": str(home),
        "PULSE_COOKIE": str(home / "cookie"),
        "PULSE_SERVER": f"unix:{run}/native",
    }
    with server(environment, rate):
        yield environment


@contextmanager
def server(environment: dict[str, str], rate: int = 48_000) -> Iterator[None]:
    """Run PulseAudio with the card on it; again, if the one before has died."""
    with (
        _in_real_time(),
        subprocess.Popen(
            _DAEMON.split(), stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True
        ) as daemon,
    ):
        assert daemon.stdin is not None
        daemon.stdin.write(_CARD.format(run=environment["XDG_RUNTIME_DIR"], rate=rate))
        daemon.stdin.close()
        try:
            _await_source(environment)
            yield
        finally:
            daemon.terminate()


@contextmanager
def _in_real_time() -> Iterator[None]:
    """Let what is started meanwhile go first, where one may: a starved sound server drops samples."""
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    except (AttributeError, PermissionError):
        yield
        return
    try:
        yield
    finally:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def _await_source(environment: dict[str, str]) -> None:
    for _ in range(50):
        found = subprocess.run(
            ["pactl", "list", "short", "sources"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if "\tmic\t" in found.stdout:
            _warm_up(environment)
            return
        time.sleep(0.1)
    raise AssertionError(f"PulseAudio did not start: {found.stderr}")


def _warm_up(environment: dict[str, str]) -> None:
    """A second of sound both ways: the first stream of a cold card stalls now and then."""
    played = ["pacat", "--playback", "-d", "speaker", "--rate=48000", "--channels=2"]
    silence = bytes(48_000 * 4)
    with subprocess.Popen(
        ["parecord", "-d", "mic", "--raw", "/dev/null"], env=environment, stderr=subprocess.DEVNULL
    ) as heard:
        subprocess.run(played, env=environment, input=silence, check=True, stderr=subprocess.DEVNULL)
        heard.terminate()

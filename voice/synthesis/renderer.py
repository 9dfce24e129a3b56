"""The parent's end of one child process: ask, wait so long and no longer, end it. Knows nothing of sound."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

_CHILD = Path(__file__).with_name("child.py")


class RendererFailure(Exception):  # noqa: N818 - never leaves this package
    """The child did not answer; the message says why, as part of a sentence."""


class Renderer:
    """One child process. After a failure it is of no more use: `end` it and start another."""

    def __init__(self) -> None:
        """Start the child; its first answer comes unasked."""
        self._folder = tempfile.mkdtemp(prefix="easeup-voice-")
        # A file, not a pipe, which somebody would have to empty; not the terminal, which is not the engine's.
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        # By its path, so that no folder called "voice" where the user stands can come in between. A session
        # of its own keeps Ctrl-C away from it, and makes it and its forks one group that can be ended as one.
        self._child = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, str(_CHILD), self._folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            start_new_session=True,
        )
        self._reaping = threading.Lock()

    @property
    def pid(self) -> int:
        """The child's id, for whoever measures it."""
        return self._child.pid

    def answer(self, request: dict[str, Any] | None, seconds: float) -> tuple[dict[str, Any], bytes]:
        """Ask (None: only listen) and return the answer's header and bytes; RendererFailure if none comes."""
        if self._child.stdin is None or self._child.stdout is None:
            raise AssertionError("the child was started without pipes")
        timed_out = threading.Event()

        def give_up() -> None:
            timed_out.set()
            self.kill()

        # A blocked read cannot be timed portably; killing the child ends it, whatever it hangs in.
        watchdog = threading.Timer(seconds, give_up)
        watchdog.daemon = True
        watchdog.start()
        try:
            if request is not None:
                self._child.stdin.write(json.dumps(request).encode() + b"\n")
                self._child.stdin.flush()
            line = self._child.stdout.readline()
            header: dict[str, Any] = json.loads(line)
            size = header.get("bytes", 0)
            payload = self._child.stdout.read(size)
        except (OSError, ValueError) as error:
            why = f"it did not answer within {seconds:g} s" if timed_out.is_set() else self._last_words()
            raise RendererFailure(why) from error
        except BaseException:
            # Interrupted between question and answer, the two would be out of step from now on.
            self.kill()
            raise
        finally:
            watchdog.cancel()
        if len(payload) != size:
            raise RendererFailure(self._last_words())
        if "failed" in header:
            raise RendererFailure(header["failed"])
        return header, payload

    def _last_words(self) -> str:
        self._complaints.seek(0)
        lines = self._complaints.read().decode(errors="replace").split("\n")
        said = [line.strip() for line in lines if line.strip()]
        return f"its engine crashed ({said[-1]})" if said else "its engine crashed"

    def kill(self) -> None:
        """End the child and its forks at once. May be called from any thread, any number of times."""
        with self._reaping:
            # Not reaped yet, so that the id cannot have become somebody else's.
            if self._child.returncode is not None:
                return
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if sys.platform == "win32":
                    self._child.kill()
                else:
                    os.killpg(self._child.pid, signal.SIGKILL)

    def end(self) -> None:
        """End the child and clear away what was its own."""
        self.kill()
        with self._reaping:
            self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout, self._complaints):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what it was not sent cannot be flushed any more
                    pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)

"""`easeup models get` where something comes between, as a process of its own."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Store, complaint, interrupt
from tests.recognition.store.archives import TOP, good, model_members, pack, tree
from voice.cli.group import plainly
from voice.recognition.store.installing import UNFINISHED
from voice.recognition.store.writing import named_in_errors

NAME = TOP


def downloads(store: Store) -> list[str]:
    """What is kept of downloads."""
    return [name for name in tree(store.cache) if name not in ("list.json", "lock")]


def wait_for_half(store: Store) -> None:
    """Until some of a download has been written; the server sends half of it and waits."""
    until, part = time.monotonic() + 120, store.cache / f"{NAME}.zip.part"
    while not (part.exists() and part.stat().st_size > 100_000):
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_download_goes_on(store: Store, number: signal.Signals) -> None:
    served = store.publisher.publish(good())
    served.stalls_after = len(good()) // 2
    process = store.start("get", NAME)
    wait_for_half(store)
    process.send_signal(number)
    _, talk = process.communicate(timeout=120)
    assert process.returncode == 130
    assert talk.splitlines()[-1].startswith("easeup: interrupted; ")
    assert talk.endswith(" MB are kept, and the same command goes on from there\n")
    assert "Traceback" not in talk
    assert not store.models.exists()
    assert downloads(store) == [f"{NAME}.zip.part", f"{NAME}.zip.part.json"]

    served.stalls_after = None
    assert store.run("get", NAME).returncode == 0
    assert "Range" in store.publisher.asked(".zip")[-1]
    assert store.run("verify", NAME).returncode == 0
    assert downloads(store) == []


def test_an_interrupted_download_that_cannot_go_on_leaves_nothing(store: Store) -> None:
    served = store.publisher.publish(good())
    served.stalls_after, served.etag = len(good()) // 2, None
    process = store.start("get", NAME)
    wait_for_half(store)
    _, talk = interrupt(process)
    assert process.returncode == 130
    assert talk.endswith("easeup: interrupted; nothing is kept\n")
    assert not store.models.exists()
    assert downloads(store) == []


def test_interrupted_while_unpacking_the_whole_download_is_kept(store: Store) -> None:
    # Packed it is a twelfth, so that unpacking takes a while and downloading none.
    filling = np.random.default_rng(1).bytes(1 << 20) + bytes(12 << 20)
    members = [*model_members(), *((f"{TOP}/filling-{number}", filling) for number in range(10))]
    store.publisher.publish(pack(members)).etag = None  # a part of it could not be gone on with
    process = store.start("get", NAME)
    until = time.monotonic() + 120
    while not list(store.models.glob(f"{UNFINISHED}*/filling-0")):
        assert time.monotonic() < until
        time.sleep(0.001)
    _, talk = interrupt(process)
    assert process.returncode == 130
    assert talk.endswith(
        "easeup: interrupted; the whole download is kept, and the same command goes on from there\n"
    )
    assert not store.models.exists()
    assert downloads(store) == [f"{NAME}.zip.part", f"{NAME}.zip.part.json"]

    store.publisher.requests.clear()
    assert store.run("get", NAME).returncode == 0
    assert store.publisher.asked(".zip") == []
    assert downloads(store) == []


def test_an_interruption_before_anything_came(store: Store) -> None:
    store.publisher.served["/models/model-list.json"].stalls_after = 0
    process = store.start("get", NAME)
    until = time.monotonic() + 120
    while not store.publisher.requests:
        assert time.monotonic() < until
        time.sleep(0.01)
    _, talk = interrupt(process)
    assert process.returncode == 130
    assert "Traceback" not in talk
    assert not store.models.exists()


def test_two_at_once(store: Store) -> None:
    served = store.publisher.publish(good())
    served.stalls_after = len(good()) // 2
    first = store.start("get", NAME)
    wait_for_half(store)
    assert "another `easeup models` is at work" in complaint(store.run("get", NAME))
    served.go_on.set()
    _, talk = first.communicate(timeout=120)
    assert first.returncode == 0, talk
    assert store.run("verify", NAME).returncode == 0


def test_a_download_that_the_disk_does_not_take(store: Store) -> None:
    store.publisher.publish(good())
    line = complaint(store.limited(len(good()) // 2, "get", NAME))
    assert line == f"easeup: {store.cache / f'{NAME}.zip.part'}: File too large"
    assert not store.models.exists()
    assert downloads(store) == []


def test_unpacking_what_the_disk_does_not_take(store: Store) -> None:
    zeros = bytes(5 * len(good()))
    store.publisher.publish(pack([*model_members(), (f"{TOP}/zeros", zeros)]))
    line = complaint(store.limited(2 * len(good()), "get", NAME))
    assert line.startswith(f"easeup: {store.models / UNFINISHED}")
    assert line.endswith("/zeros: File too large")
    assert not store.models.exists()
    assert downloads(store) == []


def test_a_full_disk_is_told_with_the_file_and_what_helps(capsys: pytest.CaptureFixture[str]) -> None:
    full = Path("/dev/full")
    with pytest.raises(SystemExit) as ended, plainly(), named_in_errors(full), full.open("wb") as file:
        file.write(b"a model")
    assert ended.value.code == 2
    assert capsys.readouterr().err == (
        "easeup: /dev/full: No space left on device; make room on that disk, and try again\n"
    )


@pytest.mark.parametrize("variable", ["XDG_DATA_HOME", "XDG_CACHE_HOME"])
def test_a_folder_that_cannot_be_written(store: Store, variable: str) -> None:
    store.publisher.publish(good())
    assert "/proc/nowhere" in complaint(store.run("get", NAME, **{variable: "/proc/nowhere"}))
    assert store.publisher.asked(".zip") == []
    assert not store.models.exists()


def test_a_hostile_archive(store: Store) -> None:
    store.publisher.publish(pack([*model_members(), (f"{TOP}/../../../../evil", b"evil")]))
    assert "by a name that can't be used" in complaint(store.run("get", NAME))
    assert not store.models.exists()
    assert downloads(store) == []
    assert not list(store.models.parents[1].rglob("evil"))

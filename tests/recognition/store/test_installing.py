"""From the publisher into the user's folder, whole or not at all."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from tests.recognition.conftest import Say, blocks, quiet
from tests.recognition.store.archives import TOP, good, model_members, named, pack, tree
from tests.recognition.store.conftest import NAME, Machine, no_file_larger_than
from voice.recognition.models import BUILT_IN, find
from voice.recognition.recognizer import Recognizer
from voice.recognition.store import manifest
from voice.recognition.store.errors import StoreError, UnreachableError
from voice.recognition.store.installing import UNFINISHED, alone, install


def get(machine: Machine, name: str = NAME) -> Path:
    return install(machine.published(name), machine.models, machine.cache, machine.web, lambda _: None)


def fault(machine: Machine, kind: type[StoreError] = StoreError) -> str:
    with pytest.raises(kind) as caught:
        get(machine)
    line = str(caught.value)
    assert "\n" not in line
    return line


def left(machine: Machine) -> list[str]:
    """What a failure left behind, where models are and where downloads are."""
    downloads = [name for name in tree(machine.cache) if name not in ("list.json", "lock")]
    return [*tree(machine.models.parent), *downloads]


def heard(model: Path, say: Say) -> str:
    recognizer = Recognizer(model)
    recognizer.listen_for(["stop", "next", "ouch"], ["stop"])
    texts = [
        hypothesis.text
        for block in blocks(quiet(0.5), say("stop"), quiet(1.5))
        for hypothesis in recognizer.hear(block)
        if hypothesis.is_final and hypothesis.text
    ]
    return " ".join(texts)


def test_what_was_got_hears(machine: Machine, say: Say) -> None:
    machine.publisher.publish(good())
    folder = get(machine)
    assert folder == machine.models / NAME
    assert find(None, {}, machine.models) == folder
    assert heard(folder, say) == "stop"
    assert left(machine)[0] == "models"
    assert tree(machine.models.parent) == [
        "models",
        f"models/{NAME}",
        *sorted(f"models/{NAME}/{path}" for path in [*tree(BUILT_IN), manifest.FILE]),
    ]


def test_nothing_else_stays(machine: Machine) -> None:
    machine.publisher.publish(good())
    get(machine)
    assert set(tree(machine.cache)) <= {"list.json", "lock"}


def test_the_record(machine: Machine) -> None:
    machine.publisher.publish(good())
    folder = get(machine)
    record = manifest.read(folder)
    assert record.language == "US English"
    assert record.md5 == machine.published().md5
    assert record.installed.tzinfo is not None
    assert list(record.files) == [path for path in tree(BUILT_IN) if (BUILT_IN / path).is_file()]
    assert list(manifest.changes(record, folder)) == []


def test_somebody_packed_an_installed_model(machine: Machine) -> None:
    machine.publisher.publish(pack([*model_members(), (f"{TOP}/{manifest.FILE}", b"{}")]))
    folder = get(machine)
    assert list(manifest.changes(manifest.read(folder), folder)) == []


@pytest.mark.parametrize(
    ("archive", "reason"),
    [
        (pack([*model_members(), ("../evil", b"")]), "by a name that can't be used"),
        (pack([*model_members(), (f"{TOP}/zeros", bytes(99_000_000))]), "would unpack to"),
        (
            pack([(name, data) for name, data in model_members() if "Gr.fst" not in str(name)]),
            "lacks graph/Gr.fst",
        ),
        (pack([*model_members(), (f"{TOP}/graph/HCLG.fst", b"")]), "fixed graph"),
        (pack([(named(f"{TOP}/graph/HCLr.fst"), b"<html>")]), "lacks am/final.mdl"),
        (b"<html>hotel wifi</html>", "damaged"),
        (good()[:-1000], "damaged"),
    ],
    ids=["traversal", "bomb", "incomplete", "fixed graph", "no model", "no archive", "truncated"],
)
def test_what_is_no_model_leaves_nothing(machine: Machine, archive: bytes, reason: str) -> None:
    machine.publisher.publish(archive)
    line = fault(machine)
    assert line.startswith(NAME)
    assert reason in line
    assert line.endswith("; nothing of it is kept")
    assert left(machine) == []


def test_a_failure_leaves_other_models_as_they_are(machine: Machine) -> None:
    machine.publisher.publish(good())
    machine.publisher.publish(b"no archive", "vosk-model-small-en-in-0.4")
    get(machine)
    before = tree(machine.models)
    with pytest.raises(StoreError):
        get(machine, "vosk-model-small-en-in-0.4")
    assert tree(machine.models) == before


def test_a_broken_connection_leaves_what_can_be_gone_on_with(machine: Machine) -> None:
    served = machine.publisher.publish(good())
    served.breaks_after = len(good()) // 2
    fault(machine, UnreachableError)
    assert left(machine) == [f"{NAME}.zip.part", f"{NAME}.zip.part.json"]
    served.breaks_after = None
    get(machine)
    assert "Range" in machine.publisher.asked(".zip")[-1]
    assert set(tree(machine.cache)) <= {"list.json", "lock"}


def test_it_is_there_already(machine: Machine) -> None:
    machine.publisher.publish(good())
    get(machine)
    assert fault(machine) == f"{NAME} is installed already, in {machine.models / NAME}"
    assert len(machine.publisher.asked(".zip")) == 1


@pytest.mark.parametrize("what", ["folder", "file", "dangling link"])
def test_something_of_the_users_stands_there(machine: Machine, what: str) -> None:
    machine.publisher.publish(good())
    place = machine.models / NAME
    machine.models.mkdir(parents=True)
    if what == "folder":
        place.mkdir()
    elif what == "file":
        place.touch()
    else:
        place.symlink_to("nowhere")
    assert "it stays as it is" in fault(machine)
    assert tree(machine.models) == [NAME]
    assert machine.publisher.asked(".zip") == []


def test_what_a_killed_one_left_is_cleared_away(machine: Machine) -> None:
    machine.publisher.publish(good())
    (machine.models / f"{UNFINISHED}0123" / "am").mkdir(parents=True)
    get(machine)
    assert [path.name for path in machine.models.iterdir()] == [NAME]


def test_two_at_once(machine: Machine) -> None:
    served = machine.publisher.publish(good())
    served.stalls_after = len(good()) // 2
    first = threading.Thread(target=get, args=(machine,))
    first.start()
    while not machine.publisher.asked(".zip"):
        time.sleep(0.01)
    assert "another `easeup models` is at work" in fault(machine)
    served.go_on.set()
    first.join()
    assert list(manifest.changes(manifest.read(machine.models / NAME), machine.models / NAME)) == []


def test_alone_ends_with_its_block(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(StoreError, match="is at work"), alone(tmp_path):
        pass
    with alone(tmp_path):
        assert (tmp_path / "lock").exists()


def test_a_record_that_the_disk_does_not_take_is_named(machine: Machine) -> None:
    machine.publisher.publish(good())
    folder = get(machine)
    record = manifest.read(folder)
    (folder / manifest.FILE).unlink()
    with no_file_larger_than(100), pytest.raises(OSError, match="File too large") as caught:
        manifest.write(record, folder)
    assert caught.value.filename == str(folder / manifest.FILE)


def test_a_folder_that_cannot_be_made_is_found_out_before_the_download(machine: Machine) -> None:
    machine.publisher.publish(good())
    machine.models.parent.write_text("a file where the folder should be")
    with pytest.raises(OSError, match=str(machine.models)):
        get(machine)
    assert machine.publisher.asked(".zip") == []

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.recognition.store.archives import good, tree
from tests.recognition.store.conftest import NAME, Machine
from voice.recognition.models import BUILT_IN
from voice.recognition.store import manifest
from voice.recognition.store.errors import StoreError
from voice.recognition.store.installed import find, installed, problems, remove
from voice.recognition.store.installing import UNFINISHED, alone, install


@pytest.fixture
def stocked(machine: Machine) -> Machine:
    """With one downloaded model and one of the user's own."""
    machine.publisher.publish(good())
    install(machine.published(), machine.models, machine.cache, machine.web, lambda _: None)
    shutil.copytree(BUILT_IN, machine.models / "trained")
    return machine


def test_what_is_here_in_the_order_of_choice(stocked: Machine) -> None:
    assert [(model.name, model.origin, model.licence) for model in installed(stocked.models)] == [
        ("trained", "own", None),
        (NAME, "downloaded", "Apache-2.0"),
        (BUILT_IN.name, "built-in", "Apache-2.0"),
    ]
    own, _, built_in = installed(stocked.models)
    assert (
        own.size
        == built_in.size
        == sum(file.stat().st_size for file in BUILT_IN.rglob("*") if file.is_file())
    )


def test_nothing_but_the_built_in_one(tmp_path: Path) -> None:
    assert [model.name for model in installed(tmp_path / "none")] == [BUILT_IN.name]


def test_a_users_model_hides_the_built_in_one_of_its_name(tmp_path: Path) -> None:
    shutil.copytree(BUILT_IN, tmp_path / BUILT_IN.name)
    assert find(BUILT_IN.name, tmp_path).origin == "own"


@pytest.mark.parametrize("name", ["nothing", "../models", "/etc", "", ".", "..", ".hidden"])
def test_finding_nothing(stocked: Machine, name: str) -> None:
    (stocked.models / ".hidden").mkdir()
    with pytest.raises(StoreError, match="there is no model"):
        find(name, stocked.models)


def test_nothing_is_wrong(stocked: Machine) -> None:
    assert all(problems(model) == () for model in installed(stocked.models))


def test_every_change_is_told(stocked: Machine) -> None:
    folder = stocked.models / NAME
    (folder / "README.md").unlink()
    (folder / "graph" / "words.txt").write_bytes((folder / "graph" / "words.txt").read_bytes()[::-1])
    (folder / "conf" / "mfcc.conf").open("a").close()  # touched, not changed
    (folder / "conf" / "model.conf").write_text("shorter")
    (folder / "NOTICE").rename(folder / "moved")
    (folder / "NOTICE").symlink_to("moved")
    (folder / ".DS_Store").touch()
    (folder / "graph" / "HCLG.fst").touch()
    *changes, fault = problems(find(NAME, stocked.models))
    assert sorted(changes) == [
        "NOTICE was changed",
        "README.md is missing",
        "conf/model.conf was changed",
        "graph/HCLG.fst was added",
        "graph/words.txt was changed",
        "moved was added",
    ]
    assert "fixed graph" in fault


@pytest.mark.parametrize("content", ["", "{}", '{"files": 7}', "\0"])
def test_a_damaged_record(stocked: Machine, content: str) -> None:
    (stocked.models / NAME / manifest.FILE).write_text(content)
    assert problems(find(NAME, stocked.models)) == (f"{stocked.models / NAME / manifest.FILE} is damaged",)
    assert find(NAME, stocked.models).language is None


def test_of_ones_own_only_what_vosk_takes_is_looked_at(stocked: Machine) -> None:
    (stocked.models / "trained" / "README.md").unlink()
    assert problems(find("trained", stocked.models)) == ()
    (stocked.models / "trained" / "am" / "final.mdl").unlink()
    assert "lacks am/final.mdl" in problems(find("trained", stocked.models))[0]


@pytest.mark.parametrize("name", [NAME, "trained"])
def test_removing(stocked: Machine, name: str) -> None:
    remove(name, stocked.models, stocked.cache)
    (other,) = {NAME, "trained"} - {name}
    assert [path.name for path in stocked.models.iterdir()] == [other]


def test_the_built_in_one_stays(stocked: Machine) -> None:
    before = tree(BUILT_IN)
    with pytest.raises(StoreError, match=f"^{BUILT_IN.name} is the built-in model, which stays"):
        remove(BUILT_IN.name, stocked.models, stocked.cache)
    assert tree(BUILT_IN) == before


def test_removing_a_link_leaves_the_model(stocked: Machine, tmp_path: Path) -> None:
    elsewhere = shutil.copytree(BUILT_IN, tmp_path / "elsewhere")
    (stocked.models / "linked").symlink_to(elsewhere, target_is_directory=True)
    remove("linked", stocked.models, stocked.cache)
    assert tree(elsewhere) == tree(BUILT_IN)
    assert not (stocked.models / "linked").is_symlink()


def test_removing_waits_for_nobody(stocked: Machine) -> None:
    with alone(stocked.cache), pytest.raises(StoreError, match="another `easeup models` is at work"):
        remove(NAME, stocked.models, stocked.cache)
    assert (stocked.models / NAME).is_dir()


def test_what_a_killed_removal_left_is_no_model_and_goes_with_the_next(stocked: Machine) -> None:
    (stocked.models / "trained").rename(stocked.models / f"{UNFINISHED}0123")
    assert [model.name for model in installed(stocked.models)] == [NAME, BUILT_IN.name]
    remove(NAME, stocked.models, stocked.cache)
    assert list(stocked.models.iterdir()) == []

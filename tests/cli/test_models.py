"""`easeup models`, as a process of its own against a server on this machine."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Store, complaint
from tests.recognition.store.archives import TOP, good
from voice.recognition.models import BUILT_IN

NAME = TOP


def test_from_the_list_to_the_ears_and_away_again(store: Store) -> None:
    store.publisher.publish(good())
    store.publisher.publish(b"1", "vosk-model-en-us-0.22-lgraph", type="big-lgraph")
    store.publisher.publish(b"2", "vosk-model-en-us-0.22", type="big")

    listed = store.run().stdout
    assert f"* {BUILT_IN.name}" in listed
    assert listed.index("vosk-model-en-us-0.22-lgraph") < listed.index(f"  {NAME}")
    assert "vosk-model-en-us-0.22 " not in listed
    assert f"\nused: {BUILT_IN}, the built-in one, as there is no other\n" in listed
    assert listed.endswith(f"yours go into {store.models}\n")

    got = store.run("get", NAME)
    assert got.returncode == 0, got.stderr
    assert got.stdout == f"{store.models / NAME}\n"
    assert got.stderr.endswith("easeup: it is used from now on\n")

    listed = store.run().stdout
    assert f"* {NAME}" in listed
    assert f"used: {store.models / NAME}, the best of those downloaded" in listed

    doctor = store.easeup("doctor", "--json", **store.variables)
    (model,) = [finding for finding in json.loads(doctor.stdout) if finding["part"] == "model"]
    assert model["ok"]
    assert model["says"].startswith(f"{store.models / NAME}, the best of those downloaded")

    verified = store.run("verify")
    assert verified.returncode == 0
    assert f"{NAME}: fine" in verified.stdout
    assert f"{BUILT_IN.name}: fine" in verified.stdout

    removed = store.run("remove", NAME)
    assert removed.returncode == 0
    assert list(store.models.iterdir()) == []
    assert f"* {BUILT_IN.name}" in store.run().stdout


def test_the_list_for_programs(store: Store) -> None:
    store.publisher.publish(good())
    report = json.loads(store.run("--json").stdout)
    assert [(model["name"], model["state"], model["is_used"]) for model in report["models"]] == [
        (BUILT_IN.name, "built-in", True),
        (NAME, "not installed", False),
    ]
    assert report["models"][1]["download_bytes"] == len(good())
    assert report["used"]["folder"] == str(BUILT_IN)
    assert report["list"]["url"] == store.publisher.list_url
    assert report["list"]["unreached"] is None
    assert report["fault"] is None


def test_offline_there_is_what_is_here(store: Store) -> None:
    offline = {"EASEUP_MODEL_LIST": "http://127.0.0.1:9/list.json"}
    done = store.run(**offline)
    assert done.returncode == 0
    assert BUILT_IN.name in done.stdout
    assert done.stderr == (
        "easeup: http://127.0.0.1:9/list.json can't be reached: Connection refused; "
        "only what is on this machine is listed\n"
    )
    assert complaint(store.run("get", NAME, **offline)).endswith("can't be reached: Connection refused")
    assert not store.models.exists()


def test_an_old_list_says_how_old_it_is(store: Store) -> None:
    store.publisher.publish(good())
    store.run()
    file = store.cache / "list.json"
    kept = json.loads(file.read_text())
    file.write_text(json.dumps({**kept, "fetched": "2025-01-02T12:00:00+00:00"}))
    store.publisher.served.clear()
    done = store.run()
    assert NAME in done.stdout
    assert "404" in done.stderr
    assert "this list is of 2025-01-0" in done.stderr


def test_a_model_that_cannot_be_used_is_told_and_the_list_is_there(store: Store, tmp_path: Path) -> None:
    done = store.run(EASEUP_MODEL=str(tmp_path / "nowhere"))
    assert done.returncode == 0
    assert BUILT_IN.name in done.stdout
    assert f"used: none, for EASEUP_MODEL {tmp_path / 'nowhere'}: there is no such folder" in done.stdout


@pytest.mark.parametrize("named", ["nowhere", "n" * 300], ids=["nowhere", "too long"])
def test_what_is_got_is_got_though_another_is_asked_for_and_cannot_be_used(
    store: Store, tmp_path: Path, named: str
) -> None:
    store.publisher.publish(good())
    done = store.run("get", NAME, EASEUP_MODEL=str(tmp_path / named))
    assert done.stdout == f"{store.models / NAME}\n"
    line = complaint(done, 0)
    assert line.startswith("easeup: it is installed, but not used: ")
    assert str(tmp_path / named) in line
    assert "there is no such folder" in line or "File name too long" in line


def test_a_list_that_would_break_the_table(store: Store) -> None:
    store.publisher.publish(good())
    texts = ("US\ud800", "US\nEng\x1b[31mlish")
    odd: list[dict[str, Any]] = [{"size": 10**400}, *({"lang_text": text} for text in texts), {}]
    for number, changes in enumerate(odd):
        store.publisher.publish(b"1", f"vosk-model-odd-{number}", **changes)
    listed = store.publisher.served["/models/model-list.json"]
    listed.content = listed.content.replace(b"vosk-model-odd-3.zip", b"two\\nlines.zip")
    for _ in range(2):  # the second time it is the kept one
        done = store.run()
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        assert f"  {NAME}" in done.stdout
        assert "vosk-model-odd" not in done.stdout
        assert "\x1b" not in done.stdout
    assert 'no model "vosk-model-odd-3"' in complaint(store.run("get", "vosk-model-odd-3"))


def test_a_folder_whose_name_is_no_text(store: Store, tmp_path: Path) -> None:
    store.models.mkdir(parents=True)
    shutil.copytree(BUILT_IN, os.fsdecode(bytes(store.models) + b"/m\xff"))
    strict = {"PYTHONIOENCODING": "utf-8:strict", "PYTHONUTF8": "0"}
    done = store.run(**strict)
    assert done.returncode == 0, done.stderr
    assert "* m\ufffd " in done.stdout
    assert f"\nused: {store.models}/m\ufffd, your own" in done.stdout

    report = json.loads(store.run("--json", **strict).stdout)
    assert report["models"][0]["name"] == "m\ufffd"
    assert report["models"][0]["folder"] == report["used"]["folder"] == f"{store.models}/m\ufffd"

    nowhere = {**strict, "EASEUP_MODEL": os.fsdecode(bytes(tmp_path) + b"/n\xff")}
    assert f"used: none, for EASEUP_MODEL {tmp_path}/n\ufffd: there is no" in store.run(**nowhere).stdout
    address = {**strict, "EASEUP_MODEL_LIST": os.fsdecode(b"http://127.0.0.1:9/\xff")}
    assert json.loads(store.run("--json", **address).stdout)["list"]["url"] == "http://127.0.0.1:9/\ufffd"

    assert "m\ufffd: fine" in store.run("verify", **strict).stdout
    (Path(os.fsdecode(bytes(store.models) + b"/m\xff")) / "am" / "final.mdl").unlink()
    assert "m\ufffd: not a Vosk model" in store.run("verify", **strict).stdout


def test_a_place_whose_name_is_no_text(store: Store, tmp_path: Path) -> None:
    store.publisher.publish(good())
    odd = {"PYTHONIOENCODING": "utf-8:strict", "XDG_DATA_HOME": os.fsdecode(bytes(tmp_path) + b"/d\xff")}
    got = store.run("get", NAME, **odd)
    assert got.returncode == 0, got.stderr
    assert got.stdout == f"{tmp_path}/d\ufffd/easeup/models/{NAME}\n"
    assert f"yours go into {tmp_path}/d\ufffd/easeup/models\n" in store.run(**odd).stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("get", "vosk-model-small-en-us-0.16"), 2, f'did you mean "{NAME}"?'),
        (("get", "vosk-model-en-us-0.22"), 2, "its graph is fixed"),
        (("verify", "nothing"), 2, 'there is no model "nothing" here'),
        (("remove", ".."), 2, 'there is no model ".." here'),
        (("remove", BUILT_IN.name), 2, "the built-in model, which stays"),
    ],
)
def test_what_cannot_be_done(store: Store, arguments: tuple[str, ...], code: int, words: str) -> None:
    store.publisher.publish(good())
    store.publisher.publish(b"1", "vosk-model-en-us-0.22", type="big")
    assert words in complaint(store.run(*arguments), code)
    assert not store.models.exists()


@pytest.mark.parametrize("arguments", [("--json", "verify"), ("get",)])
def test_a_wrong_call(store: Store, arguments: tuple[str, ...]) -> None:
    done = store.run(*arguments)
    assert done.returncode == 2
    assert " models" in done.stderr.splitlines()[0]


def test_getting_twice(store: Store) -> None:
    store.publisher.publish(good())
    store.run("get", NAME)
    assert "is installed already" in complaint(store.run("get", NAME))


def test_verify_finds_a_change(store: Store) -> None:
    store.publisher.publish(good())
    store.run("get", NAME)
    words = store.models / NAME / "graph" / "words.txt"
    words.write_bytes(words.read_bytes().replace(b"stop", b"pots"))
    done = store.run("verify")
    assert complaint(done, 1) == f"easeup: `easeup models remove {NAME}` and get it again"
    assert f"{NAME}: graph/words.txt was changed\n" in done.stdout
    assert f"{BUILT_IN.name}: fine" in done.stdout


def test_ones_own_comes_before_a_downloaded_one(store: Store) -> None:
    store.publisher.publish(good())
    shutil.copytree(BUILT_IN, store.models / "trained")
    got = store.run("get", NAME)
    assert got.stderr.endswith(
        f"easeup: used is {store.models / 'trained'}, your own, which comes before all others\n"
    )
    assert store.run("remove", "trained").returncode == 0
    assert f"* {NAME}" in store.run().stdout

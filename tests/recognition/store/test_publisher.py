from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.recognition.store.conftest import NAME, Machine
from tests.recognition.store.server import Served
from voice.recognition.store.errors import StoreError
from voice.recognition.store.publisher import ADDRESS, PublishersList, address, fetch, fetch_or_kept, web_for


def look(machine: Machine) -> tuple[PublishersList | None, str | None]:
    return fetch_or_kept(machine.publisher.list_url, machine.web, machine.cache)


def age(machine: Machine, days: float) -> None:
    """Let the kept list be older."""
    file = machine.cache / "list.json"
    kept = json.loads(file.read_text())
    kept["fetched"] = (datetime.now(timezone.utc) - timedelta(days=days)).isoformat()
    file.write_text(json.dumps(kept))


def break_server(machine: Machine) -> None:
    machine.publisher.served["/models/model-list.json"] = Served(status=503)


def test_the_address() -> None:
    assert address({}) == address({"EASEUP_MODEL_LIST": ""}) == ADDRESS
    assert ADDRESS.startswith("https://")
    assert address({"EASEUP_MODEL_LIST": "http://mirror/list"}) == "http://mirror/list"


@pytest.mark.parametrize("scheme", ["http", "HTTP", "Http"])
def test_plain_http_may_be_named_in_capitals(machine: Machine, scheme: str) -> None:
    machine.publisher.publish(b"archive")
    url = machine.publisher.list_url.replace("http:", f"{scheme}:")
    assert [model.name for model in fetch(url, web_for(url), machine.cache).models] == [NAME]


@pytest.mark.parametrize(
    "url",
    ["http://[::1/x", f"http://{'a' * 64}.invalid/x", "https://a..b/x", "ftp://x\ny", "\x1b[2J", "\udcff"],
)
def test_an_address_that_is_none_is_told_on_one_plain_line(machine: Machine, url: str) -> None:
    found, unreached = fetch_or_kept(url, web_for(url), machine.cache)
    assert found is None
    assert unreached is not None
    assert unreached.isprintable()


def test_an_encrypted_list_leads_to_encrypted_models_only() -> None:
    with (
        pytest.raises(StoreError, match="not encrypted"),
        web_for("https://mirror/list").get("http://mirror/model.zip", {}),
    ):
        raise AssertionError("it was asked")


def test_a_fresh_list_is_not_asked_for_again(machine: Machine) -> None:
    machine.publisher.publish(b"archive")
    first, _ = look(machine)
    again, unreached = look(machine)
    assert first is not None
    assert again == first
    assert [model.name for model in first.models] == [NAME]
    assert unreached is None
    assert len(machine.publisher.asked("model-list.json")) == 1


@pytest.mark.parametrize("days", [1.1, -1])
def test_an_old_list_is_asked_for_again_and_so_is_one_from_the_future(machine: Machine, days: float) -> None:
    machine.publisher.publish(b"archive")
    look(machine)
    age(machine, days)
    machine.publisher.publish(b"archive", "another")
    found, _ = look(machine)
    assert found is not None
    assert [model.name for model in found.models] == [NAME, "another"]


def test_an_old_list_is_better_than_none(machine: Machine) -> None:
    machine.publisher.publish(b"archive")
    look(machine)
    age(machine, 10)
    break_server(machine)
    found, unreached = look(machine)
    assert found is not None
    assert [model.name for model in found.models] == [NAME]
    assert datetime.now(timezone.utc) - found.fetched > timedelta(days=9)
    assert "503" in (unreached or "")


def test_no_list_at_all(machine: Machine) -> None:
    break_server(machine)
    found, unreached = look(machine)
    assert found is None
    assert "503" in (unreached or "")


def test_a_list_of_another_address_is_not_taken(machine: Machine) -> None:
    machine.publisher.publish(b"archive")
    look(machine)
    machine.publisher.served["/other.json"] = Served(b"[]")
    found, _ = fetch_or_kept(f"{machine.publisher.url}/other.json", machine.web, machine.cache)
    assert found is not None
    assert found.models == ()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"url": 1}', "\0"])
def test_a_damaged_copy_is_worth_no_failure(machine: Machine, content: str) -> None:
    machine.publisher.publish(b"archive")
    look(machine)
    (machine.cache / "list.json").write_text(content)
    found, unreached = look(machine)
    assert found is not None
    assert unreached is None


@pytest.mark.parametrize(
    "fetched",
    [
        "2026-01-01",
        "2026-01-01T10:00:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "?",
        7,
        None,
    ],
)
def test_a_copy_of_an_odd_time_is_worth_no_failure(machine: Machine, fetched: object) -> None:
    machine.publisher.publish(b"archive")
    look(machine)
    file = machine.cache / "list.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "fetched": fetched}))
    break_server(machine)
    found, _ = look(machine)
    assert (found is not None) == str(fetched).startswith("2026")
    if found is not None:
        assert found.fetched == datetime(2026, 1, 1, found.fetched.hour, tzinfo=timezone.utc)
        assert found.fetched.astimezone()


def test_a_copy_nested_too_deep_is_worth_no_failure(machine: Machine) -> None:
    machine.publisher.publish(b"archive")
    look(machine)
    deep = "[" * 100_000
    (machine.cache / "list.json").write_text(f'{{"url": "{machine.publisher.list_url}", "list": {deep}')
    found, unreached = look(machine)
    assert found is not None
    assert unreached is None


def test_a_list_nested_deep_is_read_and_perhaps_not_kept(machine: Machine) -> None:
    listed = machine.publisher.served["/models/model-list.json"]
    read, faults = [], []
    for depth in range(600, 1_001):
        listed.content = b"[" * depth + b"]" * depth
        try:
            read.append(fetch(machine.publisher.list_url, machine.web, machine.cache).models)
        except StoreError as error:
            faults.append(str(error))
    assert read
    assert all("no list of models" in fault for fault in faults)


def test_no_room_for_a_copy(machine: Machine) -> None:
    machine.publisher.publish(b"archive")
    machine.cache.write_text("a file where the folder should be")
    assert [model.name for model in fetch(machine.publisher.list_url, machine.web, machine.cache).models] == [
        NAME
    ]


def test_a_list_that_is_none_is_told_with_its_address(machine: Machine) -> None:
    machine.publisher.served["/models/model-list.json"] = Served(b"<html>hotel wifi</html>")
    with pytest.raises(StoreError, match=rf"^{machine.publisher.list_url}: what came is no list of models"):
        fetch(machine.publisher.list_url, machine.web, machine.cache)


def test_a_list_without_end(machine: Machine) -> None:
    machine.publisher.served["/models/model-list.json"] = Served(b" " * (5 << 20))
    with pytest.raises(StoreError, match="too long for a list"):
        fetch(machine.publisher.list_url, machine.web, machine.cache)
    assert not (Path(machine.cache) / "list.json").exists()

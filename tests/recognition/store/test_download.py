"""Downloads that break off, go on, and turn out to be something else; against a real server."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.recognition.store.archives import tree
from tests.recognition.store.conftest import Machine, no_file_larger_than
from tests.recognition.store.server import Served
from voice.recognition.store.download import download, partial
from voice.recognition.store.errors import StoreError, UnreachableError
from voice.recognition.store.web import Web

ARCHIVE = np.random.default_rng(0).bytes(400_000)
"""A download need not be a zip."""


def get(machine: Machine) -> tuple[Path, list[int]]:
    told: list[int] = []
    return download(machine.published(), machine.cache, machine.web, told.append), told


def fault(machine: Machine, kind: type[StoreError] = StoreError) -> str:
    with pytest.raises(kind) as caught:
        get(machine)
    assert type(caught.value) is kind
    line = str(caught.value)
    assert "\n" not in line
    return line


def left(machine: Machine) -> list[str]:
    return [name for name in tree(machine.cache) if name != "list.json"]


def kept(machine: Machine) -> int:
    return partial(machine.published(), machine.cache).size


def break_off(machine: Machine, served: Served, after: int = 250_000) -> None:
    """Download until the connection breaks, and let the server be well again."""
    served.breaks_after = after
    fault(machine, UnreachableError)
    served.breaks_after = None
    machine.publisher.requests.clear()


def test_the_whole_of_it(machine: Machine) -> None:
    machine.publisher.publish(ARCHIVE)
    file, told = get(machine)
    assert file.read_bytes() == ARCHIVE
    assert told == sorted(told)
    assert told[0] == 0
    assert told[-1] == len(ARCHIVE)


@pytest.mark.parametrize(
    ("etag", "last_modified", "condition"),
    [
        ('"first"', None, '"first"'),
        ('"first"', "Sat, 01 Nov 2025 10:00:00 GMT", '"first"'),
        (None, "Sat, 01 Nov 2025 10:00:00 GMT", "Sat, 01 Nov 2025 10:00:00 GMT"),
        ('W/"weak"', "Sat, 01 Nov 2025 10:00:00 GMT", "Sat, 01 Nov 2025 10:00:00 GMT"),
    ],
)
def test_it_goes_on_where_it_broke_off(
    machine: Machine, etag: str | None, last_modified: str | None, condition: str
) -> None:
    served = machine.publisher.publish(ARCHIVE)
    served.etag, served.last_modified = etag, last_modified
    break_off(machine, served)
    before = kept(machine)
    assert 150_000 < before <= 250_000
    file, told = get(machine)
    assert file.read_bytes() == ARCHIVE
    assert told[0] == before
    (headers,) = machine.publisher.asked(".zip")
    assert headers["Range"] == f"bytes={before}-"
    assert headers["If-Range"] == condition


def test_what_is_kept_is_said(machine: Machine) -> None:
    served = machine.publisher.publish(ARCHIVE)
    served.breaks_after = 250_000
    line = fault(machine, UnreachableError)
    assert line.endswith("the connection broke off; 0.2 MB are kept, and the same command goes on from there")


def test_it_breaks_again_and_again(machine: Machine) -> None:
    served = machine.publisher.publish(ARCHIVE)
    for _ in range(3):
        break_off(machine, served, 100_000)
    assert get(machine)[0].read_bytes() == ARCHIVE


@pytest.mark.parametrize(
    ("etag", "ranges"),
    [(None, True), ('W/"weak"', True), ('"first"', False)],
    ids=["none", "weak", "no ranges"],
)
def test_what_cannot_be_gone_on_with_is_not_kept(machine: Machine, etag: str | None, ranges: bool) -> None:
    served = machine.publisher.publish(ARCHIVE)
    served.etag, served.ranges, served.breaks_after = etag, ranges, 250_000
    assert "kept" not in fault(machine, UnreachableError)
    assert left(machine) == []


def test_a_file_that_changed_meanwhile_starts_anew(machine: Machine) -> None:
    served = machine.publisher.publish(ARCHIVE)
    break_off(machine, served)
    served.etag = '"second"'
    file, told = get(machine)
    assert file.read_bytes() == ARCHIVE
    assert told[0] == 0


def test_another_version_in_the_list_starts_anew(machine: Machine) -> None:
    served = machine.publisher.publish(ARCHIVE)
    break_off(machine, served)
    machine.publisher.served["/models/model-list.json"].content = b"[]"
    newer = machine.publisher.publish(ARCHIVE[::-1])
    newer.etag = '"first"'
    assert get(machine)[0].read_bytes() == ARCHIVE[::-1]
    assert "Range" not in machine.publisher.asked(".zip")[0]


def test_a_server_that_stops_doing_ranges_starts_anew(machine: Machine) -> None:
    served = machine.publisher.publish(ARCHIVE)
    break_off(machine, served)
    served.ranges = False
    assert get(machine)[0].read_bytes() == ARCHIVE


def test_another_part_than_was_asked_for(machine: Machine) -> None:
    served = machine.publisher.publish(ARCHIVE)
    break_off(machine, served)
    served.lies_about_part = True
    assert "another part than was asked for" in fault(machine)
    assert left(machine) == []


def test_a_whole_file_is_not_asked_for_again(machine: Machine) -> None:
    machine.publisher.publish(ARCHIVE)
    get(machine)
    machine.publisher.requests.clear()
    assert get(machine)[0].read_bytes() == ARCHIVE
    assert machine.publisher.asked(".zip") == []


def test_a_kept_part_that_was_damaged(machine: Machine) -> None:
    served = machine.publisher.publish(ARCHIVE)
    break_off(machine, served)
    part = partial(machine.published(), machine.cache).file
    part.write_bytes(b"\0" + part.read_bytes()[1:])
    assert "checksum" in fault(machine)
    assert get(machine)[0].read_bytes() == ARCHIVE


def test_a_kept_part_that_is_too_long(machine: Machine) -> None:
    served = machine.publisher.publish(ARCHIVE)
    break_off(machine, served)
    with partial(machine.published(), machine.cache).file.open("ab") as file:
        file.write(bytes(400_000))
    assert get(machine)[0].read_bytes() == ARCHIVE


@pytest.mark.parametrize("note", ["", "{}", "[]", '{"url": 7}'])
def test_a_kept_part_without_its_note(machine: Machine, note: str) -> None:
    served = machine.publisher.publish(ARCHIVE)
    break_off(machine, served)
    part = partial(machine.published(), machine.cache).file
    part.with_name(part.name + ".json").write_text(note)
    assert get(machine)[1][0] == 0


def test_a_whole_that_was_kept_and_is_damaged(machine: Machine) -> None:
    machine.publisher.publish(ARCHIVE).etag = None
    part = download(machine.published(), machine.cache, machine.web, lambda _: None)
    part.write_bytes(bytes(len(ARCHIVE)))
    assert "has not the checksum of the publisher's list" in fault(machine)
    assert left(machine) == []
    assert get(machine)[0].read_bytes() == ARCHIVE


def test_a_wrong_checksum(machine: Machine) -> None:
    machine.publisher.publish(ARCHIVE, md5="0" * 32)
    assert "has not the checksum of the publisher's list" in fault(machine)
    assert left(machine) == []


def test_a_checksum_in_capitals(machine: Machine) -> None:
    machine.publisher.publish(ARCHIVE)
    listed = machine.publisher.served["/models/model-list.json"]
    md5 = machine.published().md5
    listed.content = listed.content.replace(md5.encode(), md5.upper().encode())
    assert get(machine)[0].read_bytes() == ARCHIVE


def test_another_size_than_the_lists(machine: Machine) -> None:
    machine.publisher.publish(ARCHIVE, size=300_000)
    assert "the publisher's list says 0.3 MB and the server sends 0.4 MB" in fault(machine)
    assert left(machine) == []


@pytest.mark.parametrize("digits", [100, 400, 5_000])
def test_a_length_that_is_no_number_of_bytes(machine: Machine, digits: int) -> None:
    served = machine.publisher.publish(ARCHIVE)
    served.length = "9" * digits
    assert "the publisher's list says 0.4 MB and the server sends more" in fault(machine)
    assert left(machine) == []


def test_a_part_that_is_no_number_of_bytes(machine: Machine) -> None:
    served = machine.publisher.publish(ARCHIVE)
    break_off(machine, served)
    served.part = f"bytes {'1' * 5_000}-2/3"
    assert "another part than was asked for" in fault(machine)


def test_more_than_the_list_says_by_a_server_that_does_not_tell(machine: Machine) -> None:
    served = machine.publisher.publish(ARCHIVE, size=300_000)
    served.length = 0
    assert "the server sends more" in fault(machine)
    assert left(machine) == []


def test_an_early_end_by_a_server_that_does_not_tell(machine: Machine) -> None:
    served = machine.publisher.publish(ARCHIVE)
    served.length, served.breaks_after = 0, 250_000
    assert "the connection ended early; 0.2 MB are kept" in fault(machine, UnreachableError)
    served.length, served.breaks_after = None, None
    assert get(machine)[0].read_bytes() == ARCHIVE


def test_a_slow_server_is_not_given_up(machine: Machine) -> None:
    served = machine.publisher.publish(ARCHIVE)
    served.pause_s = 0.1  # 1.3 s for all of it
    model, web = machine.published(), Web(plain_http=True, patience_s=1.0)
    assert download(model, machine.cache, web, lambda _: None).read_bytes() == ARCHIVE


def test_a_file_that_has_gone(machine: Machine) -> None:
    served = machine.publisher.publish(ARCHIVE)
    break_off(machine, served)
    served.status = 404
    assert "404" in fault(machine)
    assert left(machine) == []


def test_a_server_in_trouble_does_not_cost_what_is_here(machine: Machine) -> None:
    served = machine.publisher.publish(ARCHIVE)
    break_off(machine, served)
    served.status = 500
    assert "500 Internal Server Error; try again later; 0.2 MB are kept" in fault(machine, UnreachableError)
    served.status = 200
    assert get(machine)[1][0] > 150_000


def test_a_redirect(machine: Machine) -> None:
    served = machine.publisher.publish(ARCHIVE)
    machine.publisher.served["/mirror.zip"] = Served(ARCHIVE)
    served.status, served.location = 302, "/mirror.zip"
    assert get(machine)[0].read_bytes() == ARCHIVE


def test_more_than_the_disk_holds(machine: Machine) -> None:
    machine.publisher.publish(ARCHIVE)
    model = machine.published().model_copy(update={"size": 10**18})
    with pytest.raises(StoreError, match=rf"needs 1,000,000,000,000.0 MB in {machine.cache}, and "):
        download(model, machine.cache, machine.web, lambda _: None)
    assert machine.publisher.asked(".zip") == []


def test_a_cache_that_cannot_be_made(machine: Machine) -> None:
    machine.publisher.publish(ARCHIVE)
    model = machine.published()
    shutil.rmtree(machine.cache)
    machine.cache.write_text("a file where the folder should be")
    with pytest.raises(OSError, match=str(machine.cache)):
        download(model, machine.cache, machine.web, lambda _: None)
    assert machine.publisher.asked(".zip") == []


def test_a_file_that_the_disk_does_not_take_is_named(machine: Machine) -> None:
    machine.publisher.publish(ARCHIVE)
    model = machine.published()
    with no_file_larger_than(300_000), pytest.raises(OSError, match="File too large") as caught:
        download(model, machine.cache, machine.web, lambda _: None)
    assert caught.value.filename == str(partial(model, machine.cache).file)
    assert left(machine) == []


@pytest.mark.parametrize("etag", ['"first"', None])
def test_an_interruption_at_the_end_keeps_the_whole(machine: Machine, etag: str | None) -> None:
    machine.publisher.publish(ARCHIVE).etag = etag
    model = machine.published()

    def interrupt(done: int) -> None:
        if done == len(ARCHIVE):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        download(model, machine.cache, machine.web, interrupt)
    assert kept(machine) == len(ARCHIVE)
    machine.publisher.requests.clear()
    assert get(machine)[0].read_bytes() == ARCHIVE
    assert machine.publisher.asked(".zip") == []

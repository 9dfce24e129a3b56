"""Archives that a server might send, and what comes of them on the disk."""

from __future__ import annotations

import hashlib
import stat
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.recognition.store.archives import TOP, Member, good, model_members, named, pack, tree
from tests.recognition.store.conftest import no_file_larger_than
from voice.recognition.models import BUILT_IN
from voice.recognition.store.archive import MOST_ENTRIES, member_parts, unpack
from voice.recognition.store.errors import StoreError


def unpacked(archive: bytes, where: Path) -> Path:
    """Unpack an archive in a folder that has a neighbour, which nobody may touch."""
    (where / "packed.zip").write_bytes(archive)
    (where / "neighbour").mkdir()
    (where / "neighbour" / "precious").write_text("precious")
    into = where / "into"
    into.mkdir()
    unpack(where / "packed.zip", into)
    return into


def refused(archive: bytes, where: Path) -> str:
    with pytest.raises(StoreError) as caught:
        unpacked(archive, where)
    assert [path for path in tree(where) if not path.startswith("into")] == [
        "neighbour",
        "neighbour/precious",
        "packed.zip",
    ]
    line = str(caught.value)
    assert "\n" not in line
    return line


def test_a_good_one(tmp_path: Path) -> None:
    into = unpacked(good(), tmp_path)
    assert tree(into) == tree(BUILT_IN)
    for file in (path for path in into.rglob("*") if path.is_file()):
        assert file.read_bytes() == (BUILT_IN / file.relative_to(into)).read_bytes()


def test_it_tells_what_it_wrote(tmp_path: Path) -> None:
    (tmp_path / "packed.zip").write_bytes(pack([(f"{TOP}/am/", b""), (f"{TOP}/am/final.mdl", b"sound")]))
    (tmp_path / "into").mkdir()
    (path, record), *more = unpack(tmp_path / "packed.zip", tmp_path / "into").items()
    assert not more
    assert path == "am/final.mdl"
    assert record.size == 5
    assert record.sha256 == hashlib.sha256(b"sound").hexdigest()


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        f"{TOP}/../../evil",
        f"{TOP}/am/../../../evil",
        "/etc/evil",
        "//server/evil",
        "C:/evil",
        "C:evil",
        "..\\evil",
        f"{TOP}\\..\\..\\evil",
        f"{TOP}/C:evil",
        f"{TOP}/./evil",
        f"{TOP}//evil",
        f"{TOP}/evil\0.txt",
        f"{TOP}/nul",
        f"{TOP}/con.fst",
        f"{TOP}/evil.",
        f"{TOP}/evil ",
        f"{TOP}/evil:stream",
        f"{TOP}/ev\u0131l",
        f"{TOP}/{'long/' * 50}evil",
        "",
    ],
)
def test_names_that_lead_elsewhere(tmp_path: Path, name: str) -> None:
    assert "by a name that can't be used" in refused(pack([*model_members(), (name, b"evil")]), tmp_path)


@pytest.mark.parametrize(
    ("first", "second"),
    [("a", "a"), ("a", "A"), ("am/x", "AM/X"), ("a/b", "a"), ("a", "a/b"), ("a/b/c", "A/b"), ("a", "a/")],
)
def test_two_of_one_name(tmp_path: Path, first: str, second: str) -> None:
    archive = pack([(f"{TOP}/{first}", b"1"), (f"{TOP}/{second}", b"")])
    assert "of one name" in refused(archive, tmp_path)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK])
def test_links_and_devices(tmp_path: Path, kind: int) -> None:
    link = named(f"{TOP}/link")
    link.create_system = 3
    link.external_attr = (kind | 0o777) << 16
    members: list[Member] = [(link, b"../../neighbour"), (f"{TOP}/link/precious", b"evil")]
    assert "a link or a device" in refused(pack(members), tmp_path)


def test_a_bomb(tmp_path: Path) -> None:
    assert "would unpack to 50.0 MB" in refused(pack([(f"{TOP}/zeros", bytes(50_000_000))]), tmp_path)


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    archive = bytearray(pack([(f"{TOP}/zeros", bytes(50_000_000))]))
    at = archive.rindex(b"PK\x01\x02")
    archive[at + 24 : at + 28] = (1000).to_bytes(4, "little")  # its uncompressed size, in the directory
    assert "damaged" in refused(bytes(archive), tmp_path)
    assert sum(file.stat().st_size for file in (tmp_path / "into").rglob("*") if file.is_file()) <= 1000


def test_more_files_than_a_model_has(tmp_path: Path) -> None:
    archive = pack([(f"{TOP}/{number}", b"") for number in range(MOST_ENTRIES + 1)])
    assert "1,001 files" in refused(archive, tmp_path)


def test_an_encrypted_one(tmp_path: Path) -> None:
    archive = bytearray(good())
    at = archive.index(b"PK\x01\x02")
    archive[at + 8] |= 1
    assert "encrypted" in refused(bytes(archive), tmp_path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_unusual_method(tmp_path: Path, method: int) -> None:
    assert "unusual way" in refused(pack([(f"{TOP}/a", b"a")], method), tmp_path)


def test_files_beside_the_folder(tmp_path: Path) -> None:
    assert "outside of the model's folder" in refused(pack([*model_members(), ("evil", b"")]), tmp_path)


def test_two_folders(tmp_path: Path) -> None:
    archive = pack([*model_members("one"), *model_members("two/inner")])
    assert "2 folders where a model has one" in refused(archive, tmp_path)


def test_an_empty_one(tmp_path: Path) -> None:
    assert "0 folders" in refused(pack([]), tmp_path)


@pytest.mark.parametrize("archive", [b"", b"<html>not found</html>", good()[:-100], good()[1000:]])
def test_what_is_no_archive(tmp_path: Path, archive: bytes) -> None:
    assert "damaged" in refused(archive, tmp_path)


def test_a_changed_byte(tmp_path: Path) -> None:
    archive = bytearray(good())
    archive[len(archive) // 2] ^= 1
    assert "damaged" in refused(bytes(archive), tmp_path)


def test_a_file_that_the_disk_does_not_take_is_named(tmp_path: Path) -> None:
    (tmp_path / "packed.zip").write_bytes(pack([(f"{TOP}/am/final.mdl", bytes(50_000))], zipfile.ZIP_STORED))
    (tmp_path / "into").mkdir()
    with no_file_larger_than(10_001), pytest.raises(OSError, match="File too large") as caught:
        unpack(tmp_path / "packed.zip", tmp_path / "into")
    assert caught.value.filename == str(tmp_path / "into" / "am" / "final.mdl")


PIECES = st.sampled_from(
    ["", ".", "..", "am", "AM", "nul", "C:", "a\\b", "~", "a ", "a.", "\0", "é", TOP, "%2e%2e"]
)
NAMES = st.lists(PIECES | st.text(max_size=5), max_size=5).map("/".join)


@given(NAMES)
def test_accepted_member_names_stay_below_their_folder(name: str) -> None:
    try:
        parts = member_parts(name)
    except StoreError:
        return
    assert not set(parts) & {"", ".", ".."}
    assert (Path("/models").joinpath(*parts)).resolve() == Path("/models").joinpath(*parts)
    assert "/".join(parts) == name.removesuffix("/")


@given(st.lists(st.tuples(NAMES, st.binary(max_size=8)), min_size=1, max_size=4))
def test_whatever_the_members_are_called_nothing_is_written_elsewhere(members: list[Member]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        try:
            into = unpacked(pack(members), where)
        except StoreError:
            pass
        except UnicodeEncodeError:  # half a character: no archive could be made
            return
        else:
            written = [path for path in into.rglob("*") if path.is_file()]
            assert len(written) == len([name for name, _ in members if not str(name).endswith("/")])
        outside = [path for path in tree(where) if path != "into" and not path.startswith("into/")]
        assert outside == ["neighbour", "neighbour/precious", "packed.zip"]


SMALL = pack([(f"{TOP}/am/final.mdl", b"sound" * 30), (f"{TOP}/README", b"words")])


@given(st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_damage_anywhere_is_told_plainly(damage: list[tuple[int, int]]) -> None:
    archive = bytearray(SMALL)
    for at, byte in damage:
        archive[at] = byte
    with tempfile.TemporaryDirectory() as folder:
        fault = ""
        try:
            unpacked(bytes(archive), Path(folder))
        except StoreError as error:
            fault = str(error)
        assert "\n" not in fault
        assert (Path(folder) / "neighbour" / "precious").read_text() == "precious"

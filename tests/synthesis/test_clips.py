from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from voice.synthesis.clip import Clip, ClipKey
from voice.synthesis.clips import ClipCache, default_folder


def make_clip(text: str, samples: int = 1000) -> Clip:
    whole = np.random.default_rng(len(text)).integers(-32768, 32767, samples)
    return Clip((whole / 32768.0).astype(np.float32), ClipKey(text, "gmw/en-us", 150, "1"))


def only_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_what_is_stored_is_found_here_and_by_the_next_cache(tmp_path: Path) -> None:
    clip = make_clip("one")
    cache = ClipCache(tmp_path / "clips")
    assert cache.find(clip.key) is None
    cache.store(clip)
    assert cache.find(clip.key) is clip
    again = ClipCache(tmp_path / "clips").find(clip.key)
    assert again is not None
    assert again.key == clip.key
    assert again.pcm.dtype == np.float32
    assert np.array_equal(again.pcm, clip.pcm)


@pytest.mark.parametrize(
    "other",
    [
        ClipKey("two", "gmw/en-us", 150, "1"),
        ClipKey("one", "gmw/en", 150, "1"),
        ClipKey("one", None, 150, "1"),
        ClipKey("one", "gmw/en-us", 151, "1"),
        ClipKey("one", "gmw/en-us", 150, "2"),
    ],
)
def test_every_part_of_the_key_counts(tmp_path: Path, other: ClipKey) -> None:
    cache = ClipCache(tmp_path)
    cache.store(make_clip("one"))
    assert cache.find(other) is None
    # A file under another clip's name does not fit it either.
    only_file(tmp_path).rename(tmp_path / f"{other.digest}.clip")
    assert ClipCache(tmp_path).find(other) is None


def test_no_file_tells_what_was_said(tmp_path: Path) -> None:
    ClipCache(tmp_path).store(make_clip("sharp pain"))
    file = only_file(tmp_path)
    assert "pain" not in file.name
    assert b"pain" not in file.read_bytes()


@pytest.mark.parametrize("length", [0, 5, 14, 46, 47, 500, 2045])
def test_a_truncated_file_is_no_clip_and_is_removed(tmp_path: Path, length: int) -> None:
    clip = make_clip("one")
    ClipCache(tmp_path).store(clip)
    os.truncate(only_file(tmp_path), length)
    assert ClipCache(tmp_path).find(clip.key) is None
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("position", [0, 20, 46, -1])
def test_an_altered_file_is_no_clip(tmp_path: Path, position: int) -> None:
    clip = make_clip("one")
    ClipCache(tmp_path).store(clip)
    content = bytearray(only_file(tmp_path).read_bytes())
    content[position] ^= 1
    only_file(tmp_path).write_bytes(content)
    cache = ClipCache(tmp_path)
    assert cache.find(clip.key) is None
    cache.store(clip)
    assert ClipCache(tmp_path).find(clip.key) is not None


def test_a_folder_that_cannot_be_written_costs_only_the_disk(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = ClipCache(tmp_path / "file" / "clips")
    clip = make_clip("one")
    cache.store(clip)
    assert cache.find(clip.key) is clip
    assert cache.find(make_clip("other").key) is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_read(tmp_path: Path) -> None:
    clip = make_clip("one")
    ClipCache(tmp_path).store(clip)
    tmp_path.chmod(0o500)
    cache = ClipCache(tmp_path)
    cache.store(make_clip("other"))
    assert cache.find(clip.key) is not None
    tmp_path.chmod(0o700)


def test_without_a_folder_memory_serves() -> None:
    cache = ClipCache(None)
    clip = make_clip("one")
    cache.store(clip)
    assert cache.find(clip.key) is clip


def test_memory_is_bounded_and_keeps_what_was_asked_for_last() -> None:
    cache = ClipCache(None, memory_bytes=3 * 4000)
    one, two, three, four = (make_clip(text) for text in ("one", "two", "three", "four"))
    for clip in (one, two, three):
        cache.store(clip)
    assert cache.find(one.key)
    cache.store(four)
    assert [cache.find(clip.key) is not None for clip in (one, two, three, four)] == [True, False, True, True]


def test_storing_a_clip_twice_counts_once() -> None:
    cache = ClipCache(None, memory_bytes=2 * 4000)
    for text in ("one", "two", "two", "two"):
        cache.store(make_clip(text))
    assert cache.find(make_clip("one").key)


def test_disk_is_bounded_and_keeps_what_was_read_last(tmp_path: Path) -> None:
    clips = [make_clip(f"clip {number}") for number in range(8)]
    for age, clip in enumerate(clips):
        ClipCache(tmp_path).store(clip)
        os.utime(tmp_path / f"{clip.key.digest}.clip", (age, age))
    assert ClipCache(tmp_path).find(clips[0].key)
    cache = ClipCache(tmp_path, disk_bytes=5 * 2047)
    cache.store(make_clip("new"))
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 5 * 2047
    later = ClipCache(tmp_path)
    assert later.find(make_clip("new").key)
    assert later.find(clips[0].key)
    assert not later.find(clips[1].key)


def test_the_bound_holds_while_one_cache_writes_on(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path, disk_bytes=5 * 2047)
    for number in range(20):
        cache.store(make_clip(f"clip {number}"))
    assert 2 <= len(list(tmp_path.iterdir())) <= 5


def test_leftovers_of_a_crash_are_removed(tmp_path: Path) -> None:
    old, young = tmp_path / "old.part", tmp_path / "young.part"
    old.touch()
    young.touch()
    os.utime(old, (0, 0))
    ClipCache(tmp_path).store(make_clip("one"))
    assert not old.exists()
    assert young.exists()


def test_the_usual_folder_belongs_to_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder().parts[-2:] == ("easeup", "clips")

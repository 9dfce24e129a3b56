from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from voice.synthesis.clips import ClipCache
from voice.synthesis.errors import VoiceUnavailable
from voice.synthesis.prefetch import Prefetcher
from voice.synthesis.speech import Voice


def wait_for(cache: ClipCache, voice: Voice, text: str, rate: int = 150) -> None:
    deadline = time.monotonic() + 5
    while cache.find(voice.key(text, rate)) is None:
        assert time.monotonic() < deadline, f"{text} was not rendered"
        time.sleep(0.005)


def test_wishes_are_granted_in_their_order_and_then_had_at_once(voice: Voice) -> None:
    cache = ClipCache(None)
    with Prefetcher(voice, cache) as ahead:
        ahead.want(["one", "two", "three"], 180)
        wait_for(cache, voice, "three", 180)
        assert [key.text for key in cache._clips] == ["one", "two", "three"]
        began = time.monotonic()
        clip = ahead.get("two", 180)
        assert time.monotonic() - began < 0.02  # a render takes longer
    assert np.array_equal(clip.pcm, voice.render("two", 180).pcm)


def test_what_is_needed_now_goes_first_and_new_wishes_replace_old_ones(voice: Voice) -> None:
    cache = ClipCache(None)
    with Prefetcher(voice, cache) as ahead:
        ahead.want([f"old wish {number}" for number in range(100)])
        assert ahead.get("needed now").text == "needed now"
        assert cache.find(voice.key("old wish 9")) is None
        ahead.want(["new wish"])
        wait_for(cache, voice, "new wish")
        time.sleep(0.15)
        assert cache.find(voice.key("old wish 50")) is None


def test_without_a_thread_nothing_happens_until_asked(voice: Voice) -> None:
    cache = ClipCache(None)
    threads = threading.active_count()
    with Prefetcher(voice, cache, background=False) as ahead:
        assert threading.active_count() == threads
        ahead.want(["one"])
        assert cache.find(voice.key("one")) is None
        clip = ahead.get("one")
        assert ahead.get("one") is clip
        assert ahead.get(" one\n") is clip


def test_clips_outlive_the_program(voice: Voice, tmp_path: Path) -> None:
    first = Prefetcher(voice, ClipCache(tmp_path), background=False).get("one two")
    with Voice() as unused:
        again = Prefetcher(unused, ClipCache(tmp_path), background=False).get("one two")
        assert unused._renderer is None
    assert np.array_equal(again.pcm, first.pcm)


def test_a_spoilt_cache_file_is_rendered_again(voice: Voice, tmp_path: Path) -> None:
    first = Prefetcher(voice, ClipCache(tmp_path), background=False).get("one two")
    (file,) = tmp_path.iterdir()
    os.truncate(file, 1000)
    again = Prefetcher(voice, ClipCache(tmp_path), background=False).get("one two")
    assert np.array_equal(again.pcm, first.pcm)
    assert file.stat().st_size > 1000


def test_threads_that_want_the_same_get_the_same(voice: Voice) -> None:
    texts = ["one", "two", "three", "four"] * 2
    with Prefetcher(voice, ClipCache(None)) as ahead, ThreadPoolExecutor(4) as pool:
        ahead.want(texts[::-1])
        clips = list(pool.map(ahead.get, texts, timeout=10))
    assert [clip.text for clip in clips] == texts
    assert all(clips[index] is clips[index + 4] for index in range(4))


def test_wishes_that_cannot_be_granted_harm_nobody(voice: Voice) -> None:
    cache = ClipCache(None)
    with Prefetcher(voice, cache) as ahead:
        ahead.want(["", "...", "one"])
        wait_for(cache, voice, "one")
        with pytest.raises(ValueError, match="no text"):
            ahead.get("")


def test_a_voice_that_fails_and_recovers() -> None:
    # Negative, it makes up for what a text is given by its length: no time at all.
    with Voice(timeout=-1.0) as broken, Prefetcher(broken, ClipCache(None)) as ahead:
        ahead.want(["one", "two"])
        with pytest.raises(VoiceUnavailable):
            ahead.get("needed")
        broken._timeout = 5.0
        assert ahead.get("needed").text == "needed"
        ahead.want(["three"])
        wait_for(ahead._cache, broken, "three")


def test_it_ends_also_while_a_text_hangs() -> None:
    with Voice(timeout=30) as voice:
        voice.render("one")
        assert voice._renderer is not None
        os.kill(voice._renderer.pid, signal.SIGSTOP)
        ahead = Prefetcher(voice, ClipCache(None))
        ahead.want(["two"])
        time.sleep(0.05)
        began = time.monotonic()
        closing = threading.Thread(target=ahead.close)
        closing.start()
        voice.close()
        closing.join()
        assert time.monotonic() - began < 2
        assert ahead._thread is not None
        assert not ahead._thread.is_alive()

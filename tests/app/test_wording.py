"""What `easeup check` says of texts that are to be spoken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.conftest import Easeup
from voice.app.wording import doubts
from voice.language import Language
from voice.resources import folder

FILE = """\
id: mine
title: Mine
for: partner
position: {position}
steps:
  - id: a
    title: {title}
    region: [hips]
    technique: rest
    pressure: 2
    duration: 1m
    say: {say}
    cues:
      - {{at: 50%, say: {cue}}}
"""


@pytest.fixture(scope="module")
def english() -> Language:
    return Language.load("en")


def doubted(folder: Path, english: Language, **texts: str) -> list[str]:
    path = folder / "mine.yaml"
    usual = {"position": "face down", "title": "A", "say": "Glide up.", "cue": "Glide down."}
    path.write_text(FILE.format(**(usual | texts)), "utf-8")
    return [f"{each.line}:{each.column}: {each.message}" for each in doubts(path, english)]


@pytest.mark.parametrize("path", sorted(folder("routines").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_bundled_routines_are_worded_well(path: Path, english: Language) -> None:
    assert doubts(path, english) == ()


def test_a_long_sentence(tmp_path: Path, english: Language) -> None:
    just = " ".join(["glide"] * 18)
    assert doubted(tmp_path, english, say=f"{just}. {just}!") == []
    assert doubted(tmp_path, english, say=f"Up. {just} on.") == [
        f'12:10: 19 words in a sentence, 18 are enough for the ear: "{just} on."'
    ]


@pytest.mark.parametrize(
    ("text", "part", "intent"),
    [
        ("Glide up. Go back.", "Go back", "back"),
        ("Glide up, a little firmer, and down.", "a little firmer", "firmer"),
        ("Hold on; glide up.", "Hold on", "pause"),
        ("Glide up \N{EN DASH} slower \N{EN DASH} and down.", "slower", "slower"),
        ("'Glide up: carry on.'", "carry on", "carry-on"),
        ("Glide up (thirty seconds more).", "thirty seconds more", "more-time"),
    ],
)
def test_a_sentence_or_clause_that_is_a_command(
    tmp_path: Path, english: Language, text: str, part: str, intent: str
) -> None:
    message = f'"{part}" is a command by itself ({intent}); the microphone hears the loudspeaker'
    assert message in doubted(tmp_path, english, say=text)[0]


def test_a_word_that_would_stop_it(tmp_path: Path, english: Language) -> None:
    assert doubted(tmp_path, english, say="Where it is sharp, lift your hands.") == [
        '12:10: "it is sharp" would be taken for a stop; the microphone hears the loudspeaker'
    ]
    assert doubted(tmp_path, english, say="Sharpen nothing.") == []


def test_every_text_that_is_read_out_is_looked_at(tmp_path: Path, english: Language) -> None:
    bad = "Stop there."
    places = {"position": "4:11", "title": "7:12", "say": "12:10", "cue": "14:24"}
    for key, place in places.items():
        told = doubted(tmp_path, english, **{key: bad})
        assert told
        assert all(line.startswith(f"{place}: ") for line in told), told


def test_check_warns_and_does_not_fail(easeup: Easeup, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(FILE.format(position="face down", title="A", say="Glide up. Go back.", cue="Rest."))
    done = easeup("check", file)
    assert done.returncode == 0
    warning, whole = done.stderr.splitlines()
    assert warning.startswith(f'{file}:12:10: warning: "Go back" is a command by itself (back); ')
    assert whole == f"{file}: fine, but for these warnings"

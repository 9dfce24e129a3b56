"""Rehearsal scripts: what a partner says, when, and in what kind of room. YAML files made into frozen values.

    partner: {voice: gmw/en-gb-x-rp, rate: 150}    # an espeak voice id; words a minute
    noise: {file: kitchen.wav, snr_db: 15}         # without it the room is quiet
    echo: {gain_db: -20, delay_ms: 80}             # how the narration comes back into the microphone
    say:
      - {text: start, after: narration}
      - {text: lighter, after: knead, wait: 4s}    # after the work of step "knead" began
      - {text: stop, wav: stop.wav, at: 1m30s}     # a recording, with the words it holds

Reads scripts and looks whether the files they name are there; opens none of those and makes no sound. When a
remark is said is told in `partner`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from voice.documents import Document, DocumentError, Problem, Shape, read, validate
from voice.routine import durations
from voice.session.names import Name

DEFAULT_RATE = 150
"""Words a minute of a partner whose script gives none."""

DEFAULT_WAIT = 1.0
"""Seconds between a moment and the remark after it, when the script gives none."""


class Moment(Name):
    """What the guide does that a remark can follow, beside a step's beginning."""

    NARRATION = "narration"
    """It has finished speaking."""
    QUESTION = "question"
    """It has finished asking a question."""
    TIMER = "timer"
    """The work time of a step is up."""


@dataclass(frozen=True, slots=True)
class StepBegins:
    """The work of a step begins."""

    step_id: str


@dataclass(frozen=True, slots=True)
class PartnerVoice:
    """How the partner speaks."""

    voice: str
    """An espeak voice id, such as gmw/en-gb-x-rp."""
    rate: int = DEFAULT_RATE
    """Words a minute."""


@dataclass(frozen=True, slots=True)
class Noise:
    """Noise in the room."""

    file: Path
    snr_db: float
    """How far the partner's voice stands above it, in dB."""


@dataclass(frozen=True, slots=True)
class Echo:
    """The way of the narration from the loudspeaker back into the microphone."""

    gain_db: float = -20.0
    """Below the level at which it is played: a device on a table next to the couch."""
    delay_ms: float = 80.0
    """The round trip through the sound card and the room."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing the partner says; exactly one of `at` and `after` is given."""

    text: str
    wav: Path | None = None
    """A recording of the words; None: the partner's voice says them."""
    at: float | None = None
    """When it is said, in seconds."""
    after: Moment | StepBegins | None = None
    wait: float = DEFAULT_WAIT
    """Seconds between `after` and the remark."""
    place: tuple[int, int] = (1, 1)
    """Line and column at which the script gives its time, from 1."""


@dataclass(frozen=True, slots=True)
class Script:
    """A whole rehearsal script."""

    file: str
    """Where it was read, for messages."""
    partner: PartnerVoice
    remarks: tuple[Remark, ...]
    """In the order in which they are said."""
    noise: Noise | None = None
    echo: Echo = Echo()

    def check(self, step_ids: Iterable[str]) -> tuple[Problem, ...]:
        """Find the remarks that wait for a step the routine does not have, each at its place."""
        known = tuple(step_ids)
        return tuple(
            Problem(self.file, *remark.place, _unknown_step(remark.after.step_id, known))
            for remark in self.remarks
            if isinstance(remark.after, StepBegins) and remark.after.step_id not in known
        )


def load(path: Path) -> Script:
    """Read a script.

    Raises:
        DocumentError: All that is wrong with it, at once.
    """
    document = read(path)
    # Looked at apart from the form, so that a fault of one kind does not hide those of the other.
    problems = [*_missing_files(document, path.parent), *_faulty_times(document)]
    try:
        form = validate(document, _ScriptForm)
    except DocumentError as error:
        raise DocumentError([*error.problems, *problems]) from None
    if problems:
        raise DocumentError(problems)
    return Script(
        file=document.file,
        partner=PartnerVoice(form.partner.voice, form.partner.rate),
        remarks=tuple(
            Remark(
                text=remark.text,
                wav=None if remark.wav is None else path.parent / remark.wav,
                at=remark.at,
                after=None if remark.after is None else _moment(remark.after),
                wait=DEFAULT_WAIT if remark.wait is None else remark.wait,
                place=_place(document, index),
            )
            for index, remark in enumerate(form.say)
        ),
        noise=None if form.noise is None else Noise(path.parent / form.noise.file, form.noise.snr_db),
        echo=Echo() if form.echo is None else Echo(form.echo.gain_db, form.echo.delay_ms),
    )


def seconds(written: object) -> float:
    """Seconds of a time as it stands in a script: as in a routine, and also 0s, 0.5s or 400ms.

    Raises:
        ValueError: It is not written like one; the message says how to.
    """
    if isinstance(written, str):
        if found := re.fullmatch(r"([0-9]{1,6})ms", written):
            return int(found[1]) / 1000
        if found := re.fullmatch(r"(0|[0-9]{1,4}\.[0-9]{1,3})s", written):
            return float(found[1])
    return durations.parse(written)


_Seconds = Annotated[float, BeforeValidator(seconds)]
_Words = Annotated[str, Field(min_length=1, pattern=r"\S")]


class _VoiceForm(Shape):
    voice: _Words
    # What espeak can speak.
    rate: Annotated[int, Field(ge=80, le=450)] = DEFAULT_RATE


class _NoiseForm(Shape):
    file: _Words
    snr_db: Annotated[float, Field(ge=-20, le=60)]


class _EchoForm(Shape):
    gain_db: Annotated[float, Field(ge=-100, le=20)] = Echo().gain_db
    delay_ms: Annotated[float, Field(ge=0, le=1000)] = Echo().delay_ms


class _RemarkForm(Shape):
    text: _Words
    wav: _Words | None = None
    at: _Seconds | None = None
    after: _Words | None = None
    wait: _Seconds | None = None


class _ScriptForm(Shape):
    partner: _VoiceForm
    noise: _NoiseForm | None = None
    echo: _EchoForm | None = None
    say: Annotated[tuple[_RemarkForm, ...], Field(min_length=1)]


def _missing_files(document: Document, folder: Path) -> Iterator[Problem]:
    """Files that are named and not there."""
    for way in (("noise", "file"), *(("say", index, "wav") for index, _ in _remarks(document))):
        if way in document.places:
            name = document.at(way)
            if isinstance(name, str) and name.strip() and not _is_file(folder / name):
                yield document.problem(way, f'there is no file "{name}" in {folder}')


def _faulty_times(document: Document) -> Iterator[Problem]:
    """Remarks with no time or two, and times before those of the remarks above them."""
    latest = 0.0
    for index, remark in _remarks(document):
        way = ("say", index)
        if "at" not in remark and "after" not in remark:
            yield document.problem(way, 'no time; add "at: 12s" or "after: narration"')
        elif "at" in remark and "after" in remark:
            yield document.problem((*way, "after"), 'two times; keep either "at" or "after"', at_key=True)
        if "wait" in remark and "after" not in remark:
            yield document.problem((*way, "wait"), '"wait" goes with "after" only', at_key=True)
        try:
            at = seconds(remark.get("at"))
        except ValueError:
            continue
        if at < latest:
            yield document.problem(
                (*way, "at"),
                f"{remark['at']} is before the {latest:g} s of a remark above; remarks are said in order",
            )
        latest = max(latest, at)


def _remarks(document: Document) -> Iterator[tuple[int, dict[str, object]]]:
    """The entries of `say`, as far as they have the form of one."""
    say = document.value.get("say") if isinstance(document.value, dict) else None
    for index, remark in enumerate(say if isinstance(say, list) else ()):
        if isinstance(remark, dict):
            yield index, remark


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # no name for a file at all: too long, or with a NUL in it
        return False


def _moment(after: str) -> Moment | StepBegins:
    """A moment by its name; any other word is a step's id."""
    return Moment(after) if after in tuple(Moment) else StepBegins(after)


def _place(document: Document, index: int) -> tuple[int, int]:
    """Where the time of a remark stands."""
    key = "at" if ("say", index, "at") in document.places else "after"
    return document.places["say", index, key].value


def _unknown_step(step_id: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(step_id, (*Moment, *known), n=1)
    advice = f'; did you mean "{near[0]}"?' if near else f": {', '.join((*Moment, *known))}"
    return f'"{step_id}" is no moment and no step of the routine{advice}'

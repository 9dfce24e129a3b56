"""What a routine file may hold, as models: the one source of its checks and of its JSON Schema.

Checks here see one entry at a time; what concerns several entries or files is checked while loading. The
order of a model's fields matters: a field's check can look at the fields above it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)

from voice.documents import FaultsError, MissingOneOfError, Shape
from voice.session.plan import DEEPEST, LIGHTEST, Audience, Side

from . import durations

SUFFIX = ".yaml"
"""Of every routine file."""
ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SHARE_PATTERN = r"^([1-9]|[1-9][0-9])%$"
ENDS = ("duration", "hold", "until")
"""The keys of which a step has exactly one."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of a step: seconds after its beginning, or a share of its length from 0 to 1. One is None."""

    seconds: float | None = None
    share: float | None = None


def _id(written: str) -> str:
    # Not with a `pattern` of pydantic's, whose message would show the pattern.
    if not re.fullmatch(ID_PATTERN, written):
        raise ValueError(f'"{written}" should be lower-case words joined by hyphens, such as warm-up')
    return written


LONGEST_ID = 64
"""Characters of an id that a file is called by."""
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
)
"""No file can be called so on Windows, whatever its suffix."""


def file_id(written: str) -> str:
    """An id that a file can be called by on every system, as it was written.

    Raises:
        ValueError: it is none; the message says how to write one.
    """
    if len(_id(written)) > LONGEST_ID:
        raise ValueError(
            f"an id of {len(written)} characters; a file is called by it, so {LONGEST_ID} is most"
        )
    if written in RESERVED:
        raise ValueError(
            f'"{written}" is no name for a file on Windows; choose another, such as my-{written}'
        )
    return written


MOST_STEPS = 100
"""Nobody is massaged in more, and more would slow down every start."""
MOST_WORK_S = 3 * 3600.0
"""Seconds of work in all steps together; what is longer has a duration mistyped."""
LONGEST_TEXT = 1000
"""Characters: a minute of speech."""


_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs"})
"""Categories of Unicode that control terminals and the direction of writing."""


def _text(written: str) -> str:
    """Folded and indented text becomes one line."""
    line = " ".join(written.split())
    if not line:
        raise ValueError("should not be empty")
    if hidden := next((each for each in line if unicodedata.category(each) in _HIDDEN), None):
        raise ValueError(f"has a character that cannot be seen, U+{ord(hidden):04X}; take it away")
    if not any(character.isalnum() for character in line):
        raise ValueError("has no word in it that could be spoken")
    if len(line) > LONGEST_TEXT:
        raise ValueError(f"has {len(line)} characters; nobody listens to more than {LONGEST_TEXT}")
    return line


def moment(written: object) -> Moment:
    """The moment of a cue as it stands in a file.

    Raises:
        ValueError: it is not written like one; the message says how to.
    """
    if isinstance(written, str) and written.endswith("%"):
        if not re.fullmatch(SHARE_PATTERN, written):
            raise ValueError(f'"{written}" is not a share of a step; write one from 1% to 99%')
        return Moment(share=int(written[:-1]) / 100)
    return Moment(seconds=durations.parse(written))


def _each_once(written: tuple[str, ...]) -> tuple[str, ...]:
    if again := [(index,) for index, item in enumerate(written) if item in written[:index]]:
        raise FaultsError((where, f'"{written[where[0]]}" is listed twice') for where in again)
    return written


Id = Annotated[str, AfterValidator(_id), WithJsonSchema({"type": "string", "pattern": ID_PATTERN})]
FileId = Annotated[
    str,
    AfterValidator(file_id),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": ID_PATTERN,
            "maxLength": LONGEST_ID,
            "not": {"enum": sorted(RESERVED)},
        }
    ),
]
Words = Annotated[str, AfterValidator(_text), WithJsonSchema({"type": "string", "pattern": r"\S"})]
Duration = Annotated[
    float,
    BeforeValidator(durations.parse),
    WithJsonSchema({"type": "string", "pattern": durations.PATTERN}),
]
CueMoment = Annotated[
    Moment,
    BeforeValidator(moment),
    WithJsonSchema({"type": "string", "anyOf": [{"pattern": SHARE_PATTERN}, {"pattern": durations.PATTERN}]}),
]
Level = Annotated[int, Field(ge=LIGHTEST, le=DEEPEST)]
_Some = Field(min_length=1, json_schema_extra={"uniqueItems": True})


class CueEntry(Shape):
    """Something said while the step is under way."""

    at: CueMoment = Field(description='When: a share of the step such as "50%", or a duration such as 1m30s.')
    say: Words = Field(description="What is said then.")


class Step(Shape):
    """One instruction, and the work under it."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [end]} for end in ENDS]})

    id: Id = Field(description="Name of the step in this file: lower-case words joined by hyphens.")
    title: Words = Field(description="What the step is called aloud.")
    region: Annotated[tuple[Id, ...], _Some, AfterValidator(_each_once)] = Field(
        description="The parts of the body under the hands; pain there makes later steps on them lighter."
    )
    technique: Id = Field(description="Kind of stroke, such as effleurage, petrissage or compression.")
    max_pressure: Level = Field(DEEPEST, description="Never firmer than this, whatever is asked for.")
    pressure: Level = Field(description="1 feather, 2 light, 3 medium, 4 firm, 5 deep.")
    duration: Duration | None = Field(None, description="Length of the work: 90s, 1m30s or 2m.")
    hold: Duration | None = Field(None, description="Length of a still hold, counted aloud at its end.")
    until: Literal["next"] | None = Field(
        None, validate_default=True, description='The step lasts until somebody says "next".'
    )
    repeat: int = Field(1, ge=1, le=50, description="How many times the step is done, on each side.")
    sides: Annotated[tuple[Side, ...], _Some, AfterValidator(_each_once)] | None = Field(
        None, description="The sides it is done on, in this order: all repetitions on one, then on the other."
    )
    tempo: float | None = Field(None, ge=1, le=240, description="Strokes a minute, given by a soft beat.")
    say: Words = Field(description="The instruction, written for the ear: short sentences, one action each.")
    tip: Words | None = Field(None, description='The answer to "how?".')
    why: Words | None = Field(None, description='The answer to "why?".')
    care: Words | None = Field(None, description="What to keep away from; said with the instruction.")
    cues: tuple[CueEntry, ...] = Field((), description="What is said while the work goes on.")
    optional: bool = Field(
        False,
        description="Whether the step may be left out when time is short; others may only be shortened.",
    )
    sources: Annotated[tuple[Words, ...], _Some, AfterValidator(_each_once)] | None = Field(
        None, description="Those of the routine's sources that the step takes from; without it, all of them."
    )

    @property
    def length(self) -> float | None:
        """Seconds of work; None: until "next"."""
        return self.duration if self.duration is not None else self.hold

    @property
    def work(self) -> float:
        """Seconds of work on all sides and in all repetitions; what lasts until "next" is none."""
        return (self.length or 0.0) * self.repeat * len(self.sides or (None,))

    @field_validator("pressure")
    @classmethod
    def _within_limit(cls, pressure: int, info: ValidationInfo) -> int:
        limit = info.data.get("max_pressure", DEEPEST)
        if pressure > limit:
            raise ValueError(f"pressure {pressure} is above max_pressure, which is {limit}")
        return pressure

    @field_validator("hold", "until")
    @classmethod
    def _one_end(cls, end: object, info: ValidationInfo) -> object:
        # A key whose value is faulty is missing from info.data, and counts as given.
        before = ENDS[: ENDS.index(info.field_name or "")]
        given = [name for name in before if info.data.get(name, "faulty") is not None]
        if end is not None and given:
            raise ValueError(
                f'a step has only one of duration, hold and until; "{given[0]}" is there already'
            )
        if end is None and not given and info.field_name == ENDS[-1]:
            raise MissingOneOfError(ENDS)
        return end


class Include(Shape):
    """Steps of another routine, which lies beside this file or among the bundled ones."""

    include: Id = Field(description="Id of the other routine.")
    steps: Annotated[tuple[Id, ...], _Some, AfterValidator(_each_once)] | None = Field(
        None, description="Ids of the wanted steps, in the wanted order; without it, all of them."
    )


def _kind(entry: object) -> str:
    # Spaces keep these names apart from the keys of an entry.
    return "an include" if isinstance(entry, dict) and "include" in entry else "a step"


Entry = Annotated[
    Annotated[Step, Tag("a step")] | Annotated[Include, Tag("an include")], Discriminator(_kind)
]


class RoutineFile(Shape):
    """A massage: what it is for and what it needs, and its steps."""

    id: FileId = Field(description="Name of the routine; the file is called by it, with .yaml.")
    title: Words = Field(description="What the routine is called aloud.")
    audience: Audience = Field(alias="for", description="Whose hands do the work: a partner's or one's own.")
    position: Words = Field(description="How the receiver lies or sits.")
    needs: tuple[Words, ...] = Field((), description="What to have at hand.")
    sources: tuple[Words, ...] = Field((), description="Where the facts come from.")
    max_pressure: Level = Field(DEEPEST, description="No step is ever firmer than this.")
    steps: tuple[Entry, ...] = Field(
        min_length=1, max_length=MOST_STEPS, description="What is done, in this order."
    )

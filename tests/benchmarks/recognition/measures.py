"""The measures of the table, in its order: where each figure is found, and what it is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .clips import NOISES
from .scoring import Key, condition

_WITH_AND_WITHOUT = ("clean", "5 dB")
_WRONG = (("any", "any command"), ("urgent", "a stop or pain"), ("stop", "stop itself"))
_BY_RULE = ("urgent by rule", "a stop or pain, partials")


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table."""

    label: str
    key: Key


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that belong together."""

    title: str
    measures: tuple[Measure, ...]


def sections() -> Iterator[Section]:
    """The whole table."""
    for group, name in (
        *(("stop", "stop"), ("stop by rule", "stop, believed on partials")),
        *((word, word) for word in ("yes", "no", "go")),
        *(("yes, no, go", "yes, no, go together"), ("all four", "stop, yes, no, go together")),
    ):
        lines = tuple(Measure(condition(snr), ("recall", group, condition(snr))) for snr in NOISES)
        yield Section(f"heard of {name}, %", lines)
    yield _taken("other words taken for, %", "other word", _WITH_AND_WITHOUT)
    yield _taken("noise alone taken for, %", "background", ("clean",))
    yield _taken("sentences with, %", "sentence", _WITH_AND_WITHOUT)
    yield _taken("in an hour of sentences", "sentence", _WITH_AND_WITHOUT, "an hour")
    yield _taken("what is read aloud with, %", "reading", _WITH_AND_WITHOUT)
    yield _taken("in an hour of reading aloud", "reading", _WITH_AND_WITHOUT, "an hour")
    yield _taken("in an hour of narration", "narration", ("clean",), "an hour")
    yield Section(
        "whole vocabulary, unseen synthetic voices, %",
        (Measure("heard", ("vocabulary", "all")), Measure("of known words only", ("vocabulary", "known"))),
    )
    yield Section(
        "word's end to action, p50, p95",
        (Measure("stop, on partials", ("delay", "stop")), Measure("yes, no, go", ("delay", "yes, no, go"))),
    )
    yield Section(
        "cost",
        (
            Measure("real-time factor", ("cost", "real-time factor")),
            Measure("imported", ("cost", "imported")),
            Measure("loaded, over imported", ("cost", "loaded")),
            Measure("peak, over imported", ("cost", "peak")),
        ),
    )


def _taken(title: str, kind: str, noises: tuple[str, ...], *unit: str) -> Section:
    lines = []
    for noise in noises:
        for what, label in (*_WRONG, _BY_RULE):
            lines.append(
                Measure(label if len(noises) == 1 else f"{label}, {noise}", (kind, what, noise, *unit))
            )
    return Section(title, tuple(lines))

"""One line of a table for one rule."""

from __future__ import annotations

from collections.abc import Mapping

from tests.benchmarks.recognition.figures import Delays, Figure, Rate, Share
from tests.benchmarks.recognition.scoring import Key

_COLUMNS: tuple[tuple[str, Key], ...] = (
    ("stop", ("recall", "stop by rule", "clean")),
    ("5 dB", ("recall", "stop by rule", "5 dB")),
    ("p50,p95 ms", ("delay", "stop")),
    ("yes,no", ("recall", "yes, no, go", "clean")),
    ("words>stop", ("other word", "urgent by rule", "clean")),
    ("5 dB", ("other word", "urgent by rule", "5 dB")),
    (">any", ("other word", "any", "clean")),
    ("hour>stop", ("sentence", "urgent by rule", "clean", "an hour")),
    ("5 dB", ("sentence", "urgent by rule", "5 dB", "an hour")),
    (">any", ("sentence", "any", "clean", "an hour")),
    ("read>stop", ("reading", "urgent by rule", "clean", "an hour")),
    ("5 dB", ("reading", "urgent by rule", "5 dB", "an hour")),
    (">any", ("reading", "any", "clean", "an hour")),
)
LEGEND = """\
stop; yes,no: heard of "stop" by the rule, and of "yes", "no" and "go" that are commands, %
p50,p95 ms: from the end of "stop" to its being believed
words>: other single words taken for a stop or pain, or for any command, %
hour>, read>: the same in an hour of sentences that hold no command, and of reading aloud
5 dB: the column before it with kitchen noise; *: what the product does"""
_LABEL = 24
_WIDTHS = (7, 7, 11, 8, 12, 7, 7, 11, 7, 7, 11, 7, 7)


def heading() -> str:
    """The names of the columns, which LEGEND explains."""
    names = (name for name, _ in _COLUMNS)
    return " " * _LABEL + "".join(f"{name:>{width}}" for name, width in zip(names, _WIDTHS, strict=True))


def line(label: str, figures: Mapping[Key, Figure]) -> str:
    """What a rule gives; what was not measured stays empty."""
    cells = (_cell(figures.get(key)) for _, key in _COLUMNS)
    return (
        f"{label:{_LABEL}}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, _WIDTHS, strict=True))
    ).rstrip()


def _cell(figure: Figure | None) -> str:
    match figure:
        case Share():
            return f"{100 * figure.value:.1f}"
        case Rate():
            return f"{figure.value:.0f}"
        case Delays():
            return f"{1000 * figure.p50:.0f},{1000 * figure.p95:.0f}"
        case _:
            return ""

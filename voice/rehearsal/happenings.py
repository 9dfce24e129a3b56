"""A record as a time line sees it: blocks that last and marks for moments, each with a look and its words.

Draws nothing, and knows neither places nor sizes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voice.session.intents import URGENT
from voice.session.state import PhaseName

from .marks import Look
from .record import Entry, Narration, PartnerSpeech, Phase, Record, Rejected, Sounded, Span, Understood
from .transcript import clock, told, work_title

TIME_TO_HEAR = 3.0
"""Seconds from the end of a remark in which it may be heard, before it counts as not heard."""

_HANDS_OFF = (PhaseName.STOPPED, PhaseName.ASKING_ABOUT_PAIN)


@dataclass(frozen=True, slots=True)
class Block:
    """Something that lasts."""

    entry: int
    """Its place in the record."""
    kind: type[Span]
    at: float
    until: float
    look: Look
    words: str
    tooltip: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened at a moment; without words it is not labelled."""

    entry: int
    """Its place in the record."""
    at: float
    look: Look
    words: str
    tooltip: str


def blocks(record: Record) -> Iterator[Block]:
    """Everything that lasts, in the order of the record; what goes on yet, to the record's end."""
    for index, entry in enumerate(record.entries):
        if isinstance(entry, Understood | Rejected | Sounded):
            continue
        until = record.until if entry.until is None else entry.until
        look, words, cut = _block_look(entry)
        who, what = told(entry)
        tooltip = f"{clock(entry.at)} to {clock(until)} {who}: {what}{' (cut short)' if cut else ''}"
        yield Block(index, type(entry), entry.at, until, look, words, tooltip, cut)


def marks(record: Record) -> Iterator[Mark]:
    """Everything heard, rejected, sounded or said in vain, in the order of the record."""
    for index, entry in enumerate(record.entries):
        who, what = told(entry)
        tooltip = f"{clock(entry.at)} {who}: {what}"
        match entry:
            case Understood(at=at, text=text, intent=intent):
                urgent = intent.name in URGENT
                words = text or intent.name
                look = Look.STOP if urgent else Look.OBEYED
                yield Mark(index, at, look, words.upper() if urgent else words, tooltip)
            case Rejected(at=at, text=text):
                yield Mark(index, at, Look.REJECTED, text or "(no words)", tooltip)
            case Sounded(at=at):
                yield Mark(index, at, Look.EARCON, "", tooltip)
            case PartnerSpeech(until=float() as until, text=text) if not _answered(
                record.entries, entry, until
            ):
                yield Mark(index, until, Look.UNHEARD, text, f"{clock(until)} not heard: {text}")
            case _:
                pass


def _block_look(entry: Span) -> tuple[Look, str, bool]:
    """Look, words, and whether it was cut short."""
    match entry:
        case Narration(text=text, asks=asks, cut=cut):
            return (Look.QUESTION if asks else Look.NARRATION), text, cut
        case PartnerSpeech(text=text):
            return Look.PARTNER, text, False
        case Phase(name=name):
            return (Look.HALTED if name in _HANDS_OFF else Look.PHASE), name, False
        case _:
            return Look.WORK, work_title(entry), False


def _answered(entries: tuple[Entry, ...], remark: PartnerSpeech, until: float) -> bool:
    """Whether anything was made of a remark: before its end (an urgent one), or soon after."""
    return any(
        isinstance(entry, Understood | Rejected) and remark.at <= entry.at <= until + TIME_TO_HEAR
        for entry in entries
    )

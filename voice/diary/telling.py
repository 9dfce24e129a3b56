"""The diary as plain text for a terminal. Pure: it reads no clock, and prints nothing itself."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo

from voice.session.people import Known

from .entry import Entry, Kind, PainStop

EMPTY = (
    "The diary is empty. It fills by itself: when each massage was, how long, and what\n"
    "hurt; and how it felt before and after, where that was told as a number from 0,\n"
    "worst, to 10, best. Begin one with: easeup run"
)
KINDS = {
    Kind.SHARP: "sharp",
    Kind.NUMB: "numb or tingling",
    Kind.TOO_HARD: "too hard",
    Kind.UNSAID: "unspecified",
}
"""How each kind of pain is told."""
_WIDTH = 80
_HEAD = ("date", "massage", "minutes", "comfort")
_INDENT = 4


def told(entries: Sequence[Entry], names: Mapping[int, str], zone: tzinfo | None = None) -> str:
    """Every massage in a table, each with its pain stops below it, and a summary.

    Args:
        entries: Oldest first.
        names: Of the people who have one, by number.
        zone: The clock that times are told by; None: this machine's.
    """
    if not entries:
        return EMPTY
    people = list(dict.fromkeys(entry.person for entry in entries))
    parts = []
    for person in sorted(people):
        own = [entry for entry in entries if entry.person == person]
        heading = [f"{who(person, names)}:"] if len(people) > 1 or person in names else []
        parts.append("\n".join([*heading, *_table(own, zone), "", summary(own, zone)]))
    return "\n\n".join(parts)


def who(person: int, names: Mapping[int, str]) -> str:
    """What a person is called."""
    return names.get(person) or f"Person {person}"


def minutes(entry: Entry) -> str:
    """Minutes of work, and of how many planned ones where it ended early."""
    worked = f"{round(entry.worked / 60)}"
    return worked if entry.finished else f"{worked} of {round(entry.planned / 60)}"


def comfort(entry: Entry) -> str:
    """Before and after, with "?" for what was not told; empty when neither was."""
    if entry.before is None and entry.after is None:
        return ""
    before, after = ("?" if told is None else str(told) for told in (entry.before, entry.after))
    return f"{before} -> {after}"


def where(stop: PainStop) -> str:
    """The step and the side of a stop."""
    return stop.step if stop.side is None else f"{stop.step}, {stop.side}"


def regions(stop: PainStop) -> str:
    """The places under the hands, in words."""
    return ", ".join(region.replace("-", " ") for region in stop.regions)


def summary(entries: Sequence[Entry], zone: tzinfo | None = None) -> str:
    """How many massages of one person, how comfort changed, and what hurt; wrapped to the terminal."""
    first, last = (_day(entries[at].began.astimezone(zone)) for at in (0, -1))
    spoken = [_massages(entries), f"from {first} to {last}" if first != last else f"on {first}"]
    sentences = [" ".join(spoken), *_change(entries), _pain(entries)]
    return textwrap.fill(" ".join(f"{sentence}." for sentence in sentences), _WIDTH)


def kinds(entries: Sequence[Entry]) -> str:
    """How often it hurt in which way; empty when it never did."""
    counted = Counter(stop.kind for entry in entries for stop in entry.pain)
    return ", ".join(f"{counted[kind]} {text}" for kind, text in KINDS.items() if counted[kind])


def _table(entries: Sequence[Entry], zone: tzinfo | None) -> Iterator[str]:
    rows = [
        (f"{entry.began.astimezone(zone):%Y-%m-%d %H:%M}", minutes(entry), comfort(entry))
        for entry in entries
    ]
    date = max(len(row[0]) for row in rows)
    work = max(len(_HEAD[2]), *(len(row[1]) for row in rows))
    felt = max(len(_HEAD[3]), *(len(row[2]) for row in rows))
    room = _WIDTH - sum((date, work, felt)) - 3 * 2
    title = min(room, max(len(_HEAD[1]), *(len(entry.title) for entry in entries)))
    yield _row(_HEAD, (date, title, work, felt))
    for entry, (began, worked, told) in zip(entries, rows, strict=True):
        name = textwrap.shorten(entry.title, title, placeholder="...")
        yield _row((began, name, worked, told), (date, title, work, felt))
        for stop in entry.pain:
            yield textwrap.fill(
                f"pain: {where(stop)}: {KINDS[stop.kind]} ({regions(stop)})",
                _WIDTH,
                initial_indent=" " * _INDENT,
                subsequent_indent=" " * (_INDENT + len("pain: ")),
            )


def _row(cells: tuple[str, ...], widths: tuple[int, ...]) -> str:
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()


def _massages(entries: Sequence[Entry]) -> str:
    work = round(sum(entry.worked for entry in entries) / 60)
    return f"{_count(len(entries), 'massage')}, {_count(work, 'minute')} of work,"


def _change(entries: Sequence[Entry]) -> Iterator[str]:
    changes = [
        entry.after - entry.before
        for entry in entries
        if entry.before is not None and entry.after is not None
    ]
    if not changes:
        return
    mean = round(sum(changes) / len(changes), 1)
    way = f"rose by {mean:g}" if mean > 0 else f"fell by {-mean:g}" if mean < 0 else "stayed the same"
    once = len(changes) == 1
    yield f"Comfort {way}" + ("" if once else f" on average, over {len(changes)} massages")


def _pain(entries: Sequence[Entry]) -> str:
    stops = sum(len(entry.pain) for entry in entries)
    if not stops:
        return "No pain stops"
    return f"{_count(stops, 'pain stop')}: {kinds(entries)}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"


def about(person: Known) -> str:
    """What is known of a person, in a line."""
    said = [f"person {person.number}"]
    if person.name:
        said.append(person.name)
    if person.care.gentle:
        said.append("only gently")
    if person.ease:
        said.append("lighter than the routine" if person.ease < 0 else "firmer than the routine")
    if person.tender:
        said.append("sore the last time: " + ", ".join(region for region, _ in person.tender))
    return ": ".join((said[0], ", ".join(said[1:]))) if said[1:] else said[0]

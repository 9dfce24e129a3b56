"""A record as text to read aloud: who said and did what, one event a line.

The same lines serve a live transcript: `line` when an entry begins, `closing_line` when it ends.
"""

from __future__ import annotations

from voice.session.intents import Intent

from .record import Entry, Narration, PartnerSpeech, Phase, Record, Rejected, Sounded, Understood, Work

_WHO_WIDTH = len("rejected")


def transcript(record: Record) -> str:
    """The whole record, in the order of time; empty when nothing happened."""
    lines: list[tuple[float, int, str]] = []
    for entry in record.entries:
        # At one moment what was heard comes first, then what it put an end to, then what it began.
        heard = isinstance(entry, Understood | Rejected)
        lines.append((entry.at, 0 if heard else 2, line(entry)))
        closing = closing_line(entry)
        if closing is not None:
            lines.append((_end(entry), 1, closing))
    return "".join(f"{text}\n" for _, _, text in sorted(lines, key=lambda item: item[:2]))


def line(entry: Entry) -> str:
    """What is to be read when an entry begins, without the end of the line: time, who, what."""
    return _line(entry.at, *told(entry))


def told(entry: Entry) -> tuple[str, str]:
    """Who is behind an entry, and what it is, in words."""
    match entry:
        case Narration(text=text):
            who, what = "guide", text
        case PartnerSpeech(text=text):
            who, what = "partner", text
        case Understood(text=text, intent=intent):
            asked = described(intent)
            who, what = (
                "heard",
                asked if text in (asked, intent.name.replace("-", " ")) else f'{asked} ("{text}")',
            )
        case Rejected(text=text, reason=reason):
            who, what = "rejected", f'"{text}" ({reason})' if text else f"({reason})"
        case Sounded(earcon=earcon):
            who, what = "sound", earcon
        case Work():
            who, what = "timer", f"{work_title(entry)}: running"
        case Phase(name=name):
            who, what = "phase", name
    return who, what


def closing_line(entry: Entry) -> str | None:
    """What is to be read when an entry ends; None where its end goes without saying, or has not come."""
    match entry:
        case Narration(until=float() as until, cut=True):
            return _line(until, "guide", "(cut short)")
        case Work(until=float() as until):
            return _line(until, "timer", f"{work_title(entry)}: stopped after {until - entry.at:.1f} s")
        case _:
            return None


def clock(seconds: float) -> str:
    """Minutes, seconds and tenths, such as 02:07.4."""
    tenths = round(seconds * 10)
    return f"{tenths // 600:02}:{tenths // 10 % 60:02}.{tenths % 10}"


def described(intent: Intent) -> str:
    """An intent with what was said about it, such as "more-time, 30 s"."""
    slots = (
        f"{intent.seconds:g} s" if intent.seconds is not None else "",
        f"step {intent.step}" if intent.step is not None else "",
        intent.routine or "",
    )
    return ", ".join((intent.name, *filter(None, slots)))


def work_title(work: Work) -> str:
    """A step's number, title and side, such as "2 Kneading, left side"."""
    side = f", {work.side} side" if work.side else ""
    return f"{work.step_number} {work.title}{side}"


def _end(entry: Entry) -> float:
    until = None if isinstance(entry, Understood | Rejected | Sounded) else entry.until
    return entry.at if until is None else until


def _line(at: float, who: str, what: str) -> str:
    plain = "".join(character for character in " ".join(what.split()) if character.isprintable())
    return f"{clock(at)}  {who:<{_WHO_WIDTH}}  {plain}"

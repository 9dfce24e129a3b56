"""A record as a label track for Audacity: what is heard when, to be laid under the sound.

One label a line, in the order of time: seconds from and to, and the words, with tabs in between. Where both
times are the same the label is a point.
"""

from __future__ import annotations

from collections.abc import Iterator

from .record import Phase, Record, Rejected, Sounded, Understood
from .transcript import told


def label_track(record: Record) -> str:
    """The whole track; phases are left out, for nobody hears them."""
    return "".join(f"{line}\n" for line in _labels(record))


def _labels(record: Record) -> Iterator[str]:
    for entry in record.entries:
        if isinstance(entry, Phase):
            continue
        until = entry.at
        if not isinstance(entry, Understood | Rejected | Sounded):
            until = record.until if entry.until is None else entry.until
        who, what = told(entry)
        words = " ".join(f"{who}: {what}".split())
        yield f"{entry.at:.3f}\t{until:.3f}\t{words}"

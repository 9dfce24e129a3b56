"""A record as JSON lines, for programs: `events.jsonl`.

One object a line, in the order in which things began, in ASCII, with its keys in this order:

    {"at", "type": "phase",     "until", "name"}
    {"at", "type": "narration", "until", "utterance_id", "text", "asks", "cut"}
    {"at", "type": "partner",   "until", "text"}
    {"at", "type": "heard",     "text", "intent", "seconds", "step", "routine"}
    {"at", "type": "rejected",  "text", "reason"}
    {"at", "type": "earcon",    "earcon"}
    {"at", "type": "work",      "until", "step_number", "title", "side"}

`at` and `until` are seconds of audio time, to the millisecond; `until` is null for what had not ended.
`asks` is whether an answer is waited for, `cut` whether the guide was silenced before the end. `intent`,
`reason` and `earcon` are names of `voice.session`; `seconds`, `step`, `routine` and `side` are null where
none was given.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from .record import Entry, Narration, PartnerSpeech, Phase, Record, Rejected, Sounded, Understood, Work

_TYPES: dict[type[Entry], str] = {
    Narration: "narration",
    PartnerSpeech: "partner",
    Understood: "heard",
    Rejected: "rejected",
    Sounded: "earcon",
    Work: "work",
    Phase: "phase",
}


def events(record: Record) -> Iterator[str]:
    """The lines, without their ends."""
    for entry in record.entries:
        yield json.dumps({"at": _seconds(entry.at), "type": _TYPES[type(entry)], **_fields(entry)})


def _fields(entry: Entry) -> dict[str, object]:
    """Everything but `at`, in the order of the entry's fields, the intent laid out flat."""
    fields = asdict(entry)
    del fields["at"]
    if isinstance(entry, Understood):
        intent = fields.pop("intent")
        fields |= {"intent": intent.pop("name"), **intent}
    elif not isinstance(entry, Rejected | Sounded):
        fields["until"] = None if entry.until is None else _seconds(entry.until)
    return fields


def _seconds(value: float) -> float:
    """To the millisecond: finer is an accident of block lengths."""
    return round(value, 3)

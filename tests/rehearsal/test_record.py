from __future__ import annotations

import json

from voice.rehearsal.events import events
from voice.rehearsal.record import Narration, Phase, Record, Understood, Work
from voice.rehearsal.transcript import clock, closing_line, described, line, transcript
from voice.session.events import RejectionReason
from voice.session.intents import Intent, IntentName
from voice.session.plan import Side

from .sessions import long, short

SHORT = """\
00:00.0  phase     choosing
00:00.2  guide     Welcome. Say start when you are ready.
00:04.1  partner   start
00:05.3  heard     start
00:05.3  sound     heard
00:05.4  phase     guiding
00:05.4  guide     Step one. Long gliding strokes. Both palms just above the hips.
00:09.6  timer     1 Long gliding strokes: running
00:11.0  partner   lighter
00:12.2  heard     lighter
00:12.2  sound     heard
00:12.4  guide     Lighter. Feather light now.
00:15.0  partner   mumble
00:16.3  rejected  "[unk]" (out-of-vocabulary)
00:16.3  sound     not-understood
00:18.0  partner   how long
00:22.0  guide     Lean from your hips; let your body weight do the work.
00:23.5  partner   stop
00:23.8  heard     stop
00:23.8  timer     1 Long gliding strokes: stopped after 14.2 s
00:23.8  guide     (cut short)
00:23.8  phase     stopped
00:23.9  guide     Stopped. Hands off.
00:27.0  partner   carry on
00:28.3  heard     carry-on
00:28.3  phase     guiding
00:28.5  timer     1 Long gliding strokes: running
00:31.0  timer     1 Long gliding strokes: stopped after 2.5 s
"""


EVENTS = r"""
{"at": 0.0, "type": "phase", "until": null, "name": "choosing"}
{"at": 0.3, "type": "narration", "until": 5.0, "utterance_id": 1, "text": "Gr\u00fc\u00df dich.", "asks": true, "cut": false}
{"at": 1.0, "type": "partner", "until": 1.25, "text": "more"}
{"at": 2.0, "type": "heard", "text": "more", "intent": "more-time", "seconds": 30.0, "step": null, "routine": null, "about": null, "number": null}
{"at": 3.0, "type": "rejected", "text": "", "reason": "did-not-hold"}
{"at": 4.0, "type": "work", "until": null, "step_number": 2, "title": "Knead", "side": "left"}
""".strip()  # noqa: E501  # lines of events.jsonl as they are


def test_a_transcript() -> None:
    assert transcript(short()) == SHORT


def test_a_live_transcript_has_the_same_lines() -> None:
    record = Record()
    said = [
        line(record.narration_began(0.2, 1, "Lean  from\nyour hips.", False)),
        line(record.heard(1.0, "halt", Intent(IntentName.STOP))),
    ]
    silenced = record.narration_ended(1.0, 1, True)
    assert silenced
    said.append(str(closing_line(silenced)))
    assert said == [
        "00:00.2  guide     Lean from your hips.",
        '00:01.0  heard     stop ("halt")',
        "00:01.0  guide     (cut short)",
    ]
    assert "".join(f"{text}\n" for text in said) == transcript(record)


def test_clock_and_intents_in_words() -> None:
    assert [clock(at) for at in (0.0, 59.96, 127.44, 4502.1)] == ["00:00.0", "01:00.0", "02:07.4", "75:02.1"]
    assert described(Intent(IntentName.MORE_TIME, seconds=90.0)) == "more-time, 90 s"
    assert described(Intent(IntentName.GO_TO_STEP, step=3)) == "go-to-step, step 3"
    assert described(Intent(IntentName.START, routine="lower-back")) == "start, lower-back"


def test_a_late_end_of_an_utterance_changes_nothing() -> None:
    record = Record()
    record.narration_began(1.0, 1, "One.", False)
    assert record.narration_ended(2.0, 1, True) == Narration(1.0, 2.0, 1, "One.", False, True)
    record.narration_began(2.5, 2, "Two.", True)
    assert record.narration_ended(3.0, 1, False) is None
    assert record.entries[-1] == Narration(2.5, None, 2, "Two.", True)


def test_what_begins_ends_what_went_on() -> None:
    record = Record()
    record.narration_began(0.0, 1, "One.", False)
    record.narration_began(1.0, 2, "Two.", False)
    record.work_began(1.0, 1, "Knead", Side.LEFT)
    record.work_began(2.0, 1, "Knead", Side.RIGHT)
    record.phase(0.0, "guiding")
    assert record.phase(2.0, "guiding") is None
    record.phase(3.0, "paused")
    record.close(4.0)
    assert record.until == 4.0
    assert record.entries == (
        Narration(0.0, 1.0, 1, "One.", False, cut=True),
        Narration(1.0, 4.0, 2, "Two.", False, cut=True),
        Work(1.0, 2.0, 1, "Knead", Side.LEFT),
        Work(2.0, 4.0, 1, "Knead", Side.RIGHT),
        Phase(0.0, 3.0, "guiding"),
        Phase(3.0, 4.0, "paused"),
    )
    assert (record.work_ended(5.0), record.partner_ended(5.0)) == (None, None)


def test_events_in_full() -> None:
    record = Record()
    record.phase(0.0, "choosing")
    record.narration_began(0.1 + 0.2, 1, "Grüß dich.", True)
    record.partner_began(1.0, "more")
    record.partner_ended(1.25)
    record.heard(2.0, "more", Intent(IntentName.MORE_TIME, seconds=30.0))
    record.rejected(3.0, "", RejectionReason.DID_NOT_HOLD)
    record.work_began(4.0, 2, "Knead", Side.LEFT)
    record.narration_ended(5.0, 1, False)
    assert "\n".join(events(record)) == EVENTS


def test_events_read_back_as_they_were_written() -> None:
    record = long()
    lines = list(events(record))
    assert [json.dumps(json.loads(text)) for text in lines] == lines
    assert len(lines) == len(record.entries)
    for entry, read in zip(record.entries, map(json.loads, lines), strict=True):
        assert abs(read["at"] - entry.at) < 0.001
        if isinstance(entry, Understood):
            intent = Intent(IntentName(read["intent"]), read["seconds"], read["step"], read["routine"])
            assert (read["type"], read["text"], intent) == ("heard", entry.text, entry.intent)
        if isinstance(entry, Narration):
            assert (read["utterance_id"], read["cut"]) == (entry.utterance_id, entry.cut)


def test_reports_of_the_same_session_are_the_same() -> None:
    assert transcript(long()) == transcript(long())
    assert list(events(long())) == list(events(long()))


def test_nothing_happened() -> None:
    assert transcript(Record()) == ""
    assert list(events(Record())) == []


def test_what_is_over_can_be_forgotten() -> None:
    record = Record()
    record.phase(0.0, "choosing")
    record.rejected(1.0, "nice weather", RejectionReason.OUT_OF_VOCABULARY)
    record.narration_began(2.0, 1, "Hello.", asks=False)
    record.forget_what_is_over()
    assert len(record.entries) == 2
    ended = record.narration_ended(3.0, 1, cut=False)
    assert ended is not None
    assert record.entries[-1] == ended
    phase = record.phase(4.0, "screening")
    assert phase is not None
    assert [getattr(entry, "until", None) for entry in record.entries] == [4.0, 3.0, None]

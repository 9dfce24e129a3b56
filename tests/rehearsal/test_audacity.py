from __future__ import annotations

from voice.rehearsal.audacity import label_track
from voice.rehearsal.record import Record
from voice.session.actions import Earcon
from voice.session.intents import Intent, IntentName


def test_a_label_for_all_that_is_heard() -> None:
    record = Record()
    record.phase(0.0, "guiding")
    record.narration_began(0.5, 1, "Glide\tup.", asks=False)
    record.narration_ended(2.25, 1, cut=False)
    record.work_began(2.25, 3, "Glide")
    record.heard(4.0, "next", Intent(IntentName.NEXT))
    record.earcon(4.0, Earcon.TIME_UP)
    record.narration_began(4.5, 2, "And on", asks=False)
    record.close(5.0)
    assert label_track(record).splitlines() == [
        "0.500\t2.250\tguide: Glide up.",
        "2.250\t5.000\ttimer: 3 Glide: running",
        "4.000\t4.000\theard: next",
        "4.000\t4.000\tsound: time-up",
        "4.500\t5.000\tguide: And on",
    ]


def test_what_still_goes_on_lasts_as_long_as_the_record() -> None:
    record = Record()
    record.narration_began(1.0, 1, "Glide.", asks=False)
    record.earcon(3.0, Earcon.HEARD)
    assert label_track(record).startswith("1.000\t3.000\tguide: Glide.\n")


def test_nothing_happened() -> None:
    assert label_track(Record()) == ""

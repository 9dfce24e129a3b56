from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.rehearsal.drawing import clipped, text_width
from voice.rehearsal.labels import Room, Wanted
from voice.rehearsal.marks import Look
from voice.rehearsal.record import Record
from voice.rehearsal.timeline import timeline
from voice.session.events import RejectionReason
from voice.session.intents import Intent, IntentName

from .sessions import long, short

SVG = "{http://www.w3.org/2000/svg}"


def crowded() -> Record:
    """Commands faster than their words can be written."""
    record = Record()
    record.phase(0.0, "guiding")
    for index in range(120):
        now = 5 + index * 1.1
        record.heard(now, "go to the step with thumb circles", Intent(IntentName.GO_TO_STEP, step=3))
        if index % 10 == 0:
            record.heard(now + 0.3, "stop", Intent(IntentName.STOP))
        if index % 7 == 0:
            record.rejected(now + 0.5, "words " * 30, RejectionReason.NOT_A_WHOLE_PHRASE)
    record.close(600.0)
    return record


def strange() -> Record:
    """Text that SVG and a font may stumble over, and nothing that ended."""
    record = Record()
    record.phase(0.0, "<phase> & \x00\x1b")
    record.narration_began(1.0, 1, "按摩 " * 40 + "</text>\n\ud800", True)
    record.partner_began(2.0, "W" * 300)
    record.heard(3.0, "", Intent(IntentName.STOP))
    record.rejected(4.0, "", RejectionReason.DID_NOT_HOLD)
    record.work_began(5.0, 1, "M" * 200)
    return record


RECORDS = {
    "short": short(),
    "a massage": long(1),
    "half an hour": long(4),
    "three hours": long(24),
    "crowded": crowded(),
    "strange": strange(),
    "empty": Record(),
}


@pytest.fixture(params=RECORDS)
def record(request: pytest.FixtureRequest) -> Record:
    return RECORDS[request.param]


def box(text: ET.Element) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a text."""
    size, x, y = (float(text.attrib[name]) for name in ("font-size", "x", "y"))
    width = text_width(text.text or "", size, bold=text.get("font-weight") == "bold")
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[text.get("text-anchor", "start")]
    return left, y - size * 0.8, left + width, y + size * 0.22


def test_it_is_a_described_picture(record: Record) -> None:
    root = ET.fromstring(timeline(record, "A & B <C>"))  # noqa: S314  # our own output
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root[0].text == "A & B <C>"
    assert root[2].attrib == {"width": "100%", "height": "100%", "fill": "#ffffff"}


def test_no_texts_overlap_or_leave_the_picture(record: Record) -> None:
    root = ET.fromstring(timeline(record, "Lower back " * 30))  # noqa: S314
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    boxes = [(box(text), text.text) for text in root.iter(f"{SVG}text")]
    for (left, top, right, bottom), words in boxes:
        assert left >= 0, words
        assert right <= width, words
        assert top >= 0, words
        assert bottom <= height, words
    for (a, first), (b, second) in combinations(boxes, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, (first, second)


def test_every_entry_is_drawn_with_its_words(record: Record) -> None:
    root = ET.fromstring(timeline(record, "Lower back"))  # noqa: S314
    groups = [group for group in root.iter(f"{SVG}g") if "data-entry" in group.attrib]
    assert {int(group.attrib["data-entry"]) for group in groups} == set(range(len(record.entries)))
    for group in groups:
        assert group[0].tag == f"{SVG}title"
        assert len(group) > 1


def test_words_without_room_are_listed() -> None:
    root = ET.fromstring(timeline(crowded(), "Crowded"))  # noqa: S314
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    listed = [text for text in texts if text.split()[0].isdigit() and len(text.split()) > 1]
    assert len(listed) > 100
    assert [int(text.split()[0]) for text in listed] == list(range(1, len(listed) + 1))
    assert listed[0].split()[2:4] == ["go", "to"]


def test_a_stop_runs_through_all_lanes_in_red() -> None:
    root = ET.fromstring(timeline(short(), "Short"))  # noqa: S314
    red = Look.STOP.colours.fill
    stops = [
        group
        for group in root.iter(f"{SVG}g")
        if "data-entry" in group.attrib and any(line.get("stroke") == red for line in group)
    ]
    assert len(stops) == 1
    assert stops[0][0].text == "00:23.8 heard: stop"
    (line,) = (line for line in stops[0] if line.get("stroke") == red)
    assert float(line.attrib["y2"]) - float(line.attrib["y1"]) > 100
    assert [text.text for text in stops[0].iter(f"{SVG}text")] == ["STOP"]


def test_a_remark_nobody_heard_is_marked() -> None:
    root = ET.fromstring(timeline(short(), "Short"))  # noqa: S314
    titles = [title.text for title in root.iter(f"{SVG}title")]
    assert [title for title in titles if title and "not heard:" in title] == ["00:18.6 not heard: how long"]


def test_the_same_record_gives_the_same_picture() -> None:
    assert timeline(long(), "Lower back") == timeline(long(), "Lower back")


def luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("look", Look)
def test_letters_can_be_read(look: Look) -> None:
    ground = (
        look.colours.fill
        if look.colours.letters == "#ffffff" or look in (Look.WORK, Look.PARTNER)
        else "#ffffff"
    )
    if look in (Look.PHASE, Look.HALTED):
        ground = look.colours.fill
    light, dark = sorted((luminance(look.colours.letters), luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_clipped_text_fits() -> None:
    assert clipped("lighter", 100, 11) == "lighter"
    assert clipped("lighter, please", 55, 11) == "lighter…"
    assert clipped("lighter", 12, 11) == ""


@given(
    st.lists(st.tuples(st.floats(70, 1376), st.floats(5, 200), st.booleans()), max_size=40),
)
def test_labels_never_overlap_nor_stand_in_the_way_of_a_leader(
    wanted: list[tuple[float, float, bool]],
) -> None:
    labels = [Wanted(key, x, width, first) for key, (x, width, first) in enumerate(wanted)]
    places = Room(0, 1400, 3).place(labels)
    spans = {
        key: (place.x - labels[key].width, place.x)
        if place.leftwards
        else (place.x, place.x + labels[key].width)
        for key, place in places.items()
    }
    for one, other in combinations(places, 2):
        if places[one].level == places[other].level:
            assert spans[one][1] <= spans[other][0] or spans[other][1] <= spans[one][0]
    for key, place in places.items():
        assert spans[key][0] >= 0
        assert spans[key][1] <= 1400
        for other, above in places.items():
            if above.level < place.level:
                assert not spans[other][0] < labels[key].x < spans[other][1]

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.diary.made_up import BEGINNING, diary, massage, stop
from voice.diary.entry import Entry, Kind, PainStop
from voice.diary.picture import SUFFIXES, body, draw, page
from voice.diary.picture.drawing import composed
from voice.diary.picture.places import numbers, shade, stops
from voice.diary.picture.smooth import curve
from voice.resources import folder
from voice.routine import load
from voice.session.plan import Side

SVG = "{http://www.w3.org/2000/svg}"


def texts(entries: tuple[Entry, ...], tmp_path: Path, who: str = "Person 1") -> list[str]:
    pytest.importorskip("matplotlib", reason="pictures need the diary extra")
    out = tmp_path / "it.svg"
    draw(entries, who, out, ".svg")
    return [element.text or "" for element in ET.parse(out).iter(f"{SVG}text")]  # noqa: S314 - our own


def test_every_region_of_the_routines_has_its_place_on_the_back() -> None:
    named = {
        region
        for file in folder("routines").glob("*.yaml")
        for step in load(file).steps
        for region in step.region
    }
    assert named == set(body.AREAS)


def test_areas_do_not_meet() -> None:
    path = pytest.importorskip("matplotlib.path", reason="pictures need the diary extra")
    shapes = {name: path.Path(area.points) for name, area in body.AREAS.items()}
    for name, area in body.AREAS.items():
        for other, shape in shapes.items():
            assert other == name or not shape.contains_points(area.points).any(), (name, other)


def test_a_number_stands_in_its_area() -> None:
    path = pytest.importorskip("matplotlib.path", reason="pictures need the diary extra")
    for name, area in body.AREAS.items():
        x, y = area.number
        assert path.Path(area.points).contains_point((abs(x), y)), name


def test_a_curve_goes_through_its_points() -> None:
    points = ((0.0, 0.0), (1.0, 2.0), (3.0, 1.0))
    assert curve(points)[::3] == list(points)
    assert curve(points, closed=True)[::3] == [*points, points[0]]
    assert len(curve(points)) == 7


def test_a_stop_counts_in_each_of_its_regions() -> None:
    both = PainStop(BEGINNING, Kind.SHARP, "a", "A", Side.LEFT, ("hips", "lower-back"))
    neither = dataclasses.replace(both, side=None)
    found = stops([massage(pain=(both, neither)), massage(pain=(both,))])
    assert found["hips"] == Counter({Side.LEFT: 2, None: 1})
    # On the hip it says which; what had no side may have been either. On the spine there is one number.
    assert numbers("hips", found["hips"]) == {("hips", Side.LEFT): 3, ("hips", Side.RIGHT): 1}
    assert numbers("lower-back", found["lower-back"]) == {("lower-back", None): 3}


@pytest.mark.parametrize("most", [1, 2, 5, 6, 200])
def test_more_stops_are_never_lighter(most: int) -> None:
    shades = [shade(count, most) for count in range(1, most + 1)]
    assert shades == sorted(shades)
    assert shades[0] == 0
    assert shades[-1] == min(most, len(page.SHADES)) - 1


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_letters_are_readable_and_shades_differ_without_colour() -> None:
    for colour in (page.INK, page.QUIET, page.AFTER, page.BEFORE, page.PAIN):
        assert contrast(colour, "#FFFFFF") >= 4.5, colour
    for light, dark in zip((page.UNHURT, *page.SHADES), page.SHADES, strict=False):
        assert contrast(light, dark) >= 1.25, (light, dark)


def test_no_letter_is_too_small_on_a_phone() -> None:
    pixels_of_a_point = 390 / page.WIDTH / 72
    assert page.SMALL * pixels_of_a_point >= 11


@pytest.mark.parametrize("count", [0, 1, 2, 40, 41, 200])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_any_number_of_massages_is_a_picture(count: int, suffix: str, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="pictures need the diary extra")
    out = tmp_path / "it"
    draw(diary(count), "Person 1", out, suffix)
    assert out.read_bytes().startswith(b"\x89PNG" if suffix == ".png" else b"<?xml")


def everywhere(*sides: Side | None) -> Entry:
    """Something hurt at every place, on these sides."""
    return massage(
        before=0,
        after=10,
        pain=tuple(
            PainStop(BEGINNING, kind, "a", "A", side, (region,))
            for region in (*body.AREAS, "left-forearm")
            for side in sides
            for kind in Kind
            for _ in range(9)
        ),
    )


@pytest.mark.parametrize(
    "entries",
    [
        *map(diary, (0, 1, 2, 14, 40, 41, 200)),
        (everywhere(Side.LEFT),),
        (everywhere(Side.RIGHT),),
        (everywhere(None), massage(BEGINNING.replace(year=2027))),
        (everywhere(*Side, None),),
        tuple(massage(BEGINNING + timedelta(days=days), after=5) for days in (0, 1, 2, 40)),
    ],
)
def test_nothing_written_leaves_the_page_or_covers_something_else_written(entries: tuple[Entry, ...]) -> None:
    mpl = pytest.importorskip("matplotlib", reason="pictures need the diary extra")
    letters = pytest.importorskip("matplotlib.text")
    with mpl.rc_context(page.LETTERS):
        figure = composed(entries, "A person with a name", None)
        figure.draw_without_rendering()
        written = [text for text in figure.findobj(letters.Text) if text.get_visible() and text.get_text()]
        boxes = [(text, text.get_window_extent()) for text in written]
    across, up = figure.bbox.width, figure.bbox.height
    for text, box in boxes:
        assert 0 <= box.x0 < box.x1 <= across, text
        assert 0 <= box.y0 < box.y1 <= up, text
        for other, its_box in boxes:
            assert other is text or not box.overlaps(its_box), (text, other)


def test_it_says_whose_and_when_and_counts_what_hurt(tmp_path: Path) -> None:
    entries = (
        massage(before=3, after=6, pain=(stop(BEGINNING, 1), stop(BEGINNING, 1, Kind.NUMB))),
        massage(BEGINNING.replace(month=10)),
    )
    written = texts(entries, tmp_path, "Ann")
    assert {"Massage diary", "Ann · 7 Sep to 7 Oct 2026 · 2 massages", "7 Sep", "7 Oct"} <= set(written)
    assert "2 pain stops: 1 sharp, 1 numb or tingling" in written
    assert {"before", "after", "it hurt", "hips", "buttocks"} <= set(written)
    assert written.count("2") == 2, "on the left hip and the left buttock"
    assert "neck" not in written


def test_a_name_is_shown_as_it_is_and_cut_where_there_is_no_room(tmp_path: Path) -> None:
    assert "A $x^2$ & <b> · 7 Sep 2026 · 1 massage" in texts((massage(),), tmp_path, "A $x^2$ & <b>")
    long = next(line for line in texts((massage(),), tmp_path, "A" + "n" * 99) if line.startswith("An"))
    assert long.endswith("n… · 7 Sep 2026 · 1 massage")
    assert len(long) == page.LETTERS_ACROSS


def test_without_massages_or_numbers_it_says_so(tmp_path: Path) -> None:
    assert "After a massage, its comfort" in texts((), tmp_path)
    silent = texts((massage(),), tmp_path)
    assert "No comfort was told as a number yet:" in silent
    assert "no pain stops" in silent
    assert "before" not in silent


def test_places_that_the_back_has_not_are_listed(tmp_path: Path) -> None:
    hurt = PainStop(BEGINNING, Kind.SHARP, "a", "A", None, ("calf", "left-arm"))
    assert "Elsewhere: calf 1, left arm 1" in texts((massage(pain=(hurt,)),), tmp_path)


def test_the_same_diary_is_the_same_file(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="pictures need the diary extra")
    made = []
    for name in ("one", "two"):
        draw(diary(5), "Person 1", tmp_path / name, ".svg")
        made.append((tmp_path / name).read_text("utf-8"))
    assert made[0] == made[1]
    assert not re.search("date>", made[0])

"""The back of a person: its outline, and the place of every region on it. Points only; nothing is drawn here.

Smooth curves go through the points. x runs from the spine to the receiver's right, which is on the right for
whoever looks at the back; y from the thighs up. The head is some 23 units high. Only the right half is
written down: `mirrored` makes the left one of it.
"""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]
Points = tuple[Point, ...]

CONTOUR: Points = (
    *((6.4, 122), (6.2, 117), (6.6, 112.5), (9.5, 109), (16, 106), (22.5, 103.4), (26.6, 99)),
    *((28.8, 92), (29.6, 84), (30.4, 76), (32.2, 68), (33.6, 60), (34.6, 52)),
)
"""From the neck over the shoulder down the outer side of the arm."""
FLANK: Points = (
    *((28.2, 52), (27.2, 60), (25.8, 68), (23.9, 77), (22.4, 84.6), (21.4, 88.4)),
    *((21.3, 84), (20.8, 77), (19.4, 69), (17.6, 61), (16.9, 55), (17.6, 49), (19.6, 42.5), (21.3, 36)),
    *((21.7, 29), (21.1, 21), (19.8, 12), (18.6, 4)),
)
"""Up the inner side of the arm to the armpit, and down the ribs, the waist, the hip and the thigh."""
INNER_THIGH: Points = ((3.6, 4), (2.6, 12), (1.9, 18), (1.2, 22.4))
"""From below up to where the legs part."""
HEAD: Points = (
    *((0, 140), (5, 138.8), (8, 135), (8.8, 129.5), (8.1, 124), (6.4, 119.6), (3.4, 117.4), (0, 116.8)),
)
"""Half of it, from the crown to the nape."""
SPINE: Points = ((0, 110), (0, 96), (0, 80), (0, 62), (0, 48))
BLADE: Points = ((6.2, 95.6), (5.6, 90), (6.4, 84), (9.2, 80.2), (12, 82.4))
"""The edge of a shoulder blade."""
FOLD: Points = ((2.4, 22.9), (6.5, 20.9), (11.5, 20.6), (15.6, 22.6))
"""Under the buttock."""
CLEFT: Points = ((0, 39.5), (0.25, 34), (0.2, 28), (0, 22.4))
SOLE: Points = (
    *((46.5, 3.4), (44.3, 4.4), (43.6, 7.4), (44, 11.4), (44.4, 15.4), (43.3, 18.9), (43.2, 22), (44.8, 24)),
    *((47.5, 23.7), (50.5, 22.1), (51.6, 19.1), (50.8, 14.6), (49.6, 10.6), (49.5, 7.1), (48.6, 4.2)),
)
"""A right foot, seen from below. It stands beside the legs, for which the outline has no room."""
TOES: tuple[tuple[float, float, float], ...] = (
    *((44.5, 26.8, 1.76), (47.5, 26.8, 1.2), (49.6, 25.8, 1.04), (51.2, 24.4, 0.96), (52.6, 22.5, 0.88)),
)
"""Their middles and radii."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where a region is."""

    points: Points
    """Its edge: all of it, or, where it lies on both sides apart from the spine, that of its right part."""
    number: Point
    """Where its count is written; of a paired one, that of its right part."""
    label: Point
    """Where its name is written: up to here, or from here on, on the far side of the number."""
    paired: bool
    """Whether there is a left part, too."""


AREAS: dict[str, Area] = {
    "neck": Area(
        (
            (0, 120.5),
            (4.4, 119.4),
            (5.2, 114.6),
            (5.4, 111.4),
            (0, 109.6),
            (-5.4, 111.4),
            (-5.2, 114.6),
            (-4.4, 119.4),
        ),
        (0, 114.9),
        label=(-21, 119),
        paired=False,
    ),
    "shoulders": Area(
        (
            (7.4, 109.4),
            (15, 105.6),
            (22, 102.6),
            (25.4, 98.4),
            (24.6, 94.8),
            (18, 97.4),
            (11, 98.8),
            (4.4, 101.6),
            (3.6, 106),
        ),
        (15.6, 101.6),
        label=(31, 110),
        paired=True,
    ),
    "upper-back": Area(
        (
            (0, 97.6),
            (8, 96.2),
            (15.4, 93.4),
            (17.6, 86),
            (16.6, 78),
            (13.4, 73.6),
            (0, 72.8),
            (-13.4, 73.6),
            (-16.6, 78),
            (-17.6, 86),
            (-15.4, 93.4),
            (-8, 96.2),
        ),
        (0, 85),
        label=(-38, 92),
        paired=False,
    ),
    "torso-sides": Area(
        (
            (18.9, 79),
            (19.4, 74),
            (18.2, 68),
            (16.6, 61.4),
            (15.7, 56),
            (12.9, 56.6),
            (13, 62),
            (14.2, 68.4),
            (16.4, 74.6),
        ),
        (16.2, 66.4),
        label=(39, 74),
        paired=True,
    ),
    "lower-back": Area(
        (
            (0, 70.4),
            (7, 70),
            (11.2, 67.4),
            (11.4, 60),
            (10.8, 53.4),
            (9.6, 48.6),
            (0, 45.2),
            (-9.6, 48.6),
            (-10.8, 53.4),
            (-11.4, 60),
            (-11.2, 67.4),
            (-7, 70),
        ),
        (0, 58.6),
        label=(-38, 62),
        paired=False,
    ),
    "hips": Area(
        (
            (12, 50.6),
            (15.8, 50.4),
            (17.8, 45.4),
            (19.8, 40.6),
            (20.4, 35.4),
            (18.4, 34.4),
            (15.6, 38.2),
            (11.4, 42.6),
            (9.8, 46.4),
        ),
        (15.5, 44),
        label=(38, 49),
        paired=True,
    ),
    "buttocks": Area(
        (
            (2, 40),
            (7.4, 42.4),
            (12.6, 38.6),
            (16.8, 32.8),
            (17.4, 27),
            (13.8, 23.4),
            (7.6, 22.9),
            (2.6, 25.2),
            (1.4, 31.8),
        ),
        (9.3, 31.6),
        label=(-38, 34),
        paired=True,
    ),
    "foot": Area(SOLE, (47.3, 13.6), label=(40, 14), paired=False),
}
"""Of every region that the bundled routines name; others, of routines of one's own, are listed by name."""


def mirrored(points: Points) -> Points:
    """The same on the left."""
    return tuple((-x, y) for x, y in points)

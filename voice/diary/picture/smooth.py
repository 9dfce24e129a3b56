"""Smooth curves through points: Catmull-Rom splines as cubic Bezier curves. Pure."""

from __future__ import annotations

from collections.abc import Sequence

Point = tuple[float, float]
_TENSION = 6.0
"""Catmull and Rom's: a control point lies a sixth of the way between the neighbours."""


def curve(points: Sequence[Point], *, closed: bool = False) -> list[Point]:
    """The first point, and then three for every piece: two control points and the end.

    Args:
        points: Two at least, of which the curve goes through every one.
        closed: Whether it comes back to the first.
    """
    count = len(points)
    ends = range(1, count + 1 if closed else count)

    def at(index: int) -> Point:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    made = [points[0]]
    for end in ends:
        before, start, stop, after = (at(end + offset) for offset in (-2, -1, 0, 1))
        made += [_towards(start, before, stop), _towards(stop, after, start), stop]
    return made


def _towards(point: Point, behind: Point, ahead: Point) -> Point:
    return (point[0] + (ahead[0] - behind[0]) / _TENSION, point[1] + (ahead[1] - behind[1]) / _TENSION)

"""The figures as a picture: recall against noise, and false accepts. SVG and PNG."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .clips import NOISES
from .figures import Rate, Share, garwood
from .scoring import condition
from .table import Figures

_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
"""Okabe and Ito's, told apart with every kind of colour blindness; each has a mark of its own, too."""
_MARKS = ("o", "s", "^", "D", "v", "P", "X")
_RECALLS = (("stop", "“stop”"), ("yes, no, go", "“yes”, “no”, “go”"))
_FALSE_SHARES = (
    (("other word", "any", "clean"), "other words → any command"),
    (("other word", "any", "5 dB"), "… at 5 dB"),
    (("other word", "urgent", "clean"), "other words → stop or pain"),
    (("other word", "urgent", "5 dB"), "… at 5 dB"),
    (("sentence", "any", "clean"), "sentences → any command"),
    (("sentence", "any", "5 dB"), "… at 5 dB"),
    (("sentence", "urgent", "clean"), "sentences → stop or pain"),
    (("sentence", "urgent", "5 dB"), "… at 5 dB"),
)
_FALSE_RATES = (
    (("narration", "any", "clean", "an hour"), "any command"),
    (("narration", "urgent", "clean", "an hour"), "stop or pain"),
    (("narration", "urgent by rule", "clean", "an hour"), "… on partials"),
)


def draw(folder: Path, figures: Figures) -> tuple[Path, Path]:
    """Write `recognition.svg` and `recognition.png`; gives their paths."""
    import matplotlib as mpl  # noqa: PLC0415 - in the extra "benchmarks"

    mpl.use("Agg")
    import matplotlib.pyplot as plt  # noqa: PLC0415

    plt.rcParams.update(
        {"svg.fonttype": "none", "font.size": 10, "axes.spines.top": False, "axes.spines.right": False}
    )
    picture, axes = plt.subplot_mosaic(
        [["stop", "yes, no, go"], ["shares", "rates"]], figsize=(12, 9), layout="constrained"
    )
    for group, title in _RECALLS:
        _draw_recall(axes[group], figures, group, title)
    _draw_false_shares(axes["shares"], figures)
    _draw_false_rates(axes["rates"], figures)
    handles, labels = axes["stop"].get_legend_handles_labels()
    picture.legend(handles, labels, loc="outside lower center", ncols=min(len(labels), 6), frameon=False)
    svg, png = folder / "recognition.svg", folder / "recognition.png"
    picture.savefig(svg)
    picture.savefig(png, dpi=110)
    plt.close(picture)
    return svg, png


def _draw_recall(axes: Any, figures: Figures, group: str, title: str) -> None:
    for index, (name, found) in enumerate(figures.items()):
        points = [
            (at + _beside(index, len(figures)), share)
            for at, snr in enumerate(NOISES)
            if isinstance(share := found.get(("recall", group, condition(snr))), Share)
        ]
        bounds = [share.interval for _, share in points]
        axes.errorbar(
            [at for at, _ in points],
            [100 * share.value for _, share in points],
            yerr=_arms(
                [(share.value, low, high) for (_, share), (low, high) in zip(points, bounds, strict=True)]
            ),
            label=name,
            **_look(index),
            linestyle="-",
        )
    axes.set_title(f"{title} heard, % (bars: 95 %)")
    axes.set_xticks(range(len(NOISES)), [condition(snr) for snr in NOISES])
    axes.set_xlabel("kitchen noise: level of the word above it")
    axes.set_ylim(-3, 103)
    axes.grid(axis="y", alpha=0.3)


def _draw_false_shares(axes: Any, figures: Figures) -> None:
    for index, found in enumerate(figures.values()):
        points = [
            (at + _beside(index, len(figures), 0.7), share)
            for at, (key, _) in enumerate(_FALSE_SHARES)
            if isinstance(share := found.get(key), Share)
        ]
        arms = [(share.value, *share.interval) for _, share in points]
        _dots(axes, index, [100 * share.value for _, share in points], [at for at, _ in points], _arms(arms))
    _measures_down(axes, [label for _, label in _FALSE_SHARES])
    axes.set_xscale("symlog", linthresh=1)
    axes.set_xticks([0, 1, 3, 10, 30, 100], ["0", "1", "3", "10", "30", "100"])
    axes.set_xlim(-0.1, 110)
    axes.set_title("false accepts, % (less is better)")


def _draw_false_rates(axes: Any, figures: Figures) -> None:
    for index, found in enumerate(figures.values()):
        points = [
            (at + _beside(index, len(figures), 0.7), rate)
            for at, (key, _) in enumerate(_FALSE_RATES)
            if isinstance(rate := found.get(key), Rate)
        ]
        arms = [_per_hour(rate) for _, rate in points]
        _dots(axes, index, [rate.value for _, rate in points], [at for at, _ in points], _arms(arms))
    _measures_down(axes, [label for _, label in _FALSE_RATES])
    axes.set_xscale("symlog", linthresh=1)
    axes.set_xticks([0, 1, 10, 100, 1000], ["0", "1", "10", "100", "1000"])
    axes.set_xlim(left=-0.1)
    axes.set_title("false accepts in an hour of narration")


def _dots(axes: Any, index: int, across: list[float], down: list[float], arms: list[list[float]]) -> None:
    axes.errorbar(across, down, xerr=arms, **_look(index), linestyle="none")


def _measures_down(axes: Any, labels: list[str]) -> None:
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    for edge in range(1, len(labels)):
        axes.axhline(edge - 0.5, color="0.9", linewidth=0.8)
    axes.grid(axis="x", alpha=0.3)


def _look(index: int) -> dict[str, Any]:
    return {
        "color": _COLOURS[index % len(_COLOURS)],
        "marker": _MARKS[index % len(_MARKS)],
        "markersize": 6,
        "elinewidth": 1,
    }


def _beside(index: int, count: int, width: float = 0.3) -> float:
    """Ears stand beside one another, so that their bars don't hide each other."""
    return width * ((index + 0.5) / count - 0.5)


def _arms(values: list[tuple[float, float, float]]) -> list[list[float]]:
    """Lengths of the bars below and above, in percent, of (value, low, high) from 0 to 1."""
    return [
        [100 * max(0.0, value - low) for value, low, _ in values],
        [100 * max(0.0, high - value) for value, _, high in values],
    ]


def _per_hour(rate: Rate) -> tuple[float, float, float]:
    low, high = garwood(rate.k)
    return rate.value / 100, low / rate.hours / 100, high / rate.hours / 100

"""The phones of the model and their numbers. Knows no word."""

from __future__ import annotations

SILENCE = "SIL"
PHONES = (
    SILENCE,
    *(
        "AA",
        "AE",
        "AH",
        "AO",
        "AW",
        "AY",
        "B",
        "CH",
        "D",
        "DH",
        "EH",
        "ER",
        "EY",
        "F",
        "G",
        "HH",
        "IH",
        "IY",
        "JH",
        "K",
    ),
    *("L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH", "UW", "V", "W", "Y", "Z", "ZH"),
)
"""Silence, and the 39 of the CMU Pronouncing Dictionary without stress."""
INDEX = {phone: index for index, phone in enumerate(PHONES)}
"""Each phone's place in `PHONES`."""
PDFS = 2 * len(PHONES)


def forward_pdf(phone: str) -> int:
    """The pdf of a phone's first frame."""
    return 2 * INDEX[phone]


def loop_pdf(phone: str) -> int:
    """The pdf of a phone's frames after the first."""
    return 2 * INDEX[phone] + 1

# ruff: noqa: E501  # a table of facts, those of a step together
"""What the guides say, step by step, and so what each bundled routine has to say in its own words.

A routine that loses one of these places, distances, counts or cautions is no longer true to its guides.
"""

from __future__ import annotations

from dataclasses import dataclass

APART = "two inches, five centimetres"


@dataclass(frozen=True)
class Told:
    """A step, and the facts that are told in it."""

    id: str
    sources: str
    """Letters of the guides."""
    pressure: tuple[int, int]
    """At first, and at most."""
    said: tuple[str, ...]
    """All of this is in its texts."""
    hold: float | None = None
    """Seconds of each still hold."""
    repeat: int = 1
    both_sides: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Facts:
    """A routine, and the facts that it stands for."""

    minutes: tuple[float, float]
    """The least and the most it may last, also without its optional steps."""
    laid_out: tuple[str, ...]
    """All of this is in its position or among its needs."""
    steps: tuple[Told, ...]


FACE_DOWN = ("face down", "firm", "head straight", "rolled towel", "under the upper chest and neck")
"""Guides A and E; the head as E has it."""
LYING_AS_IN_A = (*FACE_DOWN, "under the ankles", "under the belly")
OIL_AND_PACK = ("massage oil", "a warm pack if you like")
OFF_THE_BONES = ("off the spine", "the ribs", "hip bones")
WARM_UP = Told(
    "warm-up", "CAD", (1, 1),
    ("warm pack", "wrap it", "across the lower back", "fresh injury or flare-up", "cool pack", "another day", "supple"),
    optional=True,
)  # fmt: skip
MECHANICS = ("back straight", "bend your knees", "close to the person", "almond, coconut or olive oil")
STRETCH = Told(
    "diagonal", "E", (2, 2),
    (
        "relax your hands", "palms down", "over the middle of the back", "one hand down to the hip",
        "to the opposite shoulder", "crosswise", "count of ten", "do not press down", "skin and the muscles",
    ),
    hold=10, both_sides=True,
)  # fmt: skip

LOWER_BACK_STROKES = (
    Told("glide-and-fan", "E", (2, 3), (
        "top of the thigh, standing or kneeling", "palms down beside the tailbone", APART, "up to the waist",
        "fan out sideways", "pull down along both flanks", "across the buttocks", "flow",
        "upward slide slow and light", "out and down may be firmer", "hands off at once",
    )),
    Told("circles", "E", (2, 2), (
        "one hand on top of the other", "slow, gentle circles", "buttocks", "waist down to the tailbone",
        "either side of the spine", "without a break", "heel and palm", "fingers flat and relaxed",
        "never rub over the spine",
    )),
    Told("thumbs", "E", (2, 3), (
        "one thumb on each side", APART, "small, light circles", "one thumb turns clockwise", "opposite way",
        "from the tailbone up to the waist", "further towards the hips", "knotted muscle", "tender or sore",
        "never on it",
    )),
    Told("pulls", "E", (4, 4), (
        "at the side", "reach across", "under the top of the far thigh, palm down", "firm fingers",
        "up towards the spine", "tuck your other hand in", "one smooth motion", "from the hip to the waist",
        "all the way to the centre of the back",
    ), both_sides=True),
    Told("finger-run", "E", (2, 2), (
        "first two fingers of one hand", APART, "nape of the neck", "slowly and gently",
        "down to the tailbone", "several times", "evenly", "beside the spine, not on it",
    )),
)  # fmt: skip
RETURN_TO_GLIDE = Told("return-to-glide", "E", (2, 3), ("first stroke", APART, "more soothing"))
UPPER_BACK_STROKES = (
    Told("long-glide", "E", (2, 3), (
        "at the side, standing or kneeling", "beside the lower spine", APART, "over the waist to the shoulders",
        "fan out sideways", "down along both flanks and across the hips", "flow", "upward slide slow and light",
        "firmer, to stretch", "hands off at once",
    )),
    Told("pinch", "E", (2, 3), (
        "thumb and fingers of both hands together", "pinch the soft flesh lightly", "begin at the waist",
        "all the way up the back", "tight and knotty", "tops of the shoulders", "even rhythm", "light plucking",
        "off the spine and all bony parts", "never pinch so deeply",
    )),
    Told("shoulder-blade", "E", (3, 4), (
        "bend the arm at the elbow", "hand on the back, palm up", "shoulder blade now stands out",
        "rest the elbow on your knee", "flop", "thumbs only, under and around the blade", "flick", "deep",
        "small circles", "sides of your thumbs", "slowly along the whole length of the blade",
    ), both_sides=True),
    Told("shoulder-pulls", "E", (3, 4), (
        "palms down beside the neck", "curve over the shoulders", "on the collar bone", "fingers stiff",
        "one hand, then with the other", "press inwards", "flowing movement", "along the top of the shoulders",
    )),
    Told("shoulder-knead", "E", (3, 4), (
        "in both hands", "squeeze it and knead it", "begin at the arm", "across to the neck",
    ), both_sides=True),
    Told("shoulder-lift", "E", (2, 2), (
        "top of each arm", "gently pull both shoulders", "slightly raised", "count of ten", "lower them",
    ), hold=10, repeat=2),
    STRETCH,
)  # fmt: skip

ROUTINES = {
    "partner-lower-back": Facts((12, 15), (*LYING_AS_IN_A, "oil or lotion"), (
        Told("prepare", "AE", (1, 2), (
            "quiet and warm", "soft light", "under the ankles", "under the belly", "ask whether the person lies well",
            "whether the oil is welcome", "until they are warm", "between your palms", "evenly over the whole",
            "broken, burnt or sore",
        )),
        Told("glide", "A", (2, 3), (
            "both palms just above the hip bones", "one long sweep", "towards the rib cage", "beside the spine",
            "without leaving the skin", "a little more than the one before", *OFF_THE_BONES, "spread the oil",
        )),
        Told("knead", "A", (3, 4), (
            "pads of your thumbs, your fingers or the heel of your hand", "lift the muscle, squeeze it and roll it",
            "bread dough", "rhythm", "deeper fibres",
        ), both_sides=True),
        Told("press", "A", (4, 4), (
            "heel of your hand", "thumbs", "beside the spine", "lean forward from your hips", "whole body weight",
            "never press on the spine, the hip bones or the ribs", "not with your arms", "comfortable",
        ), both_sides=True),
        Told("press-glutes", "A", (4, 4), (
            "buttock", "heel of your hand, or your thumbs", "lean forward from your hips", "to the lower back",
        ), both_sides=True),
        Told("circles", "AE", (2, 3), (
            "flat of your hand, or your forearm", "broad circles", "upper part of the buttocks", "not over it",
        )),
        Told("closing-glide", "A", (2, 2), ("above the hip bones", "lightly and very slowly", "calm")),
    )),
    "deep-tissue-lower-back": Facts((10, 15), (*LYING_AS_IN_A, *OIL_AND_PACK), (
        WARM_UP,
        Told("glide", "CA", (2, 3), (
            "above the hip bones", "rib cage", "begin gently", *MECHANICS, "ask how it feels", "pregnant",
            *OFF_THE_BONES,
        )),
        Told("forearm", "CADE", (3, 4), ("forearm", "as slowly as", "your weight", APART), both_sides=True),
        Told("deep-strokes", "CA", (4, 4), (
            "from your hips", "slowly", "deeper muscle", "never press on the spine, the ribs or the hip bones",
            "still comfortable", "layers",
        ), both_sides=True),
        Told("press-back", "CD", (4, 4), (
            "knot", "beside the spine", "thumb or a knuckle", "still comfortable", "steady", "never on the bone",
        ), hold=30, repeat=2, both_sides=True),
        Told("press-glutes", "CAD", (4, 4), ("buttock", "body weight", "in the lower back"), both_sides=True),
        Told("closing-glide", "CA", (2, 2), ("slowly and lightly", "soreness")),
    )),
    "swedish-lower-back": Facts((10, 15), (*LYING_AS_IN_A, *OIL_AND_PACK), (
        WARM_UP,
        Told("strokes", "CA", (2, 3), (
            "above the hip bones", "rib cage", "begin gently", *MECHANICS, "ask how it feels", *OFF_THE_BONES,
        )),
        Told("circles", "CAE", (2, 3), ("flat of your hand", "circles", "upper part of the buttock", "not over it")),
        Told("knead-back", "CAD", (3, 3), (
            "beside the spine", "lift it, squeeze it", "roll", "even rhythm", "dough", "tenses up",
        ), both_sides=True),
        Told("knead-glutes", "CAD", (3, 3), ("buttock", "rhythm", "in the lower back"), both_sides=True),
        Told("closing-strokes", "CA", (2, 2), ("slowly and lightly", "slower than the one before")),
    )),
    "trigger-points-lower-back": Facts((10, 15), (*LYING_AS_IN_A, *OIL_AND_PACK), (
        WARM_UP,
        Told("glide", "CA", (2, 3), ("begin gently", "rib cage", *MECHANICS, "early pregnancy", *OFF_THE_BONES)),
        Told("find", "CAD", (2, 3), (
            "press your way along the muscle beside the spine", "which spots are tender", "never on it",
        ), both_sides=True),
        Told("press-back", "CAD", (3, 4), (
            "thumb or a knuckle", "add pressure little by little", "still comfortable", "quite still",
            "begins to ease", "body weight", "never on the spine, the ribs or the hip bones",
        ), hold=30, repeat=2, both_sides=True),
        Told("smooth", "AE", (2, 3), ("flat hand", "broad circles", "not over it")),
        Told("press-glutes", "CAD", (3, 4), (
            "buttock", "high up at the side of the hip", "thumb or a knuckle", "little by little", "tense up",
            "down the leg",
        ), hold=30, repeat=2, both_sides=True),
        STRETCH,
        Told("closing-glide", "CA", (2, 2), ("slowly and lightly", "soreness")),
    )),
    "lower-back-and-glutes": Facts((10, 15), (*FACE_DOWN, "under the ankles", "oil or lotion"), (
        Told("glide", "DE", (2, 3), ("one long stroke", "towards the heart", "palms, or your forearm", "blood", APART)),
        Told("knead-back", "DE", (3, 4), (
            "beside the spine", "lift it", "squeeze it, away from the bone", "roll", "rhythm", "tenses up",
            "sitting or standing", APART, "bony points in its middle are left alone",
        ), both_sides=True),
        Told("press-back", "D", (3, 4), (
            "beside the spine", "thumb or a knuckle", "still comfortable", "steady", "never on the bone",
        ), hold=30, both_sides=True),
        Told("knead-hip", "D", (3, 4), (
            "high on the side of the hip", "often sore", "steadies the hips while walking", "pulls on the lower back",
        ), both_sides=True),
        Told("press-hip", "D", (3, 4), ("high on the side of the hip", "steady"), hold=30, both_sides=True),
        Told("press-deep", "D", (3, 4), (
            "bony knob on the outer side of the hip", "flat bone at the bottom of the spine", "half way between",
            "deep under the large one", "tennis ball", "irritate the large nerve", "down the leg",
        ), hold=30, repeat=2, both_sides=True),
        Told("closing-glide", "AE", (2, 2), ("slowly and lightly", APART)),
    )),
    "lower-back-strokes": Facts((8, 10), (*FACE_DOWN, "towels to keep"), (*LOWER_BACK_STROKES, RETURN_TO_GLIDE)),
    "upper-back-strokes": Facts((10, 13), (*FACE_DOWN, "towels to keep"), UPPER_BACK_STROKES),
    "whole-back": Facts((18, 22), (*FACE_DOWN, "towels to keep"), (
        *LOWER_BACK_STROKES,
        *UPPER_BACK_STROKES,
        Told("closing-glide", "E", (2, 3), (
            "long glide", "at the side", "beside the lower spine", APART, "up to the shoulders", "more soothing",
            "along the flanks and across the hips",
        )),
    )),
    "self-balls": Facts((7, 9), ("on your back", "knees bent", "two tennis balls taped together", "wall"), (
        Told("two-balls", "A", (2, 4), (
            "knees bent", "under your lower back", "at its side of the spine", "a little up and down",
            "from side to side", "slowly", "gap between the balls belongs under the spine", "roll off at once",
        )),
        Told("wall", "A", (2, 4), ("back to the wall", "beside your spine", "lean your weight"), both_sides=True),
        Told("held-ball", "AD", (2, 4), (
            "right under the tight muscle", "beside the spine", "lie still", "thirty seconds", "up to a minute",
            "roll off at once",
        ), hold=30, both_sides=True),
        Told("foot", "A", (2, 4), (
            "stand up", "under the arch", "heel", "link the foot with the back", "take your foot off",
        ), both_sides=True),
    )),
    "self-eight-steps": Facts((9, 12), ("seated", "feet flat", "oil or lotion", "music"), (
        Told("settle", "B", (1, 1), ("quiet place", "bend your knees", "both feet flat", "injured", "doctor")),
        Told("oil", "B", (1, 2), ("a little oil or lotion", "gently over your lower back")),
        Told("strokes", "B", (2, 2), (
            "thumbs and fingertips", "base of your spine", "upwards, lightly and gently", "whole lower back",
            "warm the muscles", "not over it",
        )),
        Told("knead", "B", (2, 3), ("muscles beside your spine", "knead them gently")),
        Told("tender-spots", "B", (2, 3), (
            "tender", "press on it gently", "for about five seconds", "let go slowly", "comfortable", "off the spine",
        )),
        Told("circles", "B", (2, 3), (
            "thumbs", "base of your spine", "small circles", "upwards", "whole lower back", "never on it",
        )),
        Told("pressures", "B", (2, 3), (
            "hardly any pressure", "add a little with every stroke", "comfortable", "layers",
        )),
        Told("stretch", "B", (1, 1), ("lean forward gently", "pose of a child", "like a cat", "like a cow")),
    )),
    "self-mid-back-and-shoulders": Facts((9, 11), ("back to a wall", "tennis ball"), (
        Told("warm-shoulders", "D", (2, 3), ("palm of your opposite hand", "towards the heart"), both_sides=True),
        Told("wall", "D", (3, 4), (
            "between the wall and your upper back", "between the inner edge of the shoulder blade and the spine",
            "lean in gently", "lean forward over your work", "off the spine",
        ), both_sides=True),
        Told("wall-held", "D", (3, 4), ("tightest spot", "still comfortably", "softens"), hold=30, both_sides=True),
        Told("shoulder-circles", "D", (3, 4), (
            "opposite hand", "grasp the ridge of muscle between shoulder and neck", "firmly", "circles",
            "towards the base of the neck", "neck grows stiff",
        ), both_sides=True),
        Told("shoulder-held", "D", (3, 4), ("tightest spot", "steady"), hold=30, both_sides=True),
        Told("closing-strokes", "D", (2, 2), ("towards the heart", "slower and lighter"), both_sides=True),
    )),
}  # fmt: skip
"""All that come with easeup, each with its steps in their order."""

REGIONS = {
    "lower-back", "upper-back", "shoulders", "neck", "torso-sides", "hips", "buttocks", "foot",
}  # fmt: skip
"""One name for each place: pain in a region makes what comes later there lighter, in every routine alike."""
TECHNIQUES = {
    "compression", "effleurage", "finger-run", "friction", "oiling", "palm-circles", "petrissage", "point-search", "pulling",
    "rest", "rolling", "stretching", "thumb-circles", "thumb-kneading", "warmth",
}  # fmt: skip

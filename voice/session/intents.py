"""What a person can ask for. No words here: `prompts/<language>/commands.yaml` has them."""

from __future__ import annotations

from dataclasses import dataclass

from .names import Name


class IntentName(Name):
    """Everything that can be asked for by voice or by text."""

    START = "start"
    PERSON = "person"
    LIST_ROUTINES = "list-routines"
    FIND = "find"
    FIT_TIME = "fit-time"
    READY = "ready"
    RATE = "rate"
    YES = "yes"
    NO = "no"
    NEXT = "next"
    BACK = "back"
    REPEAT = "repeat"
    RESTART_STEP = "restart-step"
    GO_TO_STEP = "go-to-step"
    SKIP = "skip"
    SWITCH_SIDES = "switch-sides"
    PAUSE = "pause"
    FETCH = "fetch"
    CARRY_ON = "carry-on"
    STOP = "stop"
    PAIN = "pain"
    NUMB = "numb"
    TOO_MUCH = "too-much"
    LIGHTER = "lighter"
    FIRMER = "firmer"
    SLOWER = "slower"
    FASTER = "faster"
    MORE_TIME = "more-time"
    LESS_TIME = "less-time"
    HOW_LONG = "how-long"
    WHERE_AM_I = "where-am-i"
    WHATS_NEXT = "whats-next"
    WHY = "why"
    HOW = "how"
    ASK = "ask"
    EXPLAIN = "explain"
    LOUDER = "louder"
    QUIETER = "quieter"
    SPEAK_SLOWER = "speak-slower"
    SPEAK_FASTER = "speak-faster"
    SAY_LESS = "say-less"
    SAY_MORE = "say-more"
    HELP = "help"
    FINISH = "finish"


URGENT = frozenset({IntentName.STOP, IntentName.PAIN, IntentName.NUMB})
"""Acted on before the phrase has ended, in every state."""


ONLY_WHEN_ASKED = frozenset({IntentName.RATE})
"""A number by itself means something only where one was asked for: people tell each other numbers."""


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing asked for, with what was said about it."""

    name: IntentName
    seconds: float | None = None
    """How much more or less time, None: the usual amount; or how long a massage is wanted."""
    step: int | None = None
    """Number of the step to go to, from 1."""
    routine: str | None = None
    """Id of the routine to start; None: the one that suggests itself."""
    about: str | None = None
    """What is asked: the topic of a question; or what a massage is needed for, a region or whose hands."""
    number: int | None = None
    """Which person, from 1; or how comfortable it is, 0 to 10."""

"""What is said, before it has words: a prompt with its fields, or text that the routine brings along.

The session core names prompts; `prompts/<language>/prompts.yaml` words them. Each prompt declares the
fields that its wording must use, so that a missing or misspelt one is found when the prompts are loaded.
"""

from __future__ import annotations

from dataclasses import dataclass

from .intents import IntentName
from .names import Name


class Prompt(Name):
    """Every line the guide can say of its own accord, with the fields of its wording."""

    fields: tuple[str, ...]

    def __new__(cls, key: str, *fields: str) -> Prompt:
        """`key` is its name in prompts.yaml."""
        member = str.__new__(cls, key)
        member._value_ = key
        member.fields = fields
        return member

    WELCOME = "welcome"
    WELCOME_ROUTINE = "welcome-routine", "title"
    ROUTINES = "routines", "routines"
    WHICH_ROUTINE = "which-routine"
    FOUND_ONE = "found-one", "title", "length"
    FOUND_SOME = "found-some", "routines"
    FOUND_NONE = "found-none"

    SCREENING_OPENS = "screening-opens"
    SCREENING_OPENS_SELF = "screening-opens-self"
    SCREENING_QUESTION = "screening-question", "question"
    SCREENING_EXPLAINED = "screening-explained", "meaning"
    SCREENING_DO_NOT = "screening-do-not"
    SCREENING_ASK_FIRST = "screening-ask-first"
    SCREENING_GENTLE = "screening-gentle"
    SOMEBODY_ELSE = "somebody-else"
    PERSON = "person", "number"
    PERSON_NAMED = "person-named", "name"
    PERSON_NEW = "person-new", "number"
    OFTEN = "often"
    SORE_FOR_LONG = "sore-for-long"
    SCREENING_UNANSWERED = "screening-unanswered"
    YES_OR_NO = "yes-or-no"

    NOTHING_LEFT = "nothing-left"
    BEGUN_LIGHTER = "begun-lighter"
    PREPARE = "prepare", "title", "length", "position"
    PREPARE_GENTLE = "prepare-gentle", "title", "length"
    PREPARE_OPEN = "prepare-open", "title", "length", "position"
    PREPARE_NEEDS = "prepare-needs", "needs"
    PREPARE_COMFORT = "prepare-comfort"
    PREPARE_READY = "prepare-ready"
    READY_REMINDER = "ready-reminder"

    STEP = "step", "number", "title"
    STEP_SIDE = "step-side", "side"
    STEP_REPETITION = "step-repetition", "number", "count"
    STEP_SWITCH = "step-switch", "side"
    STEP_LENGTH = "step-length", "length"
    STEP_HOLD = "step-hold", "length"
    STEP_OPEN = "step-open"
    COUNT = "count", "number"

    WHERE = "where", "number", "count", "title"
    HOW_LONG_STEP = "how-long-step", "left"
    HOW_LONG_OPEN = "how-long-open"
    HOW_LONG_WHOLE = "how-long-whole", "left"
    NEXT_STEP = "next-step", "title"
    NEXT_SIDE = "next-side", "side"
    NEXT_REPETITION = "next-repetition"
    NEXT_END = "next-end"
    NO_WHY = "no-why"
    NO_TIP = "no-tip"
    AT_FIRST_STEP = "at-first-step"
    NO_SUCH_STEP = "no-such-step", "count"
    NO_SIDES = "no-sides"
    STEP_BARRED = "step-barred"

    PRESSURE = "pressure", "pressure"
    PRESSURE_LIGHTER = "pressure-lighter", "pressure"
    PRESSURE_FIRMER = "pressure-firmer", "pressure"
    PRESSURE_EASED = "pressure-eased", "pressure"
    PRESSURE_LIGHTEST = "pressure-lightest"
    PRESSURE_LIMIT = "pressure-limit", "pressure"
    PRESSURE_CAPPED = "pressure-capped", "pressure"
    PRESSURE_LEAVE = "pressure-leave"
    TEMPO = "tempo", "strokes"
    TEMPO_SLOWER = "tempo-slower"
    TEMPO_FASTER = "tempo-faster"
    TEMPO_LIMIT = "tempo-limit"
    TIME_ADDED = "time-added", "change", "left"
    TIME_CUT = "time-cut", "left"
    TIME_FITTED = "time-fitted", "left"
    TIME_NEAREST = "time-nearest", "left"
    ROUTINE_FITTED = "routine-fitted", "length"
    ROUTINE_NEAREST = "routine-nearest", "length"
    NO_TIMER = "no-timer"

    CHECK_IN = "check-in"
    CHECK_IN_AGAIN = "check-in-again"
    CHECK_IN_GOOD = "check-in-good"

    PAUSED = "paused"
    PAUSED_REMINDER = "paused-reminder"
    FETCHING = "fetching"
    CARRY_ON = "carry-on"

    STOPPED = "stopped"
    STOPPED_WAYS_ON = "stopped-ways-on"
    STOPPED_WAYS_ON_SELF = "stopped-ways-on-self"
    STOPPED_IDLE = "stopped-idle"
    PAIN_QUESTION = "pain-question"
    PAIN_QUESTION_AGAIN = "pain-question-again"
    PAIN_SHARP = "pain-sharp"
    PAIN_TOO_HARD = "pain-too-hard", "pressure"
    PAIN_LIGHTEST = "pain-lightest"
    PAIN_NUMB = "pain-numb"

    CONFIRM_FINISH = "confirm-finish"
    CONFIRM_WAITS = "confirm-waits"
    FINISHED = "finished", "title"
    FINISHED_SELF = "finished-self", "title"
    FINISHED_EARLY = "finished-early"
    NOT_TODAY = "not-today"
    COMFORT = "comfort", "number"
    COMFORT_NOW = "comfort-now"
    COMFORT_THANKS = "comfort-thanks"
    COMFORT_BEFORE = "comfort-before", "before"

    LOUDER = "louder"
    LOUDEST = "loudest"
    QUIETER = "quieter"
    QUIETEST = "quietest"
    SPEAK_SLOWER = "speak-slower"
    SPEAK_SLOWEST = "speak-slowest"
    SPEAK_FASTER = "speak-faster"
    SPEAK_FASTEST = "speak-fastest"
    SAY_LESS = "say-less"
    SAY_MORE = "say-more"
    HELP = "help", "examples"
    ANSWER = "answer", "answer"
    NOT_CAUGHT = "not-caught"

    NOT_YET_BEGUN = "not-yet-begun"
    ALREADY_UNDER_WAY = "already-under-way"
    CARRY_ON_FIRST = "carry-on-first"

    BACK_AGAIN = "back-again"
    BACK_AGAIN_WAYS_ON = "back-again-ways-on"
    STILL_STOPPED = "still-stopped"
    FAILED = "failed", "part"
    MISSING = "missing", "part"
    RECOVERED = "recovered", "part"

    SOUNDCHECK_QUIET = "soundcheck-quiet"
    SOUNDCHECK_ALONE = "soundcheck-alone"
    SOUNDCHECK_ASK = "soundcheck-ask"
    SOUNDCHECK_TALK = "soundcheck-talk"
    SOUNDCHECK_HEARD = "soundcheck-heard"
    SOUNDCHECK_NOT_HEARD = "soundcheck-not-heard"
    SOUNDCHECK_GOOD = "soundcheck-good"
    SOUNDCHECK_POOR = "soundcheck-poor"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time to be spoken, in seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Phrases:
    """Examples of how to ask for these things, to be spoken as a list."""

    intents: tuple[IntentName, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Several texts, to be spoken as a list."""

    items: tuple[str, ...]
    numbers: tuple[int, ...] = ()
    """What each is called by; none, where they are not numbered."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the language with an entry of its own under `terms` in prompts.yaml."""

    kind: str
    """The list it stands in: side, pressure, part, screening, explained, answer."""
    name: str


Value = str | int | Span | Phrases | Listing | Term


@dataclass(frozen=True, slots=True)
class Text:
    """Words that come with the routine, spoken as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A prompt with its fields filled in."""

    prompt: Prompt
    fields: tuple[tuple[str, Value], ...] = ()
    variant: int = 0
    """Picks among the prompt's wordings, taken modulo how many there are; 0 until it has been drawn."""


Spoken = Line | Text

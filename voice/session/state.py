"""The state of a session: which conversation it is in, and the massage that is under way.

Values only; `advance` makes new ones. Times are seconds on the clock that is passed to `advance` as `now`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .events import Part
from .lines import Spoken
from .names import Name
from .people import UNHURT, Hurts, Known
from .plan import Audience, Beat, Plan
from .screening import NO_CARE, Care, Question


class PhaseName(Name):
    """The kinds of conversation a session can be in."""

    CHOOSING = "choosing"
    SCREENING = "screening"
    PREPARING = "preparing"
    GUIDING = "guiding"
    CHECKING_IN = "checking-in"
    PAUSED = "paused"
    STOPPED = "stopped"
    ASKING_ABOUT_PAIN = "asking-about-pain"
    CONFIRMING = "confirming"
    FINISHED = "finished"


HANDS_ON = frozenset({PhaseName.GUIDING, PhaseName.CHECKING_IN, PhaseName.CONFIRMING})
"""The phases in which hands may be on a body, so that a stop can't wait for certainty."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """Standing by, silent, until a routine is asked for; what was said of it so far narrows the choice."""

    name: ClassVar[PhaseName] = PhaseName.CHOOSING
    audience: Audience | None = None
    """Whose hands are there."""
    region: str | None = None
    """Where it is wanted, as `finding.on` knows places."""
    seconds: float | None = None
    """How long it is to be."""
    suggested: str | None = None
    """Id of the only routine that is left."""


@dataclass(frozen=True, slots=True)
class Screening:
    """Asking what has to be known before a massage; each question is answered yes or no."""

    name: ClassVar[PhaseName] = PhaseName.SCREENING
    question: int | None = 0
    """Index of the question that is being asked; None: whether this is the person who has answered them."""
    then: bool = False
    """Whether it was answered yes, and the question that follows from that is being asked."""
    care: Care = NO_CARE
    """What the answers so far ask for."""
    asked: int = 1
    """How often it has been asked."""


@dataclass(frozen=True, slots=True)
class Preparing:
    """Everything is being laid out; waits for "ready"."""

    name: ClassVar[PhaseName] = PhaseName.PREPARING
    reminded: bool = False


@dataclass(frozen=True, slots=True)
class Guiding:
    """A step is being explained or worked."""

    name: ClassVar[PhaseName] = PhaseName.GUIDING


@dataclass(frozen=True, slots=True)
class CheckingIn:
    """Asking how the pressure is, while the work goes on."""

    name: ClassVar[PhaseName] = PhaseName.CHECKING_IN
    asked: int = 1


@dataclass(frozen=True, slots=True)
class Paused:
    """Waiting for "carry on"; no time passes for the massage."""

    name: ClassVar[PhaseName] = PhaseName.PAUSED
    back_to: Screening | Preparing | Guiding
    reminded: bool = False
    returned: bool = False
    """Whether it was the program that was away: then the massage may be begun afresh, too."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Latched: silent until a deliberate phrase."""

    name: ClassVar[PhaseName] = PhaseName.STOPPED
    back_to: Screening | Preparing | Guiding


@dataclass(frozen=True, slots=True)
class AskingAboutPain:
    """Stopped because something hurt; asking what kind of pain it is."""

    name: ClassVar[PhaseName] = PhaseName.ASKING_ABOUT_PAIN
    back_to: Screening | Preparing | Guiding
    asked: int = 1


@dataclass(frozen=True, slots=True)
class Confirming:
    """Asking whether to finish before the end."""

    name: ClassVar[PhaseName] = PhaseName.CONFIRMING
    back_to: Guiding | Paused
    asked: int = 1


@dataclass(frozen=True, slots=True)
class Finished:
    """Speaking the closing words, and asking how it is now; then back to choosing."""

    name: ClassVar[PhaseName] = PhaseName.FINISHED


Phase = (
    Choosing
    | Screening
    | Preparing
    | Guiding
    | CheckingIn
    | Paused
    | Stopped
    | AskingAboutPain
    | Confirming
    | Finished
)


@dataclass(frozen=True, slots=True)
class Massage:
    """Where a massage has got to, and how this person wants it."""

    plan: Plan
    unfitted: Plan | None = None
    """The plan as long as it is by itself; None: as it is."""
    wished: float | None = None
    """Seconds that it was asked to last, before it began."""
    index: int = 0
    """Which beat of the plan it is at."""
    told: bool = False
    """Whether the beat's instruction has been spoken to its end."""
    over: bool = False
    """Whether the beat's time is up."""
    came_by_itself_at: float | None = None
    """When this beat began because the one before had run out; None when it was asked for."""
    left_index: int | None = None
    """The beat that was worked before this one: hands may be there until this one has been told."""

    length: float | None = None
    """Seconds this beat lasts, with the time added or taken; None: until "next"."""
    worked: float = 0.0
    """Seconds worked on this beat before the clock was last started."""
    working_since: float | None = None
    """When the clock was last started; None while it stands."""
    settled_at: float | None = None
    """When the clock is to start: hands are finding their place."""
    worked_before: float = 0.0
    """Seconds worked on earlier beats."""
    cues_said: frozenset[int] = frozenset()
    """Of the beat's cues those that have been spoken to their end, or came too late."""
    counted: int | None = None
    """The last number counted aloud at the end of a hold."""

    ease: int = 0
    """Pressure levels above (+) or below (-) those of the routine."""
    pace: int = 0
    """Steps of tempo above (+) or below (-) those of the routine."""
    hurts: Hurts = UNHURT
    comfort: int | None = None
    """How comfortable it was before the first step, 0 (worst) to 10; None: not said."""
    kept: bool = False
    """Whether it is among the person's massages already."""
    eased: tuple[tuple[str, int], ...] = ()
    """How often it had to be lighter on a region."""
    checked_at: float | None = None
    """Seconds of work, over all beats, at the last check-in."""

    @property
    def beat(self) -> Beat:
        """The beat that is being done."""
        return self.plan.beats[self.index]

    def bars(self, beat: Beat) -> bool:
        """Whether a beat belongs to a step that is not done again."""
        return self.plan.origin(beat) in self.hurts.barred


class Manner(Name):
    """How much is said of a step."""

    BRIEF = "brief"
    """Its name, its care and its length: for those who know it."""
    FULL = "full"


class Purpose(Name):
    """Why an utterance is spoken; it decides what follows when it ends."""

    INSTRUCTION = "instruction"
    QUESTION = "question"
    ANSWER = "answer"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Speaking:
    """The utterance that is being spoken."""

    utterance_id: int
    purpose: Purpose
    began: float = 0.0
    """When."""
    cue: int | None = None
    """Which of the beat's cues it is; None: something else."""


@dataclass(frozen=True, slots=True)
class State:
    """A whole session."""

    plans: tuple[Plan, ...]
    """What can be chosen, in the order of their numbers."""
    questions: tuple[Question, ...] = ()
    """What is asked before every massage."""
    favourite: str | None = None
    """Id of the routine that "start" alone begins."""
    phase: Phase = Choosing()
    massage: Massage | None = None
    people: tuple[Known, ...] = (Known(),)
    """Whom the guide knows; the receiver is among them."""
    receiver: int = 1
    """The number of the person who is massaged, or was the last."""
    introduced: bool = False
    """Whether they have said who they are, for the next massage."""
    speaking: Speaking | None = None
    said: tuple[Spoken, ...] = ()
    """What was spoken last, for "say that again"."""
    answer_by: float | None = None
    """When silence counts as no answer."""
    tempo: float | None = None
    """Strokes a minute of the beat that is being played."""
    volume: int = 3
    speech_rate: int = 3
    manner: Manner = Manner.FULL
    misses: int = 0
    """How often in a row something was said to the guide that it did not understand."""
    failed: frozenset[Part] = frozenset()
    utterances: int = 0
    """How many have been spoken; the last one's id."""
    seed: int = 0
    """Draws the wordings; the same seed gives the same session."""

    @property
    def person(self) -> Known:
        """Who is massaged, or was the last."""
        return next(person for person in self.people if person.number == self.receiver)

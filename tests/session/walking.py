"""A session walked by hand: events in, actions out, time as the test says."""

from __future__ import annotations

from dataclasses import replace

from voice.session import Transition, advance, course
from voice.session.actions import Action, Say
from voice.session.events import Event, Heard, Opened, SpeechFinished, TimePassed
from voice.session.intents import Intent, IntentName
from voice.session.lines import Line, Prompt, Text
from voice.session.plan import Audience, Beat, Cue, Plan, Side
from voice.session.screening import Question, Severity
from voice.session.state import PhaseName, State

BEATS = (
    Beat("glide", 1, "Glide", "Glide up.", region=("lumbar",), pressure=2, duration=60.0, tempo=8.0,
         why="It warms.", tip="Lean in.", care="Not on the spine.", cues=(Cue("Half way.", share=0.5),)),
    Beat("press", 2, "Press", "Press here.", region=("glutes",), pressure=3, max_pressure=4, duration=30.0,
         hold=True, side=Side.LEFT, repetition=1, repetitions=2),
    Beat("press", 2, "Press", "Press here.", region=("glutes",), pressure=3, max_pressure=4, duration=30.0,
         hold=True, side=Side.LEFT, repetition=2, repetitions=2),
    Beat("press", 2, "Press", "Press here.", region=("glutes",), pressure=3, max_pressure=4, duration=30.0,
         hold=True, side=Side.RIGHT, repetition=1, repetitions=2),
    Beat("press", 2, "Press", "Press here.", region=("glutes",), pressure=3, max_pressure=4, duration=30.0,
         hold=True, side=Side.RIGHT, repetition=2, repetitions=2),
    Beat("knead", 3, "Knead", "Knead.", region=("lumbar",), pressure=3, duration=120.0, tempo=20.0),
    Beat("rest", 4, "Rest", "Rest your hands.", pressure=1, duration=None),
)  # fmt: skip
PLAN = Plan("back", "Back", Audience.PARTNER, "face down", ("oil",), BEATS)
ONLY = Beat("only", 1, "Only", "Do it.", duration=10.0)
OTHER = Plan("neck", "Neck", Audience.SELF, "sitting", (), (ONLY,))
QUESTIONS = (Question("fever", Severity.DO_NOT), Question("surgery", Severity.ASK_FIRST))


class Walk:
    """Feeds a session with events and remembers what it did."""

    def __init__(self, *, screening: bool = False, plans: tuple[Plan, ...] = (PLAN,)) -> None:
        self.state = State(plans=plans, questions=QUESTIONS if screening else ())
        self.now = 0.0
        self.deadline: float | None = None
        self.actions: tuple[Action, ...] = ()
        self.log: list[Action] = []
        self.send(Opened())

    def send(self, event: Event) -> Transition:
        transition = advance(self.state, event, self.now)
        self.state, self.actions, self.deadline = transition.state, transition.actions, transition.deadline
        self.log.extend(transition.actions)
        return transition

    def ask(self, name: IntentName, **slots: float | str) -> None:
        if self.phase is PhaseName.SCREENING:
            self.now += 2.0  # so much of the question is heard
        self.send(Heard(replace(Intent(name), **slots)))  # type: ignore[arg-type]

    def hush(self) -> None:
        """Let the guide speak to its end, and what follows at once; hands settle where work begins."""
        while self.state.speaking is not None:
            self.now += 1.0
            self.send(SpeechFinished(self.state.speaking.utterance_id))
            if self.phase is not PhaseName.GUIDING:
                return
            massage = self.state.massage
            if massage is not None and massage.settled_at is not None:
                self.now = massage.settled_at
                self.send(TimePassed())
            if massage is not None and massage.told:
                return

    def wait(self, seconds: float) -> None:
        """Let time pass, keeping every deadline; the guide's utterances take a second each."""
        until = self.now + seconds
        while self.deadline is not None and self.deadline <= until:
            self.now = self.deadline
            self.send(TimePassed())
            if self.state.speaking is not None and self.state.speaking.purpose != "count":
                self.now = min(until, self.now + 1.0)
                self.send(SpeechFinished(self.state.speaking.utterance_id))
        self.now = until
        self.send(TimePassed())

    @property
    def phase(self) -> PhaseName:
        return self.state.phase.name

    @property
    def left(self) -> float | None:
        """Seconds left on the beat."""
        assert self.state.massage is not None
        return course.left(self.state.massage, self.now)

    def said(self, actions: tuple[Action, ...] | None = None) -> list[Prompt | str]:
        """Prompts and texts of the last event's utterances."""
        return [
            one.prompt if isinstance(one, Line) else one.text
            for action in (self.actions if actions is None else actions)
            if isinstance(action, Say)
            for one in action.lines
            if isinstance(one, Line | Text)
        ]

    def work(self) -> Walk:
        """To the work of the first step."""
        self.ask(IntentName.START)
        self.hush()
        self.ask(IntentName.READY)
        self.hush()
        return self

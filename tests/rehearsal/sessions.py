"""Made-up records of realistic sessions, for the tests of the reports."""

from __future__ import annotations

from collections.abc import Callable

from voice.rehearsal.record import Record
from voice.session.actions import Earcon
from voice.session.events import RejectionReason
from voice.session.intents import Intent, IntentName
from voice.session.plan import Side

STEPS = (
    (
        "Long gliding strokes",
        "Both palms just above the hips. Glide up towards the ribs, then back along the sides.",
    ),
    (
        "Kneading",
        "Lift and roll the flesh beside the spine, one hand after the other, as you would knead dough.",
    ),
    (
        "Thumb circles",
        "Small circles with the thumbs, five centimetres from the spine, slowly up to the lowest rib.",
    ),
    ("Palm pressure", "Lay one palm on the other and lean in with your body weight, breath by breath."),
    ("Return to gliding", "End as you began, with long strokes that become lighter and lighter."),
)


def short() -> Record:
    """Half a minute: a start, one command, a stop in mid-speech, a remark that nobody heard."""
    record = Record()
    record.phase(0.0, "choosing")
    record.narration_began(0.2, 1, "Welcome. Say start when you are ready.", True)
    record.narration_ended(3.1, 1, False)
    record.partner_began(4.1, "start")
    record.partner_ended(4.6)
    record.heard(5.3, "start", Intent(IntentName.START))
    record.earcon(5.3, Earcon.HEARD)
    record.phase(5.4, "guiding")
    record.narration_began(5.4, 2, "Step one. Long gliding strokes. Both palms just above the hips.", False)
    record.narration_ended(9.6, 2, False)
    record.work_began(9.6, 1, "Long gliding strokes")
    record.partner_began(11.0, "lighter")
    record.partner_ended(11.5)
    record.heard(12.2, "lighter", Intent(IntentName.LIGHTER))
    record.earcon(12.2, Earcon.HEARD)
    record.narration_began(12.4, 3, "Lighter. Feather light now.", False)
    record.narration_ended(14.2, 3, False)
    record.partner_began(15.0, "mumble")
    record.partner_ended(15.6)
    record.rejected(16.3, "[unk]", RejectionReason.OUT_OF_VOCABULARY)
    record.earcon(16.3, Earcon.NOT_UNDERSTOOD)
    record.partner_began(18.0, "how long")
    record.partner_ended(18.6)
    record.narration_began(22.0, 4, "Lean from your hips; let your body weight do the work.", False)
    record.partner_began(23.5, "stop")
    record.narration_ended(23.8, 4, True)
    record.heard(23.8, "stop", Intent(IntentName.STOP))
    record.work_ended(23.8)
    record.phase(23.8, "stopped")
    record.narration_began(23.9, 5, "Stopped. Hands off.", False)
    record.partner_ended(24.0)
    record.narration_ended(25.2, 5, False)
    record.partner_began(27.0, "carry on")
    record.partner_ended(27.6)
    record.heard(28.3, "carry on", Intent(IntentName.CARRY_ON))
    record.phase(28.3, "guiding")
    record.work_began(28.5, 1, "Long gliding strokes")
    record.close(31.0)
    return record


class _Session:
    """Plays a session into a record, one happening after the other."""

    def __init__(self) -> None:
        self.record = Record()
        self.now = 0.0
        self.utterances = 0

    def say(self, text: str, asks: bool = False, cut_after: float | None = None) -> None:
        self.utterances += 1
        self.now += 0.2
        self.record.narration_began(self.now, self.utterances, text, asks)
        self.now += len(text) * 0.06 if cut_after is None else cut_after
        if cut_after is None:
            self.record.narration_ended(self.now, self.utterances, False)

    def ask(self, text: str, name: IntentName, seconds: float | None = None) -> None:
        self.now += 1.0
        self.record.partner_began(self.now, text)
        self.now += 0.25 + len(text) * 0.06
        self.record.partner_ended(self.now)
        self.now += 0.7
        self.record.heard(self.now, text, Intent(name, seconds=seconds))
        self.record.earcon(self.now, Earcon.HEARD)

    def urgent(self, text: str, name: IntentName, phase: str) -> None:
        self.record.partner_began(self.now, text)
        self.now += 0.4
        self.record.narration_ended(self.now, self.utterances, True)
        self.record.heard(self.now, text, Intent(name))
        self.record.work_ended(self.now)
        self.record.phase(self.now, phase)
        self.now += 0.1
        self.record.partner_ended(self.now)


def long(rounds: int = 3) -> Record:
    """About ten minutes a round: every command, pauses, stops, pain, rejections."""
    session = _Session()
    record = session.record
    record.phase(0.0, "choosing")
    session.say("Welcome. Lower back, five strokes. Say start when you are ready.")
    session.ask("start", IntentName.START)
    record.phase(session.now, "screening")
    for question in ("a fever or an infection", "a blood clot", "broken skin or a rash", "a recent injury"):
        session.say(f"Does either of you have {question}?", asks=True)
        session.ask("no", IntentName.NO)
    record.phase(session.now, "preparing")
    session.say("Lie face down. Have at hand: oil, a rolled towel, a thin pillow. Say ready.", asks=True)
    session.ask("ready", IntentName.READY)
    for round_ in range(rounds):
        for number in range(1, len(STEPS) + 1):
            _step(session, number, round_)
    record.phase(session.now, "finished")
    session.say("That was the lower back. Stay lying for a moment, then get up slowly.")
    record.close(session.now + 1)
    return record


def _step(session: _Session, number: int, round_: int) -> None:
    record = session.record
    title, words = STEPS[number - 1]
    side = Side.LEFT if number in (2, 3) else None

    def work(seconds: float) -> None:
        record.work_began(session.now, number, title, side)
        session.now += seconds

    record.phase(session.now, "guiding")
    session.say(f"Step {number}. {title}. {words}")
    work(20)
    asks: tuple[Callable[[], None], ...] = (
        lambda: session.ask("lighter", IntentName.LIGHTER),
        lambda: session.ask("firmer", IntentName.FIRMER),
        lambda: session.ask("how long", IntentName.HOW_LONG),
        lambda: session.ask("add one minute thirty", IntentName.MORE_TIME, seconds=90.0),
        lambda: session.ask("what's next", IntentName.WHATS_NEXT),
    )
    asks[(number + round_) % 5]()
    session.say("All right. Pressure two: light.")
    asks[(number + 2 * round_ + 1) % 5]()
    session.say("One minute left on this step.")
    session.now += 22
    if number == 2:
        session.ask("pause", IntentName.PAUSE)
        record.work_ended(session.now)
        record.phase(session.now, "paused")
        session.say("Paused.")
        session.now += 25
        session.ask("carry on", IntentName.CARRY_ON)
        record.phase(session.now, "guiding")
        work(10)
    if number == 3:
        session.say(f"Half way. {words}", cut_after=2.0)
        session.urgent("ouch", IntentName.PAIN, "asking-about-pain")
        session.say("Stopped. Hands off. Is it sharp, numb or tingling, or only too hard?", asks=True)
        session.ask("too hard", IntentName.TOO_MUCH)
        record.phase(session.now, "guiding")
        session.say("Two levels lighter.")
        work(30)
    if number == 4:
        session.say("Lean in slowly, and let go slowly.", cut_after=1.0)
        session.urgent("stop", IntentName.STOP, "stopped")
        session.say("Stopped. Hands off.")
        session.now += 9
        session.ask("next", IntentName.NEXT)
        session.say("Stopped. Say carry on when you want to go on.")
        record.rejected(session.now + 1, "I am not so sure about this", RejectionReason.NOT_A_WHOLE_PHRASE)
        session.now += 6
        session.ask("I'm ready", IntentName.READY)
        record.phase(session.now, "guiding")
        work(25)
    record.work_ended(session.now)
    record.earcon(session.now, Earcon.TIME_UP)

"""Questions about the massage, answered without changing it."""

from __future__ import annotations

from voice.session import course, telling
from voice.session.intents import IntentName
from voice.session.lines import Phrases, Prompt, Span, Term, Text
from voice.session.rules import flow
from voice.session.state import CheckingIn, Guiding, PhaseName, Purpose
from voice.session.turn import Turn, line

_WORTH_SAYING: dict[PhaseName, tuple[IntentName, ...]] = {
    PhaseName.CHOOSING: (IntentName.START, IntentName.LIST_ROUTINES, IntentName.FIND),
    PhaseName.SCREENING: (IntentName.YES, IntentName.NO, IntentName.EXPLAIN, IntentName.FINISH),
    PhaseName.PREPARING: (IntentName.READY, IntentName.REPEAT, IntentName.HOW_LONG, IntentName.FINISH),
    PhaseName.GUIDING: (
        IntentName.NEXT,
        IntentName.LIGHTER,
        IntentName.MORE_TIME,
        IntentName.HOW_LONG,
        IntentName.PAUSE,
    ),  # not "stop": while the guide itself says a word, it cannot be heard from anybody else
    PhaseName.CHECKING_IN: (IntentName.LIGHTER, IntentName.YES, IntentName.FIRMER),
    PhaseName.PAUSED: (IntentName.CARRY_ON, IntentName.HOW_LONG, IntentName.FINISH),
    PhaseName.CONFIRMING: (IntentName.YES, IntentName.NO),
}
"""What "help" names: few enough to be remembered by somebody whose hands are busy."""


def help_now(turn: Turn) -> None:
    """Name what can be said here."""
    worth = _WORTH_SAYING[turn.state.phase.name]
    flow.reply(turn, line(Prompt.HELP, examples=Phrases(worth)))


def how_long(turn: Turn) -> None:
    """What is left of this beat and of the whole."""
    whole = line(Prompt.HOW_LONG_WHOLE, left=Span(course.left_in_all(turn.massage, turn.now)))
    if turn.state.phase.name is PhaseName.PREPARING:
        flow.reply(turn, whole)
    else:
        flow.reply(turn, telling.time_left(turn.massage, turn.now), whole)


def where_am_i(turn: Turn) -> None:
    """Which step this is."""
    flow.reply(turn, *telling.whereabouts(turn.massage))


def whats_next(turn: Turn) -> None:
    """What comes after this beat."""
    flow.reply(turn, telling.what_follows(turn.massage))


def first_step_ahead(turn: Turn) -> None:
    """What comes first."""
    flow.reply(turn, line(Prompt.NEXT_STEP, title=turn.massage.beat.title))


def why(turn: Turn) -> None:
    """What this step is good for."""
    _let_the_clock_stand(turn)
    reason = turn.massage.beat.why
    flow.reply(turn, line(Prompt.NO_WHY) if reason is None else Text(reason))


def how(turn: Turn) -> None:
    """A tip for doing it well."""
    _let_the_clock_stand(turn)
    tip = turn.massage.beat.tip
    flow.reply(turn, line(Prompt.NO_TIP) if tip is None else Text(tip))


def _let_the_clock_stand(turn: Turn) -> None:
    """Who listens does not work; the clock goes on when this has been said."""
    if isinstance(turn.state.phase, Guiding | CheckingIn):
        turn.massage = course.with_clock_held(turn.massage, turn.now)


def answer(turn: Turn) -> None:
    """A question about massage: two sentences, in which no time of the work is lost."""
    _let_the_clock_stand(turn)
    flow.reply(turn, line(Prompt.ANSWER, answer=Term("answer", turn.intent.about or "")))


def say_again(turn: Turn) -> None:
    """What was said last, once more in the same words."""
    turn.say(*turn.state.said)


def preparation_again(turn: Turn) -> None:
    """What to lay out, once more."""
    turn.say(*telling.preparation(turn.massage, turn.person.care), purpose=Purpose.QUESTION)

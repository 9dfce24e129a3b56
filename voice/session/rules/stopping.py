"""Stop, pain, pause and the ways on from them. The hands leave the body first; words come after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from voice.session import course, soreness
from voice.session.actions import Earcon
from voice.session.intents import IntentName
from voice.session.lines import Line, Prompt
from voice.session.plan import LIGHTEST
from voice.session.rules import flow
from voice.session.state import (
    AskingAboutPain,
    CheckingIn,
    Choosing,
    Confirming,
    Finished,
    Guiding,
    Paused,
    Preparing,
    Purpose,
    Screening,
    Stopped,
)
from voice.session.telling import pressure_term
from voice.session.turn import Turn, line

PAIN_EASES_LEVELS = 2


def interrupted(turn: Turn) -> Screening | Preparing | Guiding:
    """What was going on before everything that interrupts: where "carry on" leads."""
    match turn.state.phase:
        case Screening() | Preparing() | Guiding() as phase:
            return phase
        case CheckingIn():
            return Guiding()
        case Paused(back_to=before) | Stopped(back_to=before) | AskingAboutPain(back_to=before):
            return before
        case Confirming(back_to=Paused(back_to=before)):
            return before
        case Confirming(back_to=Guiding() as before):
            return before
        case Finished():  # the last stroke has just ended
            return Guiding()
        case phase:
            raise RuntimeError(f"nothing to go back to while {phase.name}")


def stop(turn: Turn) -> None:
    """Silence at once, then one line. It takes a deliberate phrase to go on."""
    turn.fall_silent()
    turn.enter(Stopped(interrupted(turn)))
    tell_ways_on(turn)


def stop_with_nothing_under_way(turn: Turn) -> None:
    """Silence at once; there is nothing to be latched."""
    turn.fall_silent()
    turn.enter(Choosing())
    turn.say(line(Prompt.STOPPED_IDLE))


def tell_ways_on(turn: Turn) -> None:
    """The line and its question, once more."""
    turn.say(line(Prompt.STOPPED), ways_on(turn), purpose=Purpose.QUESTION)


def ways_on(turn: Turn) -> Line:
    """What leads out of a stop; alone, nobody is "both ready"."""
    alone = turn.massage.plan.alone
    return line(Prompt.STOPPED_WAYS_ON_SELF if alone else Prompt.STOPPED_WAYS_ON)


def ease_while_stopped(turn: Turn) -> None:
    """Why it was stopped: it will go on lighter. Not a word about it now."""
    if isinstance(interrupted(turn), Guiding):
        levels = PAIN_EASES_LEVELS if turn.intent.name is IntentName.TOO_MUCH else 1
        turn.massage = course.with_pressure(turn.massage, course.pressure(turn.massage) - levels)
    turn.chime(Earcon.HEARD)


def stop_again(turn: Turn) -> None:
    """Already stopped: not another word."""
    turn.fall_silent()
    turn.chime(Earcon.PAUSED)


def pain(turn: Turn) -> None:
    """A stop with one question: what kind of pain is it?"""
    turn.fall_silent()
    turn.enter(AskingAboutPain(interrupted(turn)))
    turn.say(line(Prompt.STOPPED), line(Prompt.PAIN_QUESTION), purpose=Purpose.QUESTION)


def pain_at_the_end(turn: Turn) -> None:
    """Pain while the closing words are spoken: of the last stroke, if there was one."""
    if turn.state.massage is None:
        stop_with_nothing_under_way(turn)
    else:
        pain(turn)


def pain_is_sharp(turn: Turn) -> None:
    """This step is never done again, and its region is capped. Stays stopped.

    Sharp pain before the first step is no pain of the massage's: then there is none.
    """
    turn.fall_silent()
    if not isinstance(interrupted(turn), Guiding):
        _ask_anew(turn)
        flow.end_before_beginning(turn, line(Prompt.SCREENING_ASK_FIRST))
        return
    spare_step(turn)
    turn.enter(Stopped(interrupted(turn)))
    turn.say(line(Prompt.PAIN_SHARP), ways_on(turn), purpose=Purpose.QUESTION)


def stop_while_asking(turn: Turn) -> None:
    """Stop instead of an answer: taken for the worse, so the step is not done again."""
    spare_step(turn)
    stop(turn)


def spare_step(turn: Turn) -> None:
    """The step that hurt is not done again, and its region is capped."""
    if isinstance(interrupted(turn), Guiding):
        capped = soreness.with_regions_capped(turn.massage, PAIN_EASES_LEVELS)
        turn.massage = soreness.with_step_barred(capped)
        _remember(turn)


def _remember(turn: Turn) -> None:
    """Where it hurt is known for the next time, however this one ends."""
    levels = {**dict(turn.person.tender), **dict(turn.massage.hurts.caps)}
    turn.person = replace(turn.person, tender=tuple(sorted(levels.items())))


def _ask_anew(turn: Turn) -> None:
    """What was answered before no longer holds: before the next massage all is asked again."""
    turn.person = replace(turn.person, screened_until=0.0)


def pain_is_only_pressure(turn: Turn) -> None:
    """Too hard: two levels lighter here for the rest of the session, and back to the work."""
    before = interrupted(turn)
    if not isinstance(before, Guiding):
        flow.return_to(turn, before)
        return
    felt = course.pressure(turn.massage)
    turn.massage = soreness.with_regions_capped(turn.massage, PAIN_EASES_LEVELS)
    _remember(turn)
    if felt == LIGHTEST:
        flow.return_to(turn, before, line(Prompt.PAIN_LIGHTEST))
        return
    level = pressure_term(course.pressure(turn.massage))
    flow.return_to(turn, before, line(Prompt.PAIN_TOO_HARD, pressure=level))


def numbness(turn: Turn) -> None:
    """Numb or tingling: the massage is over, with advice to see a professional."""
    turn.fall_silent()
    spare_step(turn)
    _ask_anew(turn)
    flow.end_before_beginning(turn, line(Prompt.STOPPED), line(Prompt.PAIN_NUMB))


def numbness_with_nothing_under_way(turn: Turn) -> None:
    """The same advice to somebody who feels it before or after."""
    turn.fall_silent()
    _ask_anew(turn)
    flow.end_before_beginning(turn, line(Prompt.PAIN_NUMB))


def once_begun(rule: Callable[[Turn], None]) -> Callable[[Turn], None]:
    """A rule about the work that answers a pause, too, but not one before the first step."""

    @wraps(rule)
    def when_begun(turn: Turn) -> None:
        if isinstance(interrupted(turn), Guiding):
            rule(turn)
        else:
            turn.say(line(Prompt.NOT_YET_BEGUN), line(Prompt.CARRY_ON_FIRST))

    return when_begun


def pause(turn: Turn) -> None:
    """Time stands until "carry on"."""
    before = interrupted(turn)
    turn.chime(Earcon.PAUSED)
    turn.enter(Paused(before))
    turn.say(line(Prompt.PAUSED))


def pause_to_fetch(turn: Turn) -> None:
    """Something is missing: time stands until "ready"."""
    before = interrupted(turn)
    turn.enter(Paused(before))
    turn.say(line(Prompt.FETCHING))


def fetch_before_beginning(turn: Turn) -> None:
    """Something is missing that should be at hand; "ready" is waited for anyway."""
    flow.reply(turn)


def already_paused(turn: Turn) -> None:
    """Paused twice is paused."""
    turn.chime(Earcon.PAUSED)


def carry_on(turn: Turn) -> None:
    """Back to what was paused or stopped, unless a part that failed is still missing."""
    if flow.held_by_failure(turn):
        return
    flow.return_to(turn, interrupted(turn), line(Prompt.CARRY_ON))


def ask_to_finish(turn: Turn) -> None:
    """Finish before the end? Ask, since it may have been misheard."""
    match turn.state.phase:
        case Paused() as paused:
            back_to: Guiding | Paused = paused
        case _:
            back_to = Guiding()
    turn.enter(Confirming(back_to))
    flow.ask_again(turn)


def ask_to_finish_a_pause(turn: Turn) -> None:
    """Finish while paused: before the first step there is nothing to lose by it."""
    if isinstance(interrupted(turn), Guiding):
        ask_to_finish(turn)
    else:
        finish_now(turn)


def finish_now(turn: Turn) -> None:
    """The end, as it was asked for; in the place of an answer about pain it is taken for the worse."""
    if isinstance(turn.state.phase, AskingAboutPain):
        spare_step(turn)
    flow.end(turn, line(Prompt.FINISHED_EARLY))


def do_not_finish(turn: Turn) -> None:
    """No, not yet: back to what was going on."""
    match turn.state.phase:
        case Confirming(back_to=Paused() as paused):
            flow.return_to(turn, paused)
        case Confirming(back_to=Guiding() as work):
            flow.return_to(turn, work, line(Prompt.CARRY_ON))
        case phase:
            raise RuntimeError(f"nothing to confirm while {phase.name}")

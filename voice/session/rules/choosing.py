"""While nobody is massaged: which routine it is to be."""

from __future__ import annotations

from dataclasses import replace

from voice.session import finding
from voice.session.fitting import fitted
from voice.session.lines import Listing, Prompt, Span
from voice.session.plan import Audience, Plan
from voice.session.rules import flow, screening
from voice.session.state import Choosing, Purpose, State
from voice.session.turn import Turn, line


def welcome(turn: Turn) -> None:
    """The program is up: say how to begin, once."""
    plan = _suggested(turn.state)
    turn.say(line(Prompt.WELCOME) if plan is None else line(Prompt.WELCOME_ROUTINE, title=plan.title))


def _suggested(state: State, asked_for: str | None = None) -> Plan | None:
    """The routine that is meant, or None where that cannot be told."""
    wanted = asked_for or _wanted(state).suggested or state.favourite
    if wanted is None and len(state.plans) == 1:
        return state.plans[0]
    return next((plan for plan in state.plans if plan.routine_id == wanted), None)


def begin(turn: Turn) -> None:
    """Start the routine that was named, or the one that suggests itself; otherwise ask which."""
    if flow.held_by_failure(turn):
        return
    plan = _suggested(turn.state, turn.intent.routine)
    if plan is None:
        turn.say(line(Prompt.WHICH_ROUTINE), purpose=Purpose.QUESTION)
        return
    screening.open_for(turn, plan, _wanted(turn.state).seconds)


def begin_what_was_found(turn: Turn) -> None:
    """Yes: to the routine that was named just now, if one was."""
    if _wanted(turn.state).suggested is not None:
        begin(turn)


def list_routines(turn: Turn) -> None:
    """Name every routine with its number."""
    turn.say(line(Prompt.ROUTINES, routines=_titles(turn.state)))


def find(turn: Turn) -> None:
    """Name what fits all that was asked for since the guide stands by; where nothing does, the last of it."""
    asked = _narrowed(Choosing(), turn)
    together = _narrowed(_wanted(turn.state), turn)
    plans = turn.state.plans
    wanted = together if finding.found(plans, together) else asked
    fitting = finding.found(plans, wanted)
    only = plans[fitting[0]] if len(fitting) == 1 else None
    turn.enter(replace(wanted, suggested=only.routine_id if only else None))
    if only is not None:
        length = Span(only.seconds if wanted.seconds is None else fitted(only, wanted.seconds).seconds)
        turn.say(line(Prompt.FOUND_ONE, title=only.title, length=length), purpose=Purpose.QUESTION)
    elif fitting:
        turn.say(line(Prompt.FOUND_SOME, routines=_titles(turn.state, fitting)), purpose=Purpose.QUESTION)
    else:
        turn.say(line(Prompt.FOUND_NONE))


def forget_wishes(turn: Turn) -> None:
    """Nobody has started what was found."""
    turn.enter(Choosing())


def _narrowed(before: Choosing, turn: Turn) -> Choosing:
    """What was wanted before, and what is asked for now."""
    intent = turn.intent
    if intent.about is None:
        return replace(before, seconds=intent.seconds)
    if intent.about in set(Audience):
        return replace(before, audience=Audience(intent.about))
    return replace(before, region=intent.about)


def _wanted(state: State) -> Choosing:
    """What has been said of the routine so far."""
    return state.phase if isinstance(state.phase, Choosing) else Choosing()


def _titles(state: State, which: tuple[int, ...] | None = None) -> Listing:
    """Routines by title and number; all, or these."""
    chosen = range(len(state.plans)) if which is None else which
    return Listing(
        tuple(state.plans[index].title for index in chosen), numbers=tuple(index + 1 for index in chosen)
    )
